"""Native charts: python-pptx draws them; every word is text in the chart, every number is in the workbook
behind it, which opens on "Edit data"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Pt
from xlsxwriter import Workbook

from dashboard.charts import theme
from dashboard.outputs.slides import chart_format, shapes
from dashboard.outputs.slides.chart_format import Style
from dashboard.outputs.slides.text_metrics import Box

_LINE, _POINT = 2.5, 9  # width of a line and size of its points
# Behind these colours words are white.
_DARK = (*theme.DARK, theme.COLOURS["overlap"], theme.COLOURS["overlap-dark"])
# Of a row of two dates, in the order in which they are drawn.
_FIELDS = ("before", "now", "target")


@dataclass(frozen=True)
class Series:
    """One number per row of a bar chart (None = not drawn) under a `name`.

    `colours` and `edges` are those of single bars ("" = not seen); `says` is in the bars or, with
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
    """One row of two dates: `before` and `now`, the `target` of both; `says` is at the right."""

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


def bars(slide: Slide, box: Box, content: Bars, style: Style) -> None:
    """The bars on a slide."""
    data: Any = Categories(style.mark)
    data.categories = content.names
    for entry in content.series:
        data.add_series(entry.name, entry.values)
    kind = XL_CHART_TYPE.BAR_STACKED if content.stacked else XL_CHART_TYPE.BAR_CLUSTERED
    chart = chart_format.added(slide, box, kind, data, style)
    chart_format.place(chart, Box(content.room, 0, 1 - content.room, 1))
    chart.category_axis.reverse_order = True
    chart_format.names_axis(chart.category_axis, style)
    chart_format.scale(chart.value_axis, 0, content.most)
    chart.value_axis.visible = False
    [plot] = chart.plots
    plot.gap_width, plot.overlap = 55, 100
    behind = XL_LABEL_POSITION.INSIDE_BASE if content.stacked else XL_LABEL_POSITION.OUTSIDE_END
    for entry, series in zip(content.series, plot.series, strict=True):
        series.invert_if_negative = False
        _bars_look(entry, series)
        for point, words in enumerate(entry.says):
            dark = not entry.behind and entry.colours[point] in _DARK
            run = style.run(words, theme.WHITE if dark else theme.INK, bold=not entry.behind)
            chart_format.say(
                series.points, point, run, style, behind if entry.behind else XL_LABEL_POSITION.CENTER
            )


def lines(slide: Slide, box: Box, content: Lines, style: Style) -> None:
    """The lines on a slide."""
    data: Any = Categories(style.mark)
    data.categories = content.dates
    for entry in content.lines:
        data.add_series(entry.name, entry.values)
    chart = chart_format.added(slide, box, XL_CHART_TYPE.LINE_MARKERS, data, style)
    low, height = content.scale
    if content.ends is None:
        # A line along an edge would be cut in half.
        air = (height - low or 1) * 0.1
        chart_format.scale(chart.value_axis, low - air, height + air)
        chart.category_axis.visible = chart.value_axis.visible = False
        chart_format.place(chart, Box(0.02, 0.02, 0.96, 0.96))
    else:
        chart_format.scale(chart.value_axis, low, height)
        chart_format.names_axis(chart.category_axis, style)
        chart.value_axis.major_gridlines.format.line.color.rgb = shapes.colour(theme.PALE)
        chart_format.ends_axis(chart.value_axis, content.scale, content.ends, style)
    for entry, series in zip(content.lines, chart.plots[0].series, strict=True):
        series.smooth = False
        line = series.format.line
        line.color.rgb = shapes.colour(entry.colour)
        line.width = Pt(chart_format.THIN if entry.thin else 1.75 if entry.target else _LINE)
        if entry.target:
            line.dash_style = MSO_LINE.DASH
        chart_format.marker(
            series.marker, entry.colour, entry.colour, 0 if entry.target or entry.thin else _POINT
        )


def dots(slide: Slide, box: Box, content: Dots, style: Style) -> None:
    """The points of two dates on a slide."""
    # The first row is on top: it has the highest number.
    rows = [(len(content.rows) - n, row) for n, row in enumerate(content.rows)]
    joined = [(y, row) for y, row in rows if row.before is not None and row.now is not None]
    marks = {
        name: [(y, row) for y, row in rows if getattr(row, field) is not None]
        for name, field in zip(content.names, _FIELDS, strict=True)
    }
    data: Any = Points(style.mark)
    for y, row in joined:
        _points(data, row.name, [(row.before, y), (row.now, y)])
    # They carry the names and the words, and are not seen.
    for blank, x in zip((" ", "  "), content.scale, strict=True):
        _points(data, blank, [(x, y) for y, _ in rows])
    for (name, present), field in zip(marks.items(), _FIELDS, strict=True):
        _points(data, name, [(getattr(row, field), y) for y, row in present])
    chart = chart_format.added(slide, box, XL_CHART_TYPE.XY_SCATTER, data, style)
    below = 1.5 * style.points / 72 / box.h
    chart_format.place(chart, Box(content.room[0], 0, 1 - sum(content.room), 1 - below))
    chart_format.scale(chart.category_axis, *content.scale)
    chart_format.ends_axis(chart.category_axis, content.scale, content.ends, style)
    chart_format.scale(chart.value_axis, 0.5, len(rows) + 0.5)
    chart.value_axis.visible = False
    *lines, names, says, before, now, target = chart.plots[0].series
    for line, (_, row) in zip(lines, joined, strict=True):
        line.format.line.color.rgb, line.format.line.width = shapes.colour(row.colour), Pt(_LINE)
        chart_format.marker(line.marker)
    for hidden in (names, says, before, now, target):
        hidden.format.line.fill.background()
        chart_format.marker(hidden.marker)
    for point, row in enumerate(content.rows):
        chart_format.say(names.points, point, style.run(row.name), style, XL_LABEL_POSITION.LEFT)
        chart_format.say(says.points, point, style.run(row.says), style, XL_LABEL_POSITION.RIGHT)
    # Some programs draw no edge of a point: the ring is filled, too, with less of the colour.
    for series, present, depth in zip((before, now), marks.values(), (0.3, 1), strict=False):
        for point, (_, row) in enumerate(present):
            chart_format.marker(
                series.points[point].marker, theme.mixed(row.colour, depth), row.colour, _POINT + 2
            )
    target._element.find(qn("c:xVal")).addprevious(chart_format.dashed_across())


def _bars_look(entry: Series, series: Any) -> None:
    """The look of the series, and of each bar that differs from the first."""
    first = entry.colours[0], entry.edges[0]
    chart_format.fill(series.format, *first)
    for point, look in enumerate(zip(entry.colours, entry.edges, strict=True)):
        if look != first:
            chart_format.fill(series.points[point].format, *look)


def _points(data: Any, name: str, places: Sequence[tuple[float | None, int]]) -> None:
    series = data.add_series(name)
    for x, y in places:
        series.add_data_point(x, y)


_PLAIN = {"in_memory": True} | {f"strings_to_{kind}": False for kind in ("formulas", "numbers", "urls")}


class _Sheet:
    """A workbook in which text stays text, with the mark in the corner of its sheet and in its properties."""

    _chart_data: Any

    @contextmanager
    def _open_worksheet(self, file: Any) -> Iterator[Any]:
        with Workbook(file, _PLAIN) as book:
            book.set_properties({"comments": self._chart_data.mark})
            sheet = book.add_worksheet()
            sheet.set_column(0, 0, 40)
            if self._chart_data.mark:
                sheet.write_string(0, 0, self._chart_data.mark)
            yield book, sheet


class _CategorySheet(_Sheet, CategoryWorkbookWriter):
    pass


class _PointSheet(_Sheet, XyWorkbookWriter):
    pass


class _Marked:
    """The numbers of a chart, with the mark of the workbook behind it."""

    _writer: Any

    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark = mark

    @property
    def _workbook_writer(self) -> Any:
        return self._writer(self)


class Categories(_Marked, CategoryChartData):
    """Rows or dates with a number each in every series."""

    _writer = _CategorySheet


class Points(_Marked, XyChartData):
    """Points with two numbers each in every series."""

    _writer = _PointSheet
