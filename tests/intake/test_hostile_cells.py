"""Names in a filled workbook: text comes in as it is, what hides or is endless is refused at its cell."""

from __future__ import annotations

import io

import openpyxl
import pytest
from handed_in import places, said, saved

from dashboard import intake

SHEET, ROW = "Thôn, tổ dân phố", 63


def with_village(filled: bytes, name: str) -> bytes:
    """The filled workbook with one village more, its name written as text."""
    book = openpyxl.load_workbook(io.BytesIO(filled))
    sheet = book[SHEET]
    for column, value in enumerate(["Xã Hương Sơn", name, "Thôn", 10, 40], 1):
        sheet.cell(ROW, column).value = value
    sheet.cell(ROW, 2).data_type = "s"
    return saved(book)


@pytest.mark.parametrize(
    "name", ["<b>*m*</b> $x$ :smile:", "=1+1", '=HYPERLINK("http://x.example")', "אבג", "Làng 🏳️", "@x {w} %s"]
)
def test_text_comes_in_as_it_is(filled, bundled, name):
    assert f"Mới: {name} (Xã Hương Sơn)" in said(with_village(filled, name), bundled)


@pytest.mark.parametrize(
    "name",
    ["Thôn \u202e1", "Thôn\u200b 1", "Thôn\u3164 1", "Thôn\ufe0f 1", "W" * 201],
    ids=["override", "no room", "filler", "picture mark", "long"],
)
def test_what_hides_or_is_endless_is_refused_at_its_cell(filled, bundled, name):
    refused = intake.receive(with_village(filled, name), "x.xlsx", bundled)
    assert isinstance(refused, intake.Refused)
    assert places(refused) == {f"{SHEET}!B{ROW}"}
