"""What runs in a process of its own, with limits: reads a workbook that may be hostile, or marks cells.

Run by its file; imports nothing of the dashboard. On stdin a line of JSON (the order) and the bytes of the
workbook; on stdout JSON, or the bytes of the marked workbook.
"""

from __future__ import annotations

import io
import json
import math
import posixpath
import re
import runpy
import sys
import unicodedata
import zipfile
from datetime import date, time, timedelta
from pathlib import Path
from typing import Any
from xml.parsers import expat

MAX_MEMORY = 1_500_000_000
MAX_CPU_S = 9
MAX_SHEETS = 40
# What one sheet may hold: three times the villages of the largest province, and every column of a form.
MAX_ROWS = 20_000
MAX_COLUMNS = 100
MAX_UNPACKED = 80_000_000
MAX_LETTERS = 20_000_000
_BLOCK = 1 << 16
_ODS_CELLS = ("table-cell", "covered-table-cell")
# Number formats of Excel that have no code in the file and show a share as a percentage.
_PERCENTAGES = {"9": "0%", "10": "0.00%"}
_UNSHOWN = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')  # of a format: its own words, escaped signs, colours
# A cell, how many rows and columns it is repeated in, and how its number is shown: see `_shown_as`.
Shown = tuple[int, int, int, int, int]
_PERCENT = -1


class RefusedError(Exception):
    """A file cannot be read at all; `rule` names the sentence ``intake.rule.NAME``, `values` fill it."""

    def __init__(self, rule: str, **values: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values = values


class Scan:
    """One pass over the XML of a sheet before it is read: how far it reaches, cells without a value, and
    numbers that a reader sees otherwise than they are stored."""

    def __init__(self) -> None:
        self.faults: list[tuple[int, int, str]] = []
        self.merged: list[tuple[tuple[int, int], tuple[int, int]]] = []
        self.unlike_stored: list[Shown] = []
        self.shown_as = 0
        self.row = self.column = -1
        self.formula = self.value = False
        self.kind = self.within = ""

    def end_cell(self, rows: int = 1, columns: int = 1) -> None:
        """Check the cell that ends here, repeated in so many rows and columns: its bounds and its value."""
        if self.kind in ("e", "error"):
            self.faults.append((self.row, self.column, "cell_error"))
        elif self.formula and not self.value:
            self.faults.append((self.row, self.column, "formula_unstored"))
        if self.row < 0 or self.column < 0:
            raise RefusedError("damaged")
        far = self.row + rows > MAX_ROWS or self.column + columns > MAX_COLUMNS
        if (self.value or self.formula) and far:
            raise RefusedError("too_many_rows", most=MAX_ROWS)
        if self.value and self.shown_as:
            self.unlike_stored.append((self.row, self.column, rows, columns, self.shown_as))


def position(name: str) -> tuple[int, int]:
    """Row and column, counted from 0, of a cell like F14."""
    letters = name.rstrip("0123456789")
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(name[len(letters) :]) - 1, column - 1


def _shown_as(code: str) -> int:
    """How a number format shows a number: `_PERCENT`, as so many digits at least, or 0 for as it is."""
    digits = _UNSHOWN.sub("", code).partition(";")[0]
    if "%" in digits:
        return _PERCENT
    return len(digits) if digits.strip("0") == "" and len(digits) > 1 else 0


def xlsx_formats(part: Any) -> list[int]:
    """How each cell format of an XLSX shows numbers, see `_shown_as`."""
    codes: dict[str, str] = {**_PERCENTAGES}
    formats: list[int] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "numFmt":
            codes[attributes["numFmtId"]] = attributes.get("formatCode", "")
        elif tag == "cellXfs":
            formats.clear()  # those before it are of styles, not of cells
        elif tag == "xf":
            formats.append(_shown_as(codes.get(attributes.get("numFmtId", ""), "")))

    parse(part, start, lambda tag: None)
    return formats


def xlsx_scan(part: Any, formats: list[int]) -> Scan:
    """Reads a worksheet of an XLSX once, cell by cell."""
    scan = Scan()

    def start(tag: str, attributes: dict[str, str]) -> None:
        scan.within = tag
        if tag == "row":
            scan.row = int(attributes["r"]) - 1 if "r" in attributes else scan.row + 1
            scan.column = -1
        elif tag == "c":
            scan.formula = scan.value = False
            scan.kind = attributes.get("t", "")
            style = int(attributes.get("s", 0))
            scan.shown_as = formats[style] if scan.kind in ("", "n") and style < len(formats) else 0
            if "r" in attributes:
                scan.row, scan.column = position(attributes["r"])
            else:
                scan.column += 1
        elif tag == "f":
            scan.formula = True
        elif tag == "is" or (tag == "v" and scan.kind == "str"):
            scan.value = True  # also an empty text, which a formula may give

    def end(tag: str) -> None:
        scan.within = ""
        if tag == "c":
            scan.end_cell()

    def characters(_: str) -> None:
        scan.value = scan.value or scan.within == "v"

    parse(part, start, end, characters)
    return scan


def ods_scans(part: Any) -> list[Scan]:
    """The same for each sheet of an ODS."""
    scans: list[Scan] = []
    repeated = {"row": 1, "column": 1}
    chunks: list[str] = []

    def start(tag: str, attributes: dict[str, str]) -> None:
        if tag == "table":
            scans.append(Scan())
            repeated.update(row=1, column=1)
        elif not scans:
            return
        elif tag == "table-row":
            scans[-1].row += repeated["row"]
            repeated.update(row=int(attributes.get("number-rows-repeated", 1)), column=1)
            scans[-1].column = -1
        elif tag in _ODS_CELLS:
            scan = scans[-1]
            scan.column += repeated["column"]
            repeated["column"] = int(attributes.get("number-columns-repeated", 1))
            scan.formula = "formula" in attributes
            scan.kind = attributes.get("calcext:value-type", "")
            scan.value = "value-type" in attributes
            rows, columns = (int(attributes.get(f"number-{axis}-spanned", 1)) for axis in ("rows", "columns"))
            if rows * columns > 1:
                corner = scan.row + rows - 1, scan.column + columns - 1
                scan.merged.append(((scan.row, scan.column), corner))
            scan.within = attributes.get("value-type", "")
            chunks.clear()
        elif tag == "p":
            scans[-1].value = True
            chunks.clear()  # what came before is the comment on the cell

    def end(tag: str) -> None:
        if tag in _ODS_CELLS:
            digits = "".join(chunks) if scans[-1].within == "float" else ""
            zeros = len(digits) if digits.startswith("0") and digits.isdecimal() and len(digits) > 1 else 0
            scans[-1].shown_as = _PERCENT if scans[-1].within == "percentage" else zeros
            scans[-1].end_cell(repeated["row"], repeated["column"])

    parse(part, start, end, chunks.append)
    return scans


def parse(part: Any, start: Any, end: Any, characters: Any = None) -> None:
    """Runs over XML without its namespaces; a document type, which can define text that grows, is refused."""
    parser = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise RefusedError("bomb")

    def bare(attributes: dict[str, str]) -> dict[str, str]:
        return {
            name if name.startswith("calcext:") else name.rpartition(":")[2]: value
            for name, value in attributes.items()
        }

    parser.StartDoctypeDeclHandler = refuse
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition(":")[2], bare(attributes))
    parser.EndElementHandler = lambda tag: end(tag.rpartition(":")[2])
    parser.CharacterDataHandler = characters
    unpacked = 0
    while block := part.read(_BLOCK):
        unpacked += len(block)
        if unpacked > MAX_UNPACKED:
            raise RefusedError("bomb")
        parser.Parse(block, False)
    parser.Parse(b"", True)


def xlsx_parts(file: zipfile.ZipFile) -> dict[str, str]:
    """The part of each worksheet by the sheet's name."""
    targets: dict[str, str] = {}
    parts: dict[str, str] = {}

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = posixpath.normpath(
                target.lstrip("/") if target.startswith("/") else f"xl/{target}"
            )

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet" and attributes.get("id") in targets:
            parts[attributes.get("name", "")] = targets[attributes["id"]]

    for name, start in (("xl/_rels/workbook.xml.rels", relation), ("xl/workbook.xml", sheet)):
        with file.open(name) as part:
            parse(part, start, lambda tag: None)
    return parts


def scan(kind: str, data: bytes) -> tuple[dict[str, Scan], list[Scan], list[str]]:
    """Scans by the name of the sheet (XLSX) or in their order (ODS), and notices."""
    if kind == "xls":
        return {}, [], []
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        if kind == "ods":
            with file.open("content.xml") as part:
                return {}, ods_scans(part), []
        # The reader below finds parts whatever the case of their names, and whatever their folder.
        names = {name.lower(): name for name in file.namelist()}
        formats: list[int] = []
        if "xl/styles.xml" in names:
            with file.open(names["xl/styles.xml"]) as part:
                formats = xlsx_formats(part)
        scans = {}
        for sheet, part_name in xlsx_parts(file).items():
            if part_name.lower() in names:
                with file.open(names[part_name.lower()]) as part:
                    scans[sheet] = xlsx_scan(part, formats)
        if len(scans) > MAX_SHEETS:
            raise RefusedError("bomb")
        links = any(name.startswith("xl/externalLinks/") for name in names.values())
        return scans, [], ["external_links"] if links else []


def text(value: object) -> str:
    """The value of a cell as text, as one would type it in Vietnam: whole numbers plain, a decimal comma."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, float):
        value = float(f"{value:.15g}")  # the digits that a spreadsheet shows: 315.99999999999994 is 316
        if math.isfinite(value) and value.is_integer() and abs(value) < 1e15:
            return str(int(value))
        return repr(value).replace(".", ",")
    if isinstance(value, date):  # with a time, too
        return str(value).removesuffix(" 00:00:00")
    return str(value)


def as_shown(rows: list[list[Any]], formats: list[Shown]) -> None:
    """Puts the numbers of a sheet as a reader sees them: 0.8 as 80%, 123 as 00123."""
    for top, left, height, width, shown_as in formats:
        for row in rows[top : top + height]:
            for column, value in enumerate(row[left : left + width], left):
                if isinstance(value, float) and shown_as == _PERCENT:
                    row[column] = f"{text(value * 100)}%"
                elif isinstance(value, float) and value.is_integer():
                    row[column] = text(value).zfill(shown_as)


def held(value: object, kind: str) -> str:
    """What a program holds a cell as where its text alone does not tell: "date", or the "fraction" that an
    XLS may show as a percentage."""
    if isinstance(value, date | time | timedelta):
        return "date"
    return "fraction" if kind == "xls" and isinstance(value, float) and 0 < value <= 1 else ""


def without_tail(row: list[str]) -> list[str]:
    """A row without its blank tail."""
    return row[: max((place for place, cell in enumerate(row, 1) if cell.strip()), default=0)]


def covered(
    ranges: list[tuple[tuple[int, int], tuple[int, int]]], rows: list[list[str]]
) -> list[tuple[int, ...]]:
    """The merged cells, each with the one that has their value: (row, column, its row, its column). Of a
    sheet that merges more than one can read, none."""
    inside = [(first, (min(last[0], len(rows) - 1), min(last[1], MAX_COLUMNS - 1))) for first, last in ranges]
    size = sum(max(0, last[0] - row + 1) * max(0, last[1] - column + 1) for (row, column), last in inside)
    return [
        (row, column, *first)
        for first, last in (inside if size <= 10 * MAX_ROWS else ())
        for row in range(first[0], last[0] + 1)
        for column in range(first[1], last[1] + 1)
        if (row, column) != first
    ]


def read(kind: str, data: bytes) -> dict[str, Any]:
    """All sheets of a workbook as text."""
    # Each order imports its own library only, after the limits are set.
    from python_calamine import CalamineWorkbook, SheetTypeEnum  # noqa: PLC0415

    by_name, by_order, notices = scan(kind, data)
    sheets = []
    letters = 0
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as workbook:
        metadata = workbook.sheets_metadata
        if len(metadata) > MAX_SHEETS:
            raise RefusedError("bomb")
        if len({entry.name for entry in metadata}) < len(metadata):
            raise RefusedError("damaged")  # one scan would be taken for two sheets
        for number, entry in enumerate(metadata):
            if entry.typ is not SheetTypeEnum.WorkSheet:
                continue
            sheet = workbook.get_sheet_by_index(number)
            last_row, last_column = sheet.end or (0, 0)
            if last_row >= MAX_ROWS or last_column >= max(MAX_COLUMNS, 256):
                raise RefusedError("too_many_rows", most=MAX_ROWS)
            scanned = Scan() if kind == "xls" else by_name[entry.name] if by_name else by_order[number]
            values = sheet.to_python(skip_empty_area=False)
            as_shown(values, scanned.unlike_stored)
            rows = [without_tail([text(cell) for cell in row]) for row in values]
            if max(map(len, rows), default=0) > MAX_COLUMNS:
                raise RefusedError("too_many_rows", most=MAX_ROWS)
            letters += sum(len(cell) for row in rows for cell in row)
            if letters > MAX_LETTERS:  # a text is in the file once, and in as many cells as it likes
                raise RefusedError("too_heavy")
            faults = scanned.faults
            last = max((row for row, _, _ in faults), default=-1)
            while len(rows) > last + 1 and not rows[-1]:
                rows.pop()
            rows += [[] for _ in range(last + 1 - len(rows))]
            merged = covered(sheet.merged_cell_ranges or scanned.merged, rows)
            cells = [(r, c, held(cell, kind)) for r, row in enumerate(values) for c, cell in enumerate(row)]
            cells_of_kind = [cell for cell in cells if cell[2]]
            sheets.append(
                {"name": entry.name, "rows": rows, "faults": faults, "merged": merged, "held": cells_of_kind}
            )
    return {"sheets": sheets, "notices": notices}


def limited() -> None:
    """Bounds memory and processor time from here on."""
    try:
        import resource  # noqa: PLC0415
    except ImportError:  # Windows: the process that started this one bounds its time
        return
    resource.setrlimit(resource.RLIMIT_AS, (MAX_MEMORY, MAX_MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (MAX_CPU_S, MAX_CPU_S))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def main() -> None:
    """One order, one answer."""
    limited()
    order = json.loads(sys.stdin.buffer.readline())
    data = sys.stdin.buffer.read()
    if order["work"] == "mark":
        # Only this order needs it, and the library that it imports.
        mark = runpy.run_path(str(Path(__file__).with_name("mark.py")))
        sys.stdout.buffer.write(mark["marked"](order["marks"], data))
        return
    try:
        answer = read(order["kind"], data)
    except RefusedError as refused:
        answer = {"refused": refused.rule, "values": refused.values}
    except MemoryError:
        answer = {"refused": "too_heavy", "values": {}}
    except BaseException as error:  # whatever the libraries make of a broken file, a panic of Rust included
        locked = type(error).__name__ == "PasswordError"
        answer = {"refused": "password" if locked else "damaged", "values": {}}
    sys.stdout.buffer.write(json.dumps(answer).encode())


if __name__ == "__main__":
    main()
