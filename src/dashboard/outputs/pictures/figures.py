"""Key figures in a picture: large numbers in a grid."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts import theme
from dashboard.exhibits import KeyFigure
from dashboard.outputs.pictures import fonts, markup, words
from dashboard.outputs.pictures.markup import Block
from dashboard.outputs.pictures.words import Style

_GAP = 24  # between cells, px
_PADDING = 22  # inside a cell, px
_HIGHEST = 220  # of a cell, px
_SHAPE = 1.9  # width of a cell : height, about
_VALUE, _LABEL, _CHANGE = 62, 20, 22  # sizes in the largest cell, px


def grid(figures: Sequence[KeyFigure], room: float, high: float) -> Block:
    """A cell per figure: its label, its value, how it changed."""
    columns = min(range(1, len(figures) + 1), key=lambda n: _unfit(n, len(figures), room, high))
    lines = -(-len(figures) // columns)
    wide = (room - (columns - 1) * _GAP) / columns
    tall = min((high - (lines - 1) * _GAP) / lines, _HIGHEST)
    elements = []
    for n, figure in enumerate(figures):
        x, y = n % columns * (wide + _GAP), n // columns * (tall + _GAP)
        elements.append(markup.group(_cell(figure, wide, tall), x, y))
    return Block(tuple(elements), room, lines * (tall + _GAP) - _GAP)


def _unfit(columns: int, n: int, room: float, high: float) -> float:
    """How far a grid is from cells of a good shape, all of them used."""
    lines = -(-n // columns)
    wide = (room - (columns - 1) * _GAP) / columns
    tall = min((high - (lines - 1) * _GAP) / lines, _HIGHEST)
    return abs(wide / max(tall, 1) - _SHAPE) + (lines * columns - n) * 0.2


def _cell(figure: KeyFigure, wide: float, tall: float) -> list[markup.Element]:
    inside = wide - 2 * _PADDING
    zoom = min(1, tall / _HIGHEST)
    value = min(_VALUE * zoom, 0.96 * inside / fonts.width(figure.value or "0", 1, fonts.BOLD))
    parts = [
        words.paragraph(figure.label, Style(_LABEL * zoom, colour=theme.SOFT_INK), inside, most=2),
        words.paragraph(figure.value, Style(value, fonts.BOLD, theme.BLUE), inside),
        words.paragraph(figure.change, Style(_CHANGE * zoom), inside, most=1),
    ]
    content = markup.stacked(parts, 2 * zoom)
    frame = markup.element("rect", width=wide, height=tall, rx="8", fill=theme.WHITE, stroke=theme.PALE)
    frame.set("stroke-width", "1.5")
    return [frame, markup.group(content.elements, _PADDING, max((tall - content.height) / 2, 0))]
