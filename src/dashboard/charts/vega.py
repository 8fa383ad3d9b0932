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

from dashboard.charts.model import (
    BarRow,
    Bars,
    BulletRow,
    Bullets,
    DumbbellRow,
    Dumbbells,
    Lines,
    Panel,
    UnitRow,
    Units,
)
from dashboard.charts.theme import COLOURS, KINDS, UNKNOWN, WHITE, mixed

Record = dict[str, Any]
# Fill and edge of a part, and whether the edge is dashed.
Look = tuple[str, str, bool]

# Nothing around the marks: no margin, no frame.
_BARE: dict[str, Any] = {
    "autosize": alt.AutoSizeParams(type="none", contains="padding"),
    "padding": 0,
    "config": alt.Config(aria=False, background=WHITE, view=alt.ViewConfig(stroke=None)),
}
# Heights of bars, squares with the gap between them, and marks, px.
BAR, TRACK, UNIT, UNIT_GAP = 15, 12, 15, 3
_TARGET = 20  # height of the mark of a target
_DOT, _RING = 70, 70  # areas of the points of two dates, px²
_PALE = 0.5  # how much of its colour a row has that is not chosen, where others are
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
            _box((left, right), middle, BAR, _filled(one.kind, _seen(row.chosen, chart.rows)))
            for one, left, right in zip(segments, ends, ends[1:], strict=False)
            if one.value
        ]
    return _framed(place, _boxes(records, place, (0, max(every, default=0) or 1)))


def bullets(chart: Bullets, rows: Sequence[BulletRow], place: Place) -> alt.LayerChart:
    """The tracks of some rows from 0 to 1: what is reached, what is missing of the target, and its mark."""
    records, marks = [], []
    for row, middle in zip(rows, place.middles, strict=True):
        seen = _seen(row.chosen or row is chart.whole, chart.rows)
        parts = [(0.0, 1.0, "track")]
        if row.share:
            parts.append((0, min(row.share, 1), "value"))
        if row.share is not None and row.target is not None and row.target > row.share:
            parts.append((row.share, row.target, "missing"))
        records += [
            _box((left, right), middle, TRACK, _plain(name, 1 if name == "track" else seen))
            for left, right, name in parts
        ]
        if row.target is not None:
            marks.append(_upright(row.target, middle))
    halo = _rules(marks, place, (0, 1), color=COLOURS["white"], strokeWidth=5)
    mark = _rules(marks, place, (0, 1), color=COLOURS["ink"], strokeWidth=2.4)
    return _framed(place, _boxes(records, place, (0, 1)), halo, mark)


def dumbbells(chart: Dumbbells, rows: Sequence[DumbbellRow], place: Place) -> alt.LayerChart:
    """Two dates of each of some rows: a ring, a dot, what is between them, the mark of the target."""
    ends = (chart.low, chart.high)
    boxes, targets, rings, dots = [], [], [], []
    for row, middle in zip(rows, place.middles, strict=True):
        look = _plain("value", _seen(row.chosen, chart.rows))
        colour = look[0]
        boxes.append(_box(ends, middle, 2, _plain("track", 1)))
        if row.before is not None and row.now is not None and row.before != row.now:
            first, last = sorted((row.before, row.now))
            boxes.append(_box((first, last), middle, 3, look))
        targets += [_upright(row.target, middle)] if row.target is not None else []
        rings += [_point(row.before, middle, COLOURS["white"], colour)] if row.before is not None else []
        dots += [_point(row.now, middle, colour, colour)] if row.now is not None else []
    return _framed(
        place,
        _boxes(boxes, place, ends),
        _rules(targets, place, ends, color=COLOURS["soft"], strokeWidth=2, strokeDash=[4, 3]),
        _points(rings, place, ends, _RING),
        _points(dots, place, ends, _DOT),
    )


def units(chart: Units, rows: Sequence[UnitRow], place: Place) -> alt.LayerChart:
    """A square per unit, in as many lines a row as its width asks for."""
    step, abreast = UNIT + UNIT_GAP, abreast_in(place.width)
    records: list[Record] = []
    for row, middle in zip(rows, place.middles, strict=True):
        top = middle - (lines_of(row, place.width) * step - UNIT_GAP) / 2
        for n, kind in enumerate(row.units):
            left, y = n % abreast * step + 1, top + n // abreast * step + UNIT / 2
            records.append(_box((left, left + UNIT), y, UNIT, _filled(kind, _seen(row.chosen, chart.rows))))
    return _framed(place, _boxes(records, place, (0, place.width)))


def abreast_in(width: float) -> int:
    """How many squares stand beside each other in so many px."""
    return max(int((width - 2 + UNIT_GAP) // (UNIT + UNIT_GAP)), 1)


def lines_of(row: UnitRow, width: float) -> int:
    """In how many lines the squares of a row stand."""
    return -(-len(row.units) // abreast_in(width))


def lines(chart: Lines, panels: Sequence[Panel], size: tuple[float, float], gap: float) -> alt.LayerChart:
    """Some panels beside each other, each of a size (px), as one chart: the others grey, the whole and the
    chosen in colour with a point for each date."""
    wide, high = size
    place = Place(len(panels) * (wide + gap) - gap, high, ())
    last, span = max(len(chart.dates) - 1, 1), (chart.high - chart.low) or 1
    floors, targets = [], []
    drawn: dict[str, list[Record]] = {role: [] for role in _ROLES}
    for number, panel in enumerate(panels):
        left = number * (wide + gap)
        floors.append({"x": left, "x2": left + wide, "y": high - 0.5})
        if panel.target is not None:
            level = high * (1 - (panel.target - chart.low) / span)
            targets.append({"x": left, "x2": left + wide, "y": level})
        for which, series in enumerate(panel.series):
            drawn[series.role] += [
                {
                    "x": left + wide * date / last,
                    "y": None if value is None else high * (1 - (value - chart.low) / span),
                    "line": f"{number} {which}",
                }
                for date, value in enumerate(series.values)
            ]
    layers = [_levels(floors, place, COLOURS["line"]), _levels(targets, place, COLOURS["soft"], dashed=True)]
    for role, (colour, thick) in _ROLES.items():
        own = alt.Chart(alt.InlineData(values=drawn[role])).encode(x=_x((0, place.width)), y=_y(place))
        layers.append(own.mark_line(color=colour, strokeWidth=thick).encode(detail="line:N"))
        if role != "other":
            known = alt.InlineData(values=[one for one in drawn[role] if one["y"] is not None])
            points = own.mark_point(filled=True, color=colour, size=46, opacity=1, shape=_shape(role))
            layers.append(points.properties(data=known))
    return _framed(place, *layers)


def _shape(role: str) -> Literal["square", "circle"]:
    return "square" if role == "chosen" else "circle"


def _sum(row: BarRow) -> float:
    return sum(one.value for one in row.segments)


def _seen(chosen: bool, every: Iterable[BarRow | BulletRow | DumbbellRow | UnitRow]) -> float:
    return _PALE if not chosen and any(row.chosen for row in every) else 1


def _filled(kind: str, seen: float) -> Look:
    fill, edge = KINDS[kind]
    return mixed(COLOURS[fill], seen), mixed(COLOURS[edge or fill], seen), kind in UNKNOWN


def _plain(name: str, seen: float) -> Look:
    edge = "missing-line" if name == "missing" else name
    return mixed(COLOURS[name], seen), mixed(COLOURS[edge], seen), False


def _box(ends: tuple[float, float], middle: float, high: float, look: Look) -> Record:
    upright = {"y": middle - high / 2, "y2": middle + high / 2}
    fill, edge, dashed = look
    return {"x": ends[0], "x2": ends[1], **upright, "fill": fill, "edge": edge, "dashed": dashed}


def _point(x: float, y: float, fill: str, edge: str) -> Record:
    return {"x": x, "y": y, "fill": fill, "edge": edge}


def _upright(value: float, middle: float) -> Record:
    return {"x": value, "y": middle - _TARGET / 2, "y2": middle + _TARGET / 2}


def _framed(place: Place, *layers: alt.Chart) -> alt.LayerChart:
    return alt.LayerChart(layer=list(layers), width=place.width, height=place.height, **_BARE)


def _x(ends: tuple[float, float]) -> alt.X:
    return alt.X("x:Q", scale=_scale(*ends), axis=None)


def _scale(low: float, high: float) -> alt.Scale:
    return alt.Scale(domain=[low, high if high > low else low + 1], nice=False, zero=False)


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
        )
    )


def _rules(records: Sequence[Record], place: Place, ends: tuple[float, float], **look: Any) -> alt.Chart:
    return (
        alt.Chart(alt.InlineData(values=list(records)))
        .mark_rule(**look)
        .encode(x=_x(ends), y=_y(place), y2="y2:Q")
    )


def _levels(records: Sequence[Record], place: Place, colour: str, dashed: bool = False) -> alt.Chart:
    return (
        alt.Chart(alt.InlineData(values=list(records)))
        .mark_rule(color=colour, strokeWidth=1.4, strokeDash=[5, 4] if dashed else [1, 0])
        .encode(x=_x((0, place.width)), x2="x2:Q", y=_y(place))
    )


def _points(records: Sequence[Record], place: Place, ends: tuple[float, float], size: float) -> alt.Chart:
    return (
        alt.Chart(alt.InlineData(values=list(records)))
        .mark_point(shape="circle", size=size, opacity=1, strokeWidth=2)
        .encode(
            x=_x(ends),
            y=_y(place),
            fill=alt.Fill("fill:N", scale=None),
            stroke=alt.Stroke("edge:N", scale=None),
        )
    )
