"""A table on slides: native, its head repeated; a long one is cut, and the slide says so."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.slide import Slide
from pptx.util import Inches

from dashboard.charts import theme
from dashboard.exhibits import Table
from dashboard.outputs.slides import measure, shapes
from dashboard.outputs.slides.measure import Box, Rooms
from dashboard.outputs.slides.shapes import Piece, Run
from dashboard.text import Text

Row = Sequence[str]

# Slides of one table at most: the workbook has the rest.
SLIDES = 3
_MOST_ROWS = 120  # more than so many slides hold: of tens of thousands the others are not measured
_SIZES = (14, 12)
_SIDE, _ABOVE = 0.1, 0.05  # margins of a cell, inches, as PowerPoint sets them
_AROUND = 2 * _SIDE + 0.06  # of the words of a cell, to both sides
_WIDEST = 5.0  # of a column
_HEADS = (3.0, 2.0, 1.4, 1.0)  # the most that the head of a column takes, inches: the first that fits
_SLACK = 1.35  # columns may be so much wider than their words
_LINES = 5  # of a cell
_MORE = 0.3  # room of the line that says what is left out
# Figures stand to the right: "2.198", "50/60 (83,3%)", "–".
_FIGURE = re.compile(r"[\d.,/()%+−– ]+")


@dataclass(frozen=True)
class _Set:
    """A table set in words of so many `points`: every cell fits into its column's width (inches)."""

    points: int
    head: Row
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    right: tuple[bool, ...]

    def high(self, cells: Row) -> float:
        """The height of a row, inches."""
        bold = cells is self.head
        lines = max(
            measure.lines(cell, self.points, width - 2 * _SIDE, bold)
            for cell, width in zip(cells, self.widths, strict=True)
        )
        return measure.height(max(lines, 1), self.points) + 2 * _ABOVE


def pieces(table: Table, text: Text, rooms: Rooms) -> list[list[Piece]]:
    """Per slide the part of the table on it."""
    for points in _SIZES:
        made = _set(table, text, points, rooms.first.w)
        parts = _parts(made, rooms)
        if len(parts) == 1:
            break
    shown = parts[:SLIDES]
    left = len(table.frame) - sum(len(part) for part in shown)
    slides = [[_piece(made, part, rooms.on(number), text)] for number, part in enumerate(shown)]
    if left:
        slides[-1].append(_more(slides[-1][0].box, left, text))
    return slides


def height(table: Table, text: Text, room: float) -> float:
    """How high the whole table is in the larger size, inches."""
    made = _set(table, text, _SIZES[0], room)
    return sum(made.high(row) for row in (made.head, *made.rows))


def _set(table: Table, text: Text, points: int, room: float) -> _Set:
    written = replace(table, frame=table.frame.head(_MOST_ROWS)).written(text)
    head = [shapes.one_line(str(name)) for name in written.columns]
    rows = [[shapes.one_line(str(cell)) for cell in row] for row in written.itertuples(index=False)]
    columns = list(zip(head, *rows, strict=True))
    widths = _widths(columns, points, room)
    no_data = text("common.no_data")
    return _Set(
        points,
        _cut(head, widths, points),
        tuple(_cut(row, widths, points) for row in rows),
        widths,
        tuple(all(cell == no_data or _FIGURE.fullmatch(cell) for cell in cells) for _, *cells in columns),
    )


def _widths(columns: Sequence[Row], points: int, room: float) -> tuple[float, ...]:
    """Widths of the columns: what their words take, in all no more than there is room; heads are broken
    first, and no word or date while there is another way."""
    wanted: list[float] = []
    for most in _HEADS:
        wanted = []
        for head, *cells in columns:
            widest = max((measure.width(cell, points) for cell in cells), default=0)
            word = _longest_word((head,), points)
            above = max(min(measure.width(head, points, bold=True), most), min(word, _HEADS[0]))
            wanted.append(min(max(widest, above), _WIDEST) + _AROUND)
        if sum(wanted) <= room:
            return tuple(width * min(room / sum(wanted), _SLACK) for width in wanted)
    least = [
        min(width, _longest_word(cells, points) + _AROUND)
        for width, cells in zip(wanted, columns, strict=True)
    ]
    part = (room - sum(least)) / (sum(wanted) - sum(least) or 1)
    if part < 0:
        return tuple(width * room / sum(wanted) for width in wanted)
    return tuple(low + (width - low) * part for low, width in zip(least, wanted, strict=True))


def _longest_word(column: Row, points: int) -> float:
    head, *cells = column
    words = {word for cell in cells for word in cell.split()}
    found = [measure.width(word, points) for word in words]
    return max([*found, *(measure.width(word, points, bold=True) for word in head.split())], default=0)


def _cut(cells: Row, widths: Sequence[float], points: int) -> Row:
    return [
        measure.cut(cell, points, width - 2 * _SIDE, _LINES, bold=True)
        for cell, width in zip(cells, widths, strict=True)
    ]


def _parts(made: _Set, rooms: Rooms) -> list[list[Row]]:
    """The rows of each slide: as many as fit below the head."""
    parts: list[list[Row]] = [[]]
    left = rooms.first.h - made.high(made.head)
    for row in made.rows:
        high = made.high(row)
        # The last slide keeps room for the line that says what is left out.
        if parts[-1] and high > left - (_MORE if len(parts) == SLIDES else 0):
            parts.append([])
            left = rooms.later.h - made.high(made.head)
        parts[-1].append(row)
        left -= high
    return parts


def _piece(made: _Set, rows: Sequence[Row], room: Box, text: Text) -> Piece:
    high = sum(made.high(row) for row in (made.head, *rows))
    return Piece(replace(room, w=sum(made.widths), h=high), _drawing(made, rows, text))


def _drawing(made: _Set, rows: Sequence[Row], text: Text) -> Callable[[Slide, Box], None]:
    def draw(slide: Slide, box: Box) -> None:
        frame = slide.shapes.add_table(len(rows) + 1, len(made.widths), *shapes.placed(box))
        table: Any = frame.table
        for column, width in zip(table.columns, made.widths, strict=True):
            column.width = Inches(width)
        # A cell of each look is written once and copied: that takes a tenth of the time.
        looks: dict[tuple[bool, bool], Any] = {}
        for line, cells in zip(table.rows, (made.head, *rows), strict=True):
            line.height = Inches(made.high(cells))
            head = cells is made.head
            for cell, words, right in zip(line.cells, cells, made.right, strict=True):
                if (head, right) not in looks:
                    run = Run("", made.points, head, theme.WHITE if head else theme.INK)
                    shapes.write_cell(cell, run, text.lang, PP_ALIGN.RIGHT if right else PP_ALIGN.LEFT)
                    cell.vertical_anchor = MSO_ANCHOR.MIDDLE
                    looks[head, right] = deepcopy(cell._tc)
                written = deepcopy(looks[head, right])
                written.find(f".//{qn('a:t')}").text = words
                cell._tc.getparent().replace(cell._tc, written)

    return draw


def _more(above: Box, left: int, text: Text) -> Piece:
    run = Run(text("slide.more_rows", n=left), 12, colour=theme.SOFT_INK)
    return Piece(Box(above.x, above.bottom + 0.06, above.w, _MORE - 0.06), shapes.writing([(run,)], text))
