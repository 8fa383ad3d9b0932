"""Words in rows: lists of names under their headings, tables with every cell as written. Lengths are px."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache, partial

import pandas as pd

from dashboard.charts import theme
from dashboard.charts.model import NameColumn, NameGroup, Names
from dashboard.exhibits import Table
from dashboard.outputs import text_metrics
from dashboard.outputs.pictures import svg, text_blocks
from dashboard.outputs.pictures.flow import Flow
from dashboard.outputs.pictures.svg import Block
from dashboard.outputs.pictures.text_blocks import SOFT, STRONG, Piece, Style
from dashboard.outputs.text_metrics import BOLD, REGULAR
from dashboard.text import Text

_LEAST, _MOST = 250, 930  # of a column of names
_ABOVE, _BELOW = 12, 5  # a heading and a paragraph

# Sizes of a table: the first at which the whole fits; else the first rows at the last of them.
_SIZES = (21, 20, 19, 18, 17, 16, 15)
_PAD = (34, 7)  # free at the right of a cell, and above and below its words
_HEADING = 0.6  # of the width of a heading is enough for two lines
_MAX_LINES = 6  # of a cell
_ON_SCREENS = 60  # rows that are shown one screen after the other
_MAX_ROWS = 120  # more than fit on a picture: of tens of thousands the others are not measured
_SPREAD = 140  # a column is made so much wider at most to fill the width


@dataclass(frozen=True)
class _Item:
    """A heading or a paragraph of a column of names."""

    pieces: tuple[Piece, ...]
    column: NameColumn
    heads: bool = False

    @property
    def below(self) -> bool:
        """Whether a heading is above it."""
        return bool(self.column.head) and not self.heads

    def block(self, width: float) -> Block:
        """Its words in lines of at most `width` px."""
        words = text_blocks.aligned(text_blocks.wrapped(self.pieces, width), "start", width)
        above, below = (_ABOVE, 0) if self.heads else (0, _BELOW)
        return Block((words.at(0, above),), width, words.height + above + below)


def names(chart: Names) -> Flow:
    """Headings and paragraphs below each other, a paragraph for each commune; more in columns."""
    items: list[_Item] = []
    groups = set()
    for column in chart.columns or (NameColumn("", (), more=chart.empty),):
        groups.add(len(items))
        items += [_heading(column)] if column.head else []
        items += [_Item(_words(group), column) for group in column.groups]
        items += [_Item((Piece(column.more, SOFT),), column)] if column.more else []

    def draw(rows: range, width: float) -> Block:
        visible = [items[row] for row in rows]
        if visible and visible[0].below:
            visible = [_heading(visible[0].column), *visible]
        return svg.stacked([item.block(width) for item in visible])

    return Flow(
        n=len(items),
        least=_LEAST,
        most=_MOST,
        heights=lru_cache(32)(lambda width: tuple(item.block(width).height for item in items)),
        # The heading again, so that no name is under another.
        head=lambda row, width: _heading(items[row].column).block(width).height if items[row].below else 0,
        draw=draw,
        groups=frozenset(groups),
        below=partial(text_blocks.note, chart.key),
    )


def _heading(column: NameColumn) -> _Item:
    return _Item((Piece(column.head, STRONG, column.status),), column, heads=True)


def _words(group: NameGroup) -> tuple[Piece, ...]:
    """A commune with its villages, each with its remark."""
    pieces = [Piece(f"{group.name}:", STRONG)] if group.name else []
    for n, (name, behind, _) in enumerate(group.items, 1):
        end = ";" if n < len(group.items) else ""
        pieces.append(Piece(name if behind else name + end))
        pieces += [Piece(behind + end, SOFT)] if behind else []
    return tuple(pieces)


def whole_table(table: Table, room: float, height: float, text: Text) -> Block | None:
    """The table as large as fits; None if it does not."""
    blocks = _at_once([table], room, height, text, _SIZES[-1])
    return blocks[0] if blocks else None


def table(table_: Table, room: float, height: float, text: Text) -> Block:
    """The table as large as fits; if it cannot, its first rows and how many there are."""
    if whole := whole_table(table_, room, height, text):
        return whole
    size = _SIZES[-1]
    rows = _rows(replace(table_, frame=table_.frame.head(_MAX_ROWS)), size, room, text)
    more = _more(0, len(table_.frame), size, room, text)
    while len(rows) > 2 and svg.stacked(rows).height + size + more.height > height:
        rows = rows[:-1]
    return svg.stacked([svg.stacked(rows), _more(len(rows) - 1, len(table_.frame), size, room, text)], size)


def table_screens(table_: Table, room: float, height: float, text: Text, least: int) -> list[Block]:
    """The table over as many screens of `height` px as it takes with letters of `least` px or larger, about
    as many rows on each. Of a long table the first rows; a row that is higher than a screen is drawn
    smaller."""
    frame = table_.frame.head(_ON_SCREENS)
    n = len(frame)
    left_out = n < len(table_.frame)
    more = _more(n, len(table_.frame), least, room, text)
    height -= more.height + least if left_out else 0
    blocks, parts = list[Block](), list[Table]()
    for count in range(1, n + 1):
        per_screen = -(-n // count)
        parts = [replace(table_, frame=frame.iloc[row : row + per_screen]) for row in range(0, n, per_screen)]
        blocks = _at_once(parts, room, height, text, least)
        if blocks or per_screen == 1:
            break
    blocks = blocks or [table(part, room, height, text) for part in parts]
    return [*blocks[:-1], svg.stacked([blocks[-1], more], least)] if left_out else blocks


def _at_once(parts: Sequence[Table], room: float, height: float, text: Text, least: int) -> list[Block]:
    """The parts of a table, all at the largest size at which each fits; none where there is no such size."""
    longest = max(len(part.frame) for part in parts)
    for size in (size for size in _SIZES if size >= least):
        if (longest + 1) * (size + 2 * _PAD[1]) > height:
            continue  # too long with one line a row
        blocks = []
        for part in parts:
            blocks.append(svg.stacked(_rows(part, size, room, text)))
            if blocks[-1].height > height:
                break
        else:
            return blocks
    return []


def _more(n: int, whole: int, size: float, room: float, text: Text) -> Block:
    words = text("picture.rows", n=n, all=whole)
    return text_blocks.paragraph(words, Style(size, colour=theme.SOFT_INK), room)


def _rows(table: Table, size: float, room: float, text: Text) -> list[Block]:
    """The heading and the rows, each as wide as the table."""
    frame = table.written(text)
    columns = list(zip(_widths(frame, size, room), table.numbers, strict=True))
    heading = _row(list(frame.columns), columns, Style(size, BOLD), theme.INK)
    rows = [
        _row([str(cell) for cell in cells], columns, Style(size), theme.PALE)
        for cells in frame.itertuples(index=False, name=None)
    ]
    return [heading, *rows]


def _row(cells: Sequence[str], columns: Sequence[tuple[float, bool]], style: Style, line: str) -> Block:
    """One row over a line of that colour; numbers are at the right of their column."""
    elements = []
    x = tallest = 0.0
    for cell, (width, number) in zip(cells, columns, strict=True):
        lines = text_metrics.lines(cell, style.size, width - _PAD[0], style.weight) or [""]
        block = text_blocks.lines(text_metrics.cut(lines, _MAX_LINES), style, "end" if number else "start")
        elements.append(block.at(x + (width - _PAD[0] if number else 0), _PAD[1]))
        tallest = max(tallest, block.height)
        x += width
    height = tallest + 2 * _PAD[1]
    elements.append(svg.rect(x, 1, line, y=height - 1))
    return Block(tuple(elements), x, height)


def _widths(frame: pd.DataFrame, size: float, room: float) -> list[float]:
    """The width of each column: for its longest cell where there is room, else for its share of the words;
    headings may take two lines."""

    def needed(line: str, weight: int) -> float:
        # A little more, as lines are never filled to the end.
        return text_metrics.width(line, size, weight) * 1.05 + _PAD[0] + 1

    whole, least = [], []
    for name in frame:
        cells = [(name, BOLD), *((str(cell), REGULAR) for cell in frame[name])]
        words = [(word, weight) for cell, weight in cells for word in text_metrics.together(cell) or [""]]
        least.append(max(needed(*word) for word in words))
        longest = max(needed(*cell) for cell in cells[1:])
        whole.append(max(longest, _HEADING * needed(name, BOLD), least[-1]))
    spare = room - sum(whole)
    if spare >= 0:
        return [width + min(spare / len(whole), _SPREAD) for width in whole]
    return text_metrics.shared_out(room, least, whole)
