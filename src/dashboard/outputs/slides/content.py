"""What stands on the slides of an exhibit below its headline: chart, picture, table, figures, sentences."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import pandas as pd

from dashboard import charts
from dashboard.charts import Plot, theme
from dashboard.exhibits import Exhibit
from dashboard.outputs.slides import figures, measure, page, picture, shapes, table
from dashboard.outputs.slides.chart import bars, dates, rows
from dashboard.outputs.slides.measure import Box, Rooms
from dashboard.outputs.slides.shapes import Look, Paragraph, Piece, Run
from dashboard.text import Text

Slides = list[list[Piece]]

_BARS: Mapping[object, Callable[[pd.DataFrame, Text], bars.Bars]] = {
    charts.structure.by_commune: bars.members,
    charts.structure.cells: bars.members,
    charts.goals.changes: bars.changes,
    charts.overlap.combinations: bars.combinations,
    charts.overlap.by_commune: bars.by_combination,
    charts.overlap.pool: bars.pool,
    charts.overlap.post_states: bars.post_states,
    charts.goals.progress: bars.shares,
    charts.goals.moved: bars.shares,
    charts.goals.by_commune: bars.shares,
}
_SENTENCES = ((22, 12), (20, 10), (18, 8), (16, 8), (14, 6), (12, 5))  # sizes and gaps of sentences, points
_BESIDE = _SENTENCES[-3:]  # where a chart or a table stands below them
_LONGEST = 12  # lines of a sentence
_LEAST = 2.4  # a chart or a table needs so much room, inches; else it begins on the next slide
_NOTE = 12
_GAP = 0.18
_FEW = 3  # rows of a chart below which its table says more


def slides(exhibit: Exhibit, text: Text, drawn: Mapping[str, Sequence[bytes]]) -> Slides:
    """Per slide what stands on it, with its place; `drawn` holds the pictures by exhibit id."""
    words = _words(exhibit, text)
    main = _main(exhibit, text, drawn, words.rooms)
    if not main and not any(words.slides) and exhibit.takeaways:
        # Nothing to draw but something to say: the notes say why.
        return [_notes(exhibit, words.rooms.first, text)]
    if not main or not words.go_on:
        return words.slides + main
    return [*words.slides[:-1], words.slides[-1] + main[0], *main[1:]]


def pictures(exhibit: Exhibit) -> tuple[bytes, ...]:
    """The pictures of an exhibit that needs them, one per slide."""
    assert exhibit.plot is not None
    return picture.drawn(exhibit.plot, _words(exhibit, exhibit.plot.text).rooms)


@dataclass(frozen=True)
class _Words:
    """The words of an exhibit on one slide or more; whether a chart or a table may `go_on` below the last of
    them, and the room it has."""

    slides: Slides
    go_on: bool
    rooms: Rooms


def _words(exhibit: Exhibit, text: Text) -> _Words:
    rooms = page.layout(exhibit).rooms
    found: Slides = []
    rest = rooms.first
    for number, (said, look) in enumerate(_sentences(exhibit, rooms)):
        room = rooms.on(number)
        high = shapes.height(said, room.w, look)
        found.append([Piece(replace(room, h=high), shapes.writing(said, text, look))])
        rest = room.below(high + _GAP)
    found = found or [[]]
    for note in _bounded(exhibit, text):
        said = [(Run(note, _NOTE, colour=theme.SOFT_INK),)]
        high = shapes.height(said, rest.w)
        found[-1].append(Piece(replace(rest, h=high), shapes.writing(said, text)))
        rest = rest.below(high + 0.1)
    go_on = rest.h >= _LEAST
    return _Words(found, go_on, Rooms(rest if go_on else rooms.later, rooms.later))


def _main(exhibit: Exhibit, text: Text, drawn: Mapping[str, Sequence[bytes]], rooms: Rooms) -> Slides:
    if exhibit.figures:
        behind = exhibit.table
        tables = [] if behind is None else table.pieces(behind, text, Rooms(rooms.later, rooms.later))
        return [_figures(exhibit, text, rooms.first), *tables]
    if picture.needed(exhibit):
        return picture.pieces(drawn[exhibit.id], rooms)
    if exhibit.plot is not None:
        return _chart(exhibit, exhibit.plot, text, rooms)
    return table.pieces(exhibit.table, text, rooms) if exhibit.table is not None else []


def _chart(exhibit: Exhibit, plot: Plot, text: Text, rooms: Rooms) -> Slides:
    if plot.draw not in _BARS:
        return dates.pieces(exhibit, plot, rooms)
    drawn = replace(_BARS[plot.draw](plot.frame, text), mark=exhibit.mark(text))
    found, complete = rows.pieces(drawn, text, rooms)
    if exhibit.table is None:
        return found
    if not complete:
        # Numbers that have no room in their bars stand in the table behind the chart.
        return found + table.pieces(exhibit.table, text, Rooms(rooms.later, rooms.later))
    below = rooms.first.below(max(piece.box.bottom for piece in found[0]) + 2 * _GAP - rooms.first.y)
    few = len(exhibit.table.frame) <= _FEW and len(found) == 1
    if few and table.height(exhibit.table, text, below.w) <= below.h:
        # Below a bar or two there is room for what is behind them.
        return [found[0] + table.pieces(exhibit.table, text, Rooms(below, below))[0]]
    return found


def _figures(exhibit: Exhibit, text: Text, room: Box) -> list[Piece]:
    """Tiles, and below them what they count and what not: their numbers have no other explanation."""
    tiles = figures.pieces(exhibit.figures, text, room, 4)
    end = max(tile.box.bottom for tile in tiles)
    return [*tiles, *_notes(exhibit, room.below(end + _GAP - room.y), text)]


def _notes(exhibit: Exhibit, room: Box, text: Text) -> list[Piece]:
    """The notes on the slide itself, where they fit."""
    said = [(Run(shapes.one_line(note), _NOTE, colour=theme.SOFT_INK),) for note in exhibit.notes]
    look = Look(bullets=True, gap=3)
    high = shapes.height(said, room.w, look)
    return [Piece(replace(room, h=high), shapes.writing(said, text, look))] if said and high <= room.h else []


def _sentences(exhibit: Exhibit, rooms: Rooms) -> list[tuple[list[Paragraph], Look]]:
    """The sentences of each slide: in the largest size in which all stand on one and leave room for what
    comes below them."""
    if not exhibit.sentences:
        return []
    alone = exhibit.plot is None and exhibit.table is None
    below = 0 if alone else _LEAST + _GAP
    for points, gap in _SENTENCES if alone else _BESIDE:
        look = Look(bullets=True, gap=gap)
        said = _paragraphs(exhibit.sentences, points, alone, rooms.first.w)
        if shapes.height(said, rooms.first.w, look) <= rooms.first.h - below:
            return [(said, look)]
    # On several slides the words may as well be larger.
    points, gap = _SENTENCES[-2]
    look = Look(bullets=True, gap=gap)
    said = _paragraphs(exhibit.sentences, points, alone, rooms.first.w)
    return [(part, look) for part in _filled(said, look, rooms)]


def _filled(said: Sequence[Paragraph], look: Look, rooms: Rooms) -> Iterator[list[Paragraph]]:
    """As many paragraphs per slide as fit."""
    room, part = rooms.first, list[Paragraph]()
    for paragraph in said:
        if part and shapes.height([*part, paragraph], room.w, look) > room.h:
            yield part
            room, part = rooms.later, []
        part.append(paragraph)
    yield part


def _paragraphs(sentences: Sequence[str], points: int, is_list: bool, room: float) -> list[Paragraph]:
    """The sentences; those of a list "Xã Hương Sơn: …" with their subject in bold, if all have that form."""
    inside = room - shapes.BULLET
    lines = [measure.cut(shapes.one_line(said), points, inside, _LONGEST, bold=True) for said in sentences]
    if not is_list or not all(": " in line for line in lines):
        return [(Run(line, points),) for line in lines]
    split = (line.partition(": ") for line in lines)
    return [(Run(f"{name}: ", points, bold=True), Run(said, points)) for name, _, said in split]


def _bounded(exhibit: Exhibit, text: Text) -> list[str]:
    """The note that a chart does not draw all rows: it must stand beside the chart."""
    plot = exhibit.plot
    if plot is None or "row" not in plot.frame:
        return []
    begins = text("card.bounded", n=plot.frame["row"].nunique(), all="\0").partition("\0")[0]
    return [shapes.one_line(note) for note in exhibit.notes if begins in note]
