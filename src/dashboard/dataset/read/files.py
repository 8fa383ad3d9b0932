"""Bytes → text, refusing what cannot be read without guessing."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from dashboard.dataset.problems import Problem

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
    for found, meant in _MEANT.items():
        text = text.replace(found, meant)
    return unicodedata.normalize("NFC", text)
