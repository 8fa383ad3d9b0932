"""The title slide: whose briefing, about what, and what to know."""

from __future__ import annotations

from pptx.enum.text import MSO_ANCHOR
from pptx.presentation import Presentation as Deck

from dashboard.charts import theme
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.slides import deck as decks
from dashboard.outputs.slides import measure, page, shapes
from dashboard.outputs.slides.measure import Box
from dashboard.outputs.slides.shapes import Look, Paragraph, Run

_ORGANIZATION = ((20, 1), (16, 2))
_PLACE = ((24, 1), (20, 2), (16, 4))
_FINDINGS = (28, 24, 20, 18, 16)
_TOP, _END = 0.9, 6.6
_GAP = 16  # between findings, points


def add(deck: Deck, briefing: Briefing) -> None:
    """The first slide."""
    text = briefing.text
    slide = deck.slides.add_slide(decks.opening_layout(deck))
    title, place = slide.shapes.title, slide.placeholders[1]
    scope = f"{briefing.place} · {briefing.period}"
    y = _TOP
    for shape, words, sizes, bold, colour, gap in (
        (None, briefing.author, _ORGANIZATION, True, theme.RED, 0.2),
        (title, briefing.title, ((page.TITLE_POINTS, 3),), True, theme.BLUE, 0.2),
        (place, scope, _PLACE, False, theme.INK, 0.45),
    ):
        points, said = measure.fitted(shapes.one_line(words), decks.INSIDE, sizes, bold)
        high = measure.height(measure.lines(said, points, decks.INSIDE, bold), points) + 0.02
        box = Box(decks.MARGIN, y, decks.INSIDE, high)
        paragraphs = [(Run(said, points, bold, colour),)]
        if shape is None:
            shapes.text_box(slide, box, paragraphs, text.lang)
        else:
            page.place(shape, box)
            shapes.write(shape.text_frame, paragraphs, text.lang, Look(anchor=MSO_ANCHOR.TOP))
        y = box.bottom + gap
    room = Box(decks.MARGIN, y, decks.INSIDE, _END - y)
    if briefing.findings:
        shapes.text_box(slide, room, _findings(briefing, room), text.lang, Look(gap=_GAP))
    notes = "\n".join(briefing.findings)[: page.LONGEST_NOTES]
    page.close(slide, page.End(briefing.mark, briefing.foot, notes=notes), text)


def _findings(briefing: Briefing, room: Box) -> list[Paragraph]:
    """The findings by number, in the largest size in which all have room."""
    found: list[Paragraph] = []
    for points in _FINDINGS:
        found = [
            (Run(measure.cut(f"{n}. {shapes.one_line(said)}", points, room.w, 4), points),)
            for n, said in enumerate(briefing.findings, 1)
        ]
        if shapes.height(found, room.w, Look(gap=_GAP)) <= room.h:
            break
    return found
