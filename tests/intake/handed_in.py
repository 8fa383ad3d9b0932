"""What the tests of the import share: a workbook as bytes, and what reading it said."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Mapping

import openpyxl

from dashboard import intake, measures, text
from dashboard.dataset import select

VI = text.get()
# The fill of a wrong cell.
MARK = "FFF4B6B0"


def saved(book) -> bytes:
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def opened(data, **options):
    return openpyxl.load_workbook(io.BytesIO(data), **options)


def packed(parts: Mapping[str, str | bytes]) -> bytes:
    """A ZIP, or an office file, of these parts."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, part in parts.items():
            archive.writestr(name, part, zipfile.ZIP_STORED if name == "mimetype" else None)
    return file.getvalue()


def unpacked(data) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def understated(data: bytes, size: int) -> bytes:
    """The archive with another unpacked size written beside its last part."""
    at = data.rfind(b"PK\x01\x02")
    return data[: at + 24] + size.to_bytes(4, "little") + data[at + 28 :]


def receive(file, base, name="so-lieu.xlsx", words=VI):
    """What comes of a file, or of a workbook that is saved as one."""
    data = file if isinstance(file, bytes) else saved(file)
    refused, preview = intake.receive_all([(name, data)], base, words)
    return preview or refused[0][1]


def received(*args) -> intake.Preview:
    """The same of a file that is taken."""
    result = receive(*args)
    assert isinstance(result, intake.Preview), "\n".join(result.lines(VI))
    return result


def places(refused) -> set[str]:
    """The cells that were found wrong."""
    return {finding.location(VI) for finding in refused.findings}


def lines(data, base, name="so-lieu.xlsx") -> str:
    """The lines of a refusal, or of the changes."""
    result = receive(data, base, name)
    if isinstance(result, intake.Refused):
        return "\n".join(result.lines(VI))
    return "\n".join(change.line(VI) for change in result.changes)


def figures(data, *dates: str) -> list[str]:
    """Every figure of these dates, else of all."""
    chosen = (select(data, as_of=day) for day in dates or data.dates)
    return [
        json.dumps({**measures.figures(data, choice), "version": ""}, sort_keys=True) for choice in chosen
    ]


def posts_of(result, village) -> dict[str, tuple[str, bool]]:
    """The posts of a village as (holder, member) at the date of the file."""
    rows = result.dataset.officers
    rows = rows[(rows["as_of"] == result.as_of) & (rows["village_id"] == village)]
    return {row["position"]: (row["holder"], row["party_member"]) for row in rows.to_dict("records")}


LAST, NEXT = "2024-12-31", "2025-06-30"
VILLAGES, ORGANIZATIONS, OFFICERS = "Thôn, tổ dân phố", "Tổ chức", "Chức danh"
# The sheets with rows by commune, and the column of the commune.
SHEETS = {VILLAGES: 1, ORGANIZATIONS: 5, OFFICERS: 1}


def cut(filled, names, as_of=LAST, members=0, *, root=True):
    """The workbook with the rows of these communes alone, each of their cells with so many more members."""
    book = opened(filled)
    for name, column in SHEETS.items():
        sheet = book[name]
        # The sheet without a date begins a row higher.
        for row in range(sheet.max_row, 2 if name == VILLAGES else 3, -1):
            cells = [sheet.cell(row, at).value for at in range(1, 9)]
            top = name == ORGANIZATIONS and cells[3] is None
            if not any(cells) or cells[column - 1] in names or (root and top):
                continue
            sheet.delete_rows(row)
    dated(book, as_of)
    for cell in members_in(book):
        cell.value += members
    return saved(book)


def dated(book, as_of):
    """The workbook with this date above its sheets."""
    for sheet in {ORGANIZATIONS, OFFICERS}.intersection(book.sheetnames):
        book[sheet]["B1"] = as_of
    return book


def members_in(book):
    """The cells with the members of an organisation."""
    return [row[6] for row in book[ORGANIZATIONS].iter_rows(min_row=4) if isinstance(row[6].value, int)]
