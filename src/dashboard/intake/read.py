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
from dashboard.intake.child import MAX_COLUMNS, MAX_ROWS, RefusedError

_CHILD = Path(child.__file__)
# Parsing stops after so long; a workbook of all Vietnamese villages would take a third of it.
TIMEOUT_S = 9
# The exit code of a process that used up its processor time; Windows has no such limit.
_OUT_OF_TIME = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None
MAX_BYTES = 10_000_000
_MAX_PARTS = 1_000
# Text of a real workbook shrinks to a tenth; a bomb to a thousandth.
_MAX_RATIO = 150
_SMALL = 2_000_000  # below this the ratio says nothing: an empty sheet shrinks well, too
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
# What an OLE file holds, and the rule that refuses it.
_OLE_PARTS = (("EncryptedPackage", "password"), ("WordDocument", "not_a_sheet"), ("_VBA_PROJECT", "macros"))
_NO_SHEETS = (b"<", b"%pdf", b"{\\rtf", b"\x89png", b"\xff\xd8\xff", b"rar!", b"7z\xbc\xaf")
_UTF_16 = (b"\xff\xfe", b"\xfe\xff")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"
_SEPARATORS = (";", ",", "\t", "|")
_HINT = re.compile(r'"?sep=.?"?\n', re.IGNORECASE)
HEAD_ROWS = 15  # the headings are in one of these
# Letters that only Vietnamese has: without any of them, a text that is not UTF-8 is not taken for cp1258.
_OWN_LETTERS = re.compile(r"[ăâđêôơưĂÂĐÊÔƠƯ]")
_NEVER_VIETNAMESE = re.compile(r"[^\W\d_][©®¬¨¸µ¶¹»«¼½¾¦¡™´±°¤§]|[øïñöäåëîæœÿ]")
_LOST = re.compile(r"\w\?+\w|(?<!\S)\?+\w")


@dataclass(frozen=True)
class Grid:
    """One sheet: rows of text, counted from the first one of the sheet; `faults` names the cells without a
    value that can be used, by the rule they break, `merged` the merged cells by the one with their value,
    `held` those that the program holds as something that their text does not tell: see `child.held`."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)
    merged: Mapping[tuple[int, int], tuple[int, int]] = field(default_factory=dict)
    held: Mapping[tuple[int, int], str] = field(default_factory=dict)

    def cell(self, row: int, column: int) -> str:
        """A cell as it was read; "" beyond the last one."""
        cells = self.rows[row] if row < len(self.rows) else ()
        return cells[column] if column < len(cells) else ""


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
        return _csv(data, name)
    answer = json.loads(in_child({"work": "read", "kind": kind}, data))
    if "refused" in answer:
        raise RefusedError(answer["refused"], **answer["values"])
    grids = [
        Grid(
            sheet["name"],
            tuple(map(tuple, sheet["rows"])),
            {(row, column): rule for row, column, rule in sheet["faults"]},
            {
                (row, column): (first_row, first_column)
                for row, column, first_row, first_column in sheet["merged"]
            },
            {(row, column): stored_as for row, column, stored_as in sheet["held"]},
        )
        for sheet in answer["sheets"]
    ]
    return Book(kind, tuple(grids), tuple(answer["notices"]))


def in_child(order: dict[str, Any], data: bytes) -> bytes:
    """What the child answers to an order; `RefusedError` where it dies or takes too long."""
    try:
        # By its file, not as a module: the child then imports nothing of the dashboard and starts at once.
        result = subprocess.run(  # nosec B603 # a fixed command, no shell
            [sys.executable, "-P", str(_CHILD)],
            input=json.dumps(order).encode() + b"\n" + data,
            capture_output=True,
            timeout=TIMEOUT_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RefusedError("too_slow") from None
    if result.returncode != 0:
        raise RefusedError("too_slow" if result.returncode == _OUT_OF_TIME else "too_heavy")
    return result.stdout


def _kind(data: bytes) -> str:
    """ "xlsx", "xls", "ods" or "csv"; `RefusedError` for anything else or too much of it."""
    if not data:
        raise RefusedError("empty")
    if len(data) > MAX_BYTES:
        raise RefusedError("too_large", most=MAX_BYTES // 1_000_000)
    if data.startswith(b"PK"):
        return _packed_kind(data)
    if data.startswith(_OLE):
        for part, rule in _OLE_PARTS:
            if part.encode("utf-16-le") in data:
                raise RefusedError(rule)
        return "xls"
    if data[:2048].lstrip(b"\xef\xbb\xbf\r\n\t ").lower().startswith(_NO_SHEETS):
        raise RefusedError("not_a_sheet")
    return "csv"


def _packed_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            parts = file.infolist()
            manifest = "META-INF/manifest.xml"
            refuse_bombs(parts)
            names = {part.filename for part in parts}
            low = {name.lower() for name in names}
            if any("vbaproject" in name or name.startswith(("basic/", "xl/macrosheets/")) for name in low):
                raise RefusedError("macros")
            if "xl/workbook.xml" in names:
                return "xlsx"
            if _ODS in data[:200] and "content.xml" in names:
                if manifest in names and b"encryption-data" in file.read(manifest):
                    raise RefusedError("password")
                return "ods"
    except RefusedError:
        raise
    except Exception:  # zipfile raises a dozen kinds for archives that are none, and zlib its own
        raise RefusedError("damaged") from None
    raise RefusedError("binary_workbook" if "xl/workbook.bin" in low else "not_a_sheet")


def refuse_bombs(parts: list[zipfile.ZipInfo]) -> None:
    """`RefusedError` for parts of a packed file that are too many or unpack to too much."""
    unpacked = sum(part.file_size for part in parts)
    if len(parts) > _MAX_PARTS or unpacked > child.MAX_UNPACKED:
        raise RefusedError("bomb")
    if any(part.file_size > max(_SMALL, part.compress_size * _MAX_RATIO) for part in parts):
        raise RefusedError("bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedError("password")


def _csv(data: bytes, name: str) -> Book:
    """The one sheet of a CSV file, named like the file."""
    text = _decoded(data)
    hint = _HINT.match(text)
    text = text[hint.end() :] if hint else text
    if text.count("\n") > 2 * MAX_ROWS:
        raise RefusedError("too_many_rows", most=MAX_ROWS)
    # Of no known headings, the one that cuts most.
    by_separator = (_records(text, separator) for separator in _SEPARATORS)
    rows = max(by_separator, key=lambda rows: (_known_headings(rows), max(map(len, rows), default=0)))
    if not rows:
        raise RefusedError("unreadable_text")
    if max(map(len, rows)) > MAX_COLUMNS:
        rows = [child.without_tail(row) for row in rows]
    if len(rows) > MAX_ROWS or max(map(len, rows)) > MAX_COLUMNS:
        raise RefusedError("too_many_rows", most=MAX_ROWS)
    sheet = re.sub(r"[\[\]:*?/\\'\x00-\x1f]", " ", PurePath(name).stem).strip()[:31] or "CSV"
    notices = () if text.endswith("\n") else ("line_open",)
    return Book("csv", (Grid(sheet, tuple(map(tuple, rows))),), notices)


def _decoded(data: bytes) -> str:
    try:
        return tables.decoded(data, "")
    except tables.RefusedError as refused:
        if refused.problem.rule == "file_empty":
            raise RefusedError("empty") from None
        if (line := _broken_at(data)) and refused.problem.rule == "file_encoding":
            raise RefusedError("cut", line=line) from None
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


def _broken_at(data: bytes) -> int:
    """The line where a text is cut or damaged that is Unicode otherwise; 0 for another text."""
    text = data.decode("utf-16" if data.startswith(_UTF_16) else "utf-8-sig", "replace")
    lost = text.count("\ufffd")
    whole = len(_OWN_LETTERS.findall(text)) > 3 * lost > 0
    return text.count("\n", 0, text.index("\ufffd")) + 1 if whole else 0


def _records(text: str, separator: str) -> list[list[str]]:
    try:
        return list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error:
        return []


def _known_headings(rows: list[list[str]]) -> int:
    """How many headings of one form the best line of the head names; -1 where nothing could be cut."""
    lines = [{names.folded(cell) for cell in row} for row in rows[:HEAD_ROWS]]
    return max(
        (len(line & forms.headings(form).keys()) for form in forms.FORMS for line in lines), default=-1
    )
