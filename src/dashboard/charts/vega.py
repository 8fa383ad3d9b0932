"""Charts with an axis as Altair draws them: the marks of some rows, on the scale of all.

Words are not among them: who lays out a page sets names and figures beside the marks, and so no name of the
data is ever read by Vega. Rows stand where the page has them; places are px from the upper left corner.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate
from typing import Any, Literal

import altair as alt

from dashboard.charts.model import BarRow, Bars, BulletRow, DumbbellRow, Dumbbells, Lines, UnitRow
from dashboard.charts.theme import BARE, COLOURS, KINDS, UNKNOWN

Record = dict[str, Any]

# Heights of bars, squares with the gap between them, and marks, px.
BAR, TRACK, UNIT, UNIT_GAP = 15, 12, 15, 3
_TARGET = 20  # height of the mark of a target
_DOT, _RING = 90, 80  # areas of the points of two dates, px²
_PALE = 0.55  # how much is seen of a row that is not chosen, where others are
_EDGE = 1.2
# How thick the lines of a series are, and from below to above.
_ROLES: dict[str, tuple[str, float]] = {
    "other": (COLOURS["neutral-pale"], 1.4),
    "whole": (COLOURS["value"], 2.6),
    "chosen": (COLOURS["chosen"], 2.6),
}


@dataclass(frozen=True)
class Place:
    """A room for marks: its width and height, and the middle of each row; px."""

    width: float
    height: float
    middles: tuple[float, ...]


def bars(chart: Bars, rows: Sequence[BarRow], place: Place, beside: bool = False) -> alt.LayerChart:
    """The bars of some rows; with `beside` those of the second measure."""
    parts = [((row.beside,) if row.beside else ()) if beside else row.segments for row in rows]
    every = ((row.beside.value if row.beside else 0) if beside else _sum(row) for row in chart.rows)
    records: list[Record] = []
    for row, segments, middle in zip(rows, parts, place.middles, strict=True):
        ends = list(accumulate((one.value for one in segments), initial=0.0))
        records += [
            _box(left, right, middle, BAR, **_filled(one.kind), seen=_seen(row.chosen, chart.rows))
            for one, left, right in zip(segments, ends, ends[1:], strict=False)
            if one.value
        ]
    return _framed(place, _boxes(records, place, (0, max(every, default=0) or 1)))


def bullets(rows: Sequence[BulletRow], every: Sequence[BulletRow], place: Place) -> alt.LayerChart:
    """The tracks of some rows from 0 to 1: what is reached, what is missing of the target, and its mark."""
    records, marks = [], []
    for row, middle in zip(rows, place.middles, strict=True):
        seen = {"seen": _seen(row.chosen, every)}
        records.append(_box(0, 1, middle, TRACK, fill=COLOURS["track"], **seen))
        if row.share is not None:
            records.append(_box(0, min(row.share, 1), middle, TRACK, fill=COLOURS["value"], **seen))
            if row.target is not None and row.target > row.share:
                records.append(
                    _box(row.share, row.target, middle, TRACK, fill=COLOURS["missing"], **seen)
                )
        if row.target is not None:
            marks.append(_upright(row.target, middle))
    halo = _rules(marks, place, (0, 1), COLOURS["white"], 5)
    return _framed(
        place, _boxes(records, place, (0, 1)), halo, _rules(marks, place, (0, 1), COLOURS["ink"], 2.4)
    )


def dumbbells(chart: Dumbbells, rows: Sequence[DumbbellRow], place: Place) -> alt.LayerChart:
    """Two dates of each of some rows: a ring, a dot, what is between them, the mark of the target."""
    ends = (chart.low, chart.high)
    tracks, between, targets, rings, dots = [], [], [], [], []
    for row, middle in zip(rows, place.middles, strict=True):
        seen = {"seen": _seen(row.chosen, chart.rows)}
        tracks.append(_box(*ends, middle, 2, fill=COLOURS["track"]))
        if row.before is not None and row.now is not None:
            first, last = sorted((row.before, row.now))
            between.append(_box(first, last, middle, 3, fill=COLOURS["value"], **seen))
        targets += [_upright(row.target, middle)] if row.target is not None else []
        rings += [{"x": row.before, "y": middle, **seen}] if row.before is not None else []
        dots += [{"x": row.now, "y": middle, **seen}] if row.now is not None else []
    value = COLOURS["value"]
    return _framed(
        place,
        _boxes([*tracks, *between], place, ends),
        _rules(targets, place, ends, COLOURS["soft"], 2, dashed=True),
        _points(rings, place, ends, _RING, fill=COLOURS["white"], stroke=value, strokeWidth=2),
        _points(dots, place, ends, _DOT, fill=value, strokeWidth=0),
    )


def units(rows: Sequence[UnitRow], every: Sequence[UnitRow], place: Place) -> alt.LayerChart:
    """A square per unit, in as many lines a row as its width asks for."""
    step, abreast = UNIT + UNIT_GAP, abreast_in(place.width)
    records: list[Record] = []
    for row, middle in zip(rows, place.middles, strict=True):
        top = middle - (lines_of(row, place.width) * step - UNIT_GAP) / 2
        for n, kind in enumerate(row.units):
            left, y = n % abreast * step + 1, top + n // abreast * step + UNIT / 2
            look = {**_filled(kind), "seen": _seen(row.chosen, every)}
            records.append(_box(left, left + UNIT, y, UNIT, **look))
    return _framed(place, _boxes(records, place, (0, place.width)))


def abreast_in(width: float) -> int:
    """How many squares stand beside each other in so many px."""
    return max(int((width - 2 + UNIT_GAP) // (UNIT + UNIT_GAP)), 1)


def lines_of(row: UnitRow, width: float) -> int:
    """In how many lines the squares of a row stand."""
    return -(-len(row.units) // abreast_in(width))


def lines(
    chart: Lines, size: tuple[float, float], columns: int, gaps: tuple[float, float]
) -> alt.FacetChart:
    """The panels, each of a size (px), so many beside each other with gaps to the right and below: the others
    grey, the whole and the chosen in colour with a point for each date."""
    records: list[Record] = []
    for panel, shown in enumerate(chart.panels):
        # Every panel has a record, else those after it would take its place.
        records.append({"panel": panel, "target": shown.target})
        for number, series in enumerate(shown.series):
            name = f"{panel} {number}"
            records += [
                {"panel": panel, "date": n, "value": value, "series": name, "role": series.role}
                for n, value in enumerate(series.values)
            ]
    x = alt.X(
        "date:Q",
        scale=alt.Scale(domain=[0, max(len(chart.dates) - 1, 1)], nice=False),
        axis=None,
    )
    scale = alt.Scale(domain=[chart.low, chart.high], nice=False, zero=False)
    y = alt.Y("value:Q", scale=scale, axis=None)
    base = alt.Chart()
    floor = base.mark_rule(color=COLOURS["line"]).encode(y=alt.datum(chart.low, type="quantitative"))
    target = (
        base.transform_filter("isValid(datum.target)")
        .mark_rule(color=COLOURS["soft"], strokeDash=[5, 4], strokeWidth=1.4)
        .encode(y=alt.Y("target:Q", scale=scale, axis=None))
    )
    layers = [floor, target]
    for role, (colour, thick) in _ROLES.items():
        own = base.transform_filter(f"datum.role === '{role}'")
        layers.append(
            own.mark_line(color=colour, strokeWidth=thick, clip=False).encode(x=x, y=y, detail="series:N")
        )
        if role != "other":
            layers.append(
                own.transform_filter("isValid(datum.value)")
                .mark_point(filled=True, color=colour, size=46, opacity=1, shape=_shape(role))
                .encode(x=x, y=y)
            )
    return alt.FacetChart(
        data=alt.InlineData(values=records),
        spec=alt.LayerChart(layer=layers, width=size[0], height=size[1]),
        facet=alt.Facet("panel:O", header=alt.Header(labels=False, title=None)),
        columns=columns,
        spacing=alt.RowColnumber(column=gaps[0], row=gaps[1]),
        **BARE,
    )


def _shape(role: str) -> Literal["square", "circle"]:
    return "square" if role == "chosen" else "circle"


def _sum(row: BarRow) -> float:
    return sum(one.value for one in row.segments)


def _seen(chosen: bool, every: Iterable[BarRow | BulletRow | DumbbellRow | UnitRow]) -> float:
    return _PALE if not chosen and any(row.chosen for row in every) else 1


def _filled(kind: str) -> Record:
    fill, edge = KINDS[kind]
    return {
        "fill": COLOURS[fill],
        "edge": COLOURS[edge or fill],
        "dashed": kind in UNKNOWN,
    }


def _box(left: float, right: float, middle: float, high: float, fill: str, **look: Any) -> Record:
    return {
        "x": left,
        "x2": right,
        "y": middle - high / 2,
        "y2": middle + high / 2,
        "fill": fill,
        "edge": fill,
        "dashed": False,
        "seen": 1,
        **look,
    }


def _upright(value: float, middle: float) -> Record:
    return {"x": value, "y": middle - _TARGET / 2, "y2": middle + _TARGET / 2}


def _framed(place: Place, *layers: alt.Chart) -> alt.LayerChart:
    return alt.LayerChart(layer=list(layers), width=place.width, height=place.height, **BARE)


def _x(ends: tuple[float, float]) -> alt.X:
    low, high = ends
    scale = alt.Scale(domain=[low, high if high > low else low + 1], nice=False, zero=False)
    return alt.X("x:Q", scale=scale, axis=None)


def _y(place: Place) -> alt.Y:
    scale = alt.Scale(domain=[0, place.height], range=[0, place.height], nice=False, zero=False)
    return alt.Y("y:Q", scale=scale, axis=None)


def _boxes(records: Sequence[Record], place: Place, ends: tuple[float, float]) -> alt.Chart:
    return (
        alt.Chart(alt.InlineData(values=list(records)))
        .mark_rect(strokeWidth=_EDGE)
        .encode(
            x=_x(ends),
            x2="x2:Q",
            y=_y(place),
            y2="y2:Q",
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
            strokeDash=alt.condition("datum.dashed", alt.value([3, 2]), alt.value([1, 0])),
            opacity=alt.Opacity("seen:Q", scale=None),
        )
    )


def _rules(
    records: Sequence[Record],
    place: Place,
    ends: tuple[float, float],
    colour: str,
    thick: float,
    dashed: bool = False,
) -> alt.Chart:
    return (
        alt.Chart(alt.InlineData(values=list(records)))
        .mark_rule(color=colour, strokeWidth=thick, strokeDash=[4, 3] if dashed else [1, 0])
        .encode(x=_x(ends), y=_y(place), y2="y2:Q")
    )


def _points(
    records: Sequence[Record], place: Place, ends: tuple[float, float], size: float, **look: Any
) -> alt.Chart:
    return (
        alt.Chart(alt.InlineData(values=list(records)))
        .mark_point(shape="circle", size=size, opacity=1, **look)
        .encode(x=_x(ends), y=_y(place), opacity=alt.Opacity("seen:Q", scale=None))
    )
