"""What a file is, by its bytes, and whether it is small enough to be opened at all."""

from __future__ import annotations

import io
import zipfile

from dashboard.intake.read.grid import RefusedError

MOST_BYTES = 10_000_000
_MOST_PARTS = 1_000
_MOST_UNPACKED = 80_000_000
# Text of a real workbook shrinks to a tenth; a bomb to a thousandth.
_MOST_RATIO = 150
_SMALL = 2_000_000  # below this the ratio says nothing: an empty sheet shrinks well, too
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_ODS = b"application/vnd.oasis.opendocument.spreadsheet"


def kind(data: bytes) -> str:
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
    if len(parts) > _MOST_PARTS or unpacked > _MOST_UNPACKED:
        raise RefusedError("bomb")
    if any(part.file_size > max(_SMALL, part.compress_size * _MOST_RATIO) for part in parts):
        raise RefusedError("bomb")
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedError("password")
    return _kind({part.filename for part in parts}, data)


def _kind(names: set[str], data: bytes) -> str:
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
