"""Native tables: columns as wide as their words, rows as many as fit; and the charts that are tables on
a slide: places and goals, names, lines to choose from, the figures behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from copy import deepcopy
from dataclasses import dataclass, replace
from typing import Any

from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.oxml.ns import nsdecls, qn
from pptx.slide import Slide
from pptx.util import Inches, Pt

from dashboard.charts import theme
from dashboard.charts.model import Choices, HeatCell, HeatRow, HeatTable, Label, Names, Status
from dashboard.exhibits import Table
from dashboard.outputs.slides import shapes, text_metrics
from dashboard.outputs.slides.chart_format import Style
from dashboard.outputs.slides.shapes import Run
from dashboard.outputs.slides.text_metrics import Box
from dashboard.outputs.text_metrics import shared_out
from dashboard.text import Text

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

    def row_height(self, row: Row) -> float:
        """The height of a row, inches."""
        lines = max(
            text_metrics.lines(cell.words, self.points, width - 2 * _SIDE, cell.bold)
            for cell, width in zip(row, self.widths, strict=True)
        )
        return text_metrics.height(max(lines, 1), self.points) + 2 * _ABOVE

    def parts(self, first: float, later: float) -> list[range]:
        """The rows of each slide, where the first has so much room and each later one so much (inches)."""
        above = sum(map(self.row_height, self._head))
        results, start, free = list[range](), 0, first - above
        for number, row in enumerate(self.rows):
            high = self.row_height(row)
            if number > start and high > free:
                results.append(range(start, number))
                start, free = number, later - above
            free -= high
        return [*results, range(start, len(self.rows))]

    def height(self, room: float, part: range) -> float:
        """The height of some rows below the head: they share what they do not need, up to a half more."""
        least = sum(map(self.row_height, self._with_head(part)))
        return least * min(max(room / least, 1), _AIR)

    def draw(self, slide: Slide, box: Box, part: range) -> None:
        """Some rows below the head, as high as the box."""
        visible = self._with_head(part)
        high = [self.row_height(row) for row in visible]
        air = box.h / sum(high)
        frame: Any = slide.shapes.add_table(
            len(visible), len(self.widths), *shapes.placed(replace(box, w=sum(self.widths)))
        )
        table = frame.table
        table.horz_banding, table.first_row = False, bool(self.head)
        frame._element.find(f".//{qn('a:tableStyleId')}").text = _STYLE
        for column, width in zip(table.columns, self.widths, strict=True):
            column.width = Inches(width)
        # A cell of each look is written once and copied: that takes a tenth of the time.
        looks: dict[Cell, Any] = {}
        for line, row, inches in zip(table.rows, visible, high, strict=True):
            line.height = Inches(inches * air)
            for cell, content in zip(line.cells, row, strict=True):
                look = replace(content, words="")
                if look not in looks:
                    looks[look] = self._styled(cell, look)
                result = deepcopy(looks[look])
                # An empty cell would be as high as the words that might once be typed into it.
                result.find(f".//{qn('a:t')}").text = content.words or "\u00a0"
                cell._tc.getparent().replace(cell._tc, result)

    @property
    def _head(self) -> list[Row]:
        return [self.head] if self.head else []

    def _with_head(self, part: range) -> list[Row]:
        return [*self._head, *(self.rows[n] for n in part)]

    def _styled(self, cell: Any, look: Cell) -> Any:
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
            replace(cell, words=text_metrics.cut(cell.words, points, width - 2 * _SIDE, _LINES, bold=True))
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
        rest = sum(least) - least[number]
        fair = (room - rest - least[number]) / 2 + least[number]
        least[number] = wanted[number] if wanted[number] <= fair else least[number]
    return tuple(shared_out(room, least, wanted))


def _wanted(column: Row, lines: int, points: int) -> float:
    """The least width of a column in which no cell is broken, and its head into so many lines at most."""
    head, *cells = column
    widest = max((text_metrics.width(cell.words, points, cell.bold) for cell in cells), default=0)
    least = max(widest, _longest_word((head,), points))
    return text_metrics.narrowest(head.words, points, least, lines, bold=True) + _AROUND


def _unbroken(cell: Cell, points: int, short: int) -> float:
    """The width of what should stay in a line: of a `short` cell all of it, else its longest word."""
    if len(cell.words) <= short:
        return text_metrics.width(cell.words, points, cell.bold)
    return _longest_word((cell,), points)


def _longest_word(column: Sequence[Cell], points: int) -> float:
    """The width of the longest word, of those that are not broken in any case."""
    words = {(word, cell.bold) for cell in column for word in cell.words.split()}
    return min(max((text_metrics.width(word, points, bold) for word, bold in words), default=0), _WORD)


SIGNS: dict[Status, str] = {
    "met": "●",
    "not_met": "▼",
    "rising": "▲",
    "falling": "▼",
    "unchanged": "=",
    "whole_only": "◊",
    "no_data": "",
    "uncertain": "○",
    "none": "",
}


def label_text(label: Label, apart: str = " · ") -> str:
    """ "50/60 (83,3%) · ● đạt · 2 khuyết": everything that a row says behind its name, the count `apart`."""
    status = " · ".join(filter(None, (with_sign(label.status, label.status_label), label.left_out)))
    return apart.join(filter(None, (label.figure, status)))


def sign(label: Label) -> str:
    """ "▲ +3": a change with its direction."""
    return f"{SIGNS[label.status]} {label.count}".strip()


def with_sign(status: Status, words: str) -> str:
    """The words behind the sign of their status, which alone says nothing."""
    return f"{SIGNS[status]} {words}".strip() if words else ""


_MOST_ROWS = 120  # more than so many slides hold: of tens of thousands the others are not measured
_HEAD = theme.COLOURS["neutral-back"]
_CHOSEN = theme.COLOURS["chosen-pale"]
_LIGHT, _DEEP = 0.2, 0.6  # of the colour of what is missing, for the least and the most
# Figures are to the right: "2.198", "50/60 (83,3%)", "–".
_FIGURE = re.compile(r"[\d.,/()%+−– ]+")


@dataclass(frozen=True)
class Source:
    """Rows that may go on over slides, before they are set: how many are here and `all` in the whole; those
    of `kept` (by number) are never left out: the chosen ones, and that of all together. `make` sets those of
    some numbers in a style, as wide as its room: `Rows` or a `Grid`. The `kinds` that colours mean are above
    them, `sentence` and `notes` under them; how many are left out is said by the words `more`."""

    count: int
    make: Callable[[Sequence[int], Style, float], Any]
    all: int
    kept: frozenset[int] = frozenset()
    kinds: tuple[tuple[str, str], ...] = ()
    more: str = "slide.more_rows"
    sentence: str = ""
    notes: tuple[str, ...] = ()

    def first(self, n: int) -> list[int]:
        """Which rows are there where only `n` can be: the first ones, and those that are never left out."""
        others = [row for row in range(self.count) if row not in self.kept]
        return sorted([*self.kept, *others[: max(n - len(self.kept), 0)]])


def listed(head: Row, rows: Sequence[Row], every: int | None = None) -> Source:
    """Rows of a table under their head (() for none); `every` is how many there are in the whole."""
    return Source(
        len(rows),
        lambda numbers, style, room: grid(head, [rows[n] for n in numbers], style, room),
        len(rows) if every is None else every,
    )


def heat(chart: HeatTable) -> Source:
    """Places × goals: what is missing by its sign, number and tint; the chosen ones marked."""
    middle = PP_ALIGN.CENTER
    head = (
        Cell(chart.order, True, fill=_HEAD),
        *(Cell(words, True, fill=_HEAD, align=middle) for words in (*chart.heads, chart.total)),
    )
    rows = [_heat_row(row, row is chart.whole) for row in chart.every]
    kept = frozenset(n for n, row in enumerate(chart.every) if row.chosen or row is chart.whole)
    return replace(listed(head, rows), kept=kept, more="slide.more_places", notes=(chart.key,))


def _heat_row(row: HeatRow, whole: bool) -> Row:
    fill = _CHOSEN if row.chosen else ""
    strong, colour = row.chosen or whole, theme.RED if row.chosen else theme.INK
    return (
        Cell(f"► {row.name}" if row.chosen else row.name, strong, colour, fill),
        *(_heat_cell(cell, strong, "" if whole else fill, whole) for cell in row.cells),
        Cell(row.total, True, fill=fill, align=PP_ALIGN.CENTER),
    )


def _heat_cell(cell: HeatCell, bold: bool, fill: str, whole: bool) -> Cell:
    """ "▼ 3  44/58 ?1": the sign with what is missing, the count, how many are not reported."""
    sign = f"{SIGNS[cell.label.status]} {cell.needed}".strip()
    if cell.missing and not whole:
        fill = theme.mixed(theme.AMBER, _LIGHT + _DEEP * cell.missing)
    words = "  ".join(part for part in (sign, " ".join((cell.label.count, cell.unreported)).strip()) if part)
    return Cell(words, bold, fill=fill, align=PP_ALIGN.CENTER)


def names(chart: Names) -> Source:
    """Names by place: a line per place, or per name where it has a remark; beside the head of its list."""
    lists = [column for column in chart.columns if column.groups]
    headed = any(column.head for column in lists)
    remarked = any(behind for column in lists for group in column.groups for _, behind, _ in group.items)
    placed = any(group.name for column in lists for group in column.groups)
    rows: list[Row] = []
    for column in lists:
        head = f"{SIGNS[column.status]} {column.head}".strip() if column.head else ""
        for n, group in enumerate(column.groups):
            items = [(name, behind) for name, behind, _ in group.items]
            lines = items if remarked else [("; ".join(name for name, _ in items), "")]
            for line, (name, behind) in enumerate(lines):
                rows.append(
                    (
                        *([Cell("" if n or line else head, True)] if headed else []),
                        *([Cell("" if line else group.name, True)] if placed else []),
                        Cell(name),
                        *([Cell(_bare(behind))] if remarked else []),
                    )
                )
    notes = (*(column.more for column in chart.columns), chart.key)
    return replace(listed((), rows), sentence="" if rows else chart.empty, notes=notes)


def _bare(words: str) -> str:
    """Without the parentheses that part them from a name where they are apart from it anyway."""
    return words[1:-1] if words.startswith("(") and words.find(")") == len(words) - 1 else words


def choices(chart: Choices) -> Source:
    """The lines of a list; what is ticked is marked."""
    head = tuple(Cell(words, True, fill=_HEAD) for words in chart.heads)
    rows = [
        tuple(
            Cell(f"✓ {words}" if row.ticked and n == 0 else words, row.ticked)
            for n, words in enumerate(row.cells)
        )
        for row in chart.rows[:_MOST_ROWS]
    ]
    return listed(head, rows, len(chart.rows))


def figures(table: Table, text: Text) -> Source:
    """The table behind an exhibit, figures to the right."""
    texts = replace(table, frame=table.frame.head(_MOST_ROWS)).written(text)
    columns = [[str(cell) for cell in texts[name]] for name in texts]
    no_data = text("common.no_data")
    alignments = [
        PP_ALIGN.RIGHT
        if n and all(cell == no_data or _FIGURE.fullmatch(cell) for cell in cells)
        else PP_ALIGN.LEFT
        for n, cells in enumerate(columns)
    ]
    head = tuple(
        Cell(str(name), True, fill=_HEAD, align=align) for name, align in zip(texts, alignments, strict=True)
    )
    rows = tuple(
        tuple(Cell(words, align=align) for words, align in zip(row, alignments, strict=True))
        for row in zip(*columns, strict=True)
    )
    return listed(head, rows, len(table.frame))
