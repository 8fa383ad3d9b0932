"""The deck that holds every exhibit, on as many slides as each asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pptx.presentation import Presentation as Deck

from dashboard.charts.model import Tiles
from dashboard.exhibits import Exhibit
from dashboard.outputs import pictures
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.slides import body, page, shapes
from dashboard.outputs.slides.body import Form, Setting, Slides
from dashboard.outputs.slides.shapes import Look, Paragraph, Piece
from dashboard.outputs.slides.text_metrics import Rooms
from dashboard.text import Text

FORM = Form((16, 14, 12), 4)
_BULLETS = Look(bullets=True, gap=4)
_ZOOMS = (0.8, 1.3)  # of pictures; smaller is not read: 12 px become 9.6 points


def pictured(briefing: Briefing) -> tuple[Exhibit, ...]:
    """The exhibits whose chart is a picture."""
    return tuple(exhibit for exhibit in briefing.exhibits if body.is_picture(exhibit.chart))


def add(deck: Deck, briefing: Briefing, drawings: Mapping[str, Sequence[bytes]]) -> None:
    """Every slide but the first; `drawings` holds the pictures by exhibit id."""
    text = briefing.text
    for exhibit in briefing.exhibits:
        above = page.heading(exhibit, exhibit.name, exhibit.subtitle)
        setting = Setting(FORM, page.rooms(above), text, exhibit.mark)
        parts = _slides(exhibit, setting, drawings.get(exhibit.id, ()))
        for number, pieces in enumerate(parts, 1):
            part = text("slide.part", part=number, parts=len(parts)) if len(parts) > 1 else ""
            page.add_exhibit(deck, above, exhibit, pieces, part)


def picture_of(exhibit: Exhibit) -> tuple[bytes, ...]:
    """The chart of one of `pictured` as PNG, a picture for each slide that it takes to be read."""
    # Every short name takes one line, as a dash does.
    rooms = page.rooms(page.heading(exhibit, "–", exhibit.subtitle))
    words = shapes.sentences(exhibit.takeaways, FORM.sizes[-1], rooms.first.w)
    room = _below(words, rooms).first
    assert exhibit.chart is not None
    size = int(room.w * body.PIXELS), int(room.h * body.PIXELS)
    svgs = pictures.chart_svgs(exhibit.chart, exhibit.text, *size, _ZOOMS)
    return tuple(pictures.png(svg, body.SCALE) for svg in svgs)


def _slides(exhibit: Exhibit, setting: Setting, drawings: Sequence[bytes]) -> Slides:
    """The takeaways and the chart, or the table where there is none; then the sentences, and where there is
    nothing to draw, the notes, which say why."""
    chart = exhibit.chart or _tiles(exhibit, setting.text)
    above, rooms = _takeaways(exhibit, setting)
    below = replace(setting, rooms=rooms)
    results: Slides = []
    if chart is not None:
        results = body.of_chart(chart, below, drawings)
    if not results and exhibit.table is not None:
        results = body.of_table(exhibit.table, below)
    if results:
        results[0] = [*above, *results[0]]
        return [*results, *body.of_sentences(exhibit.sentences, setting)]
    return body.of_sentences((*exhibit.takeaways, *exhibit.sentences) or exhibit.notes, setting) or [[]]


def _takeaways(exhibit: Exhibit, setting: Setting) -> tuple[list[Piece], Rooms]:
    """What is above the chart on its first slide, and the room that it leaves."""
    room = setting.rooms.first
    words = shapes.sentences(exhibit.takeaways, setting.small, room.w)
    high = shapes.height(words, room.w, _BULLETS)
    piece = Piece(replace(room, h=high), shapes.writing(words, setting.text, _BULLETS))
    return [piece] if words else [], _below(words, setting.rooms)


def _below(words: Sequence[Paragraph], rooms: Rooms) -> Rooms:
    """What is left on the first slide below sentences."""
    high = shapes.height(words, rooms.first.w, _BULLETS) + 0.12 if words else 0
    return Rooms(rooms.first.below(high), rooms.later)


def _tiles(exhibit: Exhibit, text: Text) -> Tiles | None:
    """Key figures as tiles; None where there are none."""
    tiles = [
        replace(tile, notes=tuple(text("slide.change", change=note) for note in tile.notes if note))
        for tile in exhibit.figures
    ]
    return Tiles(tuple(tiles)) if tiles else None
