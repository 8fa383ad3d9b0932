"""Figures at a glance in a grid, and small charts over the same dates beside each other. Lengths are px."""

from __future__ import annotations

import math
from collections.abc import Sequence

from dashboard.charts import theme
from dashboard.charts.model import Lines, Panel, Series, Tile, Trend
from dashboard.outputs import text_metrics
from dashboard.outputs.pictures import svg, text_blocks
from dashboard.outputs.pictures.svg import Block, Element
from dashboard.outputs.pictures.text_blocks import FINE, STRONG, Piece, Style

_TILE_GAP = 24
_PADDING = 22  # inside a tile
_HIGHEST = 220  # of a tile
_SHAPE = 1.9  # width of a tile : height, about
_VALUE, _LABEL, _NOTE = 62, 20, 20  # sizes in the largest tile
_SMALLEST = 0.4  # of these sizes
_TREND = (0.26, 0.3)  # of the width and the height of a tile

_LEAST = 250  # of a panel with its scale and its labels
_LOW, _HIGH = 96, 300  # of the plot of a panel
_SCALE = 44  # for the ends of the axis
_BELOW = 30  # for the dates
_ENOUGH = 1.3  # times its size: higher plots are worth more than larger letters
_GAP = 34  # between panels
_LINE, _FIGURES_SIZE = 17, 12
_POINT = math.sqrt(46)  # side or diameter of the points of lines
# Colour and thickness of a line by its role, from below to above.
_ROLES: dict[str, tuple[str, float]] = {
    "other": (theme.COLOURS["neutral-pale"], 1.4),
    "whole": (theme.COLOURS["value"], 2.6),
    "chosen": (theme.COLOURS["chosen"], 2.6),
}


def tiles(rows: Sequence[Tile], room: float, height: float) -> Block:
    """A cell per figure: its name, its value, its notes."""

    def size(columns: int) -> tuple[float, float]:
        lines = -(-len(rows) // columns)
        return (room + _TILE_GAP) / columns - _TILE_GAP, min(
            (height + _TILE_GAP) / lines - _TILE_GAP, _HIGHEST
        )

    def unfit(columns: int) -> float:
        """How far the grid is from tiles of a good shape without a hole."""
        width, high = size(columns)
        return abs(width / max(high, 1) - _SHAPE) + -len(rows) % columns * 0.2

    if not rows:
        return Block((), room)
    columns = min(range(1, len(rows) + 1), key=unfit)
    width, high = size(columns)
    elements = [
        svg.group(
            _tile(tile, width, high), n % columns * (width + _TILE_GAP), n // columns * (high + _TILE_GAP)
        )
        for n, tile in enumerate(rows)
    ]
    return Block(tuple(elements), room, -(-len(rows) // columns) * (high + _TILE_GAP) - _TILE_GAP)


def _tile(tile: Tile, width: float, height: float) -> list[Element]:
    inside = width - 2 * _PADDING
    zoom = min(1.0, height / _HIGHEST)
    content = _content(tile, inside, zoom)
    while content.height > height - 8 and zoom > _SMALLEST:
        zoom *= 0.94
        content = _content(tile, inside, zoom)
    elements = [
        svg.rect(width, height, theme.WHITE, rx="8", stroke=theme.PALE, stroke_width="1.5"),
        content.at(_PADDING, max((height - content.height) / 2, 0)),
    ]
    if tile.trend is not None:
        across, high = _TREND[0] * width, _TREND[1] * height
        trend = _trend(tile.trend, across, high)
        elements.append(svg.group(trend, width - _PADDING - across, (height - high) / 2))
    return elements


def _content(tile: Tile, inside: float, zoom: float) -> Block:
    """Name, value and notes; the value is one line, however long it is."""
    beside = inside * (1 - 1.2 * _TREND[0]) if tile.trend is not None else inside
    needed = text_metrics.width(tile.value or "0", 1, text_metrics.BOLD)
    size = min(_VALUE * zoom, beside / needed)
    value = text_blocks.lines([tile.value], Style(size, text_metrics.BOLD, theme.BLUE))
    name = text_blocks.paragraph(tile.name, Style(_LABEL * zoom, colour=theme.SOFT_INK), inside, limit=3)
    parts = [name, value]
    style = Style(_NOTE * zoom)
    for n, note in enumerate(filter(None, tile.notes)):
        first, *rest = text_metrics.lines(note, style.size, inside - style.size)
        parts.append(text_blocks.line([Piece(first, style, "none" if n else tile.status)]))
        parts += [text_blocks.lines([line], style) for line in rest]
    return svg.stacked([part for part in parts if part.height], 2 * zoom)


def _trend(trend: Trend, width: float, height: float) -> list[Element]:
    """The values from the first to the last date as a line that ends in a dot where the last is known, the
    target as a dashed one."""
    known = [(n, value) for n, value in enumerate(trend.values) if value is not None]
    if len(known) < 2:
        return []
    every = [value for _, value in known] + ([trend.target] if trend.target is not None else [])
    low, span = min(every), max(every) - min(every)

    def level(value: float) -> float:
        return height * (1 - (value - low) / span) if span else height / 2

    points = [(width * n / (len(trend.values) - 1), level(value)) for n, value in known]
    elements = [_polyline(points, theme.BLUE, 3)]
    if trend.values[-1] is not None:
        elements.append(svg.element("circle", cx=points[-1][0], cy=points[-1][1], r=5, fill=theme.BLUE))
    if trend.target is not None:
        y = level(trend.target)
        elements.insert(0, _level(width, y, theme.SOFT_INK, 1, stroke_dasharray="5 4"))
    return elements


def lines(chart: Lines, room: float, height: float, max_zoom: float) -> Block:
    """The panels as large as fits, and `max_zoom` times their size at most."""
    ways = [_way(chart, room, height, max_zoom, columns) for columns in range(1, len(chart.panels) + 1)]
    columns, zoom, plot = max(ways, key=lambda way: (round(min(way[1], _ENOUGH), 1), way[1] * way[2]))
    block = _panels(chart, room / zoom, plot, columns)
    zoom = min(zoom, room / block.width, height / block.height)
    return Block((block.at(0, 0, zoom),), block.width * zoom, block.height * zoom)


def _way(chart: Lines, room: float, height: float, max_zoom: float, columns: int) -> tuple[int, float, float]:
    """So many panels beside each other: how large, and how high the plot of each can be."""
    rows = _rows(chart, columns)
    zoom = min(max_zoom, room / (columns * (_LEAST + _GAP) - _GAP))
    width = (room / zoom + _GAP) / columns - _GAP
    words = sum(_head_height(chart, row, width) + _BELOW for row in rows)
    words += text_blocks.note(chart.key, room / zoom).height
    if height / zoom - words < len(rows) * _LOW:
        zoom = min(zoom, height / (words + len(rows) * _LOW))
    return columns, zoom, min(max((height / zoom - words) / len(rows), _LOW), _HIGH, width * 0.7)


def _rows(chart: Lines, columns: int) -> list[tuple[Panel, ...]]:
    return [chart.panels[n : n + columns] for n in range(0, len(chart.panels), columns)]


def _head_height(chart: Lines, panels: Sequence[Panel], width: float) -> float:
    return max(_head(chart, panel, width).height for panel in panels)


def _panels(chart: Lines, room: float, plot: float, columns: int) -> Block:
    width = (room + _GAP) / columns - _GAP
    elements: list[Element] = []
    y = 0.0
    for row in _rows(chart, columns):
        top = _head_height(chart, row, width)
        for n, panel in enumerate(row):
            x = n * (width + _GAP)
            elements.append(svg.group(_plot(chart, panel, width - _SCALE, plot), x + _SCALE, y + top))
            elements.append(svg.group(_around(chart, panel, width, top, plot), x, y))
        y += top + plot + _BELOW
    note = text_blocks.note(chart.key, room)
    return Block((*elements, note.at(0, y)), room, y + note.height)


def _plot(chart: Lines, panel: Panel, width: float, height: float) -> list[Element]:
    """The lines of a panel on its floor, with a point for each date where they are in colour."""
    last, span = max(len(chart.dates) - 1, 1), (chart.high - chart.low) or 1

    def level(value: float) -> float:
        return height * (1 - (value - chart.low) / span)

    elements = [_level(width, height - 0.5, theme.COLOURS["line"])]
    if panel.target is not None:
        elements.append(_level(width, level(panel.target), theme.COLOURS["soft"], stroke_dasharray="5,4"))
    for role, (colour, thickness) in _ROLES.items():
        points: list[Element] = []
        for series in (series for series in panel.series if series.role == role):
            run: list[tuple[float, float]] = []
            for n, value in enumerate((*series.values, None)):
                if value is not None:
                    run.append((width * n / last, level(value)))
                    points.append(_point(*run[-1], colour, square=role == "chosen"))
                else:
                    elements += [_polyline(run, colour, thickness)] if len(run) > 1 else []
                    run = []
        elements += points if role != "other" else []
    return elements


def _polyline(points: Sequence[tuple[float, float]], colour: str, thickness: float) -> Element:
    coordinates = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
    return svg.element("polyline", points=coordinates, fill="none", stroke=colour, stroke_width=thickness)


def _point(x: float, y: float, colour: str, square: bool) -> Element:
    if square:
        return svg.rect(_POINT, _POINT, colour, x=x - _POINT / 2, y=y - _POINT / 2)
    return svg.element("circle", cx=x, cy=y, r=_POINT / 2, fill=colour)


def _level(width: float, y: float, colour: str, thickness: float = 1.4, **look: str) -> Element:
    return svg.element("line", x1=0, x2=width, y1=y, y2=y, stroke=colour, stroke_width=thickness, **look)


def _head(chart: Lines, panel: Panel, width: float) -> Block:
    """The name of a panel, and the figures of what is in colour."""
    figures = [
        text_blocks.paragraph(
            _figures(chart, series, width), Style(_FIGURES_SIZE, colour=_ROLES[series.role][0]), width
        )
        for series in panel.series
        if series.role != "other" and any(series.labels)
    ]
    name = text_blocks.paragraph(panel.name, STRONG, width, limit=2)
    block = svg.stacked([name, *figures])
    return Block(block.elements, width, block.height + 10)


def _figures(chart: Lines, series: Series, width: float) -> str:
    """A name with its figure at every date where that is a line, else with the last one."""
    dated = [f"{date}: {label}" for date, label in zip(chart.dates, series.labels, strict=False) if label]
    every = f"{series.name} · {'; '.join(dated)}"
    if text_metrics.width(every, _FIGURES_SIZE) <= width * 0.95:
        return every
    return f"{series.name}: {next(label for label in reversed(series.labels) if label)}"


def _around(chart: Lines, panel: Panel, width: float, top: float, height: float) -> list[Element]:
    """The words around a plot: its name, the ends of its axis, the first and the last date, the target."""
    foot = top + height
    words = [
        (chart.ends[1], _SCALE - 8, top - 9, "end"),
        (chart.ends[0], _SCALE - 8, foot - 9, "end"),
        (chart.dates[0] if chart.dates else "", _SCALE, foot + 4, "start"),
        (chart.dates[-1] if len(chart.dates) > 1 else "", width, foot + 4, "end"),
    ]
    if panel.target is not None:
        y = foot - height * (panel.target - chart.low) / (chart.high - chart.low or 1)
        words.append((panel.target_label, width, max(y - _LINE, top - 8), "end"))
    elements = list(_head(chart, panel, width).elements)
    for label, x, y, anchor in words:
        block = text_blocks.lines([label], FINE, anchor)
        for part in block.elements:  # seen where lines pass behind it, too
            part.attrib.update({"stroke": theme.WHITE, "stroke-width": "3", "paint-order": "stroke"})
        elements.append(block.at(x, y))
    return elements
