"""A card: what is read at once, and its table, every cell in its place, a long one page by page."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from chart_words import tables_of
from dashboard import exhibits, text
from dashboard.dataset import select
from dashboard.exhibits import Table
from dashboard.ui import card
from dashboard.ui.card import ROWS

# A page with nothing but a table.
PAGE = """
import pandas as pd
from dashboard import text
from dashboard.exhibits import Table
from dashboard.ui.card import table

table(Table(pd.DataFrame({columns!r})), text.get("vi"), "x")
"""


def drawn(columns: dict[str, list], number: int = 1) -> list[list[str]]:
    """The rows of a table as the browser gets them, of the page with a number."""
    at = AppTest.from_string(PAGE.format(columns=columns))
    at.session_state["page-x"] = number
    (table,) = tables_of(at.run())
    return table


@pytest.mark.parametrize("cell", ["a|b", "<b>x</b>", "# x", "dòng một\ndòng hai", "**x**", ":smile:"])
def test_a_cell_is_handed_over_as_it_is(cell):
    heads, first, _ = drawn({"Xã": [cell, "Hương Sơn"], cell: [12, None]})
    assert heads == ["Xã", cell]
    assert first == [cell, "12"]


def test_cells_are_written_as_they_are_read():
    assert drawn({"Xã": ["Thượng Lộ", "Hương Sơn"], "Đảng viên": [2198, None]})[1:] == [
        ["Thượng Lộ", "2.198"],
        ["Hương Sơn", "chưa có số liệu"],
    ]


@pytest.mark.parametrize("kind", ["Int64", "object"])
def test_columns_of_numbers_are_told_whatever_holds_them(kind):
    frame = pd.DataFrame({"Xã": ["Thượng Lộ", "Hương Sơn"], "Đảng viên": pd.array([2198, None], dtype=kind)})
    assert card._rows(Table(frame), 1, 1, text.get())["numbers"] == [False, True]


def test_a_long_table_is_read_page_by_page_and_a_page_too_far_is_the_last():
    names = [f"Thôn {n}" for n in range(1, 2 * ROWS + 2)]
    pages = [[row[0] for row in drawn({"Thôn": names}, page)[1:]] for page in (1, 2, 3, 9)]
    assert pages == [names[:ROWS], names[ROWS : 2 * ROWS], names[2 * ROWS :], names[2 * ROWS :]]


def test_details_without_a_chart_are_read_when_they_are_asked_for(bundled):
    page = exhibits.build(
        bundled, select(bundled), ("data.checks", "reconciliation.compare", "reconciliation.quotes")
    )
    checks, compare, quotes = (card.card(exhibit).data for exhibit in page)
    tables = [("table", "Bảng số liệu", "opens") in shown["buttons"] for shown in (checks, compare, quotes)]
    # Figures beside each other are the finding; rules that were kept are not.
    assert (checks["table"], tables) == (None, [True, False, False])
    assert compare["table"] is not None
    assert (len(checks["sentences"]), quotes["sentences"]) == (3, [])
    assert "Hộ: 6.873 hộ" in quotes["explained"]["lines"]
