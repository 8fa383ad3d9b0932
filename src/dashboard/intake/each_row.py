"""The problems of a data set row by row: none of them stands for others, so that each has its cell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import pandas as pd

from dashboard.dataset import Problem, read, rules
from dashboard.dataset.sheet import Sheet
from dashboard.intake.findings import MAX_FINDINGS


class _EachRow(Sheet):
    """A sheet that says of every row what `Sheet` says once for rows that are alike."""

    def firsts(self, column: str, rows: pd.Index[int], *, warning: bool) -> dict[int, int]:
        """Every row; of errors no more than are listed."""
        return dict.fromkeys(rows if warning else rows[:MAX_FINDINGS], 0)


def each_row(sheets: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """The sheets, by name, so that none of the problems found in them stands for others."""
    return {name: _EachRow(**vars(sheet)) for name, sheet in sheets.items()}


def cell_by_cell(folder: Path) -> Iterator[Problem]:
    """The errors of a folder, none of them standing for others."""
    reading = read.folder(folder)
    sheets = each_row(reading.sheets)
    for problem in reading.problems:
        yield from _spread(problem, sheets)
    yield from (problem for problem in rules.broken(sheets) if not problem.warning)


def _spread(problem: Problem, sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """A cell that could not be read stands for all others with the same text."""
    sheet = sheets.get(problem.table)
    if sheet is None or problem.column not in sheet.invalid or problem.row not in sheet.raw.index:
        yield problem
        return
    column = str(problem.column)
    cells = sheet.raw[column].str.strip()
    for row in cells.index[cells == cells[problem.row]]:
        yield replace(sheet.problem(problem.rule, column, row), values=problem.values)
