"""The report as a Word document to edit: styles instead of formatting, native tables and lists."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from typing import assert_never

from docx.document import Document
from docx.image.image import Image
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Mm
from docx.text.paragraph import Paragraph

from dashboard.charts import theme
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.report import meeting, outline, styles, wordml
from dashboard.outputs.report.drawings import DOTS_AN_INCH, WIDTH_MM

_HEAD_FILL = theme.COLOURS["back"].removeprefix("#")
# Columns of the head of a party document, mm.
_HEAD_MM = (72, 93)
_SIGNATURE_MM = (80, 85)
# Tables of so many rows are kept on one page.
SHORT = 12

_KNOWN = {"body": "BodyText", "bullet": "ListBullet"}


def docx(briefing: Briefing, pictures: Mapping[str, bytes]) -> bytes:
    """The report as DOCX; `pictures` has the chart of each exhibit by its id, as `picture_of` draws it.

    An exhibit whose id is not there is printed without its chart.
    """
    printer = _Printer(styles.empty(briefing), pictures)
    for block in meeting.blocks(briefing, pictures.keys()):
        printer.add(block)
    content = io.BytesIO()
    printer.document.save(content)
    return content.getvalue()


@dataclass(frozen=True)
class _Printer:
    """Prints blocks one below the other; `pictures` by the id of their exhibit."""

    document: Document
    pictures: Mapping[str, bytes]

    def add(self, block: outline.Block) -> None:
        match block:
            case outline.Front():
                self._front(block)
            case outline.Heading():
                self._add(f"Heading{block.level}", block.words)  # Word numbers it
            case outline.Paragraph():
                self._paragraph(block)
            case outline.Figures():
                self._figures(block)
            case outline.Picture():
                self._picture(block)
            case outline.Table():
                self._table(block)
            case outline.Signature():
                self._signature(block)
            case _:
                assert_never(block)

    def _front(self, front: outline.Front) -> None:
        left = [
            _line(front.organization, "organization"),
            _line("*", "number"),
            _line(front.number, "number"),
        ]
        right = [_line(front.party, "party"), _line(front.place_and_date, "place_and_date")]
        self._side_by_side(_HEAD_MM, left, right)
        self._add("Title", front.title)
        for line in (front.subject, front.scope, "-----"):
            self._add("Subtitle", line)

    def _paragraph(self, block: outline.Paragraph) -> None:
        paragraph = self._add(_KNOWN.get(block.role) or styles.style_id(block.role))
        if block.mark:
            _mark(paragraph, block.mark)
            paragraph.add_run(" · ")
        paragraph.add_run(block.words)

    def _figures(self, block: outline.Figures) -> None:
        width = WIDTH_MM / len(block.figures)
        cells = []
        for figure in block.figures:
            lines = [_line(figure.value, "value"), _line(figure.name, "label")]
            if any(figure.notes):
                lines.append(_line("; ".join(figure.notes), "label"))
            cells.append(wordml.cell(width, lines))
        wordml.table(self.document, [width] * len(cells), [wordml.row(cells)])

    def _picture(self, block: outline.Picture) -> None:
        paragraph = self._add(styles.style_id("picture"))
        content = self.pictures[block.exhibit]
        width = min(WIDTH_MM, Image.from_blob(content).px_width / DOTS_AN_INCH * 25.4)
        shape = paragraph.add_run().add_picture(io.BytesIO(content), Mm(width))
        properties = shape._inline.docPr
        properties.set("name", block.caption.label)
        properties.set("descr", block.alt)
        self._caption(block.caption, "Figure")

    def _table(self, block: outline.Table) -> None:
        self._caption(block.caption, "Table", above=True)
        head, cell, amount = map(styles.style_id, ("head", "cell", "amount"))
        short = len(block.rows) <= SHORT and not block.flows
        heads = [
            wordml.cell(width, [wordml.paragraph(name, head, keep=True)], fill=_HEAD_FILL)
            for name, width in zip(block.head, block.widths, strict=True)
        ]
        rows = [wordml.row(heads, heads=True)]
        for n, texts in enumerate(block.rows, 1):
            keep = short or n == len(block.rows)  # the last row stays with the notes
            cells = zip(texts, block.amounts, block.widths, strict=True)
            rows.append(
                wordml.row(
                    [
                        wordml.cell(width, [wordml.paragraph(words, amount if right else cell, keep)])
                        for words, right, width in cells
                    ]
                )
            )
        wordml.table(self.document, block.widths, rows, says=block.caption.description)

    def _signature(self, block: outline.Signature) -> None:
        left = [_line(block.recipients, "recipients"), _line(block.recipient, "recipients")]
        # It never is alone on a page.
        self.document.paragraphs[-1].paragraph_format.keep_with_next = True
        self.document.add_paragraph().paragraph_format.keep_with_next = True
        self._side_by_side(_SIGNATURE_MM, left, [_line(block.signature, "signature")])

    def _caption(self, caption: outline.Caption, sequence: str, above: bool = False) -> None:
        paragraph = self._add("Caption")
        paragraph.paragraph_format.keep_with_next = above or None
        before, number, after = caption.label.partition(str(caption.number))
        paragraph.add_run(before)
        wordml.field(paragraph, f"SEQ {sequence} \\* ARABIC", number)
        if caption.mark:
            paragraph.add_run(f"{after} (")
            _mark(paragraph, caption.mark)
            after = ")"
        paragraph.add_run(f"{after}. {caption.words}")

    def _side_by_side(
        self, widths_mm: tuple[float, float], left: list[BaseOxmlElement], right: list[BaseOxmlElement]
    ) -> None:
        columns = zip(widths_mm, (left, right), strict=True)
        cells = [wordml.cell(width, lines, "top") for width, lines in columns]
        wordml.table(self.document, widths_mm, [wordml.row(cells)], grid=False)

    def _add(self, style: str, words: str = "") -> Paragraph:
        paragraph = self.document.add_paragraph(words)
        paragraph._p.style = style  # python-docx searches all styles for a name
        return paragraph


def _mark(paragraph: Paragraph, mark: str) -> None:
    paragraph.add_run(mark)._r.style = styles.style_id("mark")


def _line(words: str, key: str) -> BaseOxmlElement:
    return wordml.paragraph(words, styles.style_id(key))
