"""Figures at a glance, and small charts of one scale beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pptx.slide import Slide

from dashboard.charts import theme
from dashboard.charts.model import Lines, Panel, Tile, Tiles, Trend
from dashboard.outputs.slides import native, shapes, tables, text_metrics
from dashboard.outputs.slides.chart_format import Style
from dashboard.outputs.slides.native import Line
from dashboard.outputs.slides.shapes import Paragraph, Run
from dashboard.outputs.slides.text_metrics import Box
from dashboard.text import Text

_GAP, _INSET = 0.2, 0.15
_ABREAST = 3  # beside each other, one more where there are many
_MOST = 6  # small charts on a slide
_HIGHEST = 3.2  # of a tile, inches
_TREND = 0.4  # of the width of a tile
# Sizes of a number; from the small ones on it may take two lines.
_VALUES = (72, 60, 54, 48, 40, 36, 32, 28, 24, 20, 16)
_SMALL, _LINES = 20, 2
_LARGE = 48
_COLOURS = {"chosen": theme.RED, "whole": theme.BLUE, "other": theme.COLOURS["neutral-pale"]}


def height(chart: Tiles, room: Box) -> float:
    """The height that the tiles take, inches."""
    return max((box.bottom for box in _boxes(room, len(chart.rows), _HIGHEST)), default=room.y) - room.y


def tiles(chart: Tiles, slide: Slide, room: Box, styles: Sequence[Style]) -> None:
    """A tile per figure, all alike: its name, the number beside its trend, its notes. Words are in
    the first of the `styles` in which none is cut short and numbers are large, or as in the last."""
    boxes = [box.inside(_INSET) for box in _boxes(room, len(chart.rows), _HIGHEST)]
    pairs = list(zip(chart.rows, boxes, strict=True))
    sizes = [min((_size(tile, box, style) for tile, box in pairs), default=0) for style in styles]
    large = min(sizes[-1], _LARGE)
    style, points = next(
        (style, points)
        for style, points in zip(styles, sizes, strict=True)
        if style is styles[-1] or (points >= large and not any(_cut(*pair, style) for pair in pairs))
    )
    for tile, box in pairs:
        frame = shapes.text_box(slide, box.inside(-_INSET), [], style.text.lang)
        frame.line.color.rgb = shapes.colour(theme.COLOURS["line"])
        half = _half(tile, box)
        value = text_metrics.cut(shapes.one_line(tile.value), points, half, _LINES, bold=True)
        number: list[Paragraph] = [(Run(value, points, True, theme.BLUE),)]
        y = box.y
        for paragraphs, width in (
            (_name(tile, box.w, style), box.w),
            (number, half),
            (_notes(tile, box.w, style), box.w),
        ):
            high = shapes.height(paragraphs, width)
            if paragraphs:
                shapes.text_box(slide, Box(box.x, y, width, high), paragraphs, style.text.lang)
            if paragraphs is number and tile.trend:
                beside = Box(box.x + half, y, box.w - half, high)
                native.lines(slide, beside, _trend(tile.name, tile.trend, style.text), style)
            y += high


def _half(tile: Tile, box: Box) -> float:
    """The width of a number, beside which its trend may be."""
    return box.w * (1 - _TREND) if tile.trend else box.w


def _size(tile: Tile, box: Box, style: Style) -> int:
    """The largest size of a number for which there is room; words such as "no data" may take two lines."""
    parts = (_name(tile, box.w, style), _notes(tile, box.w, style))
    free = box.h - sum(shapes.height(paragraphs, box.w) for paragraphs in parts)
    value = shapes.one_line(tile.value)
    for points in _VALUES:
        lines = text_metrics.lines(value, points, _half(tile, box), bold=True)
        if lines <= (1 if points > _SMALL else _LINES) and text_metrics.height(lines, points) <= free:
            return points
    return _VALUES[-1]


def _cut(tile: Tile, box: Box, style: Style) -> bool:
    paragraphs = (*_name(tile, box.w, style), *_notes(tile, box.w, style))
    return any(run.words.endswith("…") for runs in paragraphs for run in runs)


def _name(tile: Tile, room: float, style: Style) -> list[Paragraph]:
    return [(style.run(text_metrics.cut(shapes.one_line(tile.name), style.points, room, 2), theme.SOFT_INK),)]


def _notes(tile: Tile, room: float, style: Style) -> list[Paragraph]:
    first, *rest = [shapes.one_line(note) for note in tile.notes] or [""]
    lines = [line for line in (tables.with_sign(tile.status, first), *rest) if line]
    return [(style.run(text_metrics.cut(line, style.points, room, 2)),) for line in lines]


def _trend(name: str, trend: Trend, text: Text) -> native.Lines:
    numbers = [value for value in (*trend.values, trend.target) if value is not None]
    curves = [Line(name, trend.values, theme.BLUE)]
    if trend.target is not None:
        target = (trend.target,) * len(trend.values)
        curves.insert(0, Line(text("column_short.goal"), target, theme.SOFT_INK, target=True))
    dates = tuple(str(n) for n in range(1, len(trend.values) + 1))
    return native.Lines(dates, tuple(curves), (min(numbers), max(numbers)))


def parts(chart: Lines) -> list[range]:
    """The small charts of each slide."""
    n = len(chart.panels)
    return [range(start, min(start + _MOST, n)) for start in range(0, n, _MOST)]


def lines(chart: Lines, slide: Slide, room: Box, part: range, style: Style) -> None:
    """Some of the small charts, each under its name and its last figures; one that is alone has the
    figures of each date below it."""
    alone = len(chart.panels) == 1
    for box, n in zip(_boxes(room, len(part), room.h), part, strict=True):
        panel = chart.panels[n]
        leading = next(
            (series for role in ("chosen", "whole") for series in panel.series if series.role == role), None
        )
        figures = leading.labels if leading else ()
        last = figures[-1] if figures and not alone else ""
        paragraphs: list[Paragraph] = [
            (style.run(text_metrics.cut(shapes.one_line(line), style.points, box.w, 2, bold), bold=bold),)
            for line, bold in ((panel.name, True), (last, False))
            if line
        ]
        high = shapes.height(paragraphs, box.w)
        shapes.text_box(slide, replace(box, h=high), paragraphs, style.text.lang)
        dates = chart.dates
        if alone and figures:
            dates = tuple("\n".join(pair) for pair in zip(dates, figures, strict=True))
        content = native.Lines(
            dates, tuple(_lines(panel, len(dates), style.text)), (chart.low, chart.high), chart.ends
        )
        native.lines(slide, box.below(high), content, style)


def _lines(panel: Panel, dates: int, text: Text) -> list[Line]:
    """The others first, then the whole, the chosen on top."""
    order = ("other", "whole", "chosen")
    results = [
        Line(series.name, series.values, _COLOURS[series.role], thin=series.role == "other")
        for series in sorted(panel.series, key=lambda series: order.index(series.role))
    ]
    if panel.target is not None:
        name = panel.target_label or text("column_short.goal")
        results.insert(0, Line(name, (panel.target,) * dates, theme.SOFT_INK, target=True))
    return results


def _boxes(room: Box, n: int, highest: float) -> list[Box]:
    """So many places in as few rows as can be; each row fills the room."""
    rows = -(-n // (_ABREAST if n <= _MOST else _ABREAST + 1))
    high = min((room.h - (rows - 1) * _GAP) / rows, highest) if rows else 0
    results: list[Box] = []
    for row in range(rows):
        abreast = -(-(n - len(results)) // (rows - row))
        width = (room.w - (abreast - 1) * _GAP) / abreast
        y = room.y + row * (high + _GAP)
        results += [Box(room.x + x * (width + _GAP), y, width, high) for x in range(abreast)]
    return results
