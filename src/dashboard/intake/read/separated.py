"""CSV as offices save it: UTF-8 with or without its mark, UTF-16, cp1258; any of the usual separators."""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from pathlib import PurePath

from dashboard.dataset.read import files
from dashboard.intake import forms, names
from dashboard.intake.read.grid import MOST_COLUMNS, MOST_ROWS, Book, Grid, RefusedError

_SEPARATORS = (";", ",", "\t", "|")
_HINT = re.compile(r'"?sep=.?"?\n', re.IGNORECASE)
_HEAD_ROWS = 15
# Letters that only Vietnamese has: without any of them, a text that is not UTF-8 is not taken for cp1258.
_OWN_LETTERS = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ]")
_NEVER_VIETNAMESE = re.compile(r"[^\W\d_][©®¬¨¸µ¶¹»«¼½¾¦¡™´±°¤§]|[øïñöäåëîæœÿ]")
_LOST = re.compile(r"\w\?+\w|(?<!\S)\?+\w")


def book(data: bytes, name: str) -> Book:
    """The one sheet of a CSV file, named like the file."""
    text = _decoded(data)
    hint = _HINT.match(text)
    text = text[hint.end() :] if hint else text
    if text.count("\n") > 2 * MOST_ROWS:
        raise RefusedError("too_many_rows", most=MOST_ROWS)
    rows = max((_records(text, separator) for separator in _SEPARATORS), key=_known_headings)
    if not rows:
        raise RefusedError("unreadable_text")
    if max(map(len, rows)) > MOST_COLUMNS:
        rows = [_without_tail(row) for row in rows]
    if len(rows) > MOST_ROWS or max(map(len, rows)) > MOST_COLUMNS:
        raise RefusedError("too_many_rows", most=MOST_ROWS)
    notices = () if text.endswith("\n") else ("line_open",)
    return Book("csv", (Grid(_stem(name), tuple(map(tuple, rows))),), notices)


def _stem(name: str) -> str:
    """A name that a sheet may have."""
    return re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", PurePath(name).stem).strip()[:31] or "CSV"


def _decoded(data: bytes) -> str:
    try:
        return files.decoded(data, "")
    except files.RefusedError as refused:
        if refused.problem.rule == "file_empty":
            raise RefusedError("empty") from None
        if refused.problem.rule != "file_encoding" or b"\0" in data:
            raise RefusedError("unreadable_text") from None
    try:
        # cp1258 writes a tone as a sign of its own; composed, the letters are those of the headings.
        text = unicodedata.normalize("NFC", data.decode("cp1258"))
    except UnicodeDecodeError:
        raise RefusedError("unreadable_text") from None
    if _NEVER_VIETNAMESE.search(text):
        raise RefusedError("old_font")
    if _LOST.search(text):
        raise RefusedError("lost_letters")
    if not _OWN_LETTERS.search(text):
        raise RefusedError("unreadable_text")
    return text.replace("\r\n", "\n").replace("\r", "\n").replace("\u00d0", "Đ").replace("\u00a0", " ")


def _records(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return []


def _known_headings(rows: list[list[str]]) -> int:
    """How many headings of one form the best line of the head names; -1 where nothing could be cut."""
    if not rows:
        return -1
    known = [set(forms.headings(form)) for form in forms.FORMS]
    cells = [{names.folded(cell) for cell in row} for row in rows[:_HEAD_ROWS]]
    return max(len(own & row) for own in known for row in cells)


def _without_tail(row: list[str]) -> list[str]:
    last = max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)
    return row[:last]
