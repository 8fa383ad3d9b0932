"""A filled workbook to spoil, and what reading it gave."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest

from dashboard import intake, text

VI = text.get()
# The fill of a wrong cell.
MARK = "FFF4B6B0"


@pytest.fixture(scope="session")
def filled(bundled) -> bytes:
    """The template with the bundled figures of the last date."""
    return intake.template(bundled, None, VI)


@pytest.fixture(scope="session")
def spoilt(filled) -> Callable[[dict[str, object]], bytes]:
    """The filled workbook with other cells: {"Chức danh!C4": "AB"}; None blanks a cell."""

    def spoil(cells: dict[str, object]) -> bytes:
        book = openpyxl.load_workbook(io.BytesIO(filled))
        for place, value in cells.items():
            sheet, cell = place.rsplit("!", 1)
            book[sheet][cell] = value
        return saved(book)

    return spoil


def saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def places(refused) -> set[str]:
    """The cells that were found wrong."""
    return {finding.location(VI) for finding in refused.findings}


def said(data, base, name="so-lieu.xlsx") -> str:
    """The lines of a refusal, or of the changes."""
    found = intake.receive(data, name, base)
    if isinstance(found, intake.Refused):
        return "\n".join(found.lines(VI))
    return "\n".join(change.line(VI) for change in found.changes)
