"""What python-docx has no call for: elements of a Word document, built one by one, never from markup."""

from __future__ import annotations

from collections.abc import Sequence

from docx.document import Document
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

TWIPS_A_MM = 1440 / 25.4
CELL_MARGIN_MM = 1.2


def element(name: str, /, *children: BaseOxmlElement, **attributes: object) -> BaseOxmlElement:
    """`element("tcW", w=100)` is `<w:tcW w:w="100"/>`."""
    node: BaseOxmlElement = OxmlElement(f"w:{name}")
    for key, value in attributes.items():
        node.set(qn(f"w:{key}"), str(value))
    node.extend(children)
    return node


def twips(millimetres: float) -> int:
    """A length as Word writes it in tables and indents."""
    return round(millimetres * TWIPS_A_MM)


def field(paragraph: Paragraph, code: str, placeholder: str) -> None:
    """A field that Word computes ("PAGE"), with what it shows until then."""
    begin, separate, end = (element("fldChar", fldCharType=kind) for kind in ("begin", "separate", "end"))
    instruction = element("instrText")
    instruction.text = f" {code} "
    for part in (begin, instruction, separate):
        paragraph.add_run()._r.append(part)
    paragraph.add_run(placeholder)
    paragraph.add_run()._r.append(end)


def paragraph(words: str, style: str, keep: bool = False) -> BaseOxmlElement:
    """A paragraph of plain text in the style of this id; `keep` holds it on the page of the next."""
    properties = element("pPr", element("pStyle", val=style))
    if keep:
        properties.append(element("keepNext"))
    run = element("r")
    run.text = words  # python-docx turns line breaks and tabs into elements
    return element("p", properties, run)


def cell(
    width_mm: float, paragraphs: Sequence[BaseOxmlElement], align: str = "center", fill: str = ""
) -> BaseOxmlElement:
    """A table cell, its text at "top" or "center"; `fill` is the colour behind it in hex, or "" for none."""
    properties = element("tcPr", element("tcW", w=twips(width_mm), type="dxa"))
    if fill:
        properties.append(element("shd", val="clear", color="auto", fill=fill))
    properties.append(element("vAlign", val=align))
    return element("tc", properties, *paragraphs)


def row(cells: Sequence[BaseOxmlElement], heads: bool = False) -> BaseOxmlElement:
    """A row that no page cuts; one that `heads` its table is again on every page."""
    properties = element("trPr", element("cantSplit"))
    if heads:
        properties.append(element("tblHeader"))
    return element("tr", properties, *cells)


def table(
    document: Document,
    widths_mm: Sequence[float],
    rows: Sequence[BaseOxmlElement],
    *,
    grid: bool = True,
    says: str = "",
) -> None:
    """Add a centred table of fixed column widths at the end; without a `grid` it only puts things beside.

    `says` describes it to readers who cannot see it.
    """
    beside_mm = CELL_MARGIN_MM if grid else 0
    margins = [element(side, w=twips(beside_mm), type="dxa") for side in ("left", "right")]
    properties = element(
        "tblPr",
        element("tblStyle", val="TableGrid" if grid else "TableNormal"),
        element("tblW", w=sum(map(twips, widths_mm)), type="dxa"),
        element("jc", val="center"),
        element("tblLayout", type="fixed"),
        element("tblCellMar", *margins),
        element("tblLook", firstRow=1, lastRow=0, firstColumn=0, lastColumn=0, noHBand=1, noVBand=1),
    )
    if says:
        properties.append(element("tblDescription", val=says))
    columns = element("tblGrid", *(element("gridCol", w=twips(width)) for width in widths_mm))
    body = document.element.body
    body.insert(len(body) - 1, element("tbl", properties, columns, *rows))  # before the section's own element


def numbering(document: Document, number: int, levels: Sequence[BaseOxmlElement]) -> None:
    """Add a list definition under a number that the template does not use."""
    root = document.part.numbering_part.element
    kind = element("multiLevelType", val="multilevel")
    root.insert(0, element("abstractNum", kind, *levels, abstractNumId=number))
    root.append(element("num", element("abstractNumId", val=number), numId=number))


def level(n: int, form: str, numeral: str, style: str) -> BaseOxmlElement:
    """A level of a list: `form` "upperRoman", `numeral` "%1-", linked to the style of this id."""
    return element(
        "lvl",
        element("start", val=1),
        element("numFmt", val=form),
        element("pStyle", val=style),
        element("suff", val="space"),
        element("lvlText", val=numeral),
        element("lvlJc", val="left"),
        ilvl=n,
    )
