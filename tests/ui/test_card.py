"""The table of a card: every cell in its place, whatever is written in it."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

# A page with nothing but a table; `{cell!r}` stands in its headings, too.
PAGE = """
import pandas as pd
from dashboard import text
from dashboard.exhibits import Table
from dashboard.ui.card import table

table(Table(pd.DataFrame({{"Xã": [{cell!r}, "Hương Sơn"], {cell!r}: [12, None]}})), text.get("vi"), "x")
"""


def drawn(cell: str) -> list[list[str]]:
    """The rows of a table with this cell, each as the cells that a browser finds in it."""
    (shown,) = AppTest.from_string(PAGE.format(cell=cell)).run().markdown
    # A bar that is not escaped parts two cells; what is escaped is taken out first.
    return [re.sub(r"\\.", "", line).split("|") for line in shown.value.split("\n")]


@pytest.mark.parametrize("cell", ["a|b", "a\\|b", "|", "---", "dòng một\ndòng hai", "| x |", ":-:"])
def test_a_cell_stays_one_cell(cell):
    rows = drawn(cell)
    assert len(rows) == 4
    assert [len(row) for row in rows] == [4, 4, 4, 4]


def test_cells_are_written_as_they_are_read():
    heading, rule, first, second = drawn("Thượng Lộ")
    assert [said.strip() for said in heading[1:3]] == ["Xã", "Thượng Lộ"]
    assert set("".join(rule)) == {"-"}
    assert [said.strip() for said in first[1:3]] == ["Thượng Lộ", "12"]
    assert [said.strip() for said in second[1:3]] == ["Hương Sơn", "chưa có số liệu"]
