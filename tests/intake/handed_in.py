"""What the tests of the import share: a workbook as bytes, and what reading it said."""

from __future__ import annotations

import io

import openpyxl

from dashboard import intake, text

VI = text.get()
# The fill of a wrong cell.
MARK = "FFF4B6B0"


def saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def opened(data):
    return openpyxl.load_workbook(io.BytesIO(data))


def receive(file, base, name="so-lieu.xlsx", words=VI):
    """What comes of a file, or of a workbook that is saved as one."""
    data = file if isinstance(file, bytes) else saved(file)
    refused, preview = intake.receive_all([(name, data)], base, words)
    return preview or refused[0][1]


def received(*args) -> intake.Preview:
    """The same of a file that is taken."""
    result = receive(*args)
    assert isinstance(result, intake.Preview), "\n".join(result.lines(VI))
    return result


def places(refused) -> set[str]:
    """The cells that were found wrong."""
    return {finding.location(VI) for finding in refused.findings}


def lines(data, base, name="so-lieu.xlsx") -> str:
    """The lines of a refusal, or of the changes."""
    result = receive(data, base, name)
    if isinstance(result, intake.Refused):
        return "\n".join(result.lines(VI))
    return "\n".join(change.line(VI) for change in result.changes)


LAST, NEXT = "2024-12-31", "2025-06-30"
# The sheets with rows by commune, and the column of the commune.
SHEETS = {"Thôn, tổ dân phố": 1, "Tổ chức": 5, "Chức danh": 1}


def cut(filled, names, as_of=LAST, members=0, *, root=True):
    """The workbook with the rows of these communes alone, each of their cells with so many more members."""
    book = opened(filled)
    for name, column in SHEETS.items():
        sheet = book[name]
        # The sheet without a date begins a row higher.
        for row in range(sheet.max_row, 2 if name == "Thôn, tổ dân phố" else 3, -1):
            cells = [sheet.cell(row, at).value for at in range(1, 9)]
            top = name == "Tổ chức" and cells[3] is None
            if not any(cells) or cells[column - 1] in names or (root and top):
                continue
            sheet.delete_rows(row)
        if name != "Thôn, tổ dân phố":
            sheet["B1"] = as_of
    sheet = book["Tổ chức"]
    for row in range(4, sheet.max_row + 1):
        if members and isinstance(sheet.cell(row, 7).value, int):
            sheet.cell(row, 7).value += members
    return saved(book)
