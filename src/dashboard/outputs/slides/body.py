"""What stands below a headline: native charts and tables by the class of the chart, pictures of the two that
PowerPoint lacks, sentences.

Rows are set in the largest words in which all fit on a slide. Else they go on over further slides, all on one
scale, or the first are kept, with those that are chosen, and the slide says how many are left out.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, assert_never

from pptx.slide import Slide

from dashboard.charts import theme
from dashboard.charts.model import (
    Bars,
    Bullets,
    Chart,
    Choices,
    Dumbbells,
    HeatTable,
    Icicle,
    Lines,
    Names,
    PostMatrix,
    Tiles,
    Units,
)
from dashboard.exhibits import Table
from dashboard.outputs.slides import lists, panels, picture, shapes
from dashboard.outputs.slides.lists import Listed
from dashboard.outputs.slides.measure import Box, Rooms
from dashboard.outputs.slides.native import Style
from dashboard.outputs.slides.rows import Charted, key
from dashboard.outputs.slides.shapes import Look, Paragraph, Piece, Run
from dashboard.text import Text

Slides = list[list[Piece]]
_GAP = 0.12
_BULLETS = Look(bullets=True, gap=6)
_NOTES = Look(gap=4)


@dataclass(frozen=True)
class Form:
    """How a deck is set: the `sizes` of words that are tried, the largest first; the `slides` that one chart
    takes at most."""

    sizes: tuple[int, ...]
    slides: int


@dataclass(frozen=True)
class Setting:
    """Where a chart stands: the form of the deck, the rooms, the words, the mark of its workbook."""

    form: Form
    rooms: Rooms
    text: Text
    mark: str

    def style(self, points: int) -> Style:
        """The look of a native chart in words of this size."""
        return Style(points, self.text.lang, self.mark)

    @property
    def small(self) -> int:
        """The smallest words."""
        return self.form.sizes[-1]


def of_chart(
    chart: Chart, setting: Setting, drawn: Sequence[bytes] = (), below: Sequence[str] = ()
) -> Slides:
    """Per slide what stands on it; `drawn` has the pictures of a chart that needs them, `below` sentences
    that stand under the others."""
    match chart:
        case Tiles():
            return _tiles(chart, setting, below)
        case Lines():
            return [[_lines(chart, setting, n, part)] for n, part in enumerate(panels.parts(chart))]
        case PostMatrix() | Icicle():
            return [
                [Piece(setting.rooms.on(n), partial(picture.add, content=content))]
                for n, content in enumerate(drawn)
            ]
        case HeatTable():
            return _flow(lists.heat(chart), setting, below, [chart.key], more="slide.more_places")
        case Choices():
            return _flow(lists.choices(chart), setting, below)
        case Names():
            said = [column.more for column in chart.columns]
            if not any(column.groups for column in chart.columns):
                return of_sentences([chart.empty, *below], setting)
            return _flow(lists.names(chart), setting, below, [*said, chart.key])
        case Units():
            return _flow(Charted(chart), setting, below, [chart.key], chart.kinds, more="slide.more_places")
        case Bars():
            return _flow(Charted(chart), setting, below, [chart.key], chart.kinds)
        case Bullets():
            return _flow(Charted(chart), setting, below, [chart.key])
        case Dumbbells():
            return _flow(Charted(chart), setting, [chart.folded, *below], [chart.key])
        case _:
            assert_never(chart)


def of_table(table: Table, setting: Setting) -> Slides:
    """The table of an exhibit that has no chart."""
    return _flow(lists.figures(table, setting.text), setting, ())


def of_sentences(sentences: Sequence[str], setting: Setting) -> Slides:
    """Sentences in the largest size in which all stand on one slide; else in the smallest over several."""
    said = [one for one in sentences if one]
    paragraphs: list[Paragraph] = []
    for points in setting.form.sizes:
        paragraphs = shapes.sentences(said, points, setting.rooms.first.w)
        if shapes.height(paragraphs, setting.rooms.first.w, _BULLETS) <= setting.rooms.first.h:
            break
    found: Slides = []
    part: list[Paragraph] = []
    for paragraph in paragraphs:
        room = setting.rooms.on(len(found))
        if part and shapes.height([*part, paragraph], room.w, _BULLETS) > room.h:
            found.append([_written(part, room, setting.text)])
            part = []
        part.append(paragraph)
    return [*found, [_written(part, setting.rooms.on(len(found)), setting.text)]] if part else found


def _written(said: Sequence[Paragraph], room: Box, text: Text) -> Piece:
    return Piece(replace(room, h=shapes.height(said, room.w, _BULLETS)), shapes.writing(said, text, _BULLETS))


def _tiles(chart: Tiles, setting: Setting, below: Sequence[str]) -> Slides:
    room, style = setting.rooms.first, setting.style(setting.small)
    said = shapes.sentences([one for one in below if one], setting.small, room.w)
    high = shapes.height(said, room.w, _BULLETS) if said else 0
    tiles = replace(room, h=room.h - high - (_GAP if said else 0))
    found = [Piece(tiles, lambda slide, box: panels.tiles(chart, slide, box, style, setting.text))]
    if said:
        top = panels.height(chart, tiles) + 2 * _GAP
        found.append(_written(said, room.below(top), setting.text))
    return [found]


def _lines(chart: Lines, setting: Setting, number: int, part: range) -> Piece:
    style, text = setting.style(setting.small), setting.text
    room = setting.rooms.on(number)
    said = [(Run(chart.key, setting.small, colour=theme.SOFT_INK),)] if chart.key else []
    high = shapes.height(said, room.w) + _GAP if said else 0

    def draw(slide: Slide, box: Box) -> None:
        panels.lines(chart, slide, replace(box, h=box.h - high), part, style, text)
        shapes.text_box(slide, box.below(box.h - high + _GAP), said, text.lang)

    return Piece(room, draw)


def _flow(
    source: Charted | Listed,
    setting: Setting,
    below: Sequence[str],
    notes: Sequence[str] = (),
    kinds: Sequence[tuple[str, str]] = (),
    more: str = "slide.more_rows",
) -> Slides:
    """Rows over as few slides as hold them in the largest words, or so many as the form allows."""
    text, rooms, form = setting.text, setting.rooms, setting.form
    wide = rooms.first.w
    if not source.all:
        return of_sentences([*below, *notes], setting)
    said = [
        *shapes.sentences([one for one in below if one], setting.small, wide),
        *shapes.sentences([one for one in notes if one], setting.small, wide, theme.SOFT_INK),
    ]

    def around(points: int, left: int) -> tuple[list[Paragraph], list[Paragraph], float]:
        """What stands above and below the rows, and the room that it takes."""
        above = [found] if (found := key(kinds, points)) else []
        rest = [*said, *([(Run(text(more, n=left), setting.small, colour=theme.SOFT_INK),)] if left else [])]
        heights = (shapes.height(one, wide, _NOTES) + _GAP if one else 0 for one in (above, rest))
        return above, rest, sum(heights)

    def parts(points: int, shown: Charted | Listed, left: int) -> tuple[Any, list[range]]:
        taken = around(points, left)[2]
        made = shown.made(setting.style(points), wide, text)
        return made, made.parts(rooms.first.h - taken, rooms.later.h - taken)

    shown, left = source, source.all - source.count
    for points in form.sizes:
        made, found = parts(points, shown, left)
        if len(found) == 1 and not made.cramped:
            break
    if len(found) > form.slides:

        def too_many(n: int) -> bool:
            return len(parts(points, source.first(n), source.all)[1]) > form.slides

        shown = source.first(max(bisect(range(1, source.count + 1), 0, key=too_many), 1))
        left = source.all - shown.count
        made, found = parts(points, shown, left)
    above, rest, taken = around(points, left)
    slides: Slides = []
    for number, part in enumerate(found[: form.slides]):
        room = rooms.on(number)
        high = made.taken(room.h - taken, part)
        top = shapes.height(above, wide) + _GAP if above else 0
        slides.append([Piece(replace(room, h=top), shapes.writing(above, text))] if above else [])
        box = replace(room, y=room.y + top, h=high)
        slides[-1].append(Piece(box, partial(made.draw, part=part)))
        if rest:
            below = room.below(top + high + _GAP)
            slides[-1].append(Piece(below, shapes.writing(rest, text, _NOTES)))
    return slides
