"""Rows of a chart as a grid: columns of words, of figures and of marks under one heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

from dashboard.charts import theme
from dashboard.charts.vega import Place
from dashboard.outputs.pictures import fonts, markup, pieces, words
from dashboard.outputs.pictures.flow import Flow
from dashboard.outputs.pictures.markup import Block, Element
from dashboard.outputs.pictures.pieces import Piece

_ROW = 27  # least height of a row, px
_PAD = 6  # above and below its words together, px
_GAP = 14  # between columns, px
_LONGEST = 150  # a word longer than this is broken, px
_NAME = 165  # a column of words no wider than this is not broken, px
_WORDS = 300  # of a column of words at most where marks stand beside it, px
_MARKS = 110  # of marks at least, px
_MARKS_PART = 0.24  # and this part of the whole
_SPREAD = 48  # px that a column of figures is made wider to fill the width
_MARK = 4  # width of the sign of a chosen row, px
_HEAD = pieces.SMALL

# The marks of these rows in a room.
Marks = Callable[[Sequence[int], Place], Sequence[Element]]


@dataclass(frozen=True)
class Cell:
    """Lines of pieces; on a ground of `fill`, "" for none."""

    lines: tuple[tuple[Piece, ...], ...]
    fill: str = ""


@dataclass(frozen=True, eq=False)
class Column:
    """Cells under a heading (its `ends` are that of an axis): words that wrap, figures that do not, or marks,
    which need some `room` (px), their rows as high as `tall` says for a width."""

    head: str = ""
    cells: tuple[Cell, ...] = ()
    anchor: str = "start"
    wraps: bool = False
    marks: Marks | None = None
    tall: Callable[[int, float], float] = lambda row, width: 0
    room: float = 0
    ends: tuple[str, str] = ("", "")

    @property
    def least(self) -> float:
        """The least width, px."""
        if self.marks is not None:
            return max(_MARKS, self.room)
        if self.wraps:
            words_least = max((_longest(piece) for piece in self._pieces), default=0)
            return max(words_least, _head_least(self.head), min(self.whole * 1.06, _NAME))
        return max(_head_least(self.head), self.whole)

    @property
    def whole(self) -> float:
        """The width in which no cell is broken, even where its row stands out; px."""
        lines = (pieces.look(line, strong=True) for cell in self.cells for line in cell.lines)
        return max((pieces.width(line) for line in lines), default=0)

    @property
    def _pieces(self) -> list[Piece]:
        return [piece for cell in self.cells for line in cell.lines for piece in line] + [Piece(self.head)]


@dataclass(frozen=True, eq=False)
class Grid:
    """Columns of as many rows; `chosen` ones are marked, with a frame where the grid is `framed`, and the
    others stand back; the last is the `whole` of all; what explains the chart stands above and below."""

    columns: tuple[Column, ...]
    chosen: tuple[bool, ...]
    whole: bool = False
    key: tuple[tuple[Block, str], ...] = ()
    note: str = ""
    framed: bool = False

    def flow(self) -> Flow:
        """The rows, to be laid out."""
        gaps = _GAP * (len(self.columns) - 1) + 2 * _MARK
        marks = any(column.marks is not None for column in self.columns)
        wide = sum(max(column.whole, column.least) + (0 if marks else _SPREAD) for column in self.columns)
        return Flow(
            n=len(self.chosen),
            least=sum(column.least for column in self.columns) + gaps,
            most=max(wide + gaps, 1000 if marks else 0),
            heights=lru_cache(32)(self._heights),
            head=lambda _, width: self._head(width).height,
            draw=self._draw,
            above=partial(pieces.key, self.key),
            below=partial(pieces.note, self.note),
        )

    def _widths(self, width: float) -> list[float]:
        """The width of each column: what its words need, the rest to the marks."""
        least = [
            max(column.least, _MARKS_PART * width) if column.marks is not None else column.least
            for column in self.columns
        ]
        room = width - _GAP * (len(self.columns) - 1) - 2 * _MARK
        if sum(least) > room:
            least = [column.least for column in self.columns]
        marks = sum(column.marks is not None for column in self.columns)
        wishes = [
            max(min(column.whole, _WORDS if marks else column.whole) - low, 0) if column.wraps else 0.0
            for column, low in zip(self.columns, least, strict=True)
        ]
        spare = max(room - sum(least), 0)
        part = min(spare / sum(wishes), 1) if sum(wishes) else 0
        left = spare - part * sum(wishes)
        found = [low + part * wish for low, wish in zip(least, wishes, strict=True)]
        for n, column in enumerate(self.columns):
            if marks and column.marks is not None:
                found[n] += left / marks
            elif not marks:
                found[n] += min(left / len(self.columns), _SPREAD)
        return found

    def _lines(self, row: int, widths: Sequence[float]) -> list[list[list[Piece]]]:
        """Per column the lines of a cell as they are drawn."""
        soft = any(self.chosen) and not self.chosen[row]
        last = self.whole and row == len(self.chosen) - 1
        found = []
        for column, width in zip(self.columns, widths, strict=True):
            lines = column.cells[row].lines if column.cells else ()
            seen = [
                pieces.look(line, strong=self.chosen[row] or last, soft=soft and not last) for line in lines
            ]
            found.append(
                [part for line in seen for part in pieces.wrapped(line, width)] if column.wraps else seen
            )
        return found

    def _heights(self, width: float) -> tuple[float, ...]:
        widths = self._widths(width)
        return tuple(self._height(row, self._lines(row, widths), widths) for row in range(len(self.chosen)))

    def _height(self, row: int, lines: Sequence[Sequence[object]], widths: Sequence[float]) -> float:
        said = max(len(found) for found in lines) * pieces.SIZE * words.LEADING + _PAD
        tall = (column.tall(row, width) for column, width in zip(self.columns, widths, strict=True))
        return max(_ROW, said, *tall)

    def _draw(self, rows: range, width: float) -> Block:
        """Some rows under their heading; where there are none, nothing."""
        if not rows:
            return Block((), width, 0)
        widths = self._widths(width)
        head = self._head(width)
        elements = list(head.elements)
        heights = self._shown_heights(rows, widths)
        top = head.height
        tops = []
        for row, high in zip(rows, heights, strict=True):
            tops.append(top)
            elements += self._row(row, widths, top, high, width)
            top += high
        middles = tuple(y + high / 2 for y, high in zip(tops, heights, strict=True))
        x = float(_MARK * 2)
        for column, wide in zip(self.columns, widths, strict=True):
            if column.marks is not None:
                elements.append(markup.group(column.marks(rows, Place(wide, top, middles)), x, 0))
            x += wide + _GAP
        return Block(tuple(elements), width, top)

    def _shown_heights(self, rows: range, widths: Sequence[float]) -> list[float]:
        return [self._height(row, self._lines(row, widths), widths) for row in rows]

    def _row(self, row: int, widths: Sequence[float], top: float, high: float, width: float) -> list[Element]:
        """The words of a row, its line above, its ground, the mark of a chosen one."""
        last = self.whole and row == len(self.chosen) - 1
        line = theme.INK if last else theme.COLOURS["line"]
        elements = []
        x = float(_MARK * 2)
        for column, wide, lines in zip(self.columns, widths, self._lines(row, widths), strict=True):
            if column.cells and column.cells[row].fill:
                ground = markup.element(
                    "rect", width=wide + _GAP - 2, height=high - 1, fill=column.cells[row].fill
                )
                elements.append(markup.group([ground], x - _GAP / 2 + 1, top + 1))
            block = markup.stacked([pieces.line(one) for one in lines], pieces.SIZE * (words.LEADING - 1.47))
            y = top + (high - block.height) / 2
            for n, one in enumerate(lines):
                part = pieces.line(one)
                elements.append(
                    markup.group(
                        part.elements,
                        x + _shift(column.anchor) * (wide - part.width),
                        y + n * pieces.SIZE * words.LEADING,
                    )
                )
            x += wide + _GAP
        elements.append(markup.element("rect", y=top, width=width, height="1.6" if last else "1", fill=line))
        if self.chosen[row]:
            red = theme.COLOURS["chosen"]
            elements.append(markup.element("rect", y=top + 1, width=_MARK, height=high - 1, fill=red))
            if self.framed:
                frame = markup.element(
                    "rect", x="1", y=top + 1, width=width - 2, height=high - 1, fill="none"
                )
                frame.set("stroke", red)
                frame.set("stroke-width", "2")
                elements.append(frame)
        return elements

    def _head(self, width: float) -> Block:
        """The headings over each other's foot line."""
        widths = self._widths(width)
        blocks = []
        for column, wide in zip(self.columns, widths, strict=True):
            lines = fonts.lines(column.head, _HEAD, wide / 0.96 + 1)
            blocks.append(words.written(lines, pieces.FINE, column.anchor) if lines else Block((), 0, 0))
        high = max(block.height for block in blocks)
        if any(any(column.ends) for column in self.columns):
            high = max(high, _HEAD * (words.RISE + words.BELOW))
        if not high:
            return Block((), width, 0)
        elements = []
        x = float(_MARK * 2)
        for column, wide, block in zip(self.columns, widths, blocks, strict=True):
            elements.append(
                markup.group(block.elements, x + _shift(column.anchor) * wide, high - block.height)
            )
            if any(column.ends):
                foot = high - _HEAD * (words.RISE + words.BELOW)
                left = words.written([column.ends[0]], pieces.FINE)
                right = words.written([column.ends[1]], pieces.FINE, "end")
                elements += [
                    markup.group(left.elements, x, foot),
                    markup.group(right.elements, x + wide, foot),
                ]
            x += wide + _GAP
        return Block(tuple(elements), width, high + 2)


def _shift(anchor: str) -> float:
    return {"start": 0.0, "middle": 0.5, "end": 1.0}[anchor]


def _longest(piece: Piece) -> float:
    found = (fonts.width(word, piece.style.size, fonts.BOLD) for word in fonts.together(piece.words))
    return min(max(found, default=0.0) * 1.05, _LONGEST)


def _head_least(head: str) -> float:
    """The least width of a heading: its longest word, and so much that it has three lines at most."""
    longest = max((fonts.width(word, _HEAD) for word in fonts.together(head)), default=0.0)
    return min(max(longest, fonts.width(head, _HEAD) / 2.6), 130) + 1
