"""Native charts: python-pptx draws them; every word is text in the chart, every number stands in the workbook
behind it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.charts import theme
from dashboard.outputs.slides import looks, shapes
from dashboard.outputs.slides.looks import Style
from dashboard.outputs.slides.measure import Box
from dashboard.outputs.slides.workbooks import Categories, Points

_LINE, _POINT = 2.5, 9  # width of a line and size of its points
# Behind these colours words are white.
_DARK = (*theme.DARK, theme.COLOURS["overlap"], theme.COLOURS["overlap-dark"])
# Of a row of two dates, in the order in which they are drawn.
_FIELDS = ("before", "now", "target")


@dataclass(frozen=True)
class Series:
    """One number per row of a bar chart (None = not drawn) under a `name`.

    `colours` and `edges` are those of single bars ("" = not seen); `says` stands in the bars or, with
    `behind`, behind their ends.
    """

    name: str
    values: tuple[float | None, ...]
    colours: tuple[str, ...]
    edges: tuple[str, ...]
    says: tuple[str, ...] = ()
    behind: bool = False


@dataclass(frozen=True)
class Bars:
    """Lying bars from 0 to `most`, the first row on top, `stacked` or each over the ones before it; the names
    take `room` of the width (a part of it)."""

    names: tuple[str, ...]
    series: tuple[Series, ...]
    most: float
    room: float
    stacked: bool


@dataclass(frozen=True)
class Line:
    """One line over the dates; a `target` is dashed."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    target: bool = False
    thin: bool = False


@dataclass(frozen=True)
class Lines:
    """Lines on a `scale` from low to high, whose `ends` are written at the axis; None for no axes at all."""

    dates: tuple[str, ...]
    lines: tuple[Line, ...]
    scale: tuple[float, float]
    ends: tuple[str, str] | None = None


@dataclass(frozen=True)
class Dot:
    """One row of two dates: `before` and `now`, the `target` of both; `says` stands at the right."""

    name: str
    before: float | None
    now: float | None
    target: float | None
    says: str
    colour: str


@dataclass(frozen=True)
class Dots:
    """A ring for the earlier and a dot for the later date, joined by a line, a dashed line for the target.

    `names` are those of the three, `room` the parts of the width for the names and for the words; the `scale`
    has its two `ends` written below it.
    """

    rows: tuple[Dot, ...]
    names: tuple[str, str, str]
    scale: tuple[float, float]
    ends: tuple[str, str]
    room: tuple[float, float]


def bars(slide: Slide, box: Box, drawn: Bars, style: Style) -> None:
    """The bars on a slide."""
    data: Any = Categories(style.mark)
    data.categories = drawn.names
    for one in drawn.series:
        data.add_series(one.name, one.values)
    kind = XL_CHART_TYPE.BAR_STACKED if drawn.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    chart = looks.added(slide, box, kind, data, style)
    looks.place(chart, Box(drawn.room, 0, 1 - drawn.room, 1))
    chart.category_axis.reverse_order = True
    looks.names_axis(chart.category_axis, style)
    looks.scale(chart.value_axis, 0, drawn.most)
    chart.value_axis.visible = False
    [plot] = chart.plots
    plot.gap_width, plot.overlap = 55, 100
    behind = XL_LABEL_POSITION.INSIDE_BASE if drawn.stacked else XL_LABEL_POSITION.OUTSIDE_END
    for one, series in zip(drawn.series, plot.series, strict=True):
        series.invert_if_negative = False
        _bars_look(one, series)
        for point, said in enumerate(one.says):
            dark = not one.behind and one.colours[point] in _DARK
            run = style.run(said, theme.WHITE if dark else theme.INK, bold=not one.behind)
            looks.say(series.points, point, run, style, behind if one.behind else XL_LABEL_POSITION.CENTER)


def lines(slide: Slide, box: Box, drawn: Lines, style: Style) -> None:
    """The lines on a slide."""
    data: Any = Categories(style.mark)
    data.categories = drawn.dates
    for one in drawn.lines:
        data.add_series(one.name, one.values)
    chart = looks.added(slide, box, XL_CHART_TYPE.LINE_MARKERS, data, style)
    low, high = drawn.scale
    if drawn.ends is None:
        # A line along an edge would be cut in half.
        air = (high - low or 1) * 0.1
        looks.scale(chart.value_axis, low - air, high + air)
        chart.category_axis.visible = chart.value_axis.visible = False
        looks.place(chart, Box(0.02, 0.02, 0.96, 0.96))
    else:
        looks.scale(chart.value_axis, low, high)
        looks.names_axis(chart.category_axis, style)
        chart.value_axis.major_gridlines.format.line.color.rgb = shapes.colour(theme.PALE)
        looks.ends_axis(chart.value_axis, drawn.scale, drawn.ends, style)
    for one, series in zip(drawn.lines, chart.plots[0].series, strict=True):
        series.smooth = False
        line = series.format.line
        line.color.rgb = shapes.colour(one.colour)
        line.width = Pt(looks.THIN if one.thin else 1.75 if one.target else _LINE)
        if one.target:
            line.dash_style = MSO_LINE.DASH
        looks.marker(series.marker, one.colour, one.colour, 0 if one.target or one.thin else _POINT)


def dots(slide: Slide, box: Box, drawn: Dots, style: Style) -> None:
    """The points of two dates on a slide."""
    # The first row is on top: it has the highest number.
    rows = [(len(drawn.rows) - n, row) for n, row in enumerate(drawn.rows)]
    joined = [(y, row) for y, row in rows if row.before is not None and row.now is not None]
    marks = {
        name: [(y, row) for y, row in rows if getattr(row, field) is not None]
        for name, field in zip(drawn.names, _FIELDS, strict=True)
    }
    data: Any = Points(style.mark)
    for y, row in joined:
        _points(data, row.name, [(row.before, y), (row.now, y)])
    # They carry the names and the words, and are not seen.
    for blank, x in zip((" ", "  "), drawn.scale, strict=True):
        _points(data, blank, [(x, y) for y, _ in rows])
    for (name, known), field in zip(marks.items(), _FIELDS, strict=True):
        _points(data, name, [(getattr(row, field), y) for y, row in known])
    chart = looks.added(slide, box, XL_CHART_TYPE.XY_SCATTER, data, style)
    below = 1.5 * style.points / 72 / box.h
    looks.place(chart, Box(drawn.room[0], 0, 1 - sum(drawn.room), 1 - below))
    looks.scale(chart.category_axis, *drawn.scale)
    looks.ends_axis(chart.category_axis, drawn.scale, drawn.ends, style)
    looks.scale(chart.value_axis, 0.5, len(rows) + 0.5)
    chart.value_axis.visible = False
    *lines, names, says, before, now, target = chart.plots[0].series
    for line, (_, row) in zip(lines, joined, strict=True):
        line.format.line.color.rgb, line.format.line.width = shapes.colour(row.colour), Pt(_LINE)
        looks.marker(line.marker)
    for hidden in (names, says, before, now, target):
        hidden.format.line.fill.background()
        looks.marker(hidden.marker)
    for point, row in enumerate(drawn.rows):
        looks.say(names.points, point, style.run(row.name), style, XL_LABEL_POSITION.LEFT)
        looks.say(says.points, point, style.run(row.says), style, XL_LABEL_POSITION.RIGHT)
    # Some programs draw no edge of a point: the ring is filled, too, with less of the colour.
    for series, known, depth in zip((before, now), marks.values(), (0.3, 1), strict=False):
        for point, (_, row) in enumerate(known):
            looks.marker(series.points[point].marker, theme.mixed(row.colour, depth), row.colour, _POINT + 2)
    target._element.find(qn("c:xVal")).addprevious(looks.dashed_across())


def _bars_look(one: Series, drawn: Any) -> None:
    """The look of the series, and of each bar that differs from the first."""
    first = one.colours[0], one.edges[0]
    looks.fill(drawn.format, *first)
    for point, look in enumerate(zip(one.colours, one.edges, strict=True)):
        if look != first:
            looks.fill(drawn.points[point].format, *look)


def _points(data: Any, name: str, places: Sequence[tuple[float | None, int]]) -> None:
    series = data.add_series(name)
    for x, y in places:
        series.add_data_point(x, y)
