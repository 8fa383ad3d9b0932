"""Figures at a glance, and small charts of one scale beside each other."""

from __future__ import annotations

from dataclasses import replace

from pptx.slide import Slide

from dashboard.charts import theme
from dashboard.charts.model import Lines, Panel, Series, Tile, Tiles, Trend
from dashboard.outputs.slides import labels, measure, native, shapes
from dashboard.outputs.slides.looks import Style
from dashboard.outputs.slides.measure import Box
from dashboard.outputs.slides.native import Line
from dashboard.outputs.slides.shapes import Paragraph, Run
from dashboard.text import Text

_GAP, _INSET = 0.2, 0.15
_ABREAST = 3  # beside each other
_MOST = 6  # small charts on a slide
_HIGHEST = 2.6  # of a tile, inches
_TREND = 0.45  # of the width of a tile
# Sizes of a number with the lines it may take: words such as "no data" may take two.
_VALUES = ((54, 1), (48, 1), (40, 1), (36, 1), (32, 1), (28, 1), (24, 1), (20, 2), (16, 3))
_COLOURS = {"chosen": theme.RED, "whole": theme.BLUE, "other": theme.COLOURS["neutral-pale"]}


def height(chart: Tiles, room: Box) -> float:
    """The height that the tiles take, inches."""
    return max((box.bottom for box in _boxes(room, len(chart.rows), _HIGHEST)), default=room.y) - room.y


def tiles(chart: Tiles, slide: Slide, room: Box, style: Style) -> None:
    """A tile per figure, all alike: its name, the number beside its trend, what is said of it."""
    for box, tile in zip(_boxes(room, len(chart.rows), _HIGHEST), chart.rows, strict=True):
        frame = shapes.text_box(slide, box, [], style.text.lang)
        frame.line.color.rgb = shapes.colour(theme.COLOURS["line"])
        x, y, wide = box.x + _INSET, box.y + _INSET, box.w - 2 * _INSET
        half = wide * (1 - _TREND) if tile.trend else wide
        for said, room_of_it in _said(tile, (wide, half), style.points):
            high = shapes.height(said, room_of_it)
            shapes.text_box(slide, Box(x, y, room_of_it, high), said, style.text.lang)
            if tile.trend and room_of_it == half:
                beside = Box(x + half, y, wide - half, high)
                native.lines(slide, beside, _trend(tile.name, tile.trend, style.text), style)
            y += high + 0.06


def _said(tile: Tile, rooms: tuple[float, float], points: int) -> list[tuple[list[Paragraph], float]]:
    """The name, the number, the notes, and of each the width that it has: all, or a part beside the trend."""
    room, half = rooms
    size, value = measure.fitted(shapes.one_line(tile.value), half, _VALUES, bold=True)
    name = measure.cut(shapes.one_line(tile.name), points, room, 2)
    first, *others = [shapes.one_line(note) for note in tile.notes] or [""]
    lines = [line for line in (labels.with_sign(tile.status, first), *others) if line]
    notes: list[Paragraph] = [(Run(measure.cut(line, points, room, 2), points),) for line in lines]
    found: list[tuple[list[Paragraph], float]] = [
        ([(Run(name, points, colour=theme.SOFT_INK),)], room),
        ([(Run(value, size, True, theme.BLUE),)], half),
    ]
    return [*found, (notes, room)] if notes else found


def _trend(name: str, trend: Trend, text: Text) -> native.Lines:
    known = [value for value in (*trend.values, trend.target) if value is not None]
    drawn = [Line(name, trend.values, theme.BLUE)]
    if trend.target is not None:
        target = (trend.target,) * len(trend.values)
        drawn.insert(0, Line(text("column_short.goal"), target, theme.SOFT_INK, target=True))
    dates = tuple(str(n) for n in range(1, len(trend.values) + 1))
    return native.Lines(dates, tuple(drawn), (min(known), max(known)))


def parts(chart: Lines) -> list[range]:
    """The small charts of each slide."""
    n = len(chart.panels)
    return [range(start, min(start + _MOST, n)) for start in range(0, n, _MOST)]


def lines(chart: Lines, slide: Slide, room: Box, part: range, style: Style) -> None:
    """Some of the small charts, each under its name."""
    alone = len(chart.panels) == 1
    for box, n in zip(_boxes(room, len(part), room.h), part, strict=True):
        panel = chart.panels[n]
        name = measure.cut(shapes.one_line(panel.name), style.points, box.w, 2, bold=True)
        said = [(style.run(name, bold=True),)]
        high = shapes.height(said, box.w)
        shapes.text_box(slide, replace(box, h=high), said, style.text.lang)
        drawn = _lines(panel, len(chart.dates), alone, style.text)
        small = native.Lines(chart.dates, tuple(drawn), (chart.low, chart.high), chart.ends)
        native.lines(slide, box.below(high), small, style)


def _lines(panel: Panel, dates: int, alone: bool, text: Text) -> list[Line]:
    """The others first, then the whole, the chosen on top with its figures: the last, or all where the chart
    stands alone."""
    order = ("other", "whole", "chosen")
    series = sorted(panel.series, key=lambda one: order.index(one.role))
    found = [_line(one, one is series[-1], alone) for one in series]
    if panel.target is not None:
        name = panel.target_label or text("column_short.goal")
        found.insert(0, Line(name, (panel.target,) * dates, theme.SOFT_INK, target=True))
    return found


def _line(one: Series, on_top: bool, alone: bool) -> Line:
    known = [n for n, value in enumerate(one.values) if value is not None]
    told = (known if alone else known[-1:]) if on_top and one.role != "other" else []
    says = tuple(said if n in told else "" for n, said in enumerate(one.labels))
    return Line(one.name, one.values, _COLOURS[one.role], says, thin=one.role == "other")


def _boxes(room: Box, n: int, highest: float) -> list[Box]:
    """So many places, up to three beside each other, in as few rows as can be; each row fills the room."""
    rows = -(-n // _ABREAST)
    high = min((room.h - (rows - 1) * _GAP) / rows, highest) if rows else 0
    found: list[Box] = []
    for row in range(rows):
        abreast = -(-(n - len(found)) // (rows - row))
        wide = (room.w - (abreast - 1) * _GAP) / abreast
        y = room.y + row * (high + _GAP)
        found += [Box(room.x + x * (wide + _GAP), y, wide, high) for x in range(abreast)]
    return found
