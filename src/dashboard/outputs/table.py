"""The table of an exhibit as CSV."""

from __future__ import annotations

import csv
import io

import pandas as pd

from dashboard.exhibits import Table
from dashboard.text import Text

# What an Excel of each language takes for the next column, and for the decimal mark.
_MARKS = {"vi": (";", ","), "en": (",", ".")}
# Spreadsheets read a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: Table, text: Text) -> bytes:
    """A table as CSV that an Excel of the reader's language opens in columns and with its accents (UTF-8 with
    BOM): plain numbers, shares as fractions, blank where there are no data. Text that begins like a formula
    has an apostrophe in front."""
    separator, decimal = _MARKS[text.lang]
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=separator)
    writer.writerow([_inert(str(name)) for name in table.frame.columns])
    for row in table.frame.itertuples(index=False):
        writer.writerow([_inert(cell) if isinstance(cell, str) else _plain(cell, decimal) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(cell: object, decimal: str) -> str:
    if pd.isna(cell):
        return ""
    number = float(cell)  # type: ignore[arg-type]
    return str(int(number)) if number == int(number) else str(number).replace(".", decimal)
