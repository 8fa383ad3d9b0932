"""The whole data set that a file makes of the current one, checked: what is wrong is a finding of the file's
own cells."""

from __future__ import annotations

import csv
import io
import json
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import MappingProxyType

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Problem, check, read, rules, villages
from dashboard.dataset.rules import fewer
from dashboard.dataset.sheet import Sheet, Values
from dashboard.intake import forms
from dashboard.intake.convert import Converted
from dashboard.intake.findings import MAX_FINDINGS, Finding, Findings, Place, grouped, place_name
from dashboard.intake.rows import UNREAD, Row, communes_named, iso, table_rows
from dashboard.text import Text

_FIRST_ROW = 2
_ENTRIES = (*forms.ENTRIES, *schema.ABOUT_IN_ENGLISH)
# Values of a problem that are codes of a level, and ids of communes.
_LEVELS = ("level", "above", "allowed")
_COMMUNES = ("above", "commune", "named")
# The columns of which the file has names or words, and the data set ids or codes.
_NAMED = (schema.Kind.ID, schema.Kind.CODE)


@dataclass(frozen=True)
class Merged:
    """Every table whole: its rows in the order in which they are written, and the entries of dataset.toml."""

    tables: Mapping[str, list[Row]]
    entries: Mapping[str, str]
    entry_places: Mapping[str, Place] = field(default_factory=dict)

    def row(self, table: str, number: int) -> Row | None:
        """The row that a spreadsheet shows under that number; the headings are row 1."""
        rows = self.tables[table]
        return rows[number - _FIRST_ROW] if 0 <= number - _FIRST_ROW < len(rows) else None

    def write(self, folder: Path) -> None:
        """Write the files of the data set into a folder."""
        (folder / schema.ABOUT_FILE).write_bytes(_about_file(self.entries))
        for table in schema.TABLES:
            (folder / table.file).write_bytes(_csv(table, self.tables[table.name]))


def merged(given: Converted, base: Dataset) -> Merged:
    """The data set that the file makes of `base`.

    Organisations and officers of the file's date are replaced, other dates stay. The villages of the file are
    those in force at its date, see `_villages`. Tables that the file does not give stay. An entry of
    dataset.toml that the file changes loses its English form.
    """
    before = as_checked(base)
    tables = {**before.tables}
    for name, rows in given.tables.items():
        if name in ("organizations", "officers"):
            tables[name] = [row for row in tables[name] if row.cells["as_of"] != given.as_of] + rows
        elif name == "villages":
            tables[name] = rows + _villages(given, base, tables[name])
        else:
            tables[name] = rows
    entries = {**before.entries, **{key: row.cells["content"] for key, row in given.entries.items()}}
    for key in schema.ABOUT_IN_ENGLISH:
        translated = key.removesuffix("_en")
        if entries[translated] != before.entries[translated]:
            entries[key] = ""
    return Merged(tables, entries, {key: row.places["content"] for key, row in given.entries.items()})


def as_checked(dataset: Dataset) -> Merged:
    """A data set as its files hold it: dates, counts and flags in one form, whatever the clerk wrote."""
    tables = {
        table.name: [Row(cells) for cells in table_rows(table, getattr(dataset, table.name))]
        for table in schema.TABLES
    }
    return Merged(tables, {key: dataset.about.entry(key) for key in _ENTRIES})


def _villages(given: Converted, base: Dataset, before: list[Row]) -> list[Row]:
    """The rows of villages that stay beside those of the file.

    Periods that are not of its date stay. Of those that are, one goes where the file says of its village
    that it begins otherwise, or leaves the village out; but not where another date names it, or it has a
    beginning: then the form may be older than the village.
    """
    keys = {(row.cells["village_id"], iso(row.cells["valid_from"])) for row in given.tables["villages"]}
    ids = {village for village, _ in keys}
    known = {(row.cells["village_id"], row.cells["valid_from"]) for row in before}
    otherwise = {village for village, _ in keys - known}
    needed = _named_elsewhere(given, base)
    of_date = set(villages.by_id(base, given.as_of or (base.dates[-1] if base.dates else "")).values())

    def stays(place: int, village: str, begins: str) -> bool:
        if (village, begins) in keys:
            return False
        if place not in of_date:
            return True
        return village not in otherwise if village in ids else bool(village in needed or begins)

    return [
        row
        for place, row in enumerate(before)
        if stays(place, row.cells["village_id"], row.cells["valid_from"])
    ]


def _named_elsewhere(given: Converted, base: Dataset) -> set[str]:
    """The villages that the rows name which the file does not replace."""
    result: set[str] = set()
    for name in ("organizations", "officers"):
        frame = getattr(base, name)
        stays = frame[frame["as_of"] != given.as_of] if name in given.tables else frame
        result.update(stays["village_id"])
    return result


def _about_file(entries: Mapping[str, str]) -> bytes:
    lines = []
    for key in _ENTRIES:
        if key == "sample":
            lines.append(f"{key} = {'false' if entries[key] == 'false' else 'true'}\n")
        elif entries[key] or key in schema.ABOUT_REQUIRED:
            lines.append(f"{key} = {json.dumps(entries[key], ensure_ascii=False)}\n")
    return "".join(lines).encode()


def _csv(table: schema.Table, rows: list[Row]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    columns = table.written({name for row in rows for name, cell in row.cells.items() if cell})
    writer.writerow(columns)
    writer.writerows([row.cells.get(name, "") for name in columns] for row in rows)
    return file.getvalue().encode()


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
    problems = [*fewer.check(dataset, sheets), *rules.broken(sheets)]
    return {_subject(problem, sheets): problem for problem in problems}


def _subject(problem: Problem, sheets: Mapping[str, Sheet]) -> tuple[str, ...]:
    """Table, rule and key of the row. What is said of a date is about all its rows, and what is said of one
    area at it about the numbers too: where still more is missing, that is new."""
    sheet = sheets[problem.file.removesuffix(".csv")]
    of_date = problem.column == "as_of"
    key = (str(sheet.frame.at[problem.row, name]) for name in (("as_of",) if of_date else sheet.table.key))
    values = (f"{name}={value}" for name, value in sorted(problem.values.items()) if of_date)
    return problem.file, problem.rule, *key, *values


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
        return [
            self.problem(
                rule, column, row, warning=warning, more=0, **(values(row) if callable(values) else values)
            )
            for row in (rows if warning else rows[:MAX_FINDINGS])
        ]


def _each_row(sheets: Mapping[str, Sheet]) -> dict[str, Sheet]:
    """The sheets, by name, so that none of the problems found in them stands for others."""
    return {name: _EachRow(**vars(sheet)) for name, sheet in sheets.items()}


def _cell_by_cell(folder: Path) -> Iterator[Problem]:
    """The errors of a folder, none of them standing for others."""
    reading = read.folder(folder)
    sheets = _each_row(reading.sheets)
    for problem in reading.problems:
        yield from _spread(problem, sheets)
    yield from (problem for problem in rules.broken(sheets) if not problem.warning)


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
        columns = schema.table(table).columns
        if any(column.name == problem.column and column.kind in _NAMED for column in columns):
            value = ""
    where = "" if place else words("intake.standing", what=_elsewhere(row, problem, merged, words))
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


def _elsewhere(row: Row | None, problem: Problem, merged: Merged, words: Text) -> str:
    """What the file does not give: its sheet, the row's name unless it is about the whole date, the date."""
    about = problem.file == schema.ABOUT_FILE
    form = forms.form(forms.ABOUT if about else problem.file.removesuffix(".csv"))
    parts = [words(f"template.sheet.{form.name}")]
    if row is not None:
        parts += [_name(row, merged)] if problem.column != "as_of" else []
        parts += [words.date(row.cells["as_of"]) if form.dated else ""]
    return ", ".join(filter(None, parts))


def _name(row: Row, merged: Merged) -> str:
    """What a reader calls a row; a post by its village."""
    village = row.cells["village_id"] if "position" in row.cells else None
    if village is not None:
        rows = merged.tables["villages"]
        return next((of.cells["name"] for of in rows if of.cells["village_id"] == village), village)
    return next(filter(None, map(row.cells.get, ("name", "name_vi", "quote", "source"))), "")


def _worded(name: str, value: object, merged: Merged, problem: Problem, words: Text) -> object:
    """Rows as cells of the file, ids and codes as the words that stand there."""
    table = problem.file.removesuffix(".csv")
    if name == "first" and isinstance(value, int):
        row = merged.row(table, value)
        if place := _place(row, problem):
            return place_name(place)
        return words("intake.row", what=_elsewhere(row, problem, merged, words))
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
