"""The table of an exhibit as CSV."""

from __future__ import annotations

import csv
import io

import pandas as pd

from dashboard.exhibits import Table

# Spreadsheets read a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(table: Table) -> bytes:
    """A table as CSV that Excel opens with its accents (UTF-8 with BOM): plain numbers, shares as fractions,
    blank where there are no data. Text that begins like a formula has an apostrophe in front."""
    written = io.StringIO(newline="")
    writer = csv.writer(written)
    writer.writerow([_inert(str(name)) for name in table.frame.columns])
    for row in table.frame.itertuples(index=False):
        writer.writerow([_inert(cell) if isinstance(cell, str) else _plain(cell) for cell in row])
    return written.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(cell: object) -> object:
    if pd.isna(cell):
        return ""
    number = float(cell)  # type: ignore[arg-type]
    return int(number) if number == int(number) else number
