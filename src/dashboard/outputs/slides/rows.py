"""Charts with a row for each place, goal or post, drawn natively: bars, goals, villages by kind, two dates."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, assert_never

from pptx.slide import Slide

from dashboard.charts import theme
from dashboard.charts.model import (
    BarRow,
    Bars,
    Bullets,
    DumbbellRow,
    Dumbbells,
    Label,
    Segment,
    UnitRow,
    Units,
)
from dashboard.outputs.slides import labels, lists, measure, native, shapes
from dashboard.outputs.slides.measure import Box
from dashboard.outputs.slides.native import Dot, Series, Style
from dashboard.outputs.slides.shapes import Paragraph, Run
from dashboard.text import Text

_ENOUGH = 0.35  # of the width for the bars
_NAMES = 0.34  # the most of the width that names take
_LEAST = 1.2  # the longest bar is at least so long, inches
_BESIDE = 0.15  # room beside names and words, inches
_AIR = 0.07  # least room between the words of two rows
_TARGET = 0.006  # how wide the line of a target is, of 1
_HIGHEST = 0.85  # of a row
_PALE = 0.45  # how much is seen of the colour of a row that is not chosen, where others are
_FIRST = 0.58  # of the width, for the first of two measures
_CHOSEN = "► "  # before the name of a chosen row


@dataclass(frozen=True)
class Row:
    """What every class has: a name, words at the end (in lines), and from where on the words stand (of the
    scale)."""

    name: str
    says: str
    end: float = 0.0


@dataclass(frozen=True)
class Rows:
    """A chart of rows in words of so many `points`, as wide as its room: `names`, `long` are the inches of
    names and of the scale. `draw` draws some of its rows."""

    rows: tuple[Row, ...]
    points: int
    width: float
    names: float
    long: float
    draw_part: Callable[[Rows, Slide, Box, range], None]

    @property
    def row(self) -> float:
        """The least height of a row, inches: a name may take two lines."""
        room = self.names - _BESIDE
        lines = (
            max(min(measure.lines(one.name, self.points, room), 2), one.says.count("\n") + 1)
            for one in self.rows
        )
        return measure.height(max(lines, default=1), self.points) + _AIR

    @property
    def cramped(self) -> bool:
        """Whether smaller words would leave the bars more of the room that they need."""
        return self.long - max((_wide(one.says, self.points) for one in self.rows), default=0) < (
            _ENOUGH * self.width
        )

    def parts(self, first: float, later: float) -> list[range]:
        """The rows of each slide, where the first has so much room and each later one so much: about equally
        many."""
        n = len(self.rows)
        on_first, on_later = (max(int(room / self.row + 1e-6), 1) for room in (first, later))
        slides = 1 if n <= on_first else 1 + -(-(n - on_first) // on_later)
        found: list[range] = []
        start = 0
        for left in range(slides, 0, -1):
            many = min(-(-(n - start) // left), on_later if found else on_first)
            found.append(range(start, start + many))
            start += many
        return found

    def taken(self, room: float, part: range) -> float:
        """The height of some rows, each as high as there is room for."""
        return min(room / len(part), _HIGHEST) * len(part)

    def draw(self, slide: Slide, box: Box, part: range) -> None:
        """Some rows, as high as the box."""
        self.draw_part(self, slide, replace(box, w=self.width), part)

    def name(self, row: int) -> str:
        """A name as long as there is room for."""
        return measure.cut(self.rows[row].name, self.points, self.names - _BESIDE, 2)


def _laid_out(rows: Sequence[Row], points: int, width: float, draw: Callable[..., None]) -> Rows:
    """The widths that the words ask for: names first, then what is said, the bars get the rest. Where the
    words take two lines, names may as well."""
    widest = max((_wide(one.says, points) for one in rows), default=0)
    most = max(min(_NAMES * width, width - widest - 3 * _BESIDE - _LEAST), _LEAST)
    longest = max((measure.width(one.name, points) for one in rows), default=0)
    if any("\n" in one.says for one in rows):
        steps = (n / 10 for n in range(10, int(most * 10) + 1))
        longest = next(
            (room for room in steps if all(measure.lines(one.name, points, room) <= 2 for one in rows)), most
        )
    names = min(longest, most) + _BESIDE
    return Rows(tuple(rows), points, width, names, width - names, draw)


def _wide(says: str, points: int) -> float:
    """How wide the words are, with the space that parts them from the bar."""
    return max(measure.width(f"\u00a0{line}\u00a0", points) for line in says.split("\n"))


def _most(rows: Rows) -> float:
    """The end of the scale, of which 1 is the longest bar, that leaves room for the words behind each bar."""
    units = ((rows.long - _wide(one.says, rows.points) - _BESIDE) / one.end for one in rows.rows if one.end)
    return rows.long / max(min(units, default=rows.long), _LEAST)


@dataclass(frozen=True)
class Charted:
    """A chart of rows before it is set."""

    chart: Bars | Units | Bullets | Dumbbells

    @property
    def all(self) -> int:
        """How many rows it has, that of all together apart."""
        return len(self.chart.rows)

    count = all

    def made(self, style: Style, room: float, text: Text) -> Rows:
        """The chart in words of a size, as wide as its room."""
        match self.chart:
            case Bars():
                return _two_bars(self.chart, room, style, text)
            case Units():
                return _units(self.chart, room, style, text)
            case Bullets():
                return _bullets(self.chart, room, style, text)
            case Dumbbells():
                return _dumbbells(self.chart, room, style, text)
            case _:
                assert_never(self.chart)

    def first(self, n: int) -> Charted:
        """So many rows: the first ones and those that are chosen."""
        chart: Any = self.chart
        chosen = [number for number, row in enumerate(chart.rows) if getattr(row, "chosen", False)]
        shown = lists.first(len(chart.rows), n, chosen)
        return Charted(replace(chart, rows=tuple(chart.rows[number] for number in shown)))


def _two_bars(chart: Bars, width: float, style: Style, text: Text) -> Rows:
    """Bars from 0, whole or in segments; two of them beside each other where there are two measures."""
    if len(chart.heads) < 2:
        return _bars(chart, width, style, text)
    beside = tuple(
        BarRow("", (row.beside,) if row.beside else (), row.beside_label or Label(""), chosen=row.chosen)
        for row in _every(chart)
    )
    left = _bars(replace(chart, heads=chart.heads[:1]), width * _FIRST, style, text)
    right = _bars(Bars(beside, heads=chart.heads[1:]), width * (1 - _FIRST), style, text)

    def draw(_: Rows, slide: Slide, box: Box, part: range) -> None:
        for one, x, head in zip((left, right), (box.x, box.x + left.width), chart.heads, strict=True):
            said = [(Run(head, style.points, bold=True),)]
            high = measure.height(1, style.points)
            shapes.text_box(slide, Box(x + one.names, box.y, one.long, high), said, style.lang)
            one.draw_part(one, slide, replace(box, x=x, y=box.y + high, w=one.width, h=box.h - high), part)

    return replace(left, width=width, draw_part=draw)


def _units(chart: Units, width: float, style: Style, text: Text) -> Rows:
    """Villages by kind: a bar of segments, each as long as its villages are many."""
    kinds = [kind for kind, _ in chart.kinds]

    def counted(row: UnitRow) -> BarRow:
        segments = (Segment(kind, float(row.units.count(kind))) for kind in kinds)
        return BarRow(row.name, tuple(segments), row.label, chosen=row.chosen)

    rows = tuple(map(counted, chart.rows))
    whole = chart.whole and counted(chart.whole)
    return _bars(Bars(rows, chart.kinds, whole), width, style, text)


def _bullets(chart: Bullets, width: float, style: Style, text: Text) -> Rows:
    """Goals on a track from 0 to 1: what is reached, what is missing, a line for the target."""
    rows = [Row(row.name, labels.in_lines(row.label), 1.0) for row in chart.rows]
    goal = text("column_short.goal")

    def draw(made: Rows, slide: Slide, box: Box, part: range) -> None:
        shown = [chart.rows[n] for n in part]
        short = [row.share is not None and row.target is not None and row.share < row.target for row in shown]
        share = [row.share for row in shown]
        # The line of a target is the end of a dark bar, of which another covers all but that; what is reached
        # lies under it where it is more, above it where it is less.
        edges = [None if row.target is None else row.target - _TARGET for row in shown]
        series = [
            _plain(text("slide.whole"), [1.0] * len(shown), theme.TRACK, [made.rows[n].says for n in part]),
            _plain(
                text("slide.reached"),
                [None if s else v for s, v in zip(short, share, strict=True)],
                theme.BLUE,
            ),
            _plain(text("column_short.goal"), [row.target for row in shown], theme.INK),
            replace(
                _plain(text("slide.edge"), edges, theme.AMBER),
                colours=tuple(
                    theme.AMBER if s else theme.TRACK if v is None else theme.BLUE
                    for s, v in zip(short, share, strict=True)
                ),
            ),
            _plain(
                text("slide.short"), [v if s else None for s, v in zip(short, share, strict=True)], theme.BLUE
            ),
        ]
        used = [one for one in series if any(value is not None for value in one.values)]
        _native_bars(made, slide, box, part, used, style, stacked=False)

    return _laid_out(rows, style.points, width, draw)


def _dumbbells(chart: Dumbbells, width: float, style: Style, text: Text) -> Rows:
    """Two dates of each row, from the lower to the upper end of the axis."""
    drawn = [*chart.rows, *([chart.whole] if chart.whole else [])]
    rows = [Row(_named(row.name, row.chosen), _of_two_dates(row, chart.more)) for row in drawn]

    def draw(made: Rows, slide: Slide, box: Box, part: range) -> None:
        some = any(row.chosen for row in chart.rows)
        shown = [
            Dot(
                made.name(n),
                None if drawn[n] is chart.whole else drawn[n].before,
                None if drawn[n] is chart.whole else drawn[n].now,
                drawn[n].target,
                made.rows[n].says,
                _seen(theme.BLUE, some, drawn[n].chosen),
            )
            for n in part
        ]
        said = max(_wide(made.rows[n].says, style.points) for n in part) + 2 * _BESIDE
        native.dots(
            slide,
            box,
            shown,
            style,
            names=(*chart.dates, text("column_short.goal")),
            scale=(chart.low, chart.high),
            ends=chart.ends,
            room=(made.names / made.width, said / made.width),
        )

    return _laid_out(rows, style.points, width, draw)


def key(kinds: Sequence[tuple[str, str]], points: int) -> Paragraph:
    """What the colours of the kinds mean; nothing where there is one."""
    runs: list[Run] = []
    for kind, words in kinds if len(kinds) > 1 else ():
        fill, edge = _colours(kind)
        white = fill == theme.WHITE
        runs.append(Run("□ " if white else "■ ", points, colour=edge if white else fill))
        runs.append(Run(f"{words}    ", points))
    return tuple(runs)


def _every(chart: Bars) -> tuple[BarRow, ...]:
    return (*chart.rows, *([chart.whole] if chart.whole else []))


def _bars(chart: Bars, width: float, style: Style, text: Text) -> Rows:
    every = _every(chart)
    longest = max(map(_sum, chart.rows), default=0) or 1
    ends = [0 if row is chart.whole else _sum(row) / longest for row in every]
    rows = [
        Row(_named(row.name, row.chosen), labels.said(row.label), end)
        for row, end in zip(every, ends, strict=True)
    ]
    kinds = chart.kinds or (("", chart.heads[0] if chart.heads else text("slide.value")),)
    some = any(row.chosen for row in chart.rows)

    def draw(made: Rows, slide: Slide, box: Box, part: range) -> None:
        shown = [every[n] for n in part]
        unit = made.long / _most(made) / longest  # inches of 1
        series = []
        for kind, name in kinds:
            found = [_of_kind(row, kind) if row is not chart.whole else [] for row in shown]
            if not any(found):
                continue
            values = [sum(one.value for one in parts) if parts else None for parts in found]
            looks = [
                _colours(parts[0].kind if parts else kind, some and not row.chosen)
                for parts, row in zip(found, shown, strict=True)
            ]
            numbers = ["" if value is None else text.number(value) for value in values]
            fit = [
                said if chart.kinds and measure.width(said, style.points, True) < (value or 0) * unit else ""
                for said, value in zip(numbers, values, strict=True)
            ]
            colours, edges = zip(*looks, strict=True)
            series.append(Series(name, tuple(values), colours, edges, tuple(fit)))
        totals = tuple(0.0 if row is chart.whole else _sum(row) for row in shown)
        blank = ("",) * len(shown)
        says = tuple(made.rows[n].says for n in part)
        series.append(Series(text("slide.total"), totals, blank, blank, says, behind=True))
        _native_bars(made, slide, box, part, series, style, stacked=True, longest=longest)

    return _laid_out(rows, style.points, width, draw)


def _plain(name: str, values: Sequence[float | None], colour: str, says: Sequence[str] = ()) -> Series:
    """Bars of one colour, with words behind their ends."""
    alike = len(values)
    return Series(name, tuple(values), (colour,) * alike, ("",) * alike, tuple(says), behind=True)


def _native_bars(
    made: Rows,
    slide: Slide,
    box: Box,
    part: range,
    series: Sequence[Series],
    style: Style,
    *,
    stacked: bool,
    longest: float = 1,
) -> None:
    native.bars(
        slide,
        box,
        [made.name(n) for n in part],
        series,
        style,
        stacked=stacked,
        most=_most(made) * longest,
        room=made.names / made.width,
    )


def _sum(row: BarRow) -> float:
    return sum(one.value for one in row.segments)


def _of_kind(row: BarRow, kind: str) -> list[Segment]:
    """The segments of a kind that are seen; every one where the chart does not tell kinds apart ("")."""
    return [one for one in row.segments if one.value and kind in ("", one.kind)]


def _named(name: str, chosen: bool) -> str:
    return _CHOSEN + name if chosen else name


def _seen(colour: str, some: bool, chosen: bool) -> str:
    """The colour, paler where others are chosen."""
    return theme.mixed(colour, _PALE) if some and not chosen else colour


def _colours(kind: str, pale: bool = False) -> tuple[str, str]:
    """Fill and edge of a kind of segment; a value where the chart does not tell kinds apart."""
    fill, edge = theme.KINDS[kind or "value"]
    colours = theme.COLOURS[fill], theme.COLOURS[edge] if edge else ""
    return (theme.mixed(colours[0], _PALE), colours[1]) if pale else colours


def _of_two_dates(row: DumbbellRow, more: str) -> str:
    """ "47/60 → 50/60 · ▲ +3": both dates, the change; below them what the last column says."""
    change = " · ".join(part for part in (labels.sign(row.change), row.change.unreported) if part)
    first = f"{row.before_label} → {row.now_label} · {change}"
    return f"{first}\n{more}: {row.more}" if row.more else first
