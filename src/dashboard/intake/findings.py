"""What is wrong with a file that came in, cell by cell, and the workbook with those cells marked."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import xlsxwriter
from xlsxwriter.utility import xl_rowcol_to_cell

from dashboard.charts import theme
from dashboard.dataset.problems import shown, worded
from dashboard.intake import read
from dashboard.intake.child import RefusedError
from dashboard.intake.read import Book
from dashboard.text import Text

# More wrong cells than a clerk mends in one go; without a limit, a file of nonsense keeps the server busy.
MAX_FINDINGS = 1_000
_RED = theme.COLOURS["wrong"]
_MAX_COMMENT = 1500  # letters; a longer comment does not fit on a screen
_MAX_SHEET_NAME = 31
_NEVER_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]")

Place = tuple[str, int, int]
"""A cell: name of the sheet, row and column, both counted from 0."""


def place_name(place: Place) -> str:
    """A cell with its sheet: "Chức danh!F14"."""
    sheet, row, column = place
    return f"{sheet}!{xl_rowcol_to_cell(row, column)}"


@dataclass(frozen=True)
class Finding:
    """One thing that is wrong. `place` is None for the file as a whole, or for data that are not in the file.

    `rule` names the sentence ``intake.rule.NAME`` of `text`, or else ``rule.NAME``; `where` says in words
    what has no place; `more` counts the cells that it stands for besides its own.
    """

    rule: str
    place: Place | None = None
    value: str = ""
    values: Mapping[str, object] = field(default_factory=dict)
    where: str = ""
    more: int = 0

    def sentence(self, text: Text) -> str:
        """Why it is wrong, and what to do."""
        key = f"intake.rule.{self.rule}"
        reason = text(key if key in text else f"rule.{self.rule}", **worded(self.values, text))
        return f"{reason} {text('intake.more', n=self.more)}" if self.more else reason

    def location(self, text: Text) -> str:
        """Where it is: "Chức danh!F14", or what stands for it."""
        return place_name(self.place) if self.place else self.where or text("intake.whole_file")

    def line(self, text: Text) -> str:
        """One line: place, value, reason and fix."""
        value = f" “{shown(self.value)}”" if self.value.strip() else ""
        return f"{self.location(text)}:{value} {self.sentence(text)}"


class EnoughError(Exception):
    """So much is wrong that no more is looked for."""


class Findings:
    """Collects what is wrong, the first finding of each cell; `EnoughError` after `MAX_FINDINGS`.

    `notes` say how the file was understood, `warnings` where it may be meant otherwise.
    """

    def __init__(self) -> None:
        self.all: list[Finding] = []
        self.notes: list[Finding] = []
        self.warnings: list[Finding] = []
        self._places: set[Place] = set()

    def add(self, rule: str, place: Place | None, value: str = "", **values: object) -> None:
        """Say what is wrong with a cell."""
        self.take(Finding(rule, place, value, values))

    def take(self, finding: Finding) -> None:
        """Keep a finding, unless its cell has one."""
        if finding.place in self._places:
            return
        self.all.append(finding)
        if finding.place is not None:
            self._places.add(finding.place)
        if len(self.all) >= MAX_FINDINGS:
            self.all.append(Finding("many_wrong", values={"most": MAX_FINDINGS}))
            raise EnoughError


def grouped(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """One finding for all of the same rule and text in one column: the first, which counts the others."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for finding in findings:
        column = (finding.place[0], finding.place[2]) if finding.place else None
        key = (finding.rule, column, finding.value, finding.where, *sorted(map(str, finding.values.items())))
        groups.setdefault(key, []).append(finding)
    return tuple(replace(group[0], more=len(group) - 1) for group in groups.values())


def marked(book: Book, data: bytes, findings: Iterable[Finding], text: Text) -> bytes:
    """The workbook (XLSX) with a fill and a comment at the cell of every finding that has one.

    An XLSX comes back as it was; of other files the cells are in a new workbook, as they were read.
    """
    comments = {finding.place: finding.line(text)[:_MAX_COMMENT] for finding in findings if finding.place}
    if book.kind == "xlsx":
        marks = [[*place, comment] for place, comment in comments.items()]
        try:
            return read.in_child({"work": "mark", "marks": marks}, data)
        except RefusedError:
            pass  # what one library reads, another may not: then the cells alone
    return _new_workbook(book, comments)


def _new_workbook(book: Book, comments: Mapping[Place, str]) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(file, options) as workbook:
        wrong = workbook.add_format({"bg_color": _RED})
        for number, grid in enumerate(book.grids, 1):
            sheet = workbook.add_worksheet(_sheet_name(workbook, grid.name, number))
            for row, cells in enumerate(grid.rows):
                for column, cell in enumerate(cells):
                    if cell:
                        sheet.write_string(row, column, cell)
            for (name, row, column), comment in comments.items():
                if name == grid.name:
                    sheet.write_string(row, column, grid.cell(row, column), wrong)
                    sheet.write_comment(row, column, comment, {"x_scale": 3, "y_scale": 1.5})
    return file.getvalue()


def _sheet_name(workbook: Any, name: str, number: int) -> str:
    """The name, as far as Excel takes it: other programs allow longer ones, and more signs."""
    fit = _NEVER_IN_NAMES.sub(" ", name)[:_MAX_SHEET_NAME].strip(" '")
    used = {sheet.get_name().lower() for sheet in workbook.worksheets()}
    return str(number) if fit.lower() in used | {"", "history"} else fit
