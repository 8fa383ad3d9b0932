"""The bytes of a file → its text; the text of a CSV file → a frame of text with the columns of its table.

What cannot be read without guessing is refused."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.csv as arrow

from dashboard import schema
from dashboard.dataset.problems import Problem, shown
from dashboard.dataset.sheet import TEXT

# Look-alikes that keyboards, Word and web pages leave in a cell, and what was meant.
_MEANT = {"\u00d0": "Đ", "\u00f0": "đ", "\u00a0": " ", "\u202f": " ", "\u2007": " "}
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


class RefusedError(Exception):
    """A file cannot be used as a whole; `problem` says why."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.rule)
        self.problem = problem


def contents(file: Path) -> bytes:
    """The bytes of a file that must be there and hold something."""
    try:
        data = file.read_bytes()
    except FileNotFoundError:
        raise RefusedError(Problem("file_missing", file.name)) from None
    except OSError:
        raise RefusedError(Problem("file_unreadable", file.name)) from None
    if not data:
        raise RefusedError(Problem("file_empty", file.name))
    return data


def decoded(data: bytes, file: str) -> str:
    """The text of a UTF-8 file (or UTF-16 with its mark) in composed letters, lines ending in a line feed."""
    if data.startswith(_WORKBOOKS):
        raise RefusedError(Problem("file_workbook", file))
    try:
        text = data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise RefusedError(Problem("file_encoding", file, values={"line": line})) from None
    if "\0" in text:
        raise RefusedError(Problem("file_binary", file))
    if not text.strip():
        raise RefusedError(Problem("file_empty", file))
    return _tidy(text)


def _tidy(text: str) -> str:
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii():
        return text
    for look_alike, letter in _MEANT.items():
        text = text.replace(look_alike, letter)
    return unicodedata.normalize("NFC", text)


_SEPARATORS = (",", ";", "\t", "|")
# Excel's own hint about the separator; it does not show the line, so it counts as no row.
_HINT = re.compile(r'"?sep=.?"?\n', re.IGNORECASE)
_HEADER_ROW = 1
# The header ends within so many characters: four readers need not see a large file.
_HEAD = 65_536


@dataclass(frozen=True)
class Cut:
    """The cells of a table as text, indexed by row number; `rejected` rows were reported instead.

    `frame` is None where the table's columns are not all known: nothing more can be said about it.
    """

    frame: pd.DataFrame | None
    rejected: int
    problems: tuple[Problem, ...]


def cut(text: str, table: schema.Table) -> Cut:
    """Cuts a file into the table's columns, in any order and with any of the usual separators."""
    hint = _HINT.match(text)
    text = text[hint.end() :] if hint else text
    separator, header = _header(text, table)
    problems = list(_header_problems(header, table))
    if any(problem.rule != "column_unknown" for problem in problems):
        return Cut(None, 0, tuple(problems))
    frame = _cut_fast(text, separator, len(header))
    rejected = 0
    if frame is None:
        frame, wrong = _cut_carefully(text, separator, len(header), table.file)
        rejected = len(wrong)
        problems += wrong
    frame = frame[~_blank_rows(frame)]
    problems += _unnamed_columns(frame, header, table)
    in_header = [name for name in table.column_names if name in header]
    frame = frame[[header.index(name) for name in in_header]].set_axis(in_header, axis="columns")
    left_out = {name: "" for name in table.column_names if name not in in_header}
    frame = frame.assign(**left_out).astype(dict.fromkeys(left_out, TEXT))
    return Cut(frame[list(table.column_names)], rejected, tuple(problems))


def _header(text: str, table: schema.Table) -> tuple[str, list[str]]:
    """The separator whose header names most of the table's columns, and that header."""
    headers = {separator: _first_record(text, separator) for separator in _SEPARATORS}
    columns = set(table.column_names)
    best = max(headers, key=lambda separator: len(columns.intersection(headers[separator])))
    if not columns.intersection(headers[best]):
        raise RefusedError(
            Problem("header_unknown", table.file, _HEADER_ROW, values={"known": _listed(table)})
        )
    return best, headers[best]


def _first_record(text: str, separator: str) -> list[str]:
    try:
        record = next(csv.reader(io.StringIO(text[:_HEAD], newline=""), delimiter=separator), [])
    except csv.Error:
        return []
    return [name.strip() for name in record]


def _header_problems(header: Sequence[str], table: schema.Table) -> Iterator[Problem]:
    seen: set[str] = set()
    for name in filter(None, header):
        if name in seen:
            yield Problem("column_duplicate", table.file, _HEADER_ROW, name, name)
        elif name not in table.column_names:
            values = {"known": _listed(table)}
            yield Problem("column_unknown", table.file, _HEADER_ROW, shown(name), shown(name), values=values)
        seen.add(name)
    for name in table.required:
        if name not in seen:
            yield Problem("column_missing", table.file, _HEADER_ROW, name)


def _cut_fast(text: str, separator: str, width: int) -> pd.DataFrame | None:
    """All records by Arrow's reader; None where one has too few or too many cells, or a quote is not
    around a cell."""
    quoted = rf'"(?<![^{separator}\n]")[^"]*(?:""[^"]*)*"(?![^{separator}\n])'
    has_quotes = '"' in text
    if has_quotes and '"' in re.sub(quoted, "", text):
        return None
    names = [str(number) for number in range(width)]
    strings = dict.fromkeys(names, pa.large_string())
    try:
        table = arrow.read_csv(
            io.BytesIO(text.encode()),
            # In one thread: each has its own memory.
            arrow.ReadOptions(column_names=names, use_threads=False),
            arrow.ParseOptions(delimiter=separator, ignore_empty_lines=False, newlines_in_values=has_quotes),
            arrow.ConvertOptions(column_types=strings, strings_can_be_null=False),
        )
    except pa.ArrowInvalid:
        return None
    frame = table.combine_chunks().to_pandas(types_mapper={pa.large_string(): TEXT}.get)
    frame = frame.set_axis(range(width), axis="columns")
    return frame.set_axis(pd.RangeIndex(_HEADER_ROW, _HEADER_ROW + len(frame)), axis="index").iloc[1:]


def _cut_carefully(text: str, separator: str, width: int, file: str) -> tuple[pd.DataFrame, list[Problem]]:
    """Record by record, naming those with too few or too many cells."""
    rows: list[int] = []
    records: list[list[str]] = []
    wrong = []
    for row, record in _records(text, separator, file):
        cells = record[:width] + [cell for cell in record[width:] if cell.strip()]
        if len(cells) == width:
            rows.append(row)
            records.append(cells)
        elif any(cell.strip() for cell in cells):
            rule = "fields_few" if len(cells) < width else "fields_many"
            wrong.append(Problem(rule, file, row, values={"found": len(cells), "expected": width}))
    columns = zip(*records, strict=True) if records else [()] * width
    frame = pd.DataFrame({number: pd.Series(column, dtype=TEXT) for number, column in enumerate(columns)})
    return frame.set_axis(rows, axis="index"), wrong


def _records(text: str, separator: str, file: str) -> Iterator[tuple[int, list[str]]]:
    """The records below the header, with their row numbers."""
    row = 0
    try:
        for row, record in enumerate(
            csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True), start=_HEADER_ROW
        ):
            if row > _HEADER_ROW:
                yield row, record
    except csv.Error:
        raise RefusedError(Problem("quote_open", file, row + 1)) from None


def _blank_rows(frame: pd.DataFrame) -> pd.Series[bool]:
    """Which rows hold nothing at all: the tail that spreadsheets leave."""
    blank = frame.iloc[:, 0].str.strip() == ""
    if blank.any():
        suspects = frame[blank]
        blank[blank] = suspects.apply(lambda column: column.str.strip() == "").all(axis="columns")
    return blank


def _unnamed_columns(frame: pd.DataFrame, header: Sequence[str], table: schema.Table) -> Iterator[Problem]:
    """Columns without a name must be empty: their cells would be dropped."""
    for number in (number for number, name in enumerate(header) if not name):
        filled = frame[number][frame[number].str.strip() != ""]
        if len(filled):
            value = shown(filled.iloc[0])
            row, more = int(filled.index[0]), len(filled) - 1
            values = {"number": number + 1, "known": _listed(table)}
            yield Problem("column_unnamed", table.file, row, None, value, more=more, values=values)


def _listed(table: schema.Table) -> str:
    return ", ".join(table.column_names)
