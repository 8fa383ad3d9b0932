"""What every slide has around its body: headline, subtitle, foot, number, notes; and the title slide."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import Any

from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.presentation import Presentation as Deck
from pptx.shapes.graphfrm import GraphicFrame
from pptx.shapes.picture import Picture
from pptx.slide import Slide
from pptx.text.text import Font

from dashboard.charts import theme
from dashboard.exhibits import Exhibit
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.slides import shapes, template, text_metrics
from dashboard.outputs.slides.shapes import Look, Paragraph, Piece, Run
from dashboard.outputs.slides.text_metrics import Box, Rooms
from dashboard.text import Text

# Letters of a title: a longer headline is below a short name. All titles have one size.
LONGEST_TITLE = 90
TITLE_POINTS = 28
# Points, and lines at most.
_LEAD, _SUBTITLE = (20, 5), (14, 3)
_FOOT = 11
_BODY_END = template.FOOT - 0.2
# Letters of what to say, so that it is read while speaking.
LONGEST_NOTES = 400


@dataclass(frozen=True)
class Heading:
    """What is above the body: `title` in one size, below it a `lead` in words that are read too, and in
    small words a `subtitle`; "" for none."""

    title: str
    lead: str = ""
    subtitle: str = ""


def heading(exhibit: Exhibit, name: str, subtitle: str = "") -> Heading:
    """The headline as the title; a longer one is whole below the short `name` of the exhibit."""
    headline = shapes.one_line(exhibit.headline)
    if len(headline) <= LONGEST_TITLE:
        return Heading(headline, subtitle=subtitle)
    return Heading(name, headline, subtitle)


def _above(heading: Heading) -> list[tuple[Box, Paragraph]]:
    """The words above the body and their places."""
    y = template.TITLE.y
    results: list[tuple[Box, Paragraph]] = []
    for words, size, bold, colour in (
        (heading.title, (TITLE_POINTS, 3), True, theme.BLUE),
        (heading.lead, _LEAD, False, theme.INK),
        (heading.subtitle, _SUBTITLE, False, theme.SOFT_INK),
    ):
        if words:
            results.append(_line(words, y, (size,), bold, colour))
            y += results[-1][0].h + 0.06
    return results


def _line(
    words: str, y: float, sizes: Sequence[tuple[int, int]], bold: bool, colour: str
) -> tuple[Box, Paragraph]:
    """Words across a slide in the first of the `sizes` (points, lines at most) in which they fit."""
    points, fitting = text_metrics.fitted(shapes.one_line(words), template.INSIDE, sizes, bold)
    high = text_metrics.height(text_metrics.lines(fitting, points, template.INSIDE, bold), points) + 0.02
    return Box(template.MARGIN, y, template.INSIDE, high), (Run(fitting, points, bold, colour),)


def rooms(heading: Heading) -> Rooms:
    """The room that is left for the body."""
    top = max(box.bottom for box, _ in _above(heading)) + 0.18
    room = Box(template.MARGIN, top, template.INSIDE, _BODY_END - top)
    return Rooms(room, room)


def add(deck: Deck, heading: Heading, text: Text) -> Slide:
    """A slide with what is above its body."""
    slide = deck.slides.add_slide(template.layout(deck))
    (box, title), *rest = _above(heading)
    shapes.place(slide.shapes.title, box)
    shapes.write(slide.shapes.title.text_frame, [title], text.lang)
    for box, paragraph in rest:
        shapes.text_box(slide, box, [paragraph], text.lang)
    return slide


@dataclass(frozen=True)
class End:
    """What is below a body: the `mark` of figures that are not real ("" for none) and the `foot`;
    `description` describes charts and tables to readers who cannot see them, `notes` are what to say."""

    mark: str
    foot: str
    description: str = ""
    notes: str = ""


def close(slide: Slide, end: End, text: Text) -> None:
    """Add what is below the body, after it: that is the order in which slides are read aloud."""
    for shape in slide.shapes:
        if isinstance(shape, GraphicFrame | Picture):
            shapes.describe(shape, end.description)
    room = template.INSIDE - 1
    runs = [Run(f"{end.mark}   ", _FOOT, True, theme.RED)] if end.mark else []
    free = room - text_metrics.width(runs[0].words, _FOOT, True) if runs else room
    foot = text_metrics.cut(shapes.one_line(end.foot), _FOOT, free, 2, bold=bool(runs))
    box = Box(template.MARGIN, template.FOOT, room, text_metrics.height(2, _FOOT))
    shapes.text_box(slide, box, [(*runs, Run(foot, _FOOT, colour=theme.SOFT_INK))], text.lang)
    _number(slide, text)
    if end.notes:
        frame = slide.notes_slide.notes_text_frame
        assert frame is not None  # the notes master of python-pptx has one
        shapes.plain(frame, end.notes.split("\n"), text.lang)


def add_exhibit(
    deck: Deck, heading: Heading, exhibit: Exhibit, pieces: Sequence[Piece], part: str = ""
) -> None:
    """A slide of an exhibit with these pieces below its heading; `part` says which of several it is."""
    slide = add(deck, heading, exhibit.text)
    for piece in pieces:
        piece.draw(slide, piece.box)
    foot = " · ".join(filter(None, (exhibit.foot, part)))
    close(slide, End(exhibit.mark, foot, exhibit.description, to_say(exhibit)), exhibit.text)


def to_say(exhibit: Exhibit) -> str:
    """The headline and two sentences, each whole, as many as are read while speaking."""
    results = [shapes.one_line(exhibit.headline)]
    for sentence in (*exhibit.takeaways, *exhibit.sentences):
        if len(results) < 3 and len("\n".join((*results, sentence))) <= LONGEST_NOTES:
            results.append(shapes.one_line(sentence))
    return "\n".join(results)[:LONGEST_NOTES]


def _number(slide: Slide, text: Text) -> None:
    """The page number: a field, so that it stays right when slides are moved."""
    placeholders: Any = slide.slide_layout.placeholders
    of_layout = next(
        shape for shape in placeholders if shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
    )
    copied = deepcopy(of_layout._element)
    copied.nvSpPr.cNvPr.set("id", str(1 + max(shape.shape_id for shape in slide.shapes)))
    slide.shapes._spTree.append(copied)
    added = slide.placeholders[of_layout.placeholder_format.idx]
    shapes.place(added, template.NUMBER)
    paragraph = added.text_frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.RIGHT
    field = paragraph._p.find(qn("a:fld"))
    slides = slide.part.package.presentation_part.presentation.slides
    field.find(qn("a:t")).text = str(len(slides))  # it is the last one so far
    shapes.set_font(Font(field.get_or_add_rPr()), Run("", _FOOT, colour=theme.SOFT_INK), text.lang)


_ORGANIZATION = ((20, 1), (16, 2))
_PLACE = ((24, 1), (20, 2), (16, 4))
_FINDINGS = (28, 24, 20, 18, 16)
_TOP, _END = 0.9, 6.6
_GAP = 16  # between findings, points


def add_opening(deck: Deck, briefing: Briefing) -> None:
    """The first slide."""
    text = briefing.text
    slide = deck.slides.add_slide(template.opening_layout(deck))
    title, subtitle = slide.shapes.title, slide.placeholders[1]
    scope = f"{briefing.place} · {briefing.period}"
    y = _TOP
    for shape, words, sizes, bold, colour, gap in (
        (None, briefing.author, _ORGANIZATION, True, theme.RED, 0.2),
        (title, briefing.title, ((TITLE_POINTS, 3),), True, theme.BLUE, 0.2),
        (subtitle, scope, _PLACE, False, theme.INK, 0.45),
    ):
        box, paragraph = _line(words, y, sizes, bold, colour)
        if shape is None:
            shapes.text_box(slide, box, [paragraph], text.lang)
        else:
            shapes.place(shape, box)
            shapes.write(shape.text_frame, [paragraph], text.lang)
        y = box.bottom + gap
    room = Box(template.MARGIN, y, template.INSIDE, _END - y)
    if briefing.findings:
        shapes.text_box(slide, room, _findings(briefing, room), text.lang, Look(gap=_GAP))
    notes = "\n".join(briefing.findings)[:LONGEST_NOTES]
    close(slide, End(briefing.mark, briefing.foot, notes=notes), text)


def _findings(briefing: Briefing, room: Box) -> list[Paragraph]:
    """The findings by number, in the largest size in which all have room."""
    results: list[Paragraph] = []
    for points in _FINDINGS:
        results = [
            (Run(text_metrics.cut(f"{n}. {shapes.one_line(finding)}", points, room.w, 4), points),)
            for n, finding in enumerate(briefing.findings, 1)
        ]
        if shapes.height(results, room.w, Look(gap=_GAP)) <= room.h:
            break
    return results
