"""Charts of rows as grids: names, marks on a common scale, figures; and the heat table. Lengths are px.

The marks of a row are around its middle line, from the left edge of their column.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import accumulate
from typing import assert_never

from dashboard.charts import theme
from dashboard.charts.model import (
    BarRow,
    Bars,
    Bullets,
    Dumbbells,
    HeatCell,
    HeatTable,
    Label,
    Row,
    Rowed,
    Units,
)
from dashboard.outputs.pictures import svg, text_blocks
from dashboard.outputs.pictures.grid import Cell, Column, Grid
from dashboard.outputs.pictures.svg import Element
from dashboard.outputs.pictures.text_blocks import FINE, PLAIN, SOFT, STRONG, Anchor, Piece, Style

_NO_LABEL = Label("")
_BAR, _TRACK, _UNIT, _UNIT_STEP = 15, 12, 15, 18  # heights of bars; side and distance of squares
_TARGET = 20  # height of the mark of a target
_RADIUS = math.sqrt(70) / 2  # of the points of two dates
_POINT = 8  # room of a point at the ends of an axis
_ABREAST = 10  # squares beside each other at least
_EDGE = 1.2  # width of an edge
_PALE = 0.5  # how much of its colour a row has that is not chosen, where others are
# How much of its colour a heat cell has at least, and how much more with the most missing.
_FAINT, _DEEP = 0.2, 0.6


def grid(chart: Bars | Bullets | Units | Dumbbells | HeatTable) -> Grid:
    """The chart as a grid."""
    match chart:
        case Bars():
            return _bars(chart)
        case Bullets():
            return _bullets(chart)
        case Units():
            return _units(chart)
        case Dumbbells():
            return _dumbbells(chart)
        case HeatTable():
            return _heat(chart)
        case _:
            assert_never(chart)


def _bars(chart: Bars) -> Grid:
    """Bars, their figures at the right; a second measure beside them."""
    rows = chart.every

    def marks(second: bool) -> Column:
        def segments(row: BarRow) -> tuple[tuple[str, float], ...]:
            parts = ((row.beside,) if row.beside else ()) if second else row.segments
            return tuple((part.kind, part.value) for part in parts)

        longest = max((sum(value for _, value in segments(row)) for row in chart.rows), default=0) or 1

        def draw(n: int, width: float) -> list[Element]:
            depth = _depth(chart, rows[n])
            ends = accumulate((value for _, value in segments(rows[n])), initial=0.0)
            return [
                _kind((start / longest * width, value / longest * width), _BAR, kind, depth)
                for (kind, value), start in zip(segments(rows[n]), ends, strict=False)
                if value
            ]

        return Column(head=(*chart.heads, "", "")[second], marks=draw)

    columns = [_names(rows), marks(False), *_figures([row.label for row in rows])]
    if len(chart.heads) > 1:
        columns += [marks(True), *_figures([row.beside_label or _NO_LABEL for row in rows])]
    return _grid(chart, columns)


def _bullets(chart: Bullets) -> Grid:
    """Tracks from 0 to 1 with what is missing of the target."""
    rows = chart.every

    def draw(n: int, width: float) -> list[Element]:
        row = rows[n]
        depth = 1 if row is chart.whole else _depth(chart, row)
        elements = [] if row.share is row.target is None else [_box((0, width), _TRACK, "track")]
        if row.share:
            elements.append(_box((0, min(row.share, 1) * width), _TRACK, "value", depth))
        if row.share is not None and row.target is not None and row.target > row.share:
            missing = (row.share * width, (row.target - row.share) * width)
            elements.append(_box(missing, _TRACK, "missing", depth, "missing-line"))
        if row.target is not None:
            x = row.target * width
            elements += [_rule(x, theme.WHITE, stroke_width=5), _rule(x, theme.INK, stroke_width=2.4)]
        return elements

    columns = [_names(rows), Column(marks=draw), *_figures([row.label for row in rows])]
    return _grid(chart, columns)


def _units(chart: Units) -> Grid:
    """A square per unit, in as many lines as the width asks for."""
    rows = chart.every

    def abreast(width: float) -> int:
        return max(int((width - 2 + _UNIT_STEP - _UNIT) // _UNIT_STEP), 1)

    def height(n: int, width: float) -> float:
        return -(-len(rows[n].units) // abreast(width)) * _UNIT_STEP

    def draw(n: int, width: float) -> list[Element]:
        depth = _depth(chart, rows[n])
        middle = (_UNIT_STEP - height(n, width)) / 2  # of the first line
        return [
            _kind((column * _UNIT_STEP + 1, _UNIT), _UNIT, kind, depth, middle + line * _UNIT_STEP)
            for (line, column), kind in (
                (divmod(at, abreast(width)), kind) for at, kind in enumerate(rows[n].units)
            )
        ]

    room = min(max(len(row.units) for row in rows), _ABREAST) * _UNIT_STEP + 2
    marks = Column(marks=draw, row_height=lambda n, width: height(n, width) + 9, room=room)
    return _grid(chart, [_names(rows), marks, *_figures([row.label for row in rows])])


def _dumbbells(chart: Dumbbells) -> Grid:
    """Two dates of each row on an axis between columns of figures; the whole is on another scale."""
    rows = chart.every

    def draw(n: int, width: float) -> list[Element]:
        row = rows[n]
        if row is chart.whole:
            return []
        scale = (width - 2 * _POINT) / ((chart.high - chart.low) if chart.high > chart.low else 1)
        depth = _depth(chart, row)
        colour = theme.mixed(theme.COLOURS["value"], depth)

        def x(value: float) -> float:
            return _POINT + (value - chart.low) * scale

        elements = [_box((x(chart.low), (chart.high - chart.low) * scale), 2, "track")]
        if row.before is not None and row.now is not None and row.before != row.now:
            first, last = sorted((row.before, row.now))
            elements.append(_box((x(first), (last - first) * scale), 3, "value", depth))
        if row.target is not None:
            soft = theme.COLOURS["soft"]
            elements.append(_rule(x(row.target), soft, stroke_width=2, stroke_dasharray="4,3"))
        for value, fill in ((row.before, theme.WHITE), (row.now, colour)):
            if value is not None:
                dot = svg.element("circle", cx=x(value), r=_RADIUS, fill=fill, stroke=colour, stroke_width=2)
                elements.append(dot)
        return elements

    changes = (
        _lines(
            [Piece("", PLAIN, row.change.status), Piece(row.change.count, STRONG)],
            [Piece(row.change.left_out, FINE)],
        )
        for row in rows
    )
    columns = [
        _names(rows, chart.head),
        Column(marks=draw, ends=chart.ends),
        _column([row.before_label for row in rows], chart.dates[0]),
        _column([row.now_label for row in rows], chart.dates[1]),
        Column(chart.change, tuple(changes), "middle"),
        *([_column([row.more for row in rows], chart.more, "start", wraps=True)] if chart.more else []),
    ]
    return _grid(chart, columns)


def _heat(chart: HeatTable) -> Grid:
    """Areas × goals: what is missing by number, sign and ground."""
    rows = chart.every
    goals = [
        [_heat_cell(row.cells[n], _depth(chart, row), plain=row is chart.whole) for row in rows]
        for n in range(len(chart.heads))
    ]
    columns = (
        _names(rows, chart.order),
        *(Column(head, tuple(cells), "middle") for head, cells in zip(chart.heads, goals, strict=True)),
        _column([row.total for row in rows], chart.total, style=STRONG),
    )
    return _grid(chart, columns, framed=True)


def _heat_cell(cell: HeatCell, depth: float, plain: bool) -> Cell:
    line = (
        Piece("", PLAIN, cell.label.status),
        Piece(cell.needed, STRONG),
        Piece(cell.label.count, SOFT),
        Piece(cell.unreported, STRONG),
    )
    if plain or not cell.missing:
        return Cell((line,))
    return Cell((line,), fill=theme.mixed(theme.AMBER, (_FAINT + _DEEP * cell.missing) * depth))


def _grid(
    chart: Bars | Bullets | Units | Dumbbells | HeatTable, columns: Sequence[Column], *, framed: bool = False
) -> Grid:
    """The columns as a grid; the legend says what the colours mean, where there are several."""
    kinds = chart.kinds if isinstance(chart, Bars | Units) else ()
    legend = tuple((text_blocks.sample(kind), words) for kind, words in kinds) if len(kinds) > 1 else ()
    note = "  ".join(filter(None, (getattr(chart, "folded", ""), chart.key)))
    chosen = tuple(row.chosen for row in chart.every)
    return Grid(tuple(columns), chosen, chart.whole is not None, legend, note, framed)


def _names(rows: Sequence[Row], head: str = "") -> Column:
    return _column([row.name for row in rows], head, "start", wraps=True)


def _column(
    words: Sequence[str],
    head: str = "",
    anchor: Anchor = "middle",
    style: Style = PLAIN,
    *,
    wraps: bool = False,
) -> Column:
    """A column of words in one look."""
    return Column(head, tuple(Cell(((Piece(cell, style),),)) for cell in words), anchor, wraps)


def _figures(labels: Sequence[Label]) -> list[Column]:
    """Value, count and remarks, each in its column where any row has it."""
    columns = [_column([label.share or label.count for label in labels], "", "end", STRONG)]
    if any(label.share for label in labels):
        columns.append(_column([label.count if label.share else "" for label in labels], "", "start", SOFT))
    if any(label.status_label or label.left_out or label.status != "none" for label in labels):
        cells = (
            _lines([Piece(label.status_label, PLAIN, label.status)], [Piece(label.left_out, FINE)])
            for label in labels
        )
        columns.append(Column(cells=tuple(cells)))
    return columns


def _lines(*lines: Sequence[Piece]) -> Cell:
    """The lines that say something."""
    return Cell(tuple(tuple(line) for line in lines if text_blocks.width(line)))


def _depth(chart: Rowed[Row], row: Row) -> float:
    """How deep the colour of a row is: less where others are chosen."""
    return _PALE if chart.has_chosen and not row.chosen else 1


def _box(span: tuple[float, float], height: float, name: str, depth: float = 1, edge: str = "") -> Element:
    """A box from x on, so wide, in a colour of the theme around the middle line."""
    x, width = span
    stroke = theme.mixed(theme.COLOURS[edge or name], depth)
    fill = theme.mixed(theme.COLOURS[name], depth)
    return svg.rect(width, height, fill, x=x, y=-height / 2, stroke=stroke, stroke_width=_EDGE)


def _kind(span: tuple[float, float], height: float, kind: str, depth: float, middle: float = 0) -> Element:
    """A box in the look of its kind around a line, that of a kind that is not known with a dashed edge."""
    fill, edge = theme.KINDS[kind]
    box = _box(span, height, fill, depth, edge)
    box.set("y", f"{middle - height / 2:g}")
    if kind in theme.UNKNOWN:
        box.set("stroke-dasharray", "3,2")
    return box


def _rule(x: float, colour: str, **look: str | float) -> Element:
    """The mark of a target."""
    return svg.element("line", x1=x, x2=x, y1=-_TARGET / 2, y2=_TARGET / 2, stroke=colour, **look)
