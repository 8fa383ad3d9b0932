"""A native chart as DrawingML: PowerPoint and LibreOffice read the same from it.

Elements stand in the order that the schema demands. Every word that is read is text: a number format would
follow the language of the reader's Windows.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from xml.etree import ElementTree as ET

from dashboard.charts import theme
from dashboard.outputs.slides.chart import book
from dashboard.outputs.slides.chart.elements import (
    Element,
    a,
    c,
    letters,
    line,
    of_words,
    place,
    shape,
    words,
)
from dashboard.outputs.slides.chart.model import Chart, Group, Label, Series
from dashboard.outputs.slides.shapes import LOCALES

_AXIS, _LINE, _DASHED = 0.75, 2.5, 1.75  # widths of lines, points
_POINT = 9  # size of a point on a line


def written(chart: Chart) -> bytes:
    """The part of a presentation that holds the chart."""
    root = c(
        "chartSpace",
        c("date1904", val=False),
        c("lang", val=LOCALES[chart.lang]),
        c("roundedCorners", val=False),
        c(
            "chart",
            c("autoTitleDeleted", val=True),
            c("plotArea", place(chart.plot, inner=True), *_groups(chart), *_axes(chart)),
            *_key(chart),
            c("plotVisOnly", val=True),
            c("dispBlanksAs", val="gap"),
        ),
        shape("", ""),
        of_words(chart.lang, chart.points, theme.INK),
    )
    return ET.tostring(root, encoding="UTF-8", xml_declaration=True)


def _groups(chart: Chart) -> Iterator[Element]:
    first = 0
    for group in chart.groups:
        series = [_series(chart, group, first + i, one) for i, one in enumerate(group.series)]
        first += len(group.series)
        axes = [c("axId", val=axis) for axis in _axis_ids(group)]
        one_colour = c("varyColors", val=False)
        if group.kind == "line":
            line_look = c("marker", val=True)
            yield c("lineChart", c("grouping", val="standard"), one_colour, *series, line_look, *axes)
        else:
            yield c(
                "barChart",
                c("barDir", val=group.kind),
                c("grouping", val="stacked" if group.stacked else "clustered"),
                one_colour,
                *series,
                c("gapWidth", val=group.gap),
                c("overlap", val=100),
                *axes,
            )


def _series(chart: Chart, group: Group, index: int, series: Series) -> Element:
    """The series in column `index` + 1 of the workbook."""
    rows = len(chart.categories)
    head = [
        c("idx", val=index),
        c("order", val=index),
        c("tx", _name(series, book.cells((0, index + 1)))),
    ]
    values = [
        c("cat", _strings(chart.categories, book.cells((1, 0), (rows, 0)))),
        c("val", _numbers(series.values, book.cells((1, index + 1), (rows, index + 1)))),
    ]
    labels = _labels(chart, series.label)
    if group.kind == "line":
        return c("ser", *head, *_line_look(series), labels, *values, c("smooth", val=False))
    return c("ser", *head, *_bar_look(series), labels, *values)


def _bar_look(series: Series) -> Iterator[Element]:
    edge = (series.edge, series.edge_points)
    yield shape(series.colour, *edge)
    yield c("invertIfNegative", val=False)
    for i, colour in enumerate(series.points):
        if colour != series.colour:
            yield c("dPt", c("idx", val=i), c("invertIfNegative", val=False), shape(colour, *edge))


def _line_look(series: Series) -> Iterator[Element]:
    dash = [a("prstDash", val="dash")] if series.dashed else []
    yield c("spPr", line(series.colour, _DASHED if series.dashed else _LINE, *dash, a("round")))
    if series.dashed:
        yield c("marker", c("symbol", val="none"))
    else:
        point = shape(series.colour, theme.WHITE)
        yield c("marker", c("symbol", val="circle"), c("size", val=_POINT), point)


def _name(series: Series, reference: str) -> Element:
    # Entries of the key cannot be left out by their number: PowerPoint and LibreOffice count lying bars in
    # opposite directions. A blank that is no space is a name that nobody sees.
    return words(c("v"), "\u00a0") if series.unnamed else _strings([series.name], reference)


def _strings(said: Sequence[str], reference: str) -> Element:
    points = [c("pt", words(c("v"), one), idx=i) for i, one in enumerate(said)]
    return c("strRef", words(c("f"), reference), c("strCache", c("ptCount", val=len(said)), *points))


def _numbers(values: Sequence[float | None], reference: str) -> Element:
    points = [
        c("pt", words(c("v"), repr(value)), idx=i) for i, value in enumerate(values) if value is not None
    ]
    head = (words(c("formatCode"), "General"), c("ptCount", val=len(values)))
    return c("numRef", words(c("f"), reference), c("numCache", *head, *points))


def _labels(chart: Chart, label: Label | None) -> Element:
    if label is None:
        return c("dLbls", *_shown(False))
    look = (chart.lang, chart.points, label.colour or theme.INK, label.bold)
    said = []
    for i, one in enumerate(label.says):
        if one:
            lines = [a("p", a("r", letters("rPr", *look), words(a("t"), line))) for line in one.split("\n")]
            where = c("dLblPos", val=label.places[i] if label.places else label.place)
            text = c("tx", c("rich", _body(), a("lstStyle"), *lines))
            said.append(c("dLbl", c("idx", val=i), text, where, *_shown(True)))
    return c("dLbls", *said, shape("", ""), of_words(*look), c("dLblPos", val=label.place), *_shown(False))


def _body() -> Element:
    # Without wrap="none" PowerPoint breaks a label that is longer than a fifth of the chart.
    return a("bodyPr", a("spAutoFit"), wrap="none", anchor="ctr", lIns=38100, tIns=0, rIns=38100, bIns=0)


def _shown(value: bool) -> list[Element]:
    others = ("showCatName", "showSerName", "showPercent", "showBubbleSize")
    return [c("showLegendKey", val=False), c("showVal", val=value), *(c(tag, val=False) for tag in others)]


def _axis_ids(group: Group) -> tuple[int, int]:
    return (3, 4) if group.apart else (1, 2)


def _axes(chart: Chart) -> Iterator[Element]:
    for group in {group.apart: group for group in chart.groups}.values():
        yield _categories(chart, group)
        yield _values(chart, group)


def _categories(chart: Chart, group: Group) -> Element:
    own, other = _axis_ids(group)
    lying = group.kind == "bar"
    return c(
        "catAx",
        c("axId", val=own),
        c("scaling", c("orientation", val="maxMin" if lying else "minMax")),
        c("delete", val=group.apart),
        c("axPos", val="l" if lying else "b"),
        c("numFmt", formatCode="General", sourceLinked=False),
        c("majorTickMark", val="none"),
        c("minorTickMark", val="none"),
        c("tickLblPos", val="low"),
        c("spPr", line(theme.STEEL, _AXIS)),
        of_words(chart.lang, chart.points, theme.INK),
        c("crossAx", val=other),
        c("crosses", val="autoZero"),
        c("auto", val=False),
        c("lblAlgn", val="ctr"),
        c("lblOffset", val=60),
        c("noMultiLvlLbl", val=True),
    )


def _values(chart: Chart, group: Group) -> Element:
    other, own = _axis_ids(group)
    hidden = not chart.steps or group.apart
    sides = ("t", "b") if group.kind == "bar" else ("l", "r")
    scale = c("orientation", val="minMax"), c("max", val=round(chart.most, 6)), c("min", val=0)
    return c(
        "valAx",
        c("axId", val=own),
        c("scaling", *scale),
        c("delete", val=hidden),
        c("axPos", val=sides[group.apart]),
        *([] if hidden else [c("majorGridlines", c("spPr", line(theme.PALE, _AXIS)))]),
        # Whole percents read the same on every Windows.
        c("numFmt", formatCode="0%", sourceLinked=False),
        c("majorTickMark", val="none"),
        c("minorTickMark", val="none"),
        c("tickLblPos", val="nextTo"),
        c("spPr", line("")),
        of_words(chart.lang, chart.points, theme.SOFT_INK),
        c("crossAx", val=other),
        c("crosses", val="max" if group.apart else "autoZero"),
        c("crossBetween", val="between"),
        *([c("majorUnit", val=chart.steps)] if chart.steps else []),
    )


def _key(chart: Chart) -> Iterator[Element]:
    if chart.key is not None:
        look = of_words(chart.lang, chart.points, theme.INK)
        yield c("legend", c("legendPos", val="t"), place(chart.key), c("overlay", val=False), look)
