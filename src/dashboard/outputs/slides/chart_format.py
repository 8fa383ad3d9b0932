"""How the parts of native charts look: axes, fills, points, words at them.

Every word is text: a number format would follow the language of the reader's Windows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from pptx.enum.chart import XL_LABEL_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION, XL_TICK_MARK
from pptx.enum.text import PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Pt

from dashboard.charts import theme
from dashboard.outputs.slides import shapes
from dashboard.outputs.slides.shapes import Run
from dashboard.outputs.slides.text_metrics import Box
from dashboard.text import Text

THIN = 0.75  # width of a line, points


@dataclass(frozen=True)
class Style:
    """The size of the words of a chart, the language, and the mark of its workbook ("" for none)."""

    points: int
    text: Text
    mark: str = ""

    def run(self, words: str, colour: str = theme.INK, *, bold: bool = False) -> Run:
        """Words in this size."""
        return Run(words, self.points, bold, colour)


def added(slide: Slide, box: Box, kind: Any, data: Any, style: Style) -> Any:
    """A chart on a slide, without legend and title."""
    frame: Any = slide.shapes.add_chart(kind, *shapes.placed(box), data)
    chart = frame.chart
    chart.has_legend = chart.has_title = False
    # The library numbers axes below zero, which the format does not allow.
    for number in chart._chartSpace.iter(qn("c:axId"), qn("c:crossAx")):
        number.set("val", number.get("val").removeprefix("-"))
    shapes.set_font(chart.font, style.run(""), style.text.lang)
    return chart


def place(chart: Any, part: Box) -> None:
    """Where the bars, lines or points are, in parts of the chart."""
    area = chart._chartSpace.chart.plotArea
    for layout in area.findall(qn("c:layout")):
        area.remove(layout)
    places = "".join(
        f'<c:{side} val="{value:.5f}"/>'
        for side, value in zip("xywh", (part.x, part.y, part.w, part.h), strict=True)
    )
    area.insert(
        0,
        parse_xml(
            f'<c:layout {nsdecls("c")}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/>'
            f'<c:yMode val="edge"/>{places}</c:manualLayout></c:layout>'
        ),
    )


def names_axis(axis: Any, style: Style) -> None:
    """An axis of rows or dates: a thin line and the words."""
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE
    axis.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    axis.format.line.color.rgb, axis.format.line.width = shapes.colour(theme.STEEL), Pt(THIN)
    shapes.set_font(axis.tick_labels.font, style.run(""), style.text.lang)


def scale(axis: Any, low: float, high: float) -> None:
    """The ends of an axis, without lines."""
    axis.minimum_scale, axis.maximum_scale = low, high
    axis.has_major_gridlines = axis.has_minor_gridlines = False
    axis.major_tick_mark = axis.minor_tick_mark = XL_TICK_MARK.NONE


def ends_axis(axis: Any, scale: tuple[float, float], ends: tuple[str, str], style: Style) -> None:
    """The two ends of an axis, as words: whatever is not the lower is the upper one."""
    low, high = scale
    axis.major_unit = high - low or 1
    axis.format.line.color.rgb, axis.format.line.width = shapes.colour(theme.PALE), Pt(THIN)
    axis.tick_labels.number_format = f'[<={(low + high) / 2:.6f}]"{ends[0]}";"{ends[1]}"'
    axis.tick_labels.number_format_is_linked = False
    shapes.set_font(axis.tick_labels.font, style.run("", theme.SOFT_INK), style.text.lang)


def fill(form: Any, colour: str, edge: str) -> None:
    """The colour and the line around something; "" for none."""
    if colour:
        form.fill.solid()
        form.fill.fore_color.rgb = shapes.colour(colour)
    else:
        form.fill.background()
    if edge:
        form.line.color.rgb, form.line.width = shapes.colour(edge), Pt(THIN)
    else:
        form.line.fill.background()


def marker(point: Any, fill_with: str = "", edge: str = "", size: int = 0) -> None:
    """The point of a line: a circle so large; none for 0."""
    if not size:
        point.style = XL_MARKER_STYLE.NONE
        return
    point.style, point.size = XL_MARKER_STYLE.CIRCLE, size
    fill(point.format, fill_with, "")
    point.format.line.color.rgb, point.format.line.width = shapes.colour(edge), Pt(2)


def say(points: Any, number: int, run: Run, style: Style, place: Any) -> None:
    """Words at a point, a paragraph a line; nothing where there are none."""
    if not run.words:
        return
    label = points[number].data_label
    frame = label.text_frame
    # PowerPoint breaks a label that is longer than a fifth of the chart, unless it must not.
    frame.word_wrap = False
    # Spaces that are kept part the words from a bar, and from a point that is larger.
    apart = "\u00a0" * (3 if place in (XL_LABEL_POSITION.LEFT, XL_LABEL_POSITION.RIGHT) else 1)
    for line, words in enumerate(run.words.split("\n")):
        paragraph = frame.add_paragraph() if line else frame.paragraphs[0]
        paragraph.alignment = PP_ALIGN.CENTER if place == XL_LABEL_POSITION.CENTER else PP_ALIGN.LEFT
        text_run = paragraph.add_run()
        text_run.text = f"{apart}{shapes.one_line(words)}{apart}"
        shapes.set_font(text_run.font, run, style.text.lang)
    label.position = place


def dashed_across() -> Any:
    """A dashed line across the row of each point."""
    ink = theme.INK.removeprefix("#")
    return parse_xml(
        f'<c:errBars {nsdecls("c", "a")}><c:errDir val="y"/><c:errBarType val="both"/>'
        '<c:errValType val="fixedVal"/><c:noEndCap val="1"/><c:val val="0.38"/>'
        f'<c:spPr><a:ln w="{Pt(1.75)}" cap="flat"><a:solidFill><a:srgbClr val="{ink}"/></a:solidFill>'
        '<a:prstDash val="dash"/></a:ln></c:spPr></c:errBars>'
    )
