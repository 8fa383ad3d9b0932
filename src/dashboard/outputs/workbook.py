"""The figures behind exhibits as a workbook (XLSX), and a table alone as CSV.

Counts and shares are numbers, to compute with; a name that looks like a formula stays text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from decimal import Decimal
from itertools import count

import pandas as pd
import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from dashboard.charts import theme
from dashboard.exhibits import Exhibit, Table
from dashboard.outputs.briefing import Briefing
from dashboard.text import Text, short_of

# What a sheet's name may not hold, and how long it may be.
_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_WIDTHS = (10, 44)  # of a column, narrowest and widest, in letters
_MEASURED = 200  # rows that set the width of a column
# What an Excel of each language takes for the next column, and for the decimal mark.
_MARKS = {"vi": (";", ","), "en": (",", ".")}
# Spreadsheets read a cell that begins so as a formula.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_RED, _INK, _SOFT, _LINE = (theme.COLOURS[name] for name in ("chosen", "ink", "soft", "line"))
_CELL: dict[str, object] = {"bottom": 1, "bottom_color": _LINE}
_HEAD: dict[str, object] = {"bold": True, "bottom": 2, "bottom_color": _INK, "text_wrap": True}
# The looks of cells.
_FORMATS: dict[str, dict[str, object]] = {
    "title": {"bold": True, "font_size": 14},
    "mark": {"bold": True, "font_color": _RED},
    "soft": {"font_color": _SOFT},
    "head": {**_HEAD, "indent": 1},
    "head_number": {**_HEAD, "align": "right"},
    "text": {"text_wrap": True, "indent": 1, **_CELL},
    "number": {"num_format": "#,##0", **_CELL},
    "decimal": {"num_format": "#,##0.00", **_CELL},
    "share": {"num_format": "0.0%", **_CELL},
    "label": {"bold": True, **_CELL},
}


def exhibit_xlsx(exhibit: Exhibit) -> bytes:
    """One exhibit: sheets of figures, filters, definitions and sources."""
    text = exhibit.text
    author = text("page.app") if exhibit.sample else ""
    with _Book(exhibit.headline, text, exhibit.mark, author) as book:
        book.figures(exhibit, text("workbook.figures"))
        book.filters(exhibit.filters, exhibit.mark)
        book.definitions([*exhibit.definitions, *exhibit.notes])
        book.sources([exhibit])
    return book.content


def xlsx(briefing: Briefing) -> bytes:
    """A table of contents, a sheet for each exhibit of a briefing, then filters, definitions, sources."""
    text = briefing.text
    number = count(1)
    with _Book(briefing.marked_title, text, briefing.mark, briefing.author) as book:
        sheets = [
            (section.title, exhibit, book.name(f"{next(number)} {exhibit.name}"))
            for section in briefing.sections
            for exhibit in section.exhibits
        ]
        book.contents(briefing, sheets)
        for _, exhibit, name in sheets:
            book.figures(exhibit, name)
        book.filters(briefing.filters, briefing.mark)
        terms = [term for exhibit in briefing.exhibits for term in exhibit.definitions]
        book.definitions(list(dict.fromkeys(terms)))
        book.sources(briefing.exhibits)
    return book.content


class _Book:
    """A workbook being written; `content` has its bytes after the `with` block."""

    def __init__(self, title: str, text: Text, mark: str, author: str) -> None:
        self.content = b""
        self._file = io.BytesIO()
        self._text = text
        self._names: set[str] = set()
        options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self._book = xlsxwriter.Workbook(self._file, options)
        self._book.set_properties({"title": title, "author": author, "comments": mark})
        base = {"font_name": "Arial", "font_size": 11, "font_color": _INK, "valign": "top"}
        self._formats = {name: self._book.add_format(base | look) for name, look in _FORMATS.items()}

    def __enter__(self) -> _Book:
        return self

    def __exit__(self, *failure: object) -> None:
        self._book.close()
        self.content = self._file.getvalue()

    def name(self, title: str) -> str:
        """A free and allowed name for a sheet."""
        base = " ".join(_FORBIDDEN.sub(" ", title).split())
        for number in count(1):
            tail = f" {number}" if number > 1 else ""
            name = base[: _LONGEST_NAME - len(tail)].strip() + tail
            if name.lower() not in self._names:
                break
        self._names.add(name.lower())
        return name

    def contents(self, briefing: Briefing, sheets: Sequence[tuple[str, Exhibit, str]]) -> None:
        """The first sheet: what the workbook is about, and a link to each sheet."""
        sheet = self._sheet(self.name(self._text("workbook.contents")), (8, 34, 100))
        row = self._head(sheet, briefing.title, briefing.chosen, briefing.mark)
        for section, exhibit, name in sheets:
            sheet.write_string(row, 0, section, self._formats["soft"])
            sheet.write_url(row, 1, f"internal:'{name}'!A1", string=name)
            sheet.write_string(row, 2, exhibit.headline, self._formats["text"])
            row += 1
        sheet.set_column(0, 0, 18)

    def figures(self, exhibit: Exhibit, name: str) -> None:
        """Headline, sentences and the table of one exhibit."""
        sheet = self._sheet(name, ())
        row = self._head(sheet, exhibit.headline, exhibit.subtitle, exhibit.mark)
        for sentence in (*exhibit.takeaways, *exhibit.sentences):
            sheet.write_string(row, 0, sentence, self._formats["soft"])
            row += 1
        row += bool(exhibit.takeaways or exhibit.sentences)
        for figure in exhibit.figures:
            sheet.write_string(row, 0, figure.name, self._formats["text"])
            sheet.write_string(row, 1, figure.value, self._formats["text"])
            sheet.write_string(row, 2, "; ".join(figure.notes), self._formats["soft"])
            row += 1
        if exhibit.figures:
            sheet.set_column(0, 0, 30)
        if exhibit.table is not None:
            self._table(sheet, row, exhibit.table)

    def filters(self, filters: Sequence[tuple[str, str]], mark: str) -> None:
        """What was chosen, value by value."""
        sheet = self._sheet(self.name(self._text("workbook.filters")), (26, 80))
        row = self._head(sheet, self._text("workbook.filters"), "", mark)
        for label, value in filters:
            sheet.write_string(row, 0, label, self._formats["label"])
            sheet.write_string(row, 1, value, self._formats["text"])
            row += 1

    def definitions(self, lines: Sequence[str]) -> None:
        """What the terms mean and what a careless reader gets wrong, a line each."""
        self._lines(self._text("workbook.definitions"), lines)

    def sources(self, exhibits: Sequence[Exhibit]) -> None:
        """Where the figures are from, each source once."""
        lines = [" · ".join(part for part in (exhibit.mark, exhibit.source) if part) for exhibit in exhibits]
        self._lines(self._text("workbook.sources"), list(dict.fromkeys(lines)))

    def _lines(self, title: str, lines: Sequence[str]) -> None:
        sheet = self._sheet(self.name(title), (110,))
        row = self._head(sheet, title, "", "")
        for line in lines:
            sheet.write_string(row, 0, line, self._formats["text"])
            row += 1

    def _sheet(self, name: str, widths: Sequence[int]) -> Worksheet:
        sheet: Worksheet = self._book.add_worksheet(name)
        self._names.add(name.lower())
        for column, width in enumerate(widths):
            sheet.set_column(column, column, width)
        sheet.hide_gridlines(2)
        sheet.set_paper(9)  # A4
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        return sheet

    def _head(self, sheet: Worksheet, title: str, subtitle: str, mark: str) -> int:
        """Title, subtitle and mark; gives the first free row."""
        sheet.write_string(0, 0, title, self._formats["title"])
        row = 1
        if subtitle:
            sheet.write_string(row, 0, subtitle, self._formats["soft"])
            row += 1
        if mark:
            sheet.write_string(row, 0, mark, self._formats["mark"])
            sheet.set_header(f"&R{mark}")
            row += 1
        return row + 1

    def _table(self, sheet: Worksheet, top: int, table: Table) -> None:
        frame = table.frame
        texts = table.written(self._text)
        for column, (name, numbers) in enumerate(zip(frame.columns, table.numbers, strict=True)):
            head = self._formats["head_number" if numbers else "head"]
            sheet.write_string(top, column, str(name), head)
            letters = max([len(str(name)), *map(len, texts.iloc[:_MEASURED, column])])
            sheet.set_column(column, column, min(max(letters + 2, _WIDTHS[0]), _WIDTHS[1]))
            shares = name in table.shares
            cells = zip(frame.iloc[:, column], texts.iloc[:, column], strict=True)
            for row, (cell, words) in enumerate(cells, top + 1):
                if isinstance(cell, str) or pd.isna(cell):
                    sheet.write_string(row, column, words, self._formats["text"])
                else:
                    # The format rounds by itself, also up to 100%.
                    number = float(short_of(Decimal(str(cell)))) if shares else float(cell)
                    sheet.write_number(row, column, number, self._number(cell, shares))
        sheet.freeze_panes(top + 1, 1)
        sheet.repeat_rows(top)
        sheet.autofilter(top, 0, top + len(frame), len(frame.columns) - 1)

    def _number(self, cell: float, share: bool) -> Format:
        if share:
            return self._formats["share"]
        return self._formats["number"] if float(cell).is_integer() else self._formats["decimal"]


def as_csv(table: Table, text: Text) -> bytes:
    """A table as CSV that an Excel of the reader's language opens in columns and with its accents (UTF-8 with
    BOM): plain numbers, shares as fractions, blank where there are no data. Text that begins like a formula
    has an apostrophe in front."""
    separator, decimal = _MARKS[text.lang]
    content = io.StringIO(newline="")
    writer = csv.writer(content, delimiter=separator)
    writer.writerow([_inert(str(name)) for name in table.frame.columns])
    for row in table.frame.itertuples(index=False):
        writer.writerow([_inert(cell) if isinstance(cell, str) else _plain(cell, decimal) for cell in row])
    return content.getvalue().encode("utf-8-sig")


def _inert(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(cell: object, decimal: str) -> str:
    if pd.isna(cell):
        return ""
    number = float(cell)  # type: ignore[arg-type]
    return str(int(number)) if number == int(number) else str(number).replace(".", decimal)
