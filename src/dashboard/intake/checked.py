"""The whole data set that a file would make, checked; what is wrong is said of the file's own cells."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import fields, replace
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Problem, check, read, rules
from dashboard.dataset.rules import fewer
from dashboard.dataset.sheet import Sheet, Values
from dashboard.intake import forms
from dashboard.intake.findings import MOST, Finding, Findings, Place, grouped, place_name
from dashboard.intake.merge import Merged, as_checked
from dashboard.intake.rows import UNREAD, Row, communes_named
from dashboard.text import Text

# Values of a problem that are codes of a level, and ids of communes.
_LEVELS = ("level", "above", "allowed")
_COMMUNES = ("above", "commune", "named")


def checked(merged: Merged, findings: Findings, words: Text) -> Dataset | None:
    """The data set; None where it is wrong, and then `findings` has every cell that is."""
    with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
        merged.write(Path(folder))
        report = check(Path(folder))
        if report.dataset is not None:
            return report.dataset
        for problem in _cell_by_cell(Path(folder)):
            if not (findings.all and (problem.value or "").startswith(UNREAD)):
                findings.take(_finding(problem, merged, words))
    return None


def warned(dataset: Dataset, merged: Merged, base: Dataset, words: Text) -> tuple[Finding, ...]:
    """What `base` is not warned of already, as `grouped`; what may be missing comes first."""
    problems = list(fewer.removed_rows(lambda table: getattr(base, table.name), dataset))
    if dataset.warnings:
        known = _warnings(base, as_checked(base)) if base.warnings else {}
        problems += [problem for of, problem in _warnings(dataset, merged).items() if of not in known]
    return grouped(_finding(problem, merged, words) for problem in problems)


def _warnings(dataset: Dataset, merged: Merged) -> dict[tuple[str, ...], Problem]:
    """Every warning of a data set by what it is about, none of them standing for others."""
    with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
        merged.write(Path(folder))
        sheets = _each_row(read.folder(Path(folder)).sheets)
    found = [*fewer.check(dataset, sheets), *rules.broken(sheets)]
    return {_about(problem, sheets): problem for problem in found}


def _about(problem: Problem, sheets: Mapping[str, Sheet]) -> tuple[str, ...]:
    """Table, rule and key of the row. What is said of a date is about all its rows, and what is said of one
    area at it about the numbers too: where still more is missing, that is new."""
    sheet = sheets[problem.file.removesuffix(".csv")]
    of_date = problem.column == "as_of"
    key = (str(sheet.frame.at[problem.row, name]) for name in (("as_of",) if of_date else sheet.table.key))
    said = (f"{name}={value}" for name, value in sorted(problem.values.items()) if of_date)
    return problem.file, problem.rule, *key, *said


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
        for row in rows if warning else rows[:MOST]:  # more errors are not told
            filled = values(row) if callable(values) else values
            said.append(replace(self.problem(rule, column, row, warning=warning), values=filled))
        return said


def _each_row(sheets: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """The sheets, by name, so that none of the problems found in them stands for others."""
    return {
        name: _EachRow(**{field.name: getattr(sheet, field.name) for field in fields(Sheet)})
        for name, sheet in sheets.items()
    }


def _cell_by_cell(folder: Path) -> Iterator[Problem]:
    """The errors of a folder, none of them standing for others."""
    reading = read.folder(folder)
    sheets = _each_row(reading.sheets)
    for problem in reading.problems:
        yield from _spread(problem, sheets)
    for problem in rules.broken(sheets):
        if not problem.warning:
            yield problem


def _spread(problem: Problem, sheets: Mapping[str, Sheet]) -> Iterator[Problem]:
    """A cell that could not be read stands for all others with the same text."""
    sheet = sheets.get(problem.file.removesuffix(".csv"))
    if sheet is None or problem.column not in sheet.invalid or problem.row not in sheet.raw.index:
        yield problem
        return
    column = str(problem.column)
    cells = sheet.raw[column].str.strip()
    for row in cells.index[cells == cells[problem.row]]:
        yield replace(sheet.problem(problem.rule, column, row), values=problem.values)


def _finding(problem: Problem, merged: Merged, words: Text) -> Finding:
    """A problem of the files as one of the cells that came in; one of a whole table stands at its first."""
    table = problem.file.removesuffix(".csv")
    row = _row(table, problem, merged)
    values = {name: _worded(name, value, merged, problem, words) for name, value in problem.values.items()}
    place = merged.entry_places.get(problem.column or "") if problem.file == schema.ABOUT_FILE else None
    value = problem.value or ""
    if cell := _place(row, problem):
        place = cell
        if problem.column in _shown_as_words(table):
            value = ""
    where = "" if place else words("intake.standing", what=_standing(row, problem, merged, words))
    return Finding(problem.rule, place, value, values, where)


def _row(table: str, problem: Problem, merged: Merged) -> Row | None:
    if table not in merged.tables:
        return None
    if problem.row is not None:
        return merged.row(table, problem.row)
    return next((row for row in merged.tables[table] if row.places), None)


def _place(row: Row | None, problem: Problem) -> Place | None:
    """The cell of a row that a problem is about, else its first; None where the file has no such row."""
    if row is None or not row.places:
        return None
    return row.places.get(problem.column or "") or next(iter(row.places.values()))


def _standing(row: Row | None, problem: Problem, merged: Merged, words: Text) -> str:
    """What the file does not give: its sheet, the row's name unless it is about the whole date, the date."""
    about = problem.file == schema.ABOUT_FILE
    form = forms.form(forms.ABOUT if about else problem.file.removesuffix(".csv"))
    said = [words(f"template.sheet.{form.name}")]
    if row is not None:
        said += [_name(row, merged)] if problem.column != "as_of" else []
        said += [words.date(row.cells["as_of"]) if form.dated else ""]
    return ", ".join(filter(None, said))


def _name(row: Row, merged: Merged) -> str:
    """What a reader calls a row; a post by its village."""
    village = row.cells["village_id"] if "position" in row.cells else None
    if village is not None:
        rows = merged.tables["villages"]
        return next((of.cells["name"] for of in rows if of.cells["village_id"] == village), village)
    return next(filter(None, map(row.cells.get, ("name", "name_vi", "quote", "source"))), "")


def _shown_as_words(table: str) -> frozenset[str]:
    """The columns of which the file has names or words, and the data set ids or codes."""
    coded = (schema.Kind.ID, schema.Kind.CODE)
    columns = schema.table(table).columns
    return frozenset(column.name for column in columns if column.kind in coded)


def _worded(name: str, value: object, merged: Merged, problem: Problem, words: Text) -> object:
    """Rows as cells of the file, ids and codes as the words that stand there."""
    table = problem.file.removesuffix(".csv")
    if name == "first" and isinstance(value, int):
        row = merged.row(table, value)
        place = _place(row, problem)
        return (
            place_name(place) if place else words("intake.row", what=_standing(row, problem, merged, words))
        )
    if table == "organizations" and problem.rule == "parent_level" and name in _LEVELS:
        return ", ".join(words(f"code.level.{code}") for code in str(value).split(", "))
    if table == "organizations" and name in _COMMUNES:
        labels = {
            named.id: named.label for named in communes_named(row.cells for row in merged.tables["communes"])
        }
        return labels.get(str(value), value)
    if name == "members" and problem.rule == "parent_cycle":
        names = {row.cells["org_id"]: row.cells.get("name", "") for row in merged.tables["organizations"]}
        return " → ".join(names.get(own, own) for own in str(value).split(" → "))
    return value
