"""Figures at a glance in a picture: large numbers in a grid."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts import theme
from dashboard.charts.model import Tile, Trend
from dashboard.outputs.pictures import fonts, markup, pieces, words
from dashboard.outputs.pictures.markup import Block, Element
from dashboard.outputs.pictures.pieces import Piece
from dashboard.outputs.pictures.words import Style

_GAP = 24  # between cells, px
_PADDING = 22  # inside a cell, px
_HIGHEST = 220  # of a cell, px
_SHAPE = 1.9  # width of a cell : height, about
_VALUE, _LABEL, _NOTE = 62, 20, 20  # sizes in the largest cell, px
_SMALLEST = 0.4  # of these sizes
_TREND = (0.26, 0.3)  # of the width and the height of a cell


def grid(tiles: Sequence[Tile], room: float, high: float) -> Block:
    """A cell per figure: its name, its value, its notes."""
    columns = min(range(1, len(tiles) + 1), key=lambda n: _unfit(n, len(tiles), room, high), default=1)
    lines = -(-len(tiles) // columns)
    wide = (room - (columns - 1) * _GAP) / columns
    tall = min((high - (lines - 1) * _GAP) / max(lines, 1), _HIGHEST)
    elements = []
    for n, tile in enumerate(tiles):
        x, y = n % columns * (wide + _GAP), n // columns * (tall + _GAP)
        elements.append(markup.group(_cell(tile, wide, tall), x, y))
    return Block(tuple(elements), room, lines * (tall + _GAP) - _GAP)


def _unfit(columns: int, n: int, room: float, high: float) -> float:
    """How far a grid is from cells of a good shape, all of them used."""
    lines = -(-n // columns)
    wide = (room - (columns - 1) * _GAP) / columns
    tall = min((high - (lines - 1) * _GAP) / lines, _HIGHEST)
    return abs(wide / max(tall, 1) - _SHAPE) + (lines * columns - n) * 0.2


def _cell(tile: Tile, wide: float, tall: float) -> list[Element]:
    inside = wide - 2 * _PADDING
    frame = markup.element("rect", width=wide, height=tall, rx="8", fill=theme.WHITE, stroke=theme.PALE)
    frame.set("stroke-width", "1.5")
    zoom = min(1.0, tall / _HIGHEST)
    content = _content(tile, inside, zoom)
    while content.height > tall - 8 and zoom > _SMALLEST:
        zoom *= 0.94
        content = _content(tile, inside, zoom)
    elements = [frame, markup.group(content.elements, _PADDING, max((tall - content.height) / 2, 0))]
    if tile.trend is not None:
        size = (_TREND[0] * wide, _TREND[1] * tall)
        trend = _trend(tile.trend, *size)
        elements.append(markup.group(trend, wide - _PADDING - size[0], (tall - size[1]) / 2))
    return elements


def _content(tile: Tile, inside: float, zoom: float) -> Block:
    """Name, value and notes; the value is one line, however long it is."""
    beside = inside * (1 - 1.2 * _TREND[0]) if tile.trend is not None else inside
    needed = fonts.width(tile.value or "0", 1, fonts.BOLD)
    value = words.written([tile.value], Style(min(_VALUE * zoom, beside / needed), fonts.BOLD, theme.BLUE))
    size = _NOTE * zoom
    parts = [words.paragraph(tile.name, Style(_LABEL * zoom, colour=theme.SOFT_INK), inside, most=3), value]
    for n, note in enumerate(note for note in tile.notes if note):
        status = tile.status if n == 0 else "none"
        first, *rest = fonts.lines(note, size, inside - size)
        parts.append(pieces.line([Piece(first, Style(size), status)]))
        parts += [words.written([line], Style(size)) for line in rest]
    return markup.stacked([part for part in parts if part.height], 2 * zoom)


def _trend(trend: Trend, wide: float, high: float) -> list[Element]:
    """The values from the first to the last date as a line that ends in a dot, the target as a dashed one."""
    known = [(n, value) for n, value in enumerate(trend.values) if value is not None]
    if len(known) < 2:
        return []
    every = [value for _, value in known] + ([trend.target] if trend.target is not None else [])
    low, span = min(every), max(every) - min(every)

    def placed(value: float) -> float:
        return high * (1 - (value - low) / span) if span else high / 2

    steps = len(trend.values) - 1
    points = [(wide * n / steps, placed(value)) for n, value in known]
    line = markup.element(
        "polyline",
        points=" ".join(f"{x:.1f},{y:.1f}" for x, y in points),
        fill="none",
        stroke=theme.BLUE,
    )
    line.set("stroke-width", "3")
    dot = markup.element("circle", cx=points[-1][0], cy=points[-1][1], r=5, fill=theme.BLUE)
    if trend.target is None:
        return [line, dot]
    y = placed(trend.target)
    target = markup.element("line", x1=0, x2=wide, y1=y, y2=y, stroke=theme.SOFT_INK)
    target.set("stroke-dasharray", "5 4")
    return [target, line, dot]
