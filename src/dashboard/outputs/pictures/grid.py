"""Rows of a chart as a grid: columns of words, of figures and of marks under one heading."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from itertools import accumulate

from dashboard.charts import theme
from dashboard.charts.vega import Place
from dashboard.outputs.pictures import fonts, markup, pieces
from dashboard.outputs.pictures.flow import Flow
from dashboard.outputs.pictures.markup import Block, Element
from dashboard.outputs.pictures.pieces import Anchor, Piece

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
_MOST = 1500  # width of a chart with marks that is wide enough, px
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
    """Cells under a heading (its `ends` are those of an axis): words that wrap, figures that do not, or
    marks, which need some `room` (px), their rows as high as `tall` says for a width."""

    head: str = ""
    cells: tuple[Cell, ...] = ()
    anchor: Anchor = "start"
    wraps: bool = False
    marks: Marks | None = None
    tall: Callable[[int, float], float] = lambda row, width: 0
    room: float = 0
    ends: tuple[str, str] = ("", "")

    @cached_property
    def least(self) -> float:
        """The least width, px."""
        if self.marks is not None:
            return max(_MARKS, self.room)
        head = _head_least(self.head)
        if not self.wraps:
            return max(head, self.whole)
        every = (piece for cell in self.cells for line in cell.lines for piece in line)
        return max(head, min(self.whole * 1.06, _NAME), max(map(_longest, every), default=0))

    @cached_property
    def whole(self) -> float:
        """The width in which no cell is broken, even where its row stands out; px."""
        lines = (pieces.look(line, strong=True) for cell in self.cells for line in cell.lines)
        return max((pieces.width(line) for line in lines), default=0)


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
        wide = sum(max(column.whole, column.least) + _SPREAD for column in self.columns) + self._gaps
        return Flow(
            n=len(self.chosen),
            least=sum(column.least for column in self.columns) + self._gaps,
            most=max(wide, _MOST) if self._marks else wide,
            heights=lru_cache(32)(self._heights),
            head=lambda _, width: self._head(width).height,
            draw=self._draw,
            above=partial(pieces.key, self.key),
            below=partial(pieces.note, self.note),
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
        least = [max(one.least, _MARKS_PART * width if one.marks else 0) for one in self.columns]
        if sum(least) > room:
            least = [column.least for column in self.columns]
        most = _WORDS if self._marks else room
        wishes = [
            max(min(column.whole, most) - low, 0) if column.wraps else 0.0
            for column, low in zip(self.columns, least, strict=True)
        ]
        spare = max(room - sum(least), 0)
        part = min(spare / sum(wishes), 1) if any(wishes) else 0
        left = spare - part * sum(wishes)
        found = []
        x = 2.0 * _MARK
        for column, low, wish in zip(self.columns, least, wishes, strict=True):
            wide = low + part * wish
            if not self._marks:
                wide += min(left / len(self.columns), _SPREAD)
            elif column.marks is not None:
                wide += left / self._marks
            found.append((column, x, wide))
            x += wide + _GAP
        return found

    def _last(self, row: int) -> bool:
        return self.whole and row == len(self.chosen) - 1

    def _text(self, row: int, column: Column, width: float) -> Block:
        """The words of a cell as they look in its row."""
        strong = self.chosen[row] or self._last(row)
        soft = any(self.chosen) and not strong
        lines = [
            pieces.look(line, strong=strong, soft=soft)
            for line in (column.cells[row].lines if column.cells else ())
        ]
        if column.wraps:
            lines = [part for line in lines for part in pieces.wrapped(line, width)]
        return pieces.text(lines, column.anchor, width)

    def _heights(self, width: float, rows: Sequence[int] | None = None) -> list[float]:
        """How high the rows are, all of them where none are named."""
        placed = self._placed(width)
        return [
            max(_ROW, *(max(self._text(row, one, w).height + _PAD, one.tall(row, w)) for one, _, w in placed))
            for row in (range(len(self.chosen)) if rows is None else rows)
        ]

    def _draw(self, rows: range, width: float) -> Block:
        """Some rows under their heading; where there are none, nothing."""
        if not rows:
            return Block((), width, 0)
        heights = self._heights(width, rows)
        head = self._head(width)
        tops = list(accumulate(heights, initial=head.height))
        elements = list(head.elements)
        for row, top, high in zip(rows, tops, heights, strict=False):
            elements.append(markup.group(self._row(row, width, high), 0, top))
        middles = tuple(top + high / 2 for top, high in zip(tops, heights, strict=False))
        for column, x, wide in self._placed(width):
            if column.marks is not None:
                elements.append(markup.group(column.marks(rows, Place(wide, tops[-1], middles)), x, 0))
        return Block(tuple(elements), width, tops[-1])

    def _row(self, row: int, width: float, high: float) -> list[Element]:
        """The words of a row on their ground, the line above it, the mark of a chosen one."""
        line = (theme.INK, 1.6) if self._last(row) else (theme.COLOURS["line"], 1)
        elements = []
        for column, x, wide in self._placed(width):
            if column.cells and (fill := column.cells[row].fill):
                ground = markup.element("rect", width=wide + _GAP - 2, height=high - 1, fill=fill)
                elements.append(markup.group([ground], x - _GAP / 2 + 1, 1))
            block = self._text(row, column, wide)
            elements.append(markup.group(block.elements, x, (high - block.height) / 2))
        elements.append(markup.element("rect", width=width, height=line[1], fill=line[0]))
        if self.chosen[row]:
            red = theme.COLOURS["chosen"]
            elements.append(markup.element("rect", y=1, width=_MARK, height=high - 1, fill=red))
            if self.framed:
                frame = markup.element("rect", x=1, y=1, width=width - 2, height=high - 1, fill="none")
                frame.attrib |= {"stroke": red, "stroke-width": "2"}
                elements.append(frame)
        return elements

    def _head(self, width: float) -> Block:
        """The headings on one foot line."""
        parts = []
        for column, x, wide in self._placed(width):
            said = pieces.wrapped([Piece(column.head, pieces.FINE)], wide + 1) if column.head else []
            parts.append((pieces.text(said, column.anchor, wide), x))
            for end, anchor in zip(column.ends, _ENDS, strict=True):
                parts.append((pieces.text([[Piece(end, pieces.FINE)]] if end else [], anchor, wide), x))
        high = max(block.height for block, _ in parts)
        elements = [markup.group(block.elements, x, high - block.height) for block, x in parts]
        return Block(tuple(elements), width, high + 2 if high else 0)


_ENDS: tuple[Anchor, Anchor] = ("start", "end")


def _longest(piece: Piece) -> float:
    found = (fonts.width(word, piece.style.size, fonts.BOLD) for word in fonts.together(piece.words))
    return min(max(found, default=0.0) * 1.05, _LONGEST)


def _head_least(head: str) -> float:
    """The least width of a heading: its longest word, and so much that it has three lines at most."""
    longest = max((fonts.width(word, _HEAD) for word in fonts.together(head)), default=0.0)
    return min(max(longest, fonts.width(head, _HEAD) / 2.6), 130) + 1
