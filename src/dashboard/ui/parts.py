"""The parts of a chart and the pages of a table that are too long to be shown at once."""

from __future__ import annotations

from zlib import crc32

import streamlit as st

from dashboard.dataset import Selection
from dashboard.exhibits import Exhibit, Table
from dashboard.text import Text
from dashboard.ui.plain import plain

# Rows of a table that are read at once.
ROWS = 50


def key(name: str, selection: Selection, *of: object) -> str:
    """What the chosen part of a chart is kept under: another selection begins with the first one."""
    return f"part-{name}-{crc32(repr((selection, of)).encode()):x}"


def chosen(kept: str) -> int:
    """The part that is chosen, counted from 1."""
    return int(st.session_state.get(kept, 1))


def choose(exhibit: Exhibit, kept: str) -> None:
    """Draw the choice of a part below a chart; nothing where it has one only."""
    if exhibit.parts > 1:
        st.pagination(exhibit.parts, key=kept)


def page(table: Table, name: str, text: Text) -> slice:
    """Draw the choice of a page of a table that is longer than one, and give its rows; another `name` begins
    with the first page."""
    rows = len(table.frame)
    pages = -(-rows // ROWS)
    if pages < 2:
        return slice(None)
    number = st.pagination(pages, key=f"page-{name}-{pages}")
    first, last = ROWS * (number - 1), min(ROWS * number, rows)
    st.caption(plain(text("card.table_rows", first=first + 1, last=last, all=rows)))
    return slice(first, last)
