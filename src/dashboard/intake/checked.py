"""The data set that a file makes, checked: what is wrong is a finding of the file's own cells, what is new to
be warned of, too."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from dashboard import schema
from dashboard.dataset import Dataset, Problem, check, read, rules, village_names
from dashboard.dataset.rules import fewer
from dashboard.dataset.sheet import Sheet
from dashboard.intake import communes, forms
from dashboard.intake.each_row import cell_by_cell, each_row
from dashboard.intake.findings import Finding, Findings, Place, grouped, place_name
from dashboard.intake.merged import Merged, as_checked
from dashboard.intake.rows import UNREAD, Cells, Row, iso
from dashboard.text import Text

_MAX_LISTED = 8
# Values of a problem that are codes of a level, and ids of communes.
_LEVELS = ("level", "above", "allowed")
_COMMUNES = ("above", "commune", "named")
# The columns of which the file has names or words, and the data set ids or codes.
_NAMED = (schema.Kind.ID, schema.Kind.CODE, schema.Kind.POSITION)
# Rules that the row of a village breaks where rows that the file does not give say otherwise, and what is
# then said about which of its cells.
_BLAMED = {
    "village_elsewhere": ("village_moved", "commune_id"),
    "village_outside": ("village_moved", "commune_id"),
    "village_not_in_force": ("village_period", "valid_from"),
}


def checked(merged: Merged, findings: Findings, base: Dataset, words: Text) -> Dataset | None:
    """The data set; None where it is wrong, and then `findings` has every cell that is, or the one that makes
    rows wrong which the file does not give."""
    with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
        merged.write(Path(folder))
        report = check(Path(folder))
        if report.dataset is not None:
            return report.dataset
        problems = [*cell_by_cell(Path(folder))]
        causes = _causes(problems, merged, base, words)
        for finding in causes.values():
            findings.take(finding)
        wording = _Wording(merged, words)
        for problem in problems:
            if (problem.rule, problem.value) in causes:
                continue
            if not (findings.all and (problem.value or "").startswith(UNREAD)):
                findings.take(wording.finding(problem))
    return None


def warned(dataset: Dataset, merged: Merged, base: Dataset, words: Text) -> tuple[Finding, ...]:
    """What `base` is not warned of already, as `grouped`; what may be missing comes first."""
    wording = _Wording(merged, words)
    problems = [
        _lost(problem, base, words)
        for problem in fewer.removed_rows(lambda table: getattr(base, table.name), dataset)
    ]
    if dataset.warnings:
        before = _warnings(base, as_checked(base)) if base.warnings else {}
        problems += [
            problem for subject, problem in _warnings(dataset, merged).items() if subject not in before
        ]
    result = [wording.finding(problem) for problem in problems]
    if merged.left_out:
        names = [wording.village(row.cells) for row in merged.left_out]
        listed = ", ".join(names[:_MAX_LISTED]) + ("…" if len(names) > _MAX_LISTED else "")
        sheet = words("template.sheet.villages")
        result.append(Finding("villages_left_out", values={"n": len(names), "names": listed}, where=sheet))
    return grouped(result)


def _lost(problem: Problem, base: Dataset, words: Text) -> Problem:
    """Of rows that are gone the names instead of the ids."""
    (key,), before = schema.table(problem.table).key, as_checked(base)
    wording = _Wording(before, words)
    names = {row.cells[key]: wording.name(row) for row in before.tables[problem.table]}
    ids = str(problem.values["names"]).split(", ")
    listed = ", ".join(names.get(row_id) or row_id for row_id in ids)
    return replace(problem, values={**problem.values, "names": listed})


def _warnings(dataset: Dataset, merged: Merged) -> dict[tuple[str, ...], Problem]:
    """Every warning of a data set by its subject, none of them standing for others."""
    with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
        merged.write(Path(folder))
        sheets = each_row(read.folder(Path(folder)).sheets)
    problems = [*fewer.check(dataset, sheets), *rules.broken(sheets)]
    return {_subject(problem, sheets[problem.table]): problem for problem in problems}


def _subject(problem: Problem, sheet: Sheet) -> tuple[str, ...]:
    """Table, rule and key of the row. A warning of a date is about all its rows, and one of an area at it
    about the numbers too: where still more is missing, that is new."""
    of_date = problem.column == "as_of"
    key = (str(sheet.frame.at[problem.row, name]) for name in (("as_of",) if of_date else sheet.table.key))
    values = (f"{name}={value}" for name, value in sorted(problem.values.items()) if of_date)
    return problem.file, problem.rule, *key, *values


def _causes(
    problems: Sequence[Problem], merged: Merged, base: Dataset, words: Text
) -> dict[tuple[str, str | None], Finding]:
    """By rule and id the finding that stands for all problems of a commune that the file has no row of, and
    of a village whose row says what rows of the data contradict."""
    in_file = [row for row in merged.tables["communes"] if row.places]
    before, wording = communes.in_words(base.communes.to_dict("records")), _Wording(merged, words)
    lies_in = dict(zip(base.villages["village_id"], base.villages["commune_id"], strict=True))
    result: dict[tuple[str, str | None], Finding] = {}
    for problem in problems:
        key, area_id = (problem.rule, problem.value), problem.value or ""
        if key in result:
            continue
        if problem.rule == "unknown_commune" and in_file and area_id in before:
            sheet, row, column = in_file[-1].places["name"]
            result[key] = Finding("commune_gone", (sheet, row + 1, column), values={"name": before[area_id]})
        elif problem.rule in _BLAMED and not _place(wording.row(problem), problem):
            rule, name = _BLAMED[problem.rule]
            rows = [
                row for row in merged.tables["villages"] if row.cells["village_id"] == area_id and row.places
            ]
            if rows:
                values = {**problem.values, "commune": before.get(lies_in.get(area_id, ""), "")}
                place = rows[-1].places.get(name) or rows[-1].places["name"]
                result[key] = Finding(rule, place, values=values)
    return result


def _place(row: Row | None, problem: Problem) -> Place | None:
    """The cell of a row that a problem is about, else its first; None where the file has no such row."""
    if row is None or not row.places:
        return None
    return row.places.get(problem.column or "") or next(iter(row.places.values()))


@dataclass(frozen=True)
class _Wording:
    """Problems of the files of a data set in the words of the forms."""

    merged: Merged
    words: Text

    def finding(self, problem: Problem) -> Finding:
        """A problem as one of the cells that came in; one of a whole table is at its first."""
        row = self.row(problem)
        values = {name: self._worded(name, value, problem) for name, value in problem.values.items()}
        place, value = _place(row, problem), problem.value or ""
        if problem.file == schema.ABOUT_FILE:
            place = self.merged.entry_places.get(problem.column or "")
        kinds = {column.name: column.kind for column in schema.table(problem.table).columns} if row else {}
        if kinds.get(problem.column or "") in _NAMED:
            value = ""
        elif place is None and iso(value):
            value = self.words.date(iso(value))
        where = "" if place else self.words("intake.standing", what=self._elsewhere(row, problem))
        return Finding(problem.rule, place, value, values, where)

    def row(self, problem: Problem) -> Row | None:
        """The row that a problem is about, of a whole table the first that came in."""
        if problem.table not in self.merged.tables:
            return None
        if problem.row is not None:
            return self.merged.row(problem.table, problem.row)
        return next((row for row in self.merged.tables[problem.table] if row.places), None)

    def name(self, row: Row) -> str:
        """What a reader calls a row; a post by its village."""
        if "position" in row.cells:
            village = row.cells["village_id"]
            rows = (
                village_row.cells
                for village_row in self.merged.tables["villages"]
                if village_row.cells["village_id"] == village
            )
            return next(map(self.village, rows), village)
        if "households" in row.cells:
            return self.village(row.cells)
        return next(filter(None, map(row.cells.get, ("name", "name_vi", "quote", "source"))), "")

    def village(self, cells: Cells) -> str:
        """A village with its commune, and its id where another one is called the same there."""
        key = (cells["name"], cells["commune_id"])
        rows = (row.cells for row in self.merged.tables["villages"])
        alike = {cells["village_id"] for cells in rows if (cells["name"], cells["commune_id"]) == key}
        mark = cells["village_id"] if len(alike) > 1 else ""
        return village_names.marked(cells["name"], mark, self.words, self._communes.get(key[1], ""))

    @cached_property
    def _communes(self) -> dict[str, str]:
        return communes.in_words(row.cells for row in self.merged.tables["communes"])

    def _elsewhere(self, row: Row | None, problem: Problem) -> str:
        """What the file does not give: its sheet, the row's name unless it is about the whole date, the
        date."""
        form = forms.form(forms.ABOUT if problem.file == schema.ABOUT_FILE else problem.table)
        parts = [self.words(f"template.sheet.{form.name}")]
        if row is not None:
            parts += [self.name(row)] if problem.column != "as_of" else []
            parts += [self.words.date(row.cells["as_of"]) if form.dated else ""]
        return ", ".join(filter(None, parts))

    def _worded(self, name: str, value: object, problem: Problem) -> object:
        """Rows as cells of the file, ids and codes as the words that are there."""
        if name == "first" and isinstance(value, int):
            row = self.merged.row(problem.table, value)
            if place := _place(row, problem):
                return place_name(place)
            return self.words("intake.row", what=self._elsewhere(row, problem))
        if problem.table == "organizations":
            if problem.rule == "parent_level" and name in _LEVELS:
                return ", ".join(self.words(f"code.level.{code}") for code in str(value).split(", "))
            if name in _COMMUNES:
                return self._communes.get(str(value), value)
        if name == "members" and problem.rule == "parent_cycle":
            rows = (row.cells for row in self.merged.tables["organizations"])
            names = {cells["org_id"]: cells.get("name", "") for cells in rows}
            return " → ".join(names.get(org, org) for org in str(value).split(" → "))
        return self.words.date(value) if isinstance(value, str) and iso(value) == value != "" else value
