"""The title slide: whose briefing, about what, and the key figures."""

from __future__ import annotations

from pptx.enum.text import MSO_ANCHOR
from pptx.presentation import Presentation as Deck

from dashboard.charts import theme
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.slides import deck as decks
from dashboard.outputs.slides import figures, measure, page, shapes
from dashboard.outputs.slides.measure import Box
from dashboard.outputs.slides.shapes import Look, Run

_ORGANIZATION = ((18, 1), (14, 2), (12, 3))
_TITLE = ((40, 1), (36, 1), (32, 1), (32, 2), (28, 3), (20, 4))
_PLACE = ((24, 1), (20, 2), (16, 3), (12, 4))
_FILTER, _NOTE = 14, 12
_TOP = 0.75
_FIGURES, _END = 3.55, 6.4  # where the figures begin and end, inches
_COLUMNS = 4


def add(deck: Deck, briefing: Briefing) -> None:
    """The first slide."""
    text = briefing.text
    slide = deck.slides.add_slide(decks.opening_layout(deck))
    title, place = slide.shapes.title, slide.placeholders[1]
    y = _TOP
    for shape, words, sizes, bold, colour, gap in (
        (None, briefing.author, _ORGANIZATION, True, theme.RED, 0.15),
        (title, briefing.title, _TITLE, True, theme.BLUE, 0.2),
        (place, briefing.place, _PLACE, False, theme.INK, 0.1),
        (None, briefing.chosen, ((_FILTER, 2),), False, theme.SOFT_INK, 0),
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
    top = max(_FIGURES, y + 0.2)
    room = Box(decks.MARGIN, top, decks.INSIDE, _END - top)
    tiles = figures.pieces(briefing.opening.figures, text, room, _COLUMNS)
    if max(tile.box.bottom for tile in tiles) > room.bottom:
        tiles = figures.pieces(briefing.opening.figures, text, room, len(briefing.opening.figures))
    for tile in tiles:
        tile.draw(slide, tile.box)
    # The first note says since when the changes are counted.
    if any(figure.change for figure in briefing.opening.figures):
        end = max(tile.box.bottom for tile in tiles)
        note = Run(shapes.one_line(briefing.opening.notes[0]), _NOTE, colour=theme.SOFT_INK)
        shapes.text_box(slide, Box(decks.MARGIN, end + 0.1, decks.INSIDE, 0.22), [(note,)], text.lang)
    page.mark(slide, briefing.mark, text)
    page.source(slide, [briefing.opening.source], text)
    page.number(slide, text)
