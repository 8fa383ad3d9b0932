"""A table of tens of thousands of rows: the workbook has all, what is read on a page the first ones."""

from __future__ import annotations

import io

import openpyxl
import pandas as pd
import pytest

from dashboard import exhibits, text
from dashboard.dataset import select
from dashboard.exhibits.model import Content, Table, assembled
from dashboard.outputs import pictures, workbook

ROWS = 20_000
VI = text.get()


@pytest.fixture(scope="module")
def long(bundled) -> exhibits.Exhibit:
    table = Table(pd.DataFrame({"Thôn": [f"Thôn {n}" for n in range(ROWS)], "Chức danh": "Khuyết"}))
    return assembled(
        bundled, select(bundled), "overlap.matrix", Content(headline="Rất nhiều thôn", table=table)
    )


def test_a_workbook_has_every_row(long):
    book = openpyxl.load_workbook(io.BytesIO(workbook.exhibit_xlsx(long, VI)), read_only=True)
    names = {row[0] for sheet in book for row in sheet.iter_rows(values_only=True) if row}
    assert {f"Thôn {n}" for n in (0, ROWS - 1)} <= names


def test_a_picture_says_how_many_rows_there_are(long):
    assert VI.number(ROWS) in pictures.picture_svg(long, VI, next(iter(pictures.SHAPES)))
