"""Bars on slides: so many rows a slide that all can be read, all with one scale."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from pptx.slide import Slide

from dashboard.charts import theme
from dashboard.outputs.slides import measure, shapes
from dashboard.outputs.slides.chart import part
from dashboard.outputs.slides.chart.bars import Bars
from dashboard.outputs.slides.chart.model import Chart, Series
from dashboard.outputs.slides.measure import Box, Rooms
from dashboard.outputs.slides.shapes import Piece, Run
from dashboard.text import Text

Draw = Callable[[Slide, Box], None]

# Ways to set rows, the most readable first: size of the words in points, columns beside each other.
_WAYS = ((14, 1), (12, 1), (14, 2), (12, 2))
_GAP = 0.4  # between columns, inches
_NAMES = {1: 0.36, 2: 0.5}  # the most of a column's width that names take, by columns
_NAME_LINES = 2
_LEAST_NAME = 0.8  # inches
_BESIDE = 0.2  # room beside names and words, inches
_LEAST_BAR = 1.2  # a bar of 100% is at least so long, inches
_AIR = 0.08  # least room between the words of two rows
_HIGHEST = 0.62  # of a row
_SWATCH = 0.5  # room of a colour in the key beside its name
_CAPTION = 12


@dataclass(frozen=True)
class _Way:
    """Rows set in `columns` of `width` inches in words of so many `points`: what that asks for.

    `names` is the room of the names, `row` the least height of a row, `unit` the inches of a bar of 1.
    """

    points: int
    columns: int
    width: float
    names: float
    row: float
    unit: float
    key: tuple[int, float]  # lines of the key, width of an entry
    caption: float

    @property
    def above(self) -> float:
        """Room of the key above the bars."""
        return 0.28 * self.key[0]

    def rows(self, room: Box) -> int:
        """How many rows fit."""
        return self.columns * max(int((room.h - self.caption - self.above) / self.row + 1e-6), 0)


def pieces(bars: Bars, text: Text, rooms: Rooms) -> tuple[list[list[Piece]], bool]:
    """Per slide the charts on it, and whether every number stands in them."""
    ways = [way for way in (_way(bars, rooms.first.w, *size) for size in _WAYS) if way is not None]
    shares = [list(_shared(len(bars), way.rows(rooms.first), way.rows(rooms.later))) for way in ways]
    # As few slides as can be, and of such ways the most readable.
    way, shared = min(zip(ways, shares, strict=True), key=lambda found: len(found[1]))
    slides: list[list[Piece]] = []
    start = 0
    for n in shared:
        room = rooms.on(len(slides))
        slides.append(
            [*_caption(bars, way, room, text), *_columns(bars.part(start, start + n), way, room, text)]
        )
        start += n
    every = all(_fitting(one, way) == one for group in bars.groups for one in group.series)
    return slides, every


def _shared(n: int, first: int, later: int) -> Iterator[int]:
    """`n` rows over slides: as few as hold them, about equally many on each."""
    slides = 1 if n <= first else 1 + -(-(n - first) // max(later, 1))
    for left in range(slides, 0, -1):
        most = first if left == slides else later
        now = min(-(-n // left), max(most, 1))
        yield now
        n -= now


def _way(bars: Bars, room: float, points: int, columns: int) -> _Way | None:
    """What the rows ask for when they are set like this; None where no bar would be left."""
    width = (room - (columns - 1) * _GAP) / columns
    widest = max((measure.width(words, points) for words in bars.words), default=0)
    most = min(_NAMES[columns] * width, width - widest - 3 * _BESIDE - 1.3 * _LEAST_BAR)
    if columns > 1 and most < _LEAST_NAME:
        return None
    most = max(most, _LEAST_NAME)
    names = min(max((measure.width(name, points) for name in bars.names), default=0), most)
    lines = max((measure.lines(name, points, most) for name in bars.names), default=1)
    left = width - names - 2 * _BESIDE
    unit = min(
        (
            (left - measure.width(words, points) - _BESIDE) / end
            for words, end in zip(bars.words, bars.ends, strict=True)
            if end
        ),
        default=left,
    )
    if columns > 1 and unit * max(bars.ends) < _LEAST_BAR:
        return None
    # The series without a name takes a place in the key, too.
    entries = len(bars.key) + 1 if bars.key else 0
    entry = max((measure.width(name, points) for name in bars.key), default=0) + _SWATCH
    return _Way(
        points,
        columns,
        width,
        names + _BESIDE,
        measure.height(min(lines, _NAME_LINES), points) + _AIR,
        max(unit, _LEAST_BAR / max(*bars.ends, 1.0)),
        (-(-entries // max(int(width / entry), 1)), entry),
        shapes.height([(Run(bars.caption, _CAPTION),)], room) + 0.1 if bars.caption else 0,
    )


def _caption(bars: Bars, way: _Way, room: Box, text: Text) -> Iterator[Piece]:
    if bars.caption:
        run = Run(bars.caption, _CAPTION, colour=theme.SOFT_INK)
        yield Piece(replace(room, h=way.caption), shapes.writing([(run,)], text))


def _columns(bars: Bars, way: _Way, room: Box, text: Text) -> Iterator[Piece]:
    """The charts beside each other, all rows equally high."""
    longest = -(-len(bars) // way.columns)
    row = min((room.h - way.caption - way.above) / longest, _HIGHEST)
    for column in range(way.columns):
        rows = bars.part(column * longest, (column + 1) * longest)
        if not len(rows):
            continue
        high = way.above + row * len(rows)
        x = room.x + column * (way.width + _GAP)
        yield Piece(Box(x, room.y + way.caption, way.width, high), _drawing(rows, way, high, text))


def _drawing(bars: Bars, way: _Way, high: float, text: Text) -> Draw:
    long = way.width - way.names - _BESIDE / 2
    above = way.above / high
    lines, entry = way.key
    wide = min(entry * -(-(len(bars.key) + 1) // lines) / way.width, 1) if lines else 0
    chart = Chart(
        categories=tuple(
            measure.cut(name, way.points, way.names - _BESIDE, _NAME_LINES) for name in bars.names
        ),
        groups=tuple(
            replace(group, series=tuple(_fitting(one, way) for one in group.series)) for group in bars.groups
        ),
        most=long / way.unit,
        points=way.points,
        lang=text.lang,
        plot=(way.names / way.width, above, long / way.width, 1 - above),
        key=(0.0, 0.0, wide, above) if lines else None,
        mark=bars.mark,
    )

    def draw(slide: Slide, box: Box) -> None:
        part.add(slide, box, chart)

    return draw


def _fitting(series: Series, way: _Way) -> Series:
    """The series with those numbers inside its bars for which there is room."""
    label = series.label
    if label is None or label.place != "ctr":
        return series
    says = tuple(
        said if said and measure.width(said, way.points, bold=True) <= (value or 0) * way.unit else ""
        for said, value in zip(label.says, series.values, strict=True)
    )
    return replace(series, label=replace(label, says=says))
