"""The workbook behind a native chart: what opens on "Edit data"."""

from __future__ import annotations

import io

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell

from dashboard.outputs.slides.chart.model import Chart

SHEET = "Sheet1"


def written(chart: Chart) -> bytes:
    """One row per category, one column per series, the mark in the corner; every text stays text, whatever it
    looks like."""
    file = io.BytesIO()
    # Text is written by write_string: a name such as "=1+1" must not become a formula.
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"comments": chart.mark})
        sheet = book.add_worksheet(SHEET)
        if chart.mark:
            sheet.write_string(0, 0, chart.mark)
        sheet.set_column(0, 0, 40)
        for row, name in enumerate(chart.categories, 1):
            sheet.write_string(row, 0, name)
        for column, series in enumerate(chart.series, 1):
            sheet.write_string(0, column, series.name)
            for row, value in enumerate(series.values, 1):
                if value is not None:
                    sheet.write_number(row, column, value)
    return file.getvalue()


def cells(first: tuple[int, int], last: tuple[int, int] | None = None) -> str:
    """The reference of a cell, or of the cells down to `last`; rows and columns count from 0."""
    ends = [first, last] if last else [first]
    return f"{SHEET}!" + ":".join(xl_rowcol_to_cell(row, col, True, True) for row, col in ends)
