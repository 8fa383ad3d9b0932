"""The bytes of a file that came in → its cells as text, or why it is refused.

CSV comes as offices save it: UTF-8 with or without its mark, UTF-16, cp1258; any of the usual separators.
"""

from __future__ import annotations

import csv
import io
import json
import re
import signal
import subprocess
import sys
import unicodedata
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

from dashboard.dataset.read import tables
from dashboard.intake import child, forms, names
from dashboard.intake.child import MOST_COLUMNS, ROW_LIMIT, RefusedError

_CHILD = Path(child.__file__)
# Parsing stops after so long; a workbook of all Vietnamese villages would take a third of it.
PATIENCE_S = 9
# What a process that used up its processor time ends with; Windows knows no such end.
_OUT_OF_TIME = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None
MOST_BYTES = 10_000_000
_MOST_PARTS = 1_000
# Text of a real workbook shrinks to a tenth; a bomb to a thousandth.
_MOST_RATIO = 150
_SMALL = 2_000_000  # below this the ratio says nothing: an empty sheet shrinks well, too
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_SEPARATORS = (";", ",", "\t", "|")
_HINT = re.compile(r'"?sep=.?"?\n', re.IGNORECASE)
_HEAD_ROWS = 15
# Letters that only Vietnamese has: without any of them, a text that is not UTF-8 is not taken for cp1258.
_OWN_LETTERS = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ]")
_NEVER_VIETNAMESE = re.compile(r"[^\W\d_][©®¬¨¸µ¶¹»«¼½¾¦¡™´±°¤§]|[øïñöäåëîæœÿ]")
_LOST = re.compile(r"\w\?+\w|(?<!\S)\?+\w")


@dataclass(frozen=True)
class Grid:
    """One sheet: rows of text, counted from the first one of the sheet; `faults` names the cells without a
    value that can be used, by the rule they break."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """A file: its kind ("xlsx", "xls", "ods", "csv"), its sheets, and what its reader should know."""

    kind: str
    grids: tuple[Grid, ...]
    notices: tuple[str, ...] = ()


def book(data: bytes, name: str) -> Book:
    """The cells of a workbook (xlsx, xls, ods) or a CSV file; `RefusedError` where it cannot be read.

    What kind of file it is, its bytes say, not its name. Workbooks are parsed in a process of their own,
    with limits on memory and time: a few bytes can ask for a grid of 17 thousand million cells.
    """
    kind = _kind(data)
    if kind == "csv":
        return _separated(data, name)
    found = json.loads(in_child({"work": "read", "kind": kind}, data))
    if "refused" in found:
        raise RefusedError(found["refused"], **found["values"])
    grids = tuple(_grid(sheet) for sheet in found["sheets"])
    return Book(kind, grids, tuple(found["notices"]))


def _grid(sheet: dict[str, Any]) -> Grid:
    rows = tuple(tuple(row) for row in sheet["rows"])
    return Grid(sheet["name"], rows, {(row, column): rule for row, column, rule in sheet["faults"]})


def in_child(order: dict[str, Any], data: bytes) -> bytes:
    """What the child answers to an order; `RefusedError` where it dies or takes too long."""
    asked = json.dumps(order).encode() + b"\n" + data
    try:
        # By its file, not as a module: the child then imports nothing of the dashboard and starts at once.
        done = subprocess.run(  # nosec B603 # a fixed command, no shell
            [sys.executable, "-P", str(_CHILD)],
            input=asked,
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RefusedError("too_slow") from None
    if done.returncode == _OUT_OF_TIME:
        raise RefusedError("too_slow")
    if done.returncode != 0:
        raise RefusedError("too_heavy")
    return done.stdout


def _kind(data: bytes) -> str:
    """ "xlsx", "xls", "ods" or "csv"; `RefusedError` for anything else or too much of it."""
    if not data:
        raise RefusedError("empty")
    if len(data) > MOST_BYTES:
        raise RefusedError("too_large", most=MOST_BYTES // 1_000_000)
    if data.startswith(b"PK"):
        return _packed(data)
    if data.startswith(_OLE):
        if _ENCRYPTED in data:
            raise RefusedError("password")
        if "WordDocument".encode("utf-16-le") in data:
            raise RefusedError("not_a_sheet")
        if "_VBA_PROJECT".encode("utf-16-le") in data:
            raise RefusedError("macros")
        return "xls"
    head = data[:2048].lstrip(b"\xef\xbb\xbf\r\n\t ").lower()
    if head.startswith((b"<", b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8\xff", b"rar!", b"7z\xbc\xaf")):
        raise RefusedError("not_a_sheet")
    return "csv"


def _packed(data: bytes) -> str:
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except Exception:  # zipfile raises a dozen kinds for archives that are none
        raise RefusedError("damaged") from None
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MOST_PARTS or unpacked > child.MOST_UNPACKED:
        raise RefusedError("bomb")
    if any(part.file_size > max(_SMALL, part.compress_size * _MOST_RATIO) for part in parts):
        raise RefusedError("bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedError("password")
    return _packed_kind({part.filename for part in parts}, data)


def _packed_kind(names: set[str], data: bytes) -> str:
    low = {name.lower() for name in names}
    if any("vbaproject" in name or name.startswith(("basic/", "xl/macrosheets/")) for name in low):
        raise RefusedError("macros")
    if "xl/workbook.xml" in names:
        return "xlsx"
    if _ODS in data[:200] and "content.xml" in names:
        if "META-INF/manifest.xml" in names and _is_locked(data):
            raise RefusedError("password")
        return "ods"
    raise RefusedError("binary_workbook" if "xl/workbook.bin" in low else "not_a_sheet")


def _is_locked(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return b"encryption-data" in file.read("META-INF/manifest.xml")
    except Exception:  # and zlib its own
        raise RefusedError("damaged") from None


def _separated(data: bytes, name: str) -> Book:
    """The one sheet of a CSV file, named like the file."""
    text = _decoded(data)
    hint = _HINT.match(text)
    text = text[hint.end() :] if hint else text
    if text.count("\n") > 2 * ROW_LIMIT:
        raise RefusedError("too_many_rows", most=ROW_LIMIT)
    rows = max((_records(text, separator) for separator in _SEPARATORS), key=_known_headings)
    if not rows:
        raise RefusedError("unreadable_text")
    if max(map(len, rows)) > MOST_COLUMNS:
        rows = [child.without_tail(row) for row in rows]
    if len(rows) > ROW_LIMIT or max(map(len, rows)) > MOST_COLUMNS:
        raise RefusedError("too_many_rows", most=ROW_LIMIT)
    notices = () if text.endswith("\n") else ("line_open",)
    return Book("csv", (Grid(_stem(name), tuple(map(tuple, rows))),), notices)


def _stem(name: str) -> str:
    """A name that a sheet may have."""
    return re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", PurePath(name).stem).strip()[:31] or "CSV"


def _decoded(data: bytes) -> str:
    try:
        return tables.decoded(data, "")
    except tables.RefusedError as refused:
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
