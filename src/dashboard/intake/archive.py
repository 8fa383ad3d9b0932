"""Several workbooks in one ZIP: those that come in, as names and bytes within bounds, and those to fill."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
import zlib
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import PureWindowsPath

from dashboard import schema
from dashboard.dataset import Dataset, areas, collecting, texts
from dashboard.intake import read
from dashboard.intake.child import RefusedError
from dashboard.intake.template import template
from dashboard.text import Text

# What Windows has in no name of a file, and how many letters every system takes.
_UNSAFE, _LONGEST = re.compile(r'[<>:"/\\|?*\x00-\x1f]'), 80
# A province has up to 170 communes.
_MAX_FILES = 250
_UTF8, _ENCRYPTED, _HIDDEN = 0x800, 0x1, 0x2
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What macOS adds, and the locks of Excel; other hidden names begin with a dot.
_BESIDE = ("__MACOSX", "~$", ".")
# Every packed document has one of these, an archive of files has none.
_DOCUMENT = {"[Content_Types].xml", "mimetype", "META-INF/manifest.xml", "xl/workbook.xml", "xl/workbook.bin"}


def templates(
    dataset: Dataset,
    as_of: str | None,
    text: Text,
    communes: Sequence[str] = (),
    *,
    following: bool = False,
) -> bytes:
    """A ZIP of the workbooks (see `template`) of these communes, or of each commune of an as-of date (None =
    the last) and of the bodies of none where there are any; each named like its commune."""
    day = as_of or max(dataset.dates, default="")
    names = areas.labels(dataset, day, areas.BOUNDARIES[0], texts(dataset)[text.lang])
    area_ids = areas.expanded(dataset, communes, day, areas.BOUNDARIES[0])
    if not area_ids:
        reporting = collecting.collected(dataset, day)
        expected = {*names} - {schema.OUTSIDE} | {*reporting.sent, *reporting.missing}
        area_ids = [area for area in names if area in expected]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as file:
        for area, name in _file_names({area: names[area] for area in area_ids}).items():
            file.writestr(f"{name}.xlsx", template(dataset, as_of, text, [area], following=following))
    return buffer.getvalue()


def _file_names(names: Mapping[str, str]) -> dict[str, str]:
    """The names as every file system takes them, each another one whatever the case."""
    safe = {area: " ".join(_UNSAFE.sub(" ", name).split()) for area, name in names.items()}
    result = {area: name[:_LONGEST].rstrip(" .") for area, name in safe.items()}
    alike = Counter(map(str.casefold, result.values()))
    return {
        area: name if alike[name.casefold()] == 1 else f"{name} ({area})" for area, name in result.items()
    }


def unpacked(name: str, data: bytes) -> list[tuple[str, bytes]]:
    """The files in an archive by name ("nop.zip/Xã Hương Sơn.xlsx"), without hidden ones and those that
    programs put beside them; of a file that is no archive itself alone.

    `RefusedError` for an archive that is damaged, locked, too large, holds other archives, or names paths
    out of it.
    """
    if not _is_archive(data):
        return [(name, data)]
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            entries = file.infolist()
            if any(entry.flag_bits & _ENCRYPTED for entry in entries):
                raise RefusedError("archive_password")
            read.refuse_bombs(entries)
            files = [(path, entry) for entry in entries if (path := _path(entry))]
            if len(files) > _MAX_FILES:
                raise RefusedError("archive_many", most=_MAX_FILES)
            result = [(f"{name}/{path}", _content(file, entry)) for path, entry in files]
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError):
        raise RefusedError("archive_damaged") from None
    if not result:
        raise RefusedError("archive_empty")
    if any(_is_archive(content) for _, content in result):
        raise RefusedError("archive_inside")
    return result


def _is_archive(data: bytes) -> bool:
    """Whether it is a ZIP of files, not a document; one that cannot be opened is left to `read.book`."""
    if not data.startswith(b"PK") or len(data) > read.MAX_BYTES:
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as file:
            return _DOCUMENT.isdisjoint(file.namelist())
    except Exception:  # as in `read`: zipfile raises a dozen kinds
        return False


def _path(entry: zipfile.ZipInfo) -> str:
    """The name of a file in the archive; "" for what is passed over."""
    path = PureWindowsPath(unicodedata.normalize("NFC", _name(entry)))
    if path.anchor or ".." in path.parts:
        raise RefusedError("archive_damaged")
    hidden = entry.external_attr & _HIDDEN or any(part.startswith(_BESIDE) for part in path.parts)
    return "" if hidden or entry.filename.endswith(("/", "\\")) else path.as_posix()


def _name(entry: zipfile.ZipInfo) -> str:
    """The name as it was written: where nothing says that it is UTF-8, zipfile takes it for one of DOS."""
    if entry.flag_bits & _UTF8:
        return entry.filename
    with suppress(UnicodeError):
        raw = entry.filename.encode("cp437")
        with suppress(UnicodeError):
            return raw.decode()
        # The Vietnamese letters of Windows are all from À up, those of DOS all below.
        if all(byte < 0x80 or byte >= 0xC0 for byte in raw):
            return raw.decode("cp1258")
    return entry.filename


def _content(file: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """At most one byte more than a file may have, which `read.book` then refuses by its name."""
    if entry.compress_type not in _METHODS:
        raise RefusedError("archive_damaged")
    with file.open(entry) as opened:
        return opened.read(read.MAX_BYTES + 1)
