"""Rows of a chart as a grid: columns of words, of figures and of marks under one heading. Lengths are px."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial

from dashboard.charts import theme
from dashboard.outputs import text_metrics
from dashboard.outputs.pictures import svg, text_blocks
from dashboard.outputs.pictures.flow import Flow
from dashboard.outputs.pictures.svg import Block, Element
from dashboard.outputs.pictures.text_blocks import FINE, Anchor, Piece

_ROW = 27  # least height of a row
_PAD = 6  # above and below its words together
_GAP = 14  # between columns
_LONGEST = 150  # a word longer than this is broken
_NAME = 165  # a column of words no wider than this is not broken
_WORDS = 300  # of a column of words at most where marks stand beside it
_MARKS = 110  # of marks at least
_MARKS_PART = 0.24  # and this part of the whole
_SPREAD = 48  # that a column of figures is made wider to fill the width
_MARK = 4  # width of the sign of a chosen row
_MOST = 1500  # width of a chart with marks that is wide enough
_ENDS: tuple[Anchor, Anchor] = ("start", "end")


@dataclass(frozen=True)
class Cell:
    """Lines of pieces; on a ground of `fill`, "" for none."""

    lines: tuple[tuple[Piece, ...], ...]
    fill: str = ""


@dataclass(frozen=True, eq=False)
class Column:
    """Cells under a heading (its `ends` are those of an axis): words that wrap, figures that do not, or
    marks: those of a row in a width, around its middle line, which need some `room`; their row is as high
    as `row_height` says for a width."""

    head: str = ""
    cells: tuple[Cell, ...] = ()
    anchor: Anchor = "start"
    wraps: bool = False
    marks: Callable[[int, float], Sequence[Element]] | None = None
    row_height: Callable[[int, float], float] = lambda row, width: 0
    room: float = 0
    ends: tuple[str, str] = ("", "")

    @cached_property
    def least(self) -> float:
        """The least width."""
        if self.marks is not None:
            return max(_MARKS, self.room)
        head = _head_width(self.head)
        if not self.wraps:
            return max(head, self.whole)
        pieces = (piece for cell in self.cells for line in cell.lines for piece in line)
        return max(head, min(self.whole * 1.06, _NAME), max(map(_word_width, pieces), default=0))

    @cached_property
    def whole(self) -> float:
        """The width in which no cell is broken, even where its row stands out."""
        lines = (text_blocks.emphasized(line, strong=True) for cell in self.cells for line in cell.lines)
        return max((text_blocks.width(line) for line in lines), default=0)


@dataclass(frozen=True, eq=False)
class Grid:
    """Columns of as many rows; `chosen` ones are marked, with a frame where the grid is `framed`, and the
    others stand back; the last is the `whole` of all; legend and note stand above and below."""

    columns: tuple[Column, ...]
    chosen: tuple[bool, ...]
    whole: bool = False
    legend: tuple[tuple[Block, str], ...] = ()
    note: str = ""
    framed: bool = False

    def flow(self) -> Flow:
        """The rows, to be laid out."""
        width = sum(max(column.whole, column.least) + _SPREAD for column in self.columns) + self._gaps
        return Flow(
            n=len(self.chosen),
            least=sum(column.least for column in self.columns) + self._gaps,
            most=max(width, _MOST) if self._marks else width,
            heights=lru_cache(32)(lambda width: self._heights(range(len(self.chosen)), width)),
            head=lambda _, width: self._head(width).height,
            draw=self._draw,
            above=partial(text_blocks.legend, self.legend),
            below=partial(text_blocks.note, self.note),
        )

    @property
    def _gaps(self) -> float:
        return _GAP * (len(self.columns) - 1) + 2 * _MARK

    @property
    def _marks(self) -> int:
        """How many columns hold marks."""
        return sum(column.marks is not None for column in self.columns)

    def _placed(self, width: float) -> list[tuple[Column, float, float]]:
        """Each column with its left edge and its width: what its words need, the rest to the marks."""
        room = width - self._gaps
        least = [max(column.least, _MARKS_PART * width if column.marks else 0) for column in self.columns]
        if sum(least) > room:
            least = [column.least for column in self.columns]
        limit = _WORDS if self._marks else room
        wishes = [
            max(min(column.whole, limit) - low, 0) if column.wraps else 0.0
            for column, low in zip(self.columns, least, strict=True)
        ]
        spare = max(room - sum(least), 0)
        part = min(spare / sum(wishes), 1) if any(wishes) else 0
        rest = spare - part * sum(wishes)
        placed = []
        x = 2.0 * _MARK
        for column, low, wish in zip(self.columns, least, wishes, strict=True):
            column_width = low + part * wish
            if not self._marks:
                column_width += min(rest / len(self.columns), _SPREAD)
            elif column.marks is not None:
                column_width += rest / self._marks
            placed.append((column, x, column_width))
            x += column_width + _GAP
        return placed

    def _last(self, row: int) -> bool:
        return self.whole and row == len(self.chosen) - 1

    def _text(self, row: int, column: Column, width: float) -> Block:
        """The words of a cell as they look in its row."""
        strong = self.chosen[row] or self._last(row)
        soft = any(self.chosen) and not strong
        lines = [
            text_blocks.emphasized(line, strong=strong, soft=soft)
            for line in (column.cells[row].lines if column.cells else ())
        ]
        if column.wraps:
            lines = [part for line in lines for part in text_blocks.wrapped(line, width)]
        return text_blocks.aligned(lines, column.anchor, width)

    def _heights(self, rows: range, width: float) -> list[float]:
        placed = [(column, column_width) for column, _, column_width in self._placed(width)]
        return [
            max(
                _ROW,
                *(
                    max(self._text(row, column, w).height + _PAD, column.row_height(row, w))
                    for column, w in placed
                ),
            )
            for row in rows
        ]

    def _draw(self, rows: range, width: float) -> Block:
        """Some rows under their heading; where there are none, nothing."""
        if not rows:
            return Block((), width, 0)
        head = self._head(width)
        heights = self._heights(rows, width)
        blocks = (
            Block(self._row(row, width, high), width, high) for row, high in zip(rows, heights, strict=True)
        )
        return svg.stacked([head, *blocks])

    def _row(self, row: int, width: float, height: float) -> tuple[Element, ...]:
        """The words and marks of a row on their ground, the line above it, the mark of a chosen one."""
        colour, thickness = (theme.INK, 1.6) if self._last(row) else (theme.COLOURS["line"], 1)
        elements = []
        for column, x, column_width in self._placed(width):
            if column.cells and (fill := column.cells[row].fill):
                elements.append(svg.rect(column_width + _GAP - 2, height - 1, fill, x=x - _GAP / 2 + 1, y=1))
            block = self._text(row, column, column_width)
            elements.append(block.at(x, (height - block.height) / 2))
            if column.marks is not None:
                elements.append(svg.group(column.marks(row, column_width), x, height / 2))
        elements.append(svg.rect(width, thickness, colour))
        if self.chosen[row]:
            red = theme.COLOURS["chosen"]
            elements.append(svg.rect(_MARK, height - 1, red, y=1))
            if self.framed:
                elements.append(svg.rect(width - 2, height - 1, "none", x=1, y=1, stroke=red, stroke_width=2))
        return tuple(elements)

    def _head(self, width: float) -> Block:
        """The headings on one foot line."""
        parts = []
        for column, x, column_width in self._placed(width):
            head = text_blocks.wrapped([Piece(column.head, FINE)], column_width + 1) if column.head else []
            parts.append((text_blocks.aligned(head, column.anchor, column_width), x))
            for end, anchor in zip(column.ends, _ENDS, strict=True):
                words = [[Piece(end, FINE)]] if end else []
                parts.append((text_blocks.aligned(words, anchor, column_width), x))
        height = max(block.height for block, _ in parts)
        elements = [block.at(x, height - block.height) for block, x in parts]
        return Block(tuple(elements), width, height + 2 if height else 0)


def _word_width(piece: Piece) -> float:
    """The width of the longest word of those that are not broken in any case."""
    words = text_metrics.together(piece.words)
    longest = max(
        (text_metrics.width(word, piece.style.size, text_metrics.BOLD) for word in words), default=0.0
    )
    return min(longest * 1.05, _LONGEST)


def _head_width(head: str) -> float:
    """The least width of a heading: its longest word, and so much that it has three lines at most."""
    words = text_metrics.together(head)
    longest = max((text_metrics.width(word, FINE.size) for word in words), default=0.0)
    return min(max(longest, text_metrics.width(head, FINE.size) / 2.6), 130) + 1
