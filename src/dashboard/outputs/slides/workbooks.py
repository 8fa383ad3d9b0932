"""The workbook behind a native chart, which opens on "Edit data": text stays text, whatever it looks like."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from pptx.chart.data import CategoryChartData, XyChartData
from pptx.chart.xlsx import CategoryWorkbookWriter, XyWorkbookWriter
from xlsxwriter import Workbook

_PLAIN = {"in_memory": True} | {f"strings_to_{kind}": False for kind in ("formulas", "numbers", "urls")}


class _Sheet:
    """A workbook in which text stays text, with the mark in the corner of its sheet and in its properties."""

    _chart_data: Any

    @contextmanager
    def _open_worksheet(self, file: Any) -> Iterator[Any]:
        with Workbook(file, _PLAIN) as book:
            book.set_properties({"comments": self._chart_data.mark})
            sheet = book.add_worksheet()
            sheet.set_column(0, 0, 40)
            if self._chart_data.mark:
                sheet.write_string(0, 0, self._chart_data.mark)
            yield book, sheet


class _CategorySheet(_Sheet, CategoryWorkbookWriter):
    pass


class _PointSheet(_Sheet, XyWorkbookWriter):
    pass


class Categories(CategoryChartData):
    """Rows or dates with a number each in every series."""

    def __init__(self, mark: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.mark = mark

    @property
    def _workbook_writer(self) -> Any:
        return _CategorySheet(self)  # type: ignore[no-untyped-call]


class Points(XyChartData):
    """Points with two numbers each in every series."""

    def __init__(self, mark: str) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.mark = mark

    @property
    def _workbook_writer(self) -> Any:
        return _PointSheet(self)  # type: ignore[no-untyped-call]
