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
    """The filled workbook with other cells: {"Chức danh!C4": "AB"}; None blanks a cell. It is read once, and
    its cells are put back."""
    book = openpyxl.load_workbook(io.BytesIO(filled))

    def spoil(cells: dict[str, object]) -> bytes:
        before = {}
        for place, value in cells.items():
            sheet, name = place.rsplit("!", 1)
            cell = book[sheet][name]
            before[sheet, name] = (cell.value, cell.data_type)
            cell.value = value
        try:
            return saved(book)
        finally:
            for (sheet, name), (value, kind) in before.items():
                book[sheet][name].value = value
                book[sheet][name].data_type = kind

    return spoil
