"""What every slide of an exhibit has around its body: headline, subtitle, mark, source, number, notes."""

from __future__ import annotations

from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.picture import Picture
from pptx.slide import Slide
from pptx.text.text import Font
from pptx.util import Pt

from dashboard.charts import theme
from dashboard.exhibits import Exhibit
from dashboard.outputs.slides import deck as decks
from dashboard.outputs.slides import measure, shapes
from dashboard.outputs.slides.measure import Box, Rooms
from dashboard.outputs.slides.shapes import Look, Paragraph, Run
from dashboard.text import Text

# Sizes of a headline, points, with the lines it may take; the last ones only for names beyond all measure.
_TITLE = ((28, 1), (26, 1), (24, 1), (22, 1), (24, 2), (22, 2), (20, 4), (16, 5), (12, 6))
_SUBTITLE = ((14, 1), (12, 3))
_TAKEAWAY, _SOURCE, _SMALL = 14, 10, 12
_MOST, _LONGEST = 4, 4  # takeaways, lines of each
_KICKER = Box(decks.MARGIN, 0.27, 8.5, 0.22)
_MARK = 0.3  # height of the mark, inches
_BODY_END = decks.FOOT - 0.14


@dataclass(frozen=True)
class Layout:
    """Where things stand on the slides of an exhibit; `rooms` are for the body, on the first slide below the
    takeaways."""

    title: Run
    title_box: Box
    subtitle: Run
    subtitle_box: Box
    takeaways: tuple[Paragraph, ...]
    takeaways_box: Box
    rooms: Rooms


_BULLETS = Look(bullets=True, gap=4)


def layout(exhibit: Exhibit) -> Layout:
    """The room that the words of an exhibit leave."""
    room = decks.INSIDE
    points, words = measure.fitted(shapes.one_line(exhibit.headline), room, _TITLE, bold=True)
    high = measure.height(measure.lines(words, points, room, bold=True), points)
    title_box = Box(decks.MARGIN, decks.TITLE.y, room, high + 0.02)
    small, below = measure.fitted(shapes.one_line(exhibit.subtitle), room, _SUBTITLE)
    subtitle_box = Box(
        decks.MARGIN,
        title_box.bottom + 0.05,
        room,
        measure.height(measure.lines(below, small, room), small) + 0.02,
    )
    top = subtitle_box.bottom + 0.15
    later = Box(decks.MARGIN, top, room, _BODY_END - top)
    takeaways = tuple((Run(said, _TAKEAWAY),) for said in _takeaways(exhibit, room))
    high = shapes.height(takeaways, room, _BULLETS) if takeaways else 0
    return Layout(
        title=Run(words, points, True, theme.BLUE),
        title_box=title_box,
        subtitle=Run(below, small, colour=theme.SOFT_INK),
        subtitle_box=subtitle_box,
        takeaways=takeaways,
        takeaways_box=Box(later.x, later.y, room, high),
        rooms=Rooms(later.below(high + 0.15) if takeaways else later, later),
    )


def _takeaways(exhibit: Exhibit, room: float) -> list[str]:
    """The takeaways, cut short where a name in them is beyond all measure."""
    inside = room - shapes.BULLET
    found = [shapes.one_line(said) for said in exhibit.takeaways]
    return [measure.cut(said, _TAKEAWAY, inside, _LONGEST) for said in found[:_MOST]]


def add(deck: Deck, exhibit: Exhibit, section: str, text: Text, part: tuple[int, int]) -> Slide:
    """A slide with what stands above its body; `part` is its number and of how many it is one."""
    around = layout(exhibit)
    slide = deck.slides.add_slide(decks.layout(deck))
    title = slide.shapes.title
    place(title, around.title_box)
    shapes.write(title.text_frame, [(around.title,)], text.lang)
    kicker = f"{section} · {text('slide.part', part=part[0], parts=part[1])}" if part[1] > 1 else section
    shapes.text_box(slide, _KICKER, [(Run(shapes.one_line(kicker), _SMALL, True, theme.RED),)], text.lang)
    shapes.text_box(slide, around.subtitle_box, [(around.subtitle,)], text.lang)
    if around.takeaways and part[0] == 1:
        shapes.text_box(slide, around.takeaways_box, around.takeaways, text.lang, _BULLETS)
    mark(slide, exhibit.mark(text), text)
    return slide


def close(slide: Slide, exhibit: Exhibit, text: Text, parts: int) -> None:
    """What stands below the body, added after it: that is the order in which slides are read aloud."""
    for shape in slide.shapes:
        if isinstance(shape, GraphicFrame | Picture):
            shapes.describe(shape, exhibit.spoken(text))
    source(slide, [exhibit.source, exhibit.chosen], text)
    number(slide, text)
    _notes(slide, exhibit, text, parts)


def place(shape: Any, box: Box) -> None:
    """Put a shape there."""
    shape.left, shape.top, shape.width, shape.height = shapes.placed(box)


def mark(slide: Slide, words: str, text: Text) -> None:
    """The mark of figures that are not real, in the corner above the headline; none where it is ""."""
    if not words:
        return
    wide = measure.width(words, _SMALL, bold=True) + 0.3
    box = Box(decks.WIDTH - decks.MARGIN - wide, 0.2, wide, _MARK)
    look = Look(align=PP_ALIGN.CENTER, anchor=MSO_ANCHOR.MIDDLE)
    shape = shapes.text_box(slide, box, [(Run(words, _SMALL, True, theme.RED),)], text.lang, look)
    shape.line.color.rgb = shapes.colour(theme.RED)
    shape.line.width = Pt(1.25)


def source(slide: Slide, lines: list[str], text: Text) -> None:
    """Where the figures come from and the filter, small, at the foot: three lines at most."""
    room = decks.INSIDE - 1.2
    said: list[Paragraph] = []
    left = 3
    for number, line in enumerate(lines):
        words = measure.cut(shapes.one_line(line), _SOURCE, room, left - (len(lines) - 1 - number))
        left -= measure.lines(words, _SOURCE, room)
        said.append((Run(words, _SOURCE, colour=theme.SOFT_INK),))
    box = Box(decks.MARGIN, decks.FOOT, room, measure.height(3, _SOURCE) + 0.02)
    shapes.text_box(slide, box, said, text.lang)


def number(slide: Slide, text: Text) -> None:
    """The page number: a field, so that it stays right when slides are moved."""
    placeholders: Any = slide.slide_layout.placeholders
    of_layout = next(
        shape for shape in placeholders if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
    )
    copied = deepcopy(of_layout._element)
    copied.nvSpPr.cNvPr.set("id", str(1 + max(shape.shape_id for shape in slide.shapes)))
    slide.shapes._spTree.append(copied)
    added = slide.placeholders[of_layout.placeholder_format.idx]
    place(added, decks.NUMBER)
    paragraph = added.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    field = paragraph._p.find(qn("a:fld"))
    slides = slide.part.package.presentation_part.presentation.slides
    field.find(qn("a:t")).text = str(len(slides))  # it is the last one so far
    shapes.dress(Font(field.get_or_add_rPr()), Run("", _SOURCE, colour=theme.SOFT_INK), text.lang)


def _notes(slide: Slide, exhibit: Exhibit, text: Text, parts: int) -> None:
    """What a speaker wants to look up."""
    said = [("slide.notes", list(exhibit.notes)), ("slide.definitions", list(exhibit.definitions))]
    said.append(("slide.source", [exhibit.source]))
    said.append(("slide.filters", [f"{label}: {value}" for label, value in exhibit.filters]))
    lines = [exhibit.mark(text)] if exhibit.mark(text) else []
    if parts > 1:
        lines.append(text("slide.parts", n=parts))
    for key, words in said:
        if words:
            lines += [text(key), *(f"• {line}" for line in words)]
    frame = slide.notes_slide.notes_text_frame
    assert frame is not None  # the notes master of python-pptx has one
    shapes.plain(frame, lines, text.lang)
