"""Native charts: python-pptx draws them; every word is text in the chart, every number stands in the workbook
behind it. A number format would follow the language of the reader's Windows, so none is shown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt
from xlsxwriter import Workbook

from dashboard.charts import theme
from dashboard.outputs.slides import shapes
from dashboard.outputs.slides.measure import Box
from dashboard.outputs.slides.shapes import Run

_THIN, _LINE, _POINT = 0.75, 2.5, 9  # widths of lines and sizes of points, points
# Text stays text, whatever it looks like.
_PLAIN = {"in_memory": True} | {f"strings_to_{kind}": False for kind in ("formulas", "numbers", "urls")}


@dataclass(frozen=True)
class Style:
    """The size of the words of a chart, their language, and the mark that its workbook bears ("" for none)."""

    points: int
    lang: str
    mark: str = ""


@dataclass(frozen=True)
class Series:
    """One number per row of a bar chart (None = not drawn) under a `name`.

    `colours` and `edges` are those of single bars ("" = not seen); `says` stands in the bars or, with
    `behind`, behind their ends.
    """

    name: str
    values: tuple[float | None, ...]
    colours: tuple[str, ...] = ()
    edges: tuple[str, ...] = ()
    says: tuple[str, ...] = ()
    behind: bool = False


def bars(
    slide: Slide,
    box: Box,
    names: Sequence[str],
    series: Sequence[Series],
    style: Style,
    *,
    stacked: bool,
    most: float,
    room: float,
) -> None:
    """Lying bars from 0 to `most`, the first row on top, stacked or each over the ones before it; the names
    take `room` of the width (a part of it)."""
    data = _Categories(style.mark)
    data.categories = names
    for one in series:
        data.add_series(one.name, one.values)
    kind = XL_CHART_TYPE.BAR_STACKED if stacked else XL_CHART_TYPE.BAR_CLUSTERED
    chart = _added(slide, box, kind, data, style)
    _place(chart, Box(room, 0, 1 - room, 1))
    chart.category_axis.reverse_order = True
    _names(chart.category_axis, style)
    _scale(chart.value_axis, 0, most)
    chart.value_axis.visible = False
    [plot] = chart.plots
    plot.gap_width, plot.overlap = 55, 100
    for one, drawn in zip(series, plot.series, strict=True):
        drawn.invert_if_negative = False
        _bars_look(one, drawn)
        for point, said in enumerate(one.says):
            if said:
                dark = not one.behind and one.colours[point] in _DARK
                run = Run(said, style.points, bold=not one.behind, colour=theme.WHITE if dark else theme.INK)
                place = XL_LABEL_POSITION.CENTER
                if one.behind:
                    place = XL_LABEL_POSITION.INSIDE_BASE if stacked else XL_LABEL_POSITION.OUTSIDE_END
                _say(drawn.points[point], run, style, place)


@dataclass(frozen=True)
class Line:
    """One line over the dates: `says` stands at its points ("" for nothing); a `target` is dashed."""

    name: str
    values: tuple[float | None, ...]
    colour: str
    says: tuple[str, ...] = ()
    target: bool = False
    thin: bool = False


def lines(
    slide: Slide,
    box: Box,
    dates: Sequence[str],
    drawn: Sequence[Line],
    style: Style,
    scale: tuple[float, float],
    ends: tuple[str, str] | None,
) -> None:
    """Lines from `scale[0]` to `scale[1]`, whose `ends` are written at the axis; None for no axes at all."""
    data = _Categories(style.mark)
    data.categories = dates
    for one in drawn:
        data.add_series(one.name, one.values)
    chart = _added(slide, box, XL_CHART_TYPE.LINE_MARKERS, data, style)
    low, high = scale
    # A line along an edge would be cut in half.
    air = 0 if ends else (high - low or 1) * 0.1
    _scale(chart.value_axis, low - air, high + air)
    if ends is None:
        chart.category_axis.visible = chart.value_axis.visible = False
        _place(chart, Box(0.02, 0.02, 0.96, 0.96))
    else:
        _names(chart.category_axis, style)
        chart.value_axis.major_gridlines.format.line.color.rgb = shapes.colour(theme.PALE)
        _ends(chart.value_axis, scale, ends, style)
    for one, series in zip(drawn, chart.plots[0].series, strict=True):
        series.smooth = False
        line = series.format.line
        line.color.rgb = shapes.colour(one.colour)
        line.width = Pt(_THIN if one.thin else 1.75 if one.target else _LINE)
        if one.target:
            line.dash_style = MSO_LINE.DASH
        _marker(series.marker, one.colour, one.colour, 0 if one.target or one.thin else _POINT)
        for point, said in enumerate(one.says):
            if said:
                run = Run(said, style.points, bold=True, colour=one.colour)
                _say(series.points[point], run, style, XL_LABEL_POSITION.ABOVE)


@dataclass(frozen=True)
class Dot:
    """One row of a dumbbell chart: `before` and `now`, the `target` of both; `says` stands at the right."""

    name: str
    before: float | None
    now: float | None
    target: float | None
    says: str
    colour: str


def dots(
    slide: Slide,
    box: Box,
    rows: Sequence[Dot],
    style: Style,
    *,
    names: tuple[str, str, str],
    scale: tuple[float, float],
    ends: tuple[str, str],
    room: tuple[float, float],
) -> None:
    """A ring for the earlier and a dot for the later date, joined by a line, a dashed line for the target;
    `names` are those of the three, `room` the parts of the width for the names and for the words. The axis
    has its two `ends` written below it."""
    data = _Points(style.mark)
    places = [len(rows) - n for n in range(len(rows))]
    low, high = scale
    both = [(one, y) for one, y in zip(rows, places, strict=True) if None not in (one.before, one.now)]
    for one, y in both:
        joined = data.add_series(one.name)
        for value in (one.before, one.now):
            joined.add_data_point(value, y)
    # They carry the names and the words, and are not seen.
    sides = [data.add_series(blank) for blank in (" ", "  ")]
    for series, x in zip(sides, scale, strict=True):
        for y in places:
            series.add_data_point(x, y)
    marks = []
    for name, field in zip(names, ("before", "now", "target"), strict=True):
        known = [(one, y) for one, y in zip(rows, places, strict=True) if getattr(one, field) is not None]
        if known:
            series = data.add_series(name)
            for one, y in known:
                series.add_data_point(getattr(one, field), y)
            marks.append((field, [one for one, _ in known]))
    chart = _added(slide, box, XL_CHART_TYPE.XY_SCATTER, data, style)
    below = 1.5 * style.points / 72 / box.h
    _place(chart, Box(room[0], 0, 1 - sum(room), 1 - below))
    _scale(chart.category_axis, low, high)
    _ends(chart.category_axis, scale, ends, style)
    _scale(chart.value_axis, 0.5, len(rows) + 0.5)
    chart.value_axis.visible = False
    drawn = iter(chart.plots[0].series)
    for one, _ in both:
        line = next(drawn)
        line.format.line.color.rgb, line.format.line.width = shapes.colour(one.colour), Pt(_LINE)
        _marker(line.marker, "", "", 0)
    for said, place in (("name", XL_LABEL_POSITION.LEFT), ("says", XL_LABEL_POSITION.RIGHT)):
        end = next(drawn)
        end.format.line.fill.background()
        _marker(end.marker, "", "", 0)
        for point, one in enumerate(rows):
            _say(end.points[point], Run(getattr(one, said), style.points), style, place)
    for (field, known), series in zip(marks, drawn, strict=True):
        series.format.line.fill.background()
        _marker(series.marker, "", "", 0)
        if field == "target":
            series._element.find(qn("c:xVal")).addprevious(_across())
            continue
        for point, one in enumerate(known):
            # Some programs draw no edge of a point: the ring is filled, too, with less of the colour.
            fill = theme.mixed(one.colour, 0.3) if field == "before" else one.colour
            _marker(series.points[point].marker, fill, one.colour, _POINT + 2)


# Behind these colours words are white.
_DARK = (*theme.DARK, theme.COLOURS["overlap"], theme.COLOURS["overlap-dark"])


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


class _Categories(CategoryChartData):
    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark = mark

    @property
    def _workbook_writer(self) -> Any:
        return _CategorySheet(self)


class _Points(XyChartData):
    def __init__(self, mark: str) -> None:
        super().__init__()
        self.mark = mark

    @property
    def _workbook_writer(self) -> Any:
        return _PointSheet(self)


def _added(slide: Slide, box: Box, kind: Any, data: Any, style: Style) -> Any:
    frame: Any = slide.shapes.add_chart(kind, *shapes.placed(box), data)
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    shapes.dress(chart.font, Run("", style.points), style.lang)
    return chart


def _place(chart: Any, part: Box) -> None:
    """Where the bars, lines or points stand, in parts of the chart."""
    area = chart._chartSpace.chart.plotArea
    for found in area.findall(qn("c:layout")):
        area.remove(found)
    sides = "".join(
        f'<c:{side} val="{value:.5f}"/>'
        for side, value in zip("xywh", (part.x, part.y, part.w, part.h), strict=True)
    )
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{sides}</c:manualLayout></c:layout>'
        ),
    )


def _names(axis: Any, style: Style) -> None:
    """An axis of rows or dates: a thin line and the words."""
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.format.line.color.rgb, axis.format.line.width = shapes.colour(theme.STEEL), Pt(_THIN)
    shapes.dress(axis.tick_labels.font, Run("", style.points), style.lang)


def _scale(axis: Any, low: float, high: float) -> None:
    axis.minimum_scale, axis.maximum_scale = low, high
    axis.has_major_gridlines = axis.has_minor_gridlines = False
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE


def _ends(axis: Any, scale: tuple[float, float], ends: tuple[str, str], style: Style) -> None:
    """The two ends of an axis, as words: whatever is not the lower is the upper one."""
    low, high = scale
    axis.major_unit = high - low or 1
    axis.format.line.color.rgb, axis.format.line.width = shapes.colour(theme.PALE), Pt(_THIN)
    axis.tick_labels.number_format = f'[<={(low + high) / 2:.6f}]"{ends[0]}";"{ends[1]}"'
    axis.tick_labels.number_format_is_linked = False
    shapes.dress(axis.tick_labels.font, Run("", style.points, colour=theme.SOFT_INK), style.lang)


def _bars_look(one: Series, drawn: Any) -> None:
    """The look of the series, and of each bar that differs from the first."""
    first = (one.colours[:1] or ("",))[0], (one.edges[:1] or ("",))[0]
    _fill(drawn.format, *first)
    for point, look in enumerate(zip(one.colours, one.edges, strict=True)):
        if look != first:
            _fill(drawn.points[point].format, *look)


def _fill(form: Any, colour: str, edge: str) -> None:
    if colour:
        form.fill.solid()
        form.fill.fore_color.rgb = shapes.colour(colour)
    else:
        form.fill.background()
    if edge:
        form.line.color.rgb, form.line.width = shapes.colour(edge), Pt(_THIN)
    else:
        form.line.fill.background()


def _marker(marker: Any, fill: str, edge: str, size: int) -> None:
    if not size:
        marker.style = XL_MARKER_STYLE.NONE
        return
    marker.style, marker.size = XL_MARKER_STYLE.CIRCLE, size
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = shapes.colour(fill)
    marker.format.line.color.rgb, marker.format.line.width = shapes.colour(edge), Pt(2)


def _say(point: Any, run: Run, style: Style, place: Any) -> None:
    """Words at a point, a paragraph a line."""
    label = point.data_label
    frame = label.text_frame
    # PowerPoint breaks a label that is longer than a fifth of the chart, unless it must not.
    frame.word_wrap = False
    for number, line in enumerate(run.words.split("\n")):
        paragraph = frame.add_paragraph() if number else frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.LEFT if place != XL_LABEL_POSITION.CENTER else PP_ALIGN.CENTER
        said = paragraph.add_run()
        # A space that is kept parts the words from the bar.
        said.text = f"\u00a0{shapes.one_line(line)}\u00a0"
        shapes.dress(said.font, run, style.lang)
    label.position = place


def _across() -> Any:
    """A dashed line across the row of each point."""
    ink = theme.INK.removeprefix("#")
    return parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="both"/>'
        '<c:errValType val="fixedVal"/><c:noEndCap val="1"/><c:val val="0.38"/>'
        f'<c:spPr><a:ln w="{Pt(1.75)}" cap="flat"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill>'
        '<a:prstDash val="dash"/></a:ln></c:spPr></c:errBars>'
    )
