"""Decks as a reader finds them: the slides of a selection, and the exhibits that they are printed from."""

from __future__ import annotations

import io

from PIL import Image
from pptx import Presentation
from pptx.oxml.ns import qn

from dashboard.dataset import select
from dashboard.outputs import briefing, slides
from dashboard.outputs.slides import shapes, text_metrics

EMU = 914400


def blank():
    """A picture in place of a drawn one: drawing takes time."""
    file = io.BytesIO()
    Image.new("RGB", (2100, 900), "white").save(file, "PNG")
    return (file.getvalue(),)


class Deck:
    """The slides of a selection; `full` or as for a meeting."""

    def __init__(self, dataset, communes=(), lang="vi", ids=None, *, full=True, **options):
        chosen = select(dataset, communes, lang=lang, **options)
        self.briefing = briefing.brief(dataset, chosen, ids, full=full)
        self.content = slides.pptx(
            self.briefing, {exhibit.id: blank() for exhibit in slides.pictured(self.briefing)}
        )
        self.slides = list(Presentation(io.BytesIO(self.content)).slides)
        self._above = [(slide, set(above(slide))) for slide in self.slides[1:]]

    def exhibit(self, key):
        return next(exhibit for exhibit in self.briefing.exhibits if exhibit.id == key)

    def of(self, key):
        """The slides of an exhibit, in their order: its headline and what it measures are on top."""
        exhibit = self.exhibit(key)
        headings = {shapes.one_line(exhibit.headline), shapes.one_line(exhibit.subtitle)}
        return [slide for slide, lines in self._above if headings <= lines]

    def shapes(self, key):
        return [shape for slide in self.of(key) for shape in slide.shapes]

    def charts(self, key):
        return [shape.chart for shape in self.shapes(key) if shape.has_chart]


def above(slide):
    """The lines on top of a slide: title, headline where that is longer, what is measured."""
    return [shape.text_frame.text for shape in list(slide.shapes)[:3] if shape.has_text_frame]


def words(slide):
    """Everything that is read on a slide but what is in charts."""
    texts = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
    for shape in slide.shapes:
        if shape.has_table:
            texts += [cell.text for row in shape.table.rows for cell in row.cells]
    return "\n".join(texts)


def chart_labels(chart):
    """The words at the points of a chart, without the spaces around them, lines parted by a dot."""
    labels = chart._chartSpace.iter(qn("c:dLbl"))
    return [" · ".join(t.text.strip("\u00a0") for t in label.iter(qn("a:t"))) for label in labels]


def boxes(slide):
    return [(s.name, s.left / EMU, s.top / EMU, s.width / EMU, s.height / EMU) for s in slide.shapes]


def points(slide):
    """The sizes of all words on a slide: in boxes, tables and charts."""
    for shape in slide.shapes:
        frames = [shape.text_frame] if shape.has_text_frame else []
        if shape.has_table:
            frames += [cell.text_frame for row in shape.table.rows for cell in row.cells]
        for frame in frames:
            for paragraph in frame.paragraphs:
                yield from (run.font.size.pt for run in paragraph.runs)
        if shape.has_chart:
            yield shape.chart.font.size.pt


def overflowing(deck):
    """The number of each slide and the words on it that do not fit into their box."""
    return [
        (number, shape.text_frame.text)
        for number, slide in enumerate(deck.slides, 1)
        for shape in slide.shapes
        if (shape.has_text_frame and not shape.is_placeholder) or shape == slide.shapes.title
        if needed(shape) > shape.height / EMU + 0.01
    ]


def needed(shape):
    """How high the words of a shape are, inches."""
    frame = shape.text_frame
    height = (frame.margin_top + frame.margin_bottom) / EMU
    for number, paragraph in enumerate(frame.paragraphs):
        if not paragraph.runs:
            continue
        indent = int(paragraph._p.pPr.get("marL", 0)) if paragraph._p.pPr is not None else 0
        room = (shape.width - frame.margin_left - frame.margin_right - indent) / EMU
        largest = max(run.font.size.pt for run in paragraph.runs)
        bold = any(run.font.bold for run in paragraph.runs)
        lines = text_metrics.lines("".join(run.text for run in paragraph.runs), largest, room, bold)
        height += text_metrics.height(lines, largest)
        if number and paragraph.space_before:
            height += paragraph.space_before.pt / 72
    return height
