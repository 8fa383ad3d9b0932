"""Charts that are tables on a slide: places and goals, names, lines to choose from, the figures behind."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace

from pptx.enum.text import PP_ALIGN

from dashboard.charts import theme
from dashboard.charts.model import Choices, HeatCell, HeatRow, HeatTable, Names
from dashboard.exhibits import Table
from dashboard.outputs.slides import labels
from dashboard.outputs.slides.grid import Cell, Grid, Row, grid
from dashboard.outputs.slides.looks import Style
from dashboard.text import Text

_MOST_ROWS = 120  # more than so many slides hold: of tens of thousands the others are not measured
_HEAD = theme.COLOURS["neutral-back"]
_CHOSEN = theme.COLOURS["chosen-pale"]
_LIGHT, _DEEP = 0.2, 0.6  # of the colour of what is missing, for the least and the most
# Figures stand to the right: "2.198", "50/60 (83,3%)", "–".
_FIGURE = re.compile(r"[\d.,/()%+−– ]+")


@dataclass(frozen=True)
class Listed:
    """Rows of a table under their `head` (() for none), `all` in the whole; `kept` (by number) are never left
    out: the chosen ones, and that of all together."""

    head: Row
    rows: tuple[Row, ...]
    all: int
    kept: frozenset[int] = frozenset()

    @property
    def count(self) -> int:
        """How many rows are here."""
        return len(self.rows)

    def made(self, style: Style, room: float) -> Grid:
        """The table in words of a size, as wide as its room."""
        return grid(self.head, self.rows, style, room)

    def first(self, n: int) -> Listed:
        """So many rows: the first ones and those that are never left out."""
        shown = first(len(self.rows), n, self.kept)
        kept = frozenset(new for new, old in enumerate(shown) if old in self.kept)
        return replace(self, rows=tuple(self.rows[row] for row in shown), kept=kept)


def first(of: int, n: int, kept: Collection[int]) -> list[int]:
    """Which rows of so many stand where only `n` can: the first ones, and those that are never left out."""
    others = [row for row in range(of) if row not in kept]
    return sorted([*kept, *others[: max(n - len(kept), 0)]])


def heat(chart: HeatTable) -> Listed:
    """Places × goals: what is missing by its sign, number and tint; the chosen ones marked."""
    middle = PP_ALIGN.CENTER
    head = (
        Cell(chart.order, True, fill=_HEAD),
        *(Cell(one, True, fill=_HEAD, align=middle) for one in (*chart.heads, chart.total)),
    )
    rows = [_heat_row(row, row.chosen) for row in chart.rows]
    kept = {n for n, row in enumerate(chart.rows) if row.chosen}
    if chart.whole:
        kept.add(len(rows))
        rows.append(_heat_row(chart.whole, chosen=False, whole=True))
    return Listed(head, tuple(rows), len(rows), frozenset(kept))


def _heat_row(row: HeatRow, chosen: bool, whole: bool = False) -> Row:
    fill = _CHOSEN if chosen else ""
    strong = chosen or whole
    return (
        Cell(f"► {row.name}" if chosen else row.name, strong, theme.RED if chosen else theme.INK, fill),
        *(_heat_cell(cell, strong, "" if whole else fill, whole) for cell in row.cells),
        Cell(row.total, True, fill=fill, align=PP_ALIGN.CENTER),
    )


def _heat_cell(cell: HeatCell, bold: bool, fill: str, whole: bool) -> Cell:
    """ "▼ 3  44/58 ?1": the sign with what is missing, the count, how many are not reported."""
    needed = "" if not cell.needed else str(cell.needed)
    sign = f"{labels.SIGNS[cell.label.status]} {needed}".strip()
    sign = "" if sign == cell.label.count else sign  # of what has no data there is one dash
    unknown = f"?{cell.unreported}" if cell.unreported else ""
    if cell.missing and not whole:
        fill = theme.mixed(theme.AMBER, _LIGHT + _DEEP * cell.missing)
    words = "  ".join(part for part in (sign, " ".join((cell.label.count, unknown)).strip()) if part)
    return Cell(words, bold, fill=fill, align=PP_ALIGN.CENTER)


def names(chart: Names) -> Listed:
    """Names by place: a line per place, or per name where more is said of it; beside the head of its list."""
    lists = [column for column in chart.columns if column.groups]
    headed = any(column.head for column in lists)
    told = any(behind for column in lists for group in column.groups for _, behind, _ in group.items)
    placed = any(group.name for column in lists for group in column.groups)
    rows: list[Row] = []
    for column in lists:
        head = f"{labels.SIGNS[column.status]} {column.head}".strip() if column.head else ""
        for n, group in enumerate(column.groups):
            items = [(name, behind) for name, behind, _ in group.items]
            lines = items if told else [("; ".join(name for name, _ in items), "")]
            for line, (name, behind) in enumerate(lines):
                rows.append(
                    (
                        *([Cell("" if n or line else head, True)] if headed else []),
                        *([Cell("" if line else group.name, True)] if placed else []),
                        Cell(name),
                        *([Cell(_bare(behind))] if told else []),
                    )
                )
    return Listed((), tuple(rows), len(rows))


def _bare(words: str) -> str:
    """Without the parentheses that part them from a name where they stand apart from it anyway."""
    return words[1:-1] if words.startswith("(") and words.find(")") == len(words) - 1 else words


def choices(chart: Choices) -> Listed:
    """The lines of a list; what is ticked is marked."""
    head = tuple(Cell(words, True, fill=_HEAD) for words in chart.heads)
    rows = [
        tuple(
            Cell(f"✓ {words}" if row.ticked and n == 0 else words, row.ticked)
            for n, words in enumerate(row.cells)
        )
        for row in chart.rows[:_MOST_ROWS]
    ]
    return Listed(head, tuple(rows), len(chart.rows))


def figures(table: Table, text: Text) -> Listed:
    """The table behind an exhibit, figures to the right."""
    written = replace(table, frame=table.frame.head(_MOST_ROWS)).written(text)
    columns = [[str(cell) for cell in written[name]] for name in written]
    no_data = text("common.no_data")
    sides = [
        PP_ALIGN.RIGHT
        if n and all(cell == no_data or _FIGURE.fullmatch(cell) for cell in cells)
        else PP_ALIGN.LEFT
        for n, cells in enumerate(columns)
    ]
    head = tuple(
        Cell(str(name), True, fill=_HEAD, align=side) for name, side in zip(written, sides, strict=True)
    )
    rows = tuple(
        tuple(Cell(words, align=side) for words, side in zip(row, sides, strict=True))
        for row in zip(*columns, strict=True)
    )
    return Listed(head, rows, len(table.frame))
