"""The same workbook back, with exactly the wrong cells marked and commented."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Mapping
from typing import Any

import xlsxwriter

from dashboard.charts import theme
from dashboard.intake import read
from dashboard.intake.child import RefusedError
from dashboard.intake.findings import Finding, Place
from dashboard.intake.read import Book
from dashboard.text import Text

_RED = theme.COLOURS["wrong"]
# A comment that is longer does not fit on a screen.
_LONGEST = 1500
_NAME = 31
_NEVER_IN_NAMES = re.compile(r"[\[\]:*?/\\\x00-\x1f\ufffe\uffff]")


def marked(book: Book, data: bytes, findings: Iterable[Finding], text: Text) -> bytes:
    """The workbook (XLSX) with a fill and a comment at the cell of every finding that has one.

    An XLSX comes back as it was; of other files the cells stand in a new workbook, as they were read.
    """
    said = {finding.place: finding.line(text)[:_LONGEST] for finding in findings if finding.place}
    if book.kind == "xlsx":
        marks = [[*place, comment] for place, comment in said.items()]
        try:
            return read.in_child({"work": "mark", "marks": marks}, data)
        except RefusedError:
            pass  # what one library reads, another may not: then the cells alone
    return _written_anew(book, said)


def _sheet_name(workbook: Any, name: str, number: int) -> str:
    """The name, as far as Excel takes it: other programs allow longer ones, and more signs."""
    fit = _NEVER_IN_NAMES.sub(" ", name)[:_NAME].strip(" '")
    taken = {sheet.get_name().lower() for sheet in workbook.worksheets()}
    return str(number) if fit.lower() in taken | {"", "history"} else fit


def _written_anew(book: Book, said: Mapping[Place, str]) -> bytes:
    file = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    workbook = xlsxwriter.Workbook(file, options)
    wrong = workbook.add_format({"bg_color": _RED})
    for number, grid in enumerate(book.grids, 1):
        sheet = workbook.add_worksheet(_sheet_name(workbook, grid.name, number))
        for row, cells in enumerate(grid.rows):
            for column, cell in enumerate(cells):
                if cell:
                    sheet.write_string(row, column, cell)
        for (name, row, column), comment in said.items():
            if name == grid.name:
                cells = grid.rows[row] if row < len(grid.rows) else ()
                sheet.write_string(row, column, cells[column] if column < len(cells) else "", wrong)
                sheet.write_comment(row, column, comment, {"x_scale": 3, "y_scale": 1.5})
    workbook.close()
    return file.getvalue()
