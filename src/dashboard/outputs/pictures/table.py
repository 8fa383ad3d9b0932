"""A table in a picture: every cell as it is written."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from dashboard.charts import theme
from dashboard.exhibits import Table
from dashboard.outputs.pictures import fonts, markup, words
from dashboard.outputs.pictures.markup import Block
from dashboard.outputs.pictures.words import Style
from dashboard.text import Text

# Sizes, px: the first at which the whole table fits; else the first rows at the last of them.
_SIZES = (21, 20, 19, 18, 17, 16, 15)
_BESIDE, _ABOVE = 34, 7  # free at the right of a cell and above and below its words, px
_HEADING = 0.6  # of the width of a heading is enough for two lines
_MOST_LINES = 6  # of a cell
_ON_SCREENS = 60  # rows that are shown one screen after the other
_MOST_ROWS = 120  # more than fit on a picture: of tens of thousands the others are not measured
_SPREAD = 140  # a column is made so much wider at most to fill the width, px


def whole(table: Table, room: float, high: float, text: Text) -> Block | None:
    """The table as large as fits; None if it does not."""
    for size in _SIZES:
        if (len(table.frame) + 1) * (size + 2 * _ABOVE) > high:
            continue  # too long with one line a row
        found = markup.stacked(_rows(table, size, room, text), 0)
        if found.height <= high:
            return found
    return None


def grid(table: Table, room: float, high: float, text: Text) -> Block:
    """The table as large as fits; if it cannot, its first rows and how many there are."""
    if fitting := whole(table, room, high, text):
        return fitting
    size = _SIZES[-1]
    rows = _rows(replace(table, frame=table.frame.head(_MOST_ROWS)), size, room, text)
    more = _more(0, len(table.frame), size, room, text)
    while len(rows) > 2 and markup.stacked(rows, 0).height + size + more.height > high:
        rows = rows[:-1]
    more = _more(len(rows) - 1, len(table.frame), size, room, text)
    return markup.stacked([markup.stacked(rows, 0), more], size)


def screens(table: Table, room: float, high: float, text: Text, least: int) -> list[Block]:
    """The table over as many screens of `high` px as it takes with letters of `least` px or larger, about as
    many rows on each. Of a long table the first rows; a row that is higher than a screen is drawn smaller."""
    shown = table.frame.head(_ON_SCREENS)
    n = len(shown)
    left_out = n < len(table.frame)
    more = _more(n, len(table.frame), least, room, text)
    high -= more.height + least if left_out else 0
    for many in range(1, n + 1):
        each = -(-n // many)
        parts = [replace(table, frame=shown.iloc[row : row + each]) for row in range(0, n, each)]
        found = _at_once(parts, room, high, text, least)
        if found or each == 1:
            break
    found = found or [grid(part, room, high, text) for part in parts]
    return [*found[:-1], markup.stacked([found[-1], more], least)] if left_out else found


def _at_once(parts: Sequence[Table], room: float, high: float, text: Text, least: int) -> list[Block]:
    """The parts of a table, all at the largest size at which each fits; none where there is no such size."""
    longest = max(len(part.frame) for part in parts)
    for size in (size for size in _SIZES if size >= least):
        if (longest + 1) * (size + 2 * _ABOVE) > high:
            continue  # too long with one line a row
        found = []
        for part in parts:
            found.append(markup.stacked(_rows(part, size, room, text), 0))
            if found[-1].height > high:
                break
        else:
            return found
    return []


def _more(n: int, of: int, size: float, room: float, text: Text) -> Block:
    return words.paragraph(text("picture.rows", n=n, all=of), Style(size, colour=theme.SOFT_INK), room)


def _rows(table: Table, size: float, room: float, text: Text) -> list[Block]:
    """The heading and the rows, each as wide as the table."""
    frame = table.written(text)
    numbers = [not any(isinstance(cell, str) for cell in table.frame[name]) for name in table.frame]
    columns = list(zip(_widths(frame, size, room), numbers, strict=True))
    heading = _row(list(frame.columns), columns, Style(size, fonts.BOLD), theme.INK)
    rows = [
        _row([str(cell) for cell in cells], columns, Style(size), theme.PALE)
        for cells in frame.itertuples(index=False, name=None)
    ]
    return [heading, *rows]


def _row(cells: Sequence[str], columns: Sequence[tuple[float, bool]], style: Style, line: str) -> Block:
    """One row over a line of that colour; numbers stand at the right of their column."""
    elements = []
    left = tallest = 0.0
    for cell, (width, number) in zip(cells, columns, strict=True):
        lines = fonts.lines(cell, style.size, width - _BESIDE, style.weight) or [""]
        if len(lines) > _MOST_LINES:
            lines = [*lines[: _MOST_LINES - 1], lines[_MOST_LINES - 1][:-2] + "…"]
        block = words.written(lines, style, anchor="end" if number else "start")
        x = left + (width - _BESIDE if number else 0)
        elements.append(markup.group(block.elements, x, _ABOVE))
        tallest = max(tallest, block.height)
        left += width
    high = tallest + 2 * _ABOVE
    elements.append(markup.element("rect", y=high - 1, width=left, height="1", fill=line))
    return Block(tuple(elements), left, high)


def _widths(frame: pd.DataFrame, size: float, room: float) -> list[float]:
    """The width of each column: for its longest cell where there is room, else for its share of the words;
    headings may take two lines."""
    whole, least = [], []
    for name in frame:
        cells = [(name, fonts.BOLD), *((str(cell), fonts.REGULAR) for cell in frame[name])]
        longest = max(_needed(cell, size, weight) for cell, weight in cells[1:])
        whole.append(max(longest, _HEADING * _needed(name, size, fonts.BOLD)))
        least.append(
            max(
                _needed(word, size, weight)
                for cell, weight in cells
                for word in (fonts.together(cell) or [""])
            )
        )
    whole = [max(width, narrow) for width, narrow in zip(whole, least, strict=True)]
    spare = room - sum(whole)
    if spare >= 0:
        return [width + min(spare / len(whole), _SPREAD) for width in whole]
    spare = room - sum(least)
    if spare < 0:  # not even the words fit: they are broken
        return [room * width / sum(least) for width in least]
    wishes = [width - narrow for width, narrow in zip(whole, least, strict=True)]
    return [narrow + spare * wish / max(sum(wishes), 1) for narrow, wish in zip(least, wishes, strict=True)]


def _needed(words_in_line: str, size: float, weight: int) -> float:
    """The width of a cell with these words; a little more, as lines are never filled to the end."""
    return fonts.width(words_in_line, size, weight) * 1.05 + _BESIDE + 1
