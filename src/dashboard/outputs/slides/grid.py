"""Native tables: cells that tell their colour, columns as wide as their words, rows as many as fit."""

from __future__ import annotations

from collections.abc import Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from dashboard.charts import theme
from dashboard.outputs.slides import measure, shapes
from dashboard.outputs.slides.looks import Style
from dashboard.outputs.slides.measure import Box
from dashboard.outputs.slides.shapes import Run

_SIDE, _ABOVE = 0.08, 0.03  # margins of a cell, inches
_AROUND = 2 * _SIDE + 0.04  # of the words of a cell, to both sides
_WORD = 2.5  # a word that is longer is broken, inches
_LINES = 12  # of a cell
_SHORT = 20  # letters of a figure or a name, which stays in its line
_AIR = 1.5  # the most that rows are higher than their words ask for
_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # of Office: neither lines nor colours of its own


@dataclass(frozen=True)
class Cell:
    """The words of a cell; `fill` colours it ("" = not)."""

    words: str
    bold: bool = False
    colour: str = theme.INK
    fill: str = ""
    align: Any = PP_ALIGN.LEFT


Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Grid:
    """A table in words of so many `points`: every cell fits into its column's width (inches); `head` is ()
    where there is none."""

    points: int
    head: Row
    rows: tuple[Row, ...]
    widths: tuple[float, ...]
    lang: str

    @property
    def cramped(self) -> bool:
        """Whether smaller words would leave a word, or a figure or a name in its line."""
        return any(
            _unbroken(cell, self.points, _SHORT if rows is self.rows else 0) > width - 2 * _SIDE
            for rows in (self._head, self.rows)
            for row in rows
            for cell, width in zip(row, self.widths, strict=True)
        )

    def high(self, row: Row) -> float:
        """The height of a row, inches."""
        lines = max(
            measure.lines(cell.words, self.points, width - 2 * _SIDE, cell.bold)
            for cell, width in zip(row, self.widths, strict=True)
        )
        return measure.height(max(lines, 1), self.points) + 2 * _ABOVE

    def parts(self, first: float, later: float) -> list[range]:
        """The rows of each slide, where the first has so much room and each later one so much (inches)."""
        above = sum(map(self.high, self._head))
        found, start, left = list[range](), 0, first - above
        for number, row in enumerate(self.rows):
            high = self.high(row)
            if number > start and high > left:
                found.append(range(start, number))
                start, left = number, later - above
            left -= high
        return [*found, range(start, len(self.rows))]

    def taken(self, room: float, part: range) -> float:
        """The height of some rows below the head: they share what they do not need, up to a half more."""
        least = sum(map(self.high, self._shown(part)))
        return least * min(max(room / least, 1), _AIR)

    def draw(self, slide: Slide, box: Box, part: range) -> None:
        """Some rows below the head, as high as the box."""
        shown = self._shown(part)
        high = [self.high(row) for row in shown]
        air = box.h / sum(high)
        frame: Any = slide.shapes.add_table(
            len(shown), len(self.widths), *shapes.placed(replace(box, w=sum(self.widths)))
        )
        table = frame.table
        table.horz_banding, table.first_row = False, bool(self.head)
        frame._element.find(f".//{qn('a:tableStyleId')}").text = _STYLE
        for column, width in zip(table.columns, self.widths, strict=True):
            column.width = Inches(width)
        # A cell of each look is written once and copied: that takes a tenth of the time.
        looks: dict[Cell, Any] = {}
        for line, row, inches in zip(table.rows, shown, high, strict=True):
            line.height = Inches(inches * air)
            for cell, wanted in zip(line.cells, row, strict=True):
                look = replace(wanted, words="")
                if look not in looks:
                    looks[look] = self._written(cell, look)
                made = deepcopy(looks[look])
                # An empty cell would be as high as the words that might once be typed into it.
                made.find(f".//{qn('a:t')}").text = wanted.words or "\u00a0"
                cell._tc.getparent().replace(cell._tc, made)

    @property
    def _head(self) -> list[Row]:
        return [self.head] if self.head else []

    def _shown(self, part: range) -> list[Row]:
        return [*self._head, *(self.rows[n] for n in part)]

    def _written(self, cell: Any, look: Cell) -> Any:
        run = Run("", self.points, look.bold, look.colour)
        shapes.write_cell(cell, run, self.lang, look.align)
        cell.vertical_anchor = MSO_ANCHOR.MIDDLE
        cell.margin_top = cell.margin_bottom = Inches(_ABOVE)
        if look.fill:
            cell.fill.solid()
            cell.fill.fore_color.rgb = shapes.colour(look.fill)
        cell._tc.get_or_add_tcPr().insert(0, _line_below())
        return cell._tc


def _line_below() -> Any:
    """A thin line under a cell."""
    colour = theme.COLOURS["line"].removeprefix("#")
    return parse_xml(
        f'<a:lnB {nsdecls("a")} w="{Pt(0.75)}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:lnB>'
    )


def grid(head: Sequence[Cell], rows: Sequence[Row], style: Style, room: float) -> Grid:
    """The table as wide as its room; words are cut short where a cell would take more than a few lines."""
    points = style.points
    every = [head, *rows] if head else [[Cell("")] * len(rows[0]), *rows]
    clean = [tuple(replace(cell, words=shapes.one_line(cell.words)) for cell in row) for row in every]
    widths = _widths(list(zip(*clean, strict=True)), points, room)
    cut = [
        tuple(
            replace(cell, words=measure.cut(cell.words, points, width - 2 * _SIDE, _LINES, bold=True))
            for cell, width in zip(row, widths, strict=True)
        )
        for row in clean
    ]
    return Grid(points, cut[0] if head else (), tuple(cut[1:]), widths, style.text.lang)


def _widths(columns: Sequence[Row], points: int, room: float) -> tuple[float, ...]:
    """Widths of the columns: what their words take, in all what there is room for; heads are broken first,
    into as few lines as can be, and no word while there is another way."""
    wanted: list[float] = []
    for lines in range(1, _LINES + 1):
        wanted = [_wanted(column, lines, points) for column in columns]
        if sum(wanted) <= room:
            return tuple(width * room / sum(wanted) for width in wanted)
    least = [
        min(width, _longest_word(cells, points) + _AROUND)
        for width, cells in zip(wanted, columns, strict=True)
    ]
    if sum(least) > room:
        return tuple(width * room / sum(wanted) for width in wanted)
    # Narrow columns get what they want, wide ones share the rest.
    for number in sorted(range(len(wanted)), key=lambda number: wanted[number]):
        others = sum(least) - least[number]
        fair = (room - others - least[number]) / 2 + least[number]
        least[number] = wanted[number] if wanted[number] <= fair else least[number]
    part = (room - sum(least)) / (sum(wanted) - sum(least))
    return tuple(low + (width - low) * part for low, width in zip(least, wanted, strict=True))


def _wanted(column: Row, lines: int, points: int) -> float:
    """The least width of a column in which no cell is broken, and its head into so many lines at most."""
    head, *cells = column
    widest = max((measure.width(cell.words, points, cell.bold) for cell in cells), default=0)
    least = max(widest, _longest_word((head,), points))
    return measure.narrowest(head.words, points, least, lines, bold=True) + _AROUND


def _unbroken(cell: Cell, points: int, short: int) -> float:
    """The width of what should stay in a line: of a `short` cell all of it, else its longest word."""
    if len(cell.words) <= short:
        return measure.width(cell.words, points, cell.bold)
    return _longest_word((cell,), points)


def _longest_word(column: Sequence[Cell], points: int) -> float:
    """The width of the longest word, of those that are not broken in any case."""
    words = {(word, cell.bold) for cell in column for word in cell.words.split()}
    return min(max((measure.width(word, points, bold) for word, bold in words), default=0), _WORD)
