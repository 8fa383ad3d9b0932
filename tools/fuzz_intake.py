"""Sends broken files to the intake for some minutes: each must be refused or read, none may raise or hang.

    python tools/fuzz_intake.py --minutes 10 [--seed 1] FILE...

Each input is one of the FILEs, or the template (filled, blank, and its sheets as CSV and ODS), with bytes
changed, cut out, doubled or moved, or with one part of the archive spoilt and packed again, or random bytes.
Prints the number of inputs, what became of them and the slowest; every failure with its trace, and the file
that failed is kept in the current folder. Exit code 1 on any.
"""

from __future__ import annotations

import argparse
import io
import random
import tempfile
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl

from dashboard import intake, text
from dashboard.dataset import Dataset, load

SLOWEST_S = 12
MARKED_EACH = 20  # of so many refused files one is marked, too
_TOKENS = (
    b"9" * 9,
    b'"',
    b";",
    b"\0",
    b"\r\n",
    b"=",
    b"\xef\xbb\xbf",
    "Tổng cộng".encode(),
    "Thôn".encode("utf-16"),
    b"<c r='XFD1048576'><v>1</v></c>",
    b"<c r='A0'><v>1</v></c>",
    b"<f>1+1</f>",
    b"table:number-rows-repeated='99999999'",
    b"<!DOCTYPE x>",
    b"31/02/2024",
)
_ODS = "application/vnd.oasis.opendocument.spreadsheet"
_SPACES = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
)
Sheets = dict[str, list[list[str]]]


def seeds(base: Dataset) -> list[bytes]:
    """The files that are spoilt when none are named."""
    words = text.get()
    filled = intake.template(base, None, words)
    sheets: Sheets = {
        sheet.title: [
            [("31/12/2024" if hasattr(cell, "year") else str(cell or "")) for cell in row]
            for row in sheet.iter_rows(values_only=True)
        ]
        for sheet in openpyxl.load_workbook(io.BytesIO(filled), data_only=True)
    }
    written = ["\r\n".join(";".join(row) for row in rows) for rows in sheets.values()]
    encoded = [sheet.encode(coding) for sheet in written for coding in ("utf-8-sig", "utf-16")]
    lost = [sheet.encode("cp1258", "replace") for sheet in written]
    return [filled, intake.template(None, None, words), ods(sheets), *encoded, *lost]


def ods(sheets: Sheets) -> bytes:
    """Sheets of text as an ODS."""

    def row(cells: list[str]) -> str:
        said = "".join(
            f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>'
            for cell in cells
        )
        return f"<table:table-row>{said}</table:table-row>"

    tables = "".join(
        f'<table:table table:name="{escape(name)}">{"".join(map(row, rows))}</table:table>'
        for name, rows in sheets.items()
    )
    body = f"<office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body>"
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("mimetype", _ODS, zipfile.ZIP_STORED)
        packed.writestr("content.xml", f"<office:document-content {_SPACES}>{body}</office:document-content>")
        packed.writestr("META-INF/manifest.xml", "<manifest/>")
    return file.getvalue()


def spoilt(data: bytes, draw: random.Random) -> bytes:
    """The bytes with a few faults."""
    found = bytearray(data)
    for _ in range(draw.randint(1, 12)):
        at = draw.randrange(len(found) or 1)
        length = draw.choice((1, 1, 2, 8, 200))
        kind = draw.randrange(4)
        if kind == 0:
            found[at : at + length] = draw.randbytes(length)
        elif kind == 1:
            del found[at : at + length]
        elif kind == 2:
            found[at:at] = found[at : at + length]
        else:
            found[at:at] = draw.choice(_TOKENS)
    return bytes(found)


def repacked(data: bytes, draw: random.Random) -> bytes:
    """A workbook with one part spoilt; other files with their bytes spoilt."""
    if not data.startswith(b"PK"):
        return spoilt(data, draw)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        victim = draw.choice(old.namelist())
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, spoilt(content, draw) if name == victim else content)
    return file.getvalue()


def cell_wise(data: bytes, draw: random.Random) -> bytes:
    """A workbook with some of its words replaced, the XML whole; of other files some fields."""
    words = (
        "",
        "0",
        "-1",
        "83,3%",
        "có",
        "không",
        "khuyết",
        "A",
        "Thôn 1",
        "=1+1",
        "&lt;b&gt;",
        "x" * 40_000,
    )
    if not data.startswith(b"PK"):
        cells = data.split(b";")
        for _ in range(draw.randint(1, 8)):
            cells[draw.randrange(len(cells))] = draw.choice(words).encode()
        return b";".join(cells)
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            content = old.read(name)
            mark, close = (b"<t>", b"</t>") if name == "xl/sharedStrings.xml" else (b"<text:p>", b"</text:p>")
            parts = content.split(mark)
            for _ in range(draw.randint(1, 8) if len(parts) > 1 else 0):
                at = draw.randrange(1, len(parts))
                parts[at] = draw.choice(words).encode() + close + parts[at].partition(close)[2]
            new.writestr(name, mark.join(parts))
    return file.getvalue()


def noise(data: bytes, draw: random.Random) -> bytes:
    """Random bytes, with or without the beginning of a file."""
    return data[: draw.choice((0, 4, 8, 64, 2048))] + draw.randbytes(draw.choice((1, 50, 3000)))


WAYS: tuple[Callable[[bytes, random.Random], bytes], ...] = (spoilt, repacked, repacked, cell_wise, noise)


def outcome(data: bytes, name: str, base: Dataset, mark: bool) -> str:
    """What became of a file, in a word."""
    found = intake.receive(data, name, base)
    if isinstance(found, intake.Preview):
        with tempfile.TemporaryDirectory() as folder:
            found.write(Path(folder))
            load(Path(folder))
        return "accepted"
    assert found.findings, "refused without a reason"
    for lang in text.LANGUAGES:
        assert all(line.strip() for line in found.lines(text.get(lang)))
    if mark and (marked := found.marked(text.get())) is not None:
        openpyxl.load_workbook(io.BytesIO(marked))
    return "refused"


def main() -> int:
    """Send files until the time is over, and count."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    base = load(Path(__file__).parents[1] / "data")
    sources = seeds(base) + [file.read_bytes() for file in chosen.files]
    draw = random.Random(chosen.seed)
    seen: Counter[str] = Counter()
    failures = 0
    slowest = 0.0
    end = time.monotonic() + 60 * chosen.minutes
    while time.monotonic() < end:
        data = draw.choice(WAYS)(draw.choice(sources), draw)
        name = draw.choice(("x.xlsx", "x.csv", "x.ods", "x.xls", "../x", "", "Chức danh.csv", "x\0[:]*?"))
        begin = time.monotonic()
        fault = ""
        try:
            seen[outcome(data, name, base, draw.randrange(MARKED_EACH) == 0)] += 1
        except Exception:
            fault = traceback.format_exc()
        took = time.monotonic() - begin
        slowest = max(slowest, took)
        if took > SLOWEST_S:
            fault += f"took {took:.1f} s"
        if fault:
            failures += 1
            Path(f"fuzz_intake_{failures}.bin").write_bytes(data)
            print(f"fuzz_intake_{failures}.bin, named {name!r}:\n{fault}")
    said = ", ".join(f"{number} {word}" for word, number in sorted(seen.items()))
    print(f"{seen.total()} inputs: {said}; {failures} failed; slowest {slowest:.1f} s")
    return 1 if failures else 0


if __name__ == "__main__":
    raise SystemExit(main())
