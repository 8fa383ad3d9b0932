"""Key figures as tiles: the number large, below it what it counts and the change."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from pptx.enum.text import MSO_ANCHOR
from pptx.slide import Slide

from dashboard.charts import theme
from dashboard.exhibits import KeyFigure
from dashboard.outputs.slides import measure, shapes
from dashboard.outputs.slides.measure import Box
from dashboard.outputs.slides.shapes import Look, Piece, Run
from dashboard.text import Text

_FILL = "#F3F6F9"
_GAP = 0.12
_INSET = 0.12
# Sizes of a number, points, with the lines it may take: words such as "no data" may take two.
_VALUES = ((44, 1), (40, 1), (36, 1), (32, 1), (28, 1), (24, 1), (20, 1), (16, 2))
_LABEL, _CHANGE = 14, 12
_LINES = 2  # of a label


def pieces(figures: Sequence[KeyFigure], text: Text, room: Box, columns: int) -> list[Piece]:
    """A tile per figure, so many beside each other, all alike."""
    columns = min(columns, len(figures))
    rows = -(-len(figures) // columns)
    wide = (room.w - (columns - 1) * _GAP) / columns
    inside = wide - 2 * _INSET
    labels = min(max(measure.lines(figure.label, _LABEL, inside) for figure in figures), _LINES)
    points, high = _VALUES[-1][0], 0.0
    for points, lines in _VALUES:
        high = 2 * _INSET + 0.1 + measure.height(lines, points)
        high += measure.height(labels, _LABEL) + measure.height(1, _CHANGE)
        fits = all(measure.lines(figure.value, points, inside, bold=True) <= lines for figure in figures)
        if fits and rows * (high + _GAP) - _GAP <= room.h:
            break
    return [
        Piece(
            Box(
                room.x + number % columns * (wide + _GAP),
                room.y + number // columns * (high + _GAP),
                wide,
                high,
            ),
            _drawing(figure, points, inside, text),
        )
        for number, figure in enumerate(figures)
    ]


def _drawing(figure: KeyFigure, points: int, room: float, text: Text) -> Callable[[Slide, Box], None]:
    value = shapes.one_line(figure.value)
    label = measure.cut(shapes.one_line(figure.label), _LABEL, room, _LINES)
    change = shapes.one_line(text("slide.change", change=figure.change)) if figure.change else ""

    def draw(slide: Slide, box: Box) -> None:
        paragraphs = [
            (Run(value, points, True, theme.BLUE),),
            (Run(label, _LABEL),),
            (Run(change, _CHANGE, colour=theme.SOFT_INK),),
        ]
        look = Look(anchor=MSO_ANCHOR.TOP, gap=2, inset=_INSET)
        tile = shapes.text_box(slide, box, paragraphs if change else paragraphs[:2], text.lang, look)
        tile.fill.solid()
        tile.fill.fore_color.rgb = shapes.colour(_FILL)

    return draw
