"""Marks cells of a workbook that may be hostile. `child` runs it in its own process; like `child` it
imports nothing of the dashboard."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any

import openpyxl
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill

_STRICT_MAIN = (
    b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
)
_STRICT_RELATIONS = (
    b"http://purl.oclc.org/ooxml/officeDocument/relationships",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
)
_FAMILY = re.compile(rb'(<family val=")(?:1[5-9]|[2-9]\d|\d{3,})')
_LISTS = re.compile(
    rb"<x14:dataValidation\b([^>]*)>\s*<x14:formula1>\s*<xm:f>([^<]*)</xm:f>.*?<xm:sqref>([^<]*)</xm:sqref>",
    re.DOTALL,
)
_OWN_ID = re.compile(rb' xr:uid="[^"]*"')


def as_openpyxl_reads(data: bytes) -> bytes:
    """The same XLSX with what openpyxl does not read, or drops: the names of strict files, lists that Excel
    keeps beside the others because they are on another sheet, fonts of more families than it knows."""
    result = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as file, zipfile.ZipFile(result, "w") as copy:
        for part in file.infolist():
            content = file.read(part)
            if part.filename.endswith((".xml", ".rels")):
                content = content.replace(*_STRICT_MAIN).replace(*_STRICT_RELATIONS)
                content = _FAMILY.sub(rb"\g<1>0", content)
                lists = b"".join(
                    b'<dataValidation %b sqref="%b"><formula1>%b</formula1></dataValidation>'
                    % (_OWN_ID.sub(b"", match[1]), match[3], match[2])
                    for match in _LISTS.finditer(content)
                )
                if b"</dataValidations>" in content:
                    content = content.replace(b"</dataValidations>", lists + b"</dataValidations>", 1)
                elif lists:
                    lists = b"</sheetData><dataValidations>%b</dataValidations>" % lists
                    content = content.replace(b"</sheetData>", lists, 1)
            copy.writestr(part, content)
    return result.getvalue()


def marked(marks: list[list[Any]], data: bytes) -> bytes:
    """The workbook with these cells filled and commented: (sheet, row, column, comment) each."""
    workbook = openpyxl.load_workbook(io.BytesIO(as_openpyxl_reads(data)), keep_links=False)
    fill = PatternFill("solid", fgColor="FFF4B6B0")
    # Of merged cells only the first one takes a comment.
    first = {
        (sheet.title, *at): (block.min_row, block.min_col)
        for sheet in workbook.worksheets
        for block in sheet.merged_cells.ranges
        for at in block.cells
    }
    comments_at: dict[tuple[str, int, int], list[str]] = {}
    for sheet, row, column, comment in marks:
        at = first.get((sheet, row + 1, column + 1), (row + 1, column + 1))
        comments_at.setdefault((sheet, *at), []).append(comment)
    for (sheet, row, column), comments in comments_at.items():
        cell = workbook[sheet].cell(row, column)
        cell.fill = fill
        cell.comment = Comment("\n".join(comments), "", width=360, height=150)
    saved = io.BytesIO()
    workbook.save(saved)
    return saved.getvalue()
