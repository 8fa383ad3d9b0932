"""A filled workbook, and one to spoil."""

from __future__ import annotations

import io
from collections.abc import Callable

import openpyxl
import pytest
from handed_in import VI, saved

from dashboard import intake


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
