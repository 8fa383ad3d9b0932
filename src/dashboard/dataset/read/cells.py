"""The text of a cell → its value, by the kind of its column."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from datetime import date
from functools import reduce
from typing import Any

import pandas as pd

from dashboard.dataset.problems import Problem
from dashboard.dataset.sheet import TEXT, Sheet
from dashboard.schema import FORMER_CODES, UNKNOWN_HOLDER, Column, Kind, Table

_WHOLE = re.compile(r"[0-9]+(\.0)?")  # Excel's own export writes 2198.0
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}(\.[0-9]{3})+|[1-9][0-9]{0,2}( [0-9]{3})+")
_DECIMAL = re.compile(r"[0-9]{1,9}([.,][0-9]{1,6})?")
_ISO_DATE = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_DAY_FIRST = re.compile(r"([0-9]{1,2})([/.-])([0-9]{1,2})\2([0-9]{4}|[0-9]{2})")
_DATE_IN_WORDS = re.compile(r"(?:ngày )?([0-9]{1,2}) tháng ([0-9]{1,2}) năm ([0-9]{4})")
# Line breaks and tabs included, control characters not: the checks refuse those.
_SPACES = re.compile(r"[^\S\x0b\x0c\x1c-\x1f\x85]+")
_YES = frozenset({"true", "có", "x", "1", "đ", "đúng", "yes"})
_NO = frozenset({"false", "không", "0", "sai", "no"})
_MOST_DIGITS = 9
_YEARS = range(1900, 2101)


class CellError(ValueError):
    """A cell that is not of its kind; the message is the name of the rule."""


def typed(cells: pd.DataFrame, table: Table, rejected: int) -> tuple[Sheet, list[Problem]]:
    """The values of a frame of text with the columns of `table`, and the cells that have none."""
    sheet = Sheet(table, cells, cells, rejected)
    problems: list[Problem] = []
    values: dict[str, pd.Series[Any]] = {}
    failed: dict[str, pd.Index[int]] = {}
    for column in table.columns:
        values[column.name], wrong = _column(cells[column.name], column)
        for rule, rows in wrong.items():
            problems += sheet.problems(rule, column.name, rows)
        if wrong:
            failed[column.name] = reduce(pd.Index.union, wrong.values())
    return Sheet(table, pd.DataFrame(values, index=cells.index), cells, rejected, failed), problems


def _column(cells: pd.Series[str], column: Column) -> tuple[pd.Series[Any], dict[str, pd.Index[int]]]:
    """Values of a column and, per broken rule, the rows. Each different text is read once."""
    places, different = pd.factorize(cells)
    texts: list[str] = different.tolist()
    parse, dtype = _PARSERS.get(column.kind, (str, TEXT))
    blank = "" if dtype is TEXT else pd.NA
    values: list[Any] = []
    broken: dict[str, list[int]] = {}
    for place, text in enumerate(texts):
        try:
            values.append(parse(text.strip()) if text.strip() else blank)
        except CellError as error:
            values.append(blank)
            broken.setdefault(str(error), []).append(place)
    if dtype is TEXT and values == texts:
        return cells, {}
    rows = {rule: cells.index[pd.Index(places).isin(bad)] for rule, bad in broken.items()}
    return pd.Series(pd.array(values, dtype=dtype).take(places), index=cells.index), rows


def count(cell: str) -> int:
    """A whole number of 0 or more: 2198, 2.198, 2 198 and 2198.0 are the same."""
    if _THOUSANDS.fullmatch(cell):
        digits = cell.replace(".", "").replace(" ", "")
    elif _WHOLE.fullmatch(cell):
        digits = cell.removesuffix(".0")
    else:
        raise CellError("count")
    if len(digits) > _MOST_DIGITS:
        raise CellError("count_large")
    return int(digits)


def number(cell: str) -> float:
    """A decimal number of 0 or more, with a point or a comma: 43.31 or 43,31."""
    if not _DECIMAL.fullmatch(cell):
        raise CellError("number")
    return float(cell.replace(",", "."))


def iso_date(cell: str) -> str:
    """A date of the calendar as ISO text, from ISO or with the day first: 5/4/2021, 05.04.21 and "ngày 5
    tháng 4 năm 2021" are 5 April. Two digits of a year are of this century."""
    if match := _ISO_DATE.fullmatch(cell):
        year, month, day = match.groups()
    elif match := _DAY_FIRST.fullmatch(cell):
        day, _, month, year = match.groups()
    elif match := _DATE_IN_WORDS.fullmatch(unicodedata.normalize("NFC", cell.casefold())):
        day, month, year = match.groups()
    else:
        raise CellError("date")
    try:
        result = date(int(year) + 2000 * (len(year) == 2), int(month), int(day))
    except ValueError:
        raise CellError("date") from None
    if result.year not in _YEARS:
        raise CellError("date")
    return result.isoformat()


def flag(cell: str) -> bool:
    """Yes or no in the words that offices use."""
    word = cell.casefold()
    if word not in _YES | _NO:
        raise CellError("flag")
    return word in _YES


def letter(cell: str) -> str:
    """One letter A-Z, in upper case, or `UNKNOWN_HOLDER`."""
    if not (len(cell) == 1 and cell.isascii() and (cell.isalpha() or cell == UNKNOWN_HOLDER)):
        raise CellError("letter")
    return cell.upper()


def one_line(cell: str) -> str:
    """Text with single spaces instead of line breaks and tabs."""
    return _SPACES.sub(" ", cell)


def code(cell: str) -> str:
    """A code as it is called now."""
    return FORMER_CODES.get(cell, cell)


_PARSERS: dict[Kind, tuple[Callable[[str], object], Any]] = {
    Kind.COUNT: (count, "Int64"),
    Kind.NUMBER: (number, "Float64"),
    Kind.DATE: (iso_date, TEXT),
    Kind.FLAG: (flag, "boolean"),
    Kind.LETTER: (letter, TEXT),
    Kind.TEXT: (one_line, TEXT),
    Kind.CODE: (code, TEXT),
}
