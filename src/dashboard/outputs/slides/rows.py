"""Charts with a row for each place, goal or post, drawn natively: bars, goals, kinds of villages, dates; what
their names and words leave for the bars, and how many rows fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, assert_never

from pptx.slide import Slide

from dashboard.charts import theme
from dashboard.charts.model import (
    BarRow,
    Bars,
    BulletRow,
    Bullets,
    DumbbellRow,
    Dumbbells,
    Label,
    Segment,
    UnitRow,
    Units,
)
from dashboard.outputs.slides import native, shapes, tables, text_metrics
from dashboard.outputs.slides.chart_format import Style
from dashboard.outputs.slides.native import Dot, Series
from dashboard.outputs.slides.shapes import Paragraph, Run
from dashboard.outputs.slides.tables import Source
from dashboard.outputs.slides.text_metrics import Box

_ENOUGH = 0.35  # of the width for the bars
_NAMES = 0.4  # the most of the width that names take
_LEAST = 1.2  # the longest bar is at least so long, inches
BESIDE = 0.15  # room beside names and words, inches
_AIR = 0.07  # least room between the words of two rows
_HIGHEST = 1.1  # of a row

Draw = Callable[["Rows", Slide, Box, range], None]


@dataclass(frozen=True)
class Row:
    """What every class has: a name, words at the end (in lines), and where the words begin (of the
    scale, whose longest bar is 1)."""

    name: str
    says: str
    end: float = 0.0


@dataclass(frozen=True)
class Rows:
    """A chart of rows in words of so many `points`, as wide as its room: `names`, `long` are the inches of
    names and of the scale."""

    rows: tuple[Row, ...]
    points: int
    width: float
    names: float
    long: float
    draw_part: Draw

    @property
    def row(self) -> float:
        """The least height of a row, inches: a name may take two lines."""
        room = self.names - BESIDE
        lines = (
            max(min(text_metrics.lines(row.name, self.points, room), 2), row.says.count("\n") + 1)
            for row in self.rows
        )
        return text_metrics.height(max(lines, default=1), self.points) + _AIR

    @property
    def cramped(self) -> bool:
        """Whether smaller words would leave the bars more of the room that they need."""
        words = max((label_width(row.says, self.points) for row in self.rows), default=0)
        return self.long - words < _ENOUGH * self.width

    @property
    def most(self) -> float:
        """The end of the scale, on which the longest bar is 1: there is room for the words behind each."""
        bars = (row for row in self.rows if row.end)
        units = ((self.long - label_width(row.says, self.points) - BESIDE) / row.end for row in bars)
        return self.long / max(min(units, default=self.long), _LEAST)

    def parts(self, first: float, later: float) -> list[range]:
        """The rows of each slide, where the first has so much room and each later one so much: about equally
        many."""
        n = len(self.rows)
        on_first, on_later = (max(int(room / self.row + 1e-6), 1) for room in (first, later))
        slides = 1 if n <= on_first else 1 + -(-(n - on_first) // on_later)
        results: list[range] = []
        start = 0
        for slides_left in range(slides, 0, -1):
            count = min(-(-(n - start) // slides_left), on_later if results else on_first)
            results.append(range(start, start + count))
            start += count
        return results

    def height(self, room: float, part: range) -> float:
        """The height of some rows, each as high as there is room for."""
        return min(room / len(part), _HIGHEST) * len(part)

    def draw(self, slide: Slide, box: Box, part: range) -> None:
        """Some rows, as high as the box."""
        self.draw_part(self, slide, replace(box, w=self.width), part)

    def name(self, row: int) -> str:
        """A name as long as there is room for."""
        name = text_metrics.cut(self.rows[row].name, self.points, self.names - BESIDE, 2)
        return name or "\u00a0"  # what has no name at all is given one by some programs

    def says(self, part: range) -> tuple[str, ...]:
        """The words of some rows."""
        return tuple(self.rows[n].says for n in part)


def laid_out(rows: Sequence[Row], style: Style, width: float, draw: Draw) -> Rows:
    """The widths that the words ask for: names first, then what is said, the bars get the rest. Where the
    words take two lines, names may as well."""
    points = style.points
    widest = max((label_width(row.says, points) for row in rows), default=0)
    most = max(min(_NAMES * width, width - widest - 3 * BESIDE - _LEAST), _LEAST)
    longest = max((text_metrics.width(row.name, points) for row in rows), default=0)
    if any("\n" in row.says for row in rows):
        steps = (n / 10 for n in range(10, int(most * 10) + 1))
        fitting = (
            room for room in steps if all(text_metrics.lines(row.name, points, room) <= 2 for row in rows)
        )
        longest = min(longest, next(fitting, most))
    names = min(longest, most) + BESIDE
    return Rows(tuple(rows), points, width, names, width - names, draw)


def label_width(says: str, points: int) -> float:
    """How wide the words are, with the space that parts them from the bar."""
    return max(text_metrics.width(f"\u00a0{line}\u00a0", points) for line in says.split("\n"))


_TARGET = 0.006  # how wide the line of a target is, of 1
_PALE = 0.45  # how much is seen of the colour of a row that is not chosen, where others are
_FIRST = 0.64  # of the width, for the first of two measures
_FEW = 8  # rows whose words may take two lines
_CHOSEN = "► "  # before the name of a chosen row


def charted(chart: Bars | Units | Bullets | Dumbbells) -> Source:
    """The rows of a chart; that of all together is below them on each slide."""
    rows: Sequence[Any] = chart.rows
    chosen = frozenset(n for n, row in enumerate(rows) if row.chosen)

    def make(numbers: Sequence[int], style: Style, room: float) -> Rows:
        part: Any = replace(chart, rows=tuple(rows[n] for n in numbers))  # type: ignore[arg-type]
        match chart:
            case Bars():
                return (_two_bars if any(row.beside for row in rows) else _bars)(part, room, style)
            case Units():
                return _bars(_counted(part), room, style)
            case Bullets():
                return _bullets(part, room, style)
            case Dumbbells():
                return _dumbbells(part, room, style)
            case _:
                assert_never(chart)

    return Source(
        len(rows),
        make,
        len(rows),
        chosen,
        chart.kinds if isinstance(chart, Bars | Units) else (),
        "slide.more_places" if isinstance(chart, Units) else "slide.more_rows",
        chart.folded if isinstance(chart, Dumbbells) else "",
        (chart.key,),
    )


def key(kinds: Sequence[tuple[str, str]], points: int) -> Paragraph:
    """What the colours of the kinds mean; nothing where there is one."""
    runs: list[Run] = []
    for kind, words in kinds if len(kinds) > 1 else ():
        fill, edge = _colours(kind)
        white = fill == theme.WHITE
        runs.append(Run("□ " if white else "■ ", points, colour=edge if white else fill))
        runs.append(Run(f"{words}    ", points))
    return tuple(runs)


def _two_bars(chart: Bars, width: float, style: Style) -> Rows:
    """Two measures beside each other, the names before the first."""
    rows = tuple(
        BarRow("", (row.beside,) if row.beside else (), row.beside_label or Label(""), chosen=row.chosen)
        for row in chart.every
    )
    if chart.whole:
        # Its bar would be longer than all others together.
        rows = (*rows[:-1], replace(rows[-1], segments=()))
    left = _bars(replace(chart, heads=chart.heads[:1]), width * _FIRST, style)
    right = _bars(Bars(rows, heads=chart.heads[1:]), width * (1 - _FIRST), style)

    def draw(_: Rows, slide: Slide, box: Box, part: range) -> None:
        high = text_metrics.height(1, style.points)
        for layout, x, head in zip((left, right), (box.x, box.x + left.width), chart.heads, strict=True):
            above = Box(x + layout.names, box.y, layout.long, high)
            shapes.text_box(slide, above, [(style.run(head, bold=True),)], style.text.lang)
            layout.draw_part(layout, slide, Box(x, box.y + high, layout.width, box.h - high), part)

    return replace(left, width=width, draw_part=draw)


def _counted(chart: Units) -> Bars:
    """Villages by kind: a bar of segments, each as long as its villages are many."""
    kinds = [kind for kind, _ in chart.kinds]

    def row(units: UnitRow) -> BarRow:
        segments = (Segment(kind, float(units.units.count(kind))) for kind in kinds)
        return BarRow(units.name, tuple(segments), units.label, chosen=units.chosen)

    return Bars(tuple(map(row, chart.rows)), chart.kinds, row(chart.whole) if chart.whole else None)


def _bars(chart: Bars, width: float, style: Style) -> Rows:
    every, any_chosen = chart.every, chart.has_chosen
    longest = max(map(_sum, chart.rows), default=0) or 1
    rows = [
        Row(_row_name(row), tables.label_text(row.label), 0 if row is chart.whole else _sum(row) / longest)
        for row in every
    ]
    kinds = chart.kinds or (("", chart.heads[0] if chart.heads else style.text("slide.value")),)

    def draw(layout: Rows, slide: Slide, box: Box, part: range) -> None:
        # That of all together has no bar: it would be longer than the others together.
        rows_here = [replace(every[n], segments=()) if every[n] is chart.whole else every[n] for n in part]
        unit = layout.long / layout.most / longest  # inches of 1
        series = [_segments(kind, rows_here, style, unit if chart.kinds else 0, any_chosen) for kind in kinds]
        totals = [_sum(row) for row in rows_here]
        # Where it begins, behind the others, the words are; it is not seen itself.
        total = _uniform(style.text("slide.total"), totals, "", layout.says(part))
        visible = [entry for entry in series if any(entry.values)]
        native.bars(slide, box, _native_bars(layout, part, [*visible, total], layout.most * longest), style)

    return laid_out(rows, style, width, draw)


def _segments(
    kind: tuple[str, str], rows: Sequence[BarRow], style: Style, unit: float, any_chosen: bool
) -> Series:
    """The segments of a kind (of every kind for ""), with their numbers where a `unit` of so many inches
    leaves room for them; pale where `any_chosen` others are."""
    results = [
        [segment for segment in row.segments if segment.value and kind[0] in ("", segment.kind)]
        for row in rows
    ]
    values = [sum(segment.value for segment in parts) or None for parts in results]
    looks = [
        _colours(parts[0].kind if parts else kind[0], any_chosen and not row.chosen)
        for parts, row in zip(results, rows, strict=True)
    ]
    numbers = ["" if value is None else style.text.number(value) for value in values]
    says = tuple(
        number
        if text_metrics.width(f"\u00a0{number}\u00a0", style.points, True) < (value or 0) * unit
        else ""
        for number, value in zip(numbers, values, strict=True)
    )
    colours, edges = zip(*looks, strict=True)
    return Series(kind[1], tuple(values), colours, edges, says)


def _bullets(chart: Bullets, width: float, style: Style) -> Rows:
    """Goals or places on a track from 0 to 1: what is reached, what is missing, a line for the target."""
    every, any_chosen = chart.every, chart.has_chosen
    apart = "\n" if len(every) <= _FEW else " · "
    rows = [Row(_row_name(row), tables.label_text(row.label, apart), 1.0) for row in every]
    text = style.text

    def draw(layout: Rows, slide: Slide, box: Box, part: range) -> None:
        rows_here = [every[n] for n in part]
        blue = tuple(_shade(theme.BLUE, any_chosen, row.chosen) for row in rows_here)
        short = [row.target is not None and (row.share or 0) < row.target for row in rows_here]
        amber = tuple(
            theme.AMBER if under and row.share is not None else theme.TRACK if under else colour
            for under, row, colour in zip(short, rows_here, blue, strict=True)
        )
        reached = [None if under else row.share for under, row in zip(short, rows_here, strict=True)]
        missed = [row.share if under else None for under, row in zip(short, rows_here, strict=True)]
        # The line of a target is the end of a dark bar, of which the next one covers all but that; what is
        # reached lies under it where it is more, above it where it is less.
        edges = [None if row.target is None else row.target - _TARGET for row in rows_here]
        series = [
            _uniform(text("slide.whole"), [1.0] * len(rows_here), theme.TRACK, layout.says(part)),
            replace(_uniform(text("slide.reached"), reached, ""), colours=blue),
            _uniform(text("column_short.goal"), [row.target for row in rows_here], theme.INK),
            replace(_uniform(text("slide.edge"), edges, ""), colours=amber),
            replace(_uniform(text("slide.short"), missed, ""), colours=blue),
        ]
        visible = [entry for entry in series if any(value is not None for value in entry.values)]
        native.bars(slide, box, _native_bars(layout, part, visible, layout.most, stacked=False), style)

    return laid_out(rows, style, width, draw)


def _dumbbells(chart: Dumbbells, width: float, style: Style) -> Rows:
    """Two dates of each row, from the lower to the upper end of the axis."""
    every, any_chosen = chart.every, chart.has_chosen
    rows = [Row(_row_name(row), _of_two_dates(row, chart.more)) for row in every]

    def draw(layout: Rows, slide: Slide, box: Box, part: range) -> None:
        dots = []
        for n in part:
            row = every[n]
            # That of all together is in words: its figures are off the axis.
            values = (None, None, None) if row is chart.whole else (row.before, row.now, row.target)
            colour = _shade(theme.BLUE, any_chosen, row.chosen)
            dots.append(Dot(layout.name(n), *values, layout.rows[n].says, colour))
        words = max(label_width(dot.says, style.points) for dot in dots) + 2 * BESIDE
        content = native.Dots(
            tuple(dots),
            names=(*chart.dates, style.text("column_short.goal")),
            scale=(chart.low, chart.high),
            ends=chart.ends,
            room=((layout.names + BESIDE) / layout.width, words / layout.width),
        )
        native.dots(slide, box, content, style)

    return laid_out(rows, style, width, draw)


def _native_bars(
    layout: Rows, part: range, series: Sequence[Series], most: float, *, stacked: bool = True
) -> native.Bars:
    names = tuple(layout.name(n) for n in part)
    return native.Bars(names, tuple(series), most, layout.names / layout.width, stacked)


def _uniform(name: str, values: Sequence[float | None], colour: str, says: tuple[str, ...] = ()) -> Series:
    """Bars of one colour without an edge, the words behind their ends."""
    return Series(name, tuple(values), (colour,) * len(values), ("",) * len(values), says, behind=True)


def _sum(row: BarRow) -> float:
    return sum(segment.value for segment in row.segments)


def _row_name(row: BarRow | BulletRow | DumbbellRow) -> str:
    name = shapes.one_line(row.name)
    return _CHOSEN + name if row.chosen and name else name


def _shade(colour: str, any_chosen: bool, chosen: bool) -> str:
    """The colour, paler where others are chosen."""
    return theme.mixed(colour, _PALE) if any_chosen and not chosen else colour


def _colours(kind: str, pale: bool = False) -> tuple[str, str]:
    """Fill and edge of a kind of segment; a value where the chart does not tell kinds apart."""
    fill, edge = theme.KINDS[kind or "value"]
    return _shade(theme.COLOURS[fill], pale, chosen=False), theme.COLOURS[edge] if edge else ""


def _of_two_dates(row: DumbbellRow, more: str) -> str:
    """ "47/60 → 50/60 · ▲ +3": both dates, the change; below them what the last column says."""
    change = " · ".join(part for part in (tables.sign(row.change), row.change.left_out) if part)
    first = f"{row.before_label} → {row.now_label} · {change}"
    return f"{first}\n{more}: {row.more}" if row.more else first
