"""A table of many columns on a phone: every row as a block, its first cell on top, each other cell on a line
with the heading of its column. Streamlit's tables only become narrower, to one syllable a line."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

import pandas as pd
import streamlit as st

from dashboard.exhibits import Table
from dashboard.text import Text

# What a table asks for, px: a letter, the margins of a cell, at most so many letters in a line of a cell.
_LETTER, _MARGINS, _COMFORTABLE = 6.6, 12, 12
# So much a card gives on the narrowest phone, px.
_ROOM = 270
# The first rows tell how wide a long table is.
_LOOKED_AT = 100
_PHONE = "@media (max-width: 640px)"
_OUT_OF_SIGHT = "position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%);"
_TABLE = '[data-testid="stMarkdownContainer"]'


def dress(table: Table, key: str, text: Text) -> None:
    """Draw the rules for the table that the card `key` shows, where it needs them."""
    if rules := _of(table, text, f"card-{key}"):
        st.html(rules)


@lru_cache(maxsize=512)
def _of(table: Table, text: Text, card: str) -> str:
    return style(replace(table, frame=table.frame.head(_LOOKED_AT)).written(text), card)


def style(table: pd.DataFrame, card: str) -> str:
    """The rules for the table in the container with the key `card`; "" for a table that a phone has room for.

    Headings are written as code points: whatever they say is only said.
    """
    if _needed(table) <= _ROOM:
        return ""
    within = f".st-key-{card} {_TABLE}"
    return f"<style>{_PHONE} {{ {' '.join(_rules(table, within))} }}</style>"


def _rules(table: pd.DataFrame, within: str) -> Iterator[str]:
    yield f"{within} :is(table, tbody, tr, td) {{ display: block; width: auto; }}"
    # Out of sight, still there for a screen reader.
    yield f"{within} thead {{ {_OUT_OF_SIGHT} }}"
    yield f"{within} tr {{ padding: 0.5rem 0; }}"
    yield f"{within} td {{ padding: 0.1rem 0; font-size: 0.875rem; overflow-wrap: anywhere; }}"
    yield f"{within} td:first-child {{ font-weight: 600; }}"
    # Columns that a long word does not widen.
    columns = "minmax(0, 2fr) minmax(0, 3fr)"
    yield f"{within} td:not(:first-child) {{ display: grid; grid-template-columns: {columns}; gap: 0.5rem; }}"
    yield f"{within} td::before {{ color: #525B6B; white-space: normal; overflow-wrap: anywhere; }}"
    for n, heading in enumerate(table.columns[1:], 2):
        yield f'{within} td:nth-child({n})::before {{ content: "{_said(heading)}"; }}'


def _needed(table: pd.DataFrame) -> float:
    """The width at which the table reads well: a word is not broken, some words stand in one line."""
    wide = 0.0
    for name in table:
        cells = [str(name), *table[name].astype(str).unique()]
        longest = max((len(word) for cell in cells for word in cell.split()), default=0)
        line = max(min(len(cell), _COMFORTABLE) for cell in cells)
        wide += max(longest, line) * _LETTER + _MARGINS
    return wide


def _said(heading: str) -> str:
    """Words as a string of CSS: each letter that could mean something there by its number."""
    return re.sub(r"[^0-9A-Za-z]", lambda sign: f"\\{ord(sign[0]):06x}", str(heading))
