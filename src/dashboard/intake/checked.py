"""The whole data set that a file would make, checked; what is wrong is said of the file's own cells."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from dashboard import schema, text
from dashboard.dataset import Dataset, Problem, check, read, rules
from dashboard.dataset.sheet import Sheet, Values
from dashboard.intake.convert.rows import UNREAD
from dashboard.intake.convert.world import communes_named
from dashboard.intake.findings import MOST, Finding, Findings, place_name
from dashboard.intake.merge import Merged

# Values of a problem that are codes of a level, and ids of communes.
_LEVELS = ("level", "above", "allowed")
_COMMUNES = ("above", "commune", "named")


def checked(merged: Merged, findings: Findings) -> Dataset | None:
    """The data set; None where it is wrong, and then `findings` has every cell that is."""
    with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
        merged.write(Path(folder))
        report = check(Path(folder))
        if report.dataset is not None:
            return report.dataset
        for problem in _cell_by_cell(Path(folder)):
            if not (findings.all and (problem.value or "").startswith(UNREAD)):
                findings.take(_finding(problem, merged))
    return None


class _EachRow(Sheet):
    """A sheet that says of every row what `Sheet` says once for rows that are alike."""

    def problems(
        self,
        rule: str,
        column: str,
        rows: pd.Index[int],
        values: Values | Callable[[int], Values] = MappingProxyType({}),
        *,
        warning: bool = False,
    ) -> list[Problem]:
        """One problem per row."""
        said: list[Problem] = []
        for row in rows[:MOST]:  # more are not told
            filled = values(row) if callable(values) else values
            said.append(replace(self.problem(rule, column, row, warning=warning), values=filled))
        return said


def _cell_by_cell(folder: Path) -> Iterator[Problem]:
    """The errors of a folder, none of them standing for others."""
    reading = read.folder(folder)
    sheets = {
        name: _EachRow(**{field.name: getattr(sheet, field.name) for field in fields(Sheet)})
        for name, sheet in reading.sheets.items()
    }
    for problem in reading.problems:
        yield from _spread(problem, sheets)
    for problem in rules.broken(sheets):
        if not problem.warning:
            yield problem


def _spread(problem: Problem, sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """A cell that could not be read stands for all others with the same text."""
    sheet = sheets.get(problem.file.removesuffix(".csv"))
    if sheet is None or problem.column not in sheet.failed or problem.row not in sheet.written.index:
        yield problem
        return
    column = str(problem.column)
    cells = sheet.written[column].str.strip()
    for row in cells.index[cells == cells[problem.row]]:
        yield replace(sheet.problem(problem.rule, column, row), values=problem.values)


def _finding(problem: Problem, merged: Merged) -> Finding:
    """A problem of the files as one of the cells that came in."""
    table = problem.file.removesuffix(".csv")
    known = table in merged.tables
    row = merged.row(table, problem.row) if known and problem.row is not None else None
    values = {name: _worded(name, value, table, merged, problem) for name, value in problem.values.items()}
    place = merged.entry_places.get(problem.column or "") if problem.file == schema.ABOUT_FILE else None
    value = problem.value or ""
    if row is not None and row.places:
        place = row.places.get(problem.column or "") or next(iter(row.places.values()))
        if problem.column in _shown_as_words(table):
            value = ""
    where = "" if place else text.get()("intake.standing", file=problem.file, row=str(problem.row or ""))
    return Finding(problem.rule, place, value, values, where)


def _shown_as_words(table: str) -> frozenset[str]:
    """The columns of which the file has names or words, and the data set ids or codes."""
    coded = (schema.Kind.ID, schema.Kind.CODE)
    columns = schema.table(table).columns
    return frozenset(column.name for column in columns if column.kind in coded)


def _worded(name: str, value: object, table: str, merged: Merged, problem: Problem) -> object:
    """Rows as cells of the file, ids and codes as the words that stand there."""
    if name == "first" and isinstance(value, int):
        row = merged.row(table, value)
        place = row.places.get(problem.column or "") if row else None
        return place_name(place) if place else text.get()("intake.row", row=str(value))
    if table == "organizations" and problem.rule == "parent_level" and name in _LEVELS:
        return ", ".join(text.get()(f"code.level.{code}") for code in str(value).split(", "))
    if table == "organizations" and name in _COMMUNES:
        labels = {
            named.id: named.label for named in communes_named(row.cells for row in merged.tables["communes"])
        }
        return labels.get(str(value), value)
    if name == "members" and problem.rule == "parent_cycle":
        names = {row.cells["org_id"]: row.cells.get("name", "") for row in merged.tables["organizations"]}
        return " → ".join(names.get(own, own) for own in str(value).split(" → "))
    return value
