"""Charts of rows as grids: names, marks on a common scale, figures; and the heat table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from dashboard.charts import theme, vega
from dashboard.charts.model import (
    BarRow,
    Bars,
    BulletRow,
    Bullets,
    DumbbellRow,
    Dumbbells,
    HeatCell,
    HeatTable,
    Label,
    UnitRow,
    Units,
)
from dashboard.charts.vega import Place
from dashboard.outputs.pictures import markup, pieces, plot
from dashboard.outputs.pictures.grid import Cell, Column, Grid
from dashboard.outputs.pictures.markup import Block, Element
from dashboard.outputs.pictures.pieces import Anchor, Piece
from dashboard.outputs.pictures.words import Style

Row = TypeVar("Row", bound=BarRow | BulletRow | DumbbellRow | UnitRow)

_EMPTY = Label("")
# How much of its colour a heat cell has at least, and how much more with the most missing; half as much
# beside a chosen row.
_FAINT, _DEEP = 0.2, 0.6


def bars(chart: Bars) -> Grid:
    """Bars, their figures at the right; a second measure beside them."""
    rows = _with_whole(chart.rows, chart.whole)

    def marks(beside: bool) -> Column:
        return Column(
            head=(*chart.heads, "", "")[beside],
            marks=lambda shown, place: plot.elements(
                vega.bars(chart, [rows[n] for n in shown], place, beside)
            ),
        )

    columns = [_names(rows), marks(False), *_figures([row.label for row in rows])]
    if len(chart.heads) > 1:
        columns += [marks(True), *_figures([row.beside_label or _EMPTY for row in rows])]
    return Grid(tuple(columns), _chosen(rows), chart.whole is not None, _kinds(chart.kinds), chart.key)


def bullets(chart: Bullets) -> Grid:
    """Tracks from 0 to 1 with what is missing of the target."""
    rows = _with_whole(chart.rows, chart.whole)

    def marks(shown: Sequence[int], place: Place) -> Sequence[Element]:
        return plot.elements(vega.bullets(chart, [rows[n] for n in shown], place))

    columns = (_names(rows), Column(marks=marks), *_figures([row.label for row in rows]))
    return Grid(columns, _chosen(rows), chart.whole is not None, note=chart.key)


def units(chart: Units) -> Grid:
    """A square per unit."""
    rows = _with_whole(chart.rows, chart.whole)

    def marks(shown: Sequence[int], place: Place) -> Sequence[Element]:
        return plot.elements(vega.units(chart, [rows[n] for n in shown], place))

    def tall(row: int, width: float) -> float:
        return vega.lines_of(rows[row], width) * (vega.UNIT + vega.UNIT_GAP) + 9

    abreast = min(max(len(row.units) for row in rows), _ABREAST)
    columns = (
        _names(rows),
        Column(marks=marks, tall=tall, room=abreast * (vega.UNIT + vega.UNIT_GAP) + 2),
        *_figures([row.label for row in rows]),
    )
    return Grid(columns, _chosen(rows), chart.whole is not None, _kinds(chart.kinds), chart.key)


def dumbbells(chart: Dumbbells) -> Grid:
    """Two dates of each row on an axis between columns of figures."""
    rows = _with_whole(chart.rows, chart.whole)

    def marks(shown: Sequence[int], place: Place) -> Sequence[Element]:
        # The whole is on another scale; the points at the ends of the axis have their room.
        there = [
            (rows[n], y) for n, y in zip(shown, place.middles, strict=True) if rows[n] is not chart.whole
        ]
        inside = Place(place.width - 2 * _POINT, place.height, tuple(y for _, y in there))
        drawn = plot.elements(vega.dumbbells(chart, [row for row, _ in there], inside))
        return [markup.group(drawn, _POINT, 0)]

    changes = (
        _lines(
            [Piece("", pieces.PLAIN, row.change.status), Piece(row.change.count, pieces.STRONG)],
            [Piece(row.change.left_out, pieces.FINE)],
        )
        for row in rows
    )
    columns = [
        _names(rows, chart.head),
        Column(marks=marks, ends=chart.ends),
        _said([row.before_label for row in rows], chart.dates[0]),
        _said([row.now_label for row in rows], chart.dates[1]),
        Column(chart.change, tuple(changes), "middle"),
        *([_said([row.more for row in rows], chart.more, "start", wraps=True)] if chart.more else []),
    ]
    note = "  ".join(said for said in (chart.folded, chart.key) if said)
    return Grid(tuple(columns), _chosen(rows), chart.whole is not None, note=note)


_POINT = 8  # px
_ABREAST = 10  # squares that stand beside each other at least


def heat(chart: HeatTable) -> Grid:
    """Areas × goals: what is missing by number, sign and ground."""
    rows = (*chart.rows, *((chart.whole,) if chart.whole else ()))
    some = any(row.chosen for row in chart.rows)
    goals = [
        [_heat_cell(row.cells[n], back=some and not row.chosen, plain=row is chart.whole) for row in rows]
        for n in range(len(chart.heads))
    ]
    columns = (
        _said([row.name for row in rows], chart.order, "start", wraps=True),
        *(Column(head, tuple(cells), "middle") for head, cells in zip(chart.heads, goals, strict=True)),
        _said([row.total for row in rows], chart.total, style=pieces.STRONG),
    )
    chosen = tuple(row.chosen for row in rows)
    return Grid(columns, chosen, chart.whole is not None, note=chart.key, framed=True)


def _heat_cell(cell: HeatCell, back: bool, plain: bool) -> Cell:
    said = [
        Piece("", pieces.PLAIN, cell.label.status),
        Piece(str(cell.needed) if cell.needed else "", pieces.STRONG),
        Piece(cell.label.count, pieces.SOFT),
        Piece(f"?{cell.unreported}" if cell.unreported else "", pieces.STRONG),
    ]
    if plain or not cell.missing:
        return Cell((tuple(said),))
    depth = (_FAINT + _DEEP * cell.missing) * (0.5 if back else 1)
    return Cell((tuple(said),), fill=theme.mixed(theme.AMBER, depth))


def _names(rows: Sequence[BarRow | BulletRow | DumbbellRow | UnitRow], head: str = "") -> Column:
    return _said([row.name for row in rows], head, "start", wraps=True)


def _said(
    said: Sequence[str],
    head: str = "",
    anchor: Anchor = "middle",
    style: Style = pieces.PLAIN,
    *,
    wraps: bool = False,
) -> Column:
    """A column of words in one look."""
    return Column(head, tuple(Cell(((Piece(one, style),),)) for one in said), anchor, wraps)


def _figures(labels: Sequence[Label]) -> list[Column]:
    """Value, count, and what is said of them, each in its column where any row has it."""
    found = [_said([one.share or one.count for one in labels], "", "end", pieces.STRONG)]
    if any(one.share for one in labels):
        found.append(_said([one.count if one.share else "" for one in labels], "", "start", pieces.SOFT))
    if any(one.says or one.left_out or one.status != "none" for one in labels):
        said = (
            _lines([Piece(one.says, pieces.PLAIN, one.status)], [Piece(one.left_out, pieces.FINE)])
            for one in labels
        )
        found.append(Column(cells=tuple(said)))
    return found


def _lines(*lines: Sequence[Piece]) -> Cell:
    """The lines that say something."""
    return Cell(tuple(tuple(line) for line in lines if pieces.width(line)))


def _with_whole(rows: tuple[Row, ...], whole: Row | None) -> tuple[Row, ...]:
    return rows if whole is None else (*rows, whole)


def _chosen(rows: Sequence[BarRow | BulletRow | DumbbellRow | UnitRow]) -> tuple[bool, ...]:
    return tuple(row.chosen for row in rows)


def _kinds(kinds: Sequence[tuple[str, str]]) -> tuple[tuple[Block, str], ...]:
    """What the colours mean, where there are several."""
    return tuple((pieces.sample(kind), said) for kind, said in kinds) if len(kinds) > 1 else ()
