"""The marked workbook is the one that came in, with its lists, widths and formats, whatever wrote it."""

from __future__ import annotations

import re

import pytest
from handed_in import MARK, OFFICERS, VI, VILLAGES, opened, packed, receive, unpacked

MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
EXTENSIONS = (
    b'<extLst><ext xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"'
    b' xmlns:xr="http://schemas.microsoft.com/office/spreadsheetml/2014/revision"'
    b' uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}"><x14:dataValidations'
    b' xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">%b</x14:dataValidations></ext></extLst>'
)
LIST = re.compile(
    rb'<dataValidation ([^>]*?)sqref="([^"]*)"([^>]*type="list"[^>]*)><formula1>([^<]*!\$[^<]*)</formula1>.*?'
    rb"</dataValidation>"
)


def strict(part: bytes) -> bytes:
    """As Excel saves “Strict Open XML”."""
    part = part.replace(MAIN, b"http://purl.oclc.org/ooxml/spreadsheetml/main")
    return part.replace(RELATIONS, b"http://purl.oclc.org/ooxml/officeDocument/relationships")


def excel(part: bytes) -> bytes:
    """As Excel saves lists of another sheet: beside the others, in an extension."""
    lists = [
        b'<x14:dataValidation xr:uid="{1}" %b><x14:formula1><xm:f>%b</xm:f></x14:formula1>'
        b"<xm:sqref>%b</xm:sqref></x14:dataValidation>" % (match[1] + match[3], match[4], match[2])
        for match in LIST.finditer(part)
    ]
    part = re.sub(rb"<dataValidations[^>]*></dataValidations>", b"", LIST.sub(b"", part))
    return part.replace(b"</worksheet>", EXTENSIONS % b"".join(lists) + b"</worksheet>") if lists else part


def wps(part: bytes) -> bytes:
    """As WPS saves fonts: of a family that the standard does not have."""
    return part.replace(b'<family val="2"/>', b'<family val="134"/>')


@pytest.mark.parametrize(
    "change", [lambda part: part, strict, excel, wps], ids=["-", "strict", "Excel", "WPS"]
)
def test_it_keeps_lists_widths_and_formats(spoilt, bundled, change):
    parts = unpacked(spoilt({"Chức danh!C4": "AB", "Chức danh!B9": "Thôn Lạ"}))
    data = packed({name: change(part) for name, part in parts.items()})
    marked = opened(receive(data, bundled).marked(VI))
    former = opened(spoilt({}))
    for name in former.sheetnames:
        lists = [
            sorted((str(rule.sqref), rule.formula1) for rule in book[name].data_validations.dataValidation)
            for book in (former, marked)
        ]
        assert lists[0] == lists[1]
    before, back = former[OFFICERS], marked[OFFICERS]
    assert back.column_dimensions["B"].width == before.column_dimensions["B"].width
    assert back["B2"].font.b
    assert {cell.coordinate for row in back for cell in row if cell.fill.fgColor.rgb == MARK} == {"B9", "C4"}


def test_of_merged_cells_the_first_is_marked_and_says_it_all(book, bundled):
    sheet = book[VILLAGES]
    for row in (3, 4):
        sheet.cell(row, 1).value = "Xã Lạ"
    sheet.merge_cells("A3:A7")
    refused = receive(book, bundled)
    back = opened(refused.marked(VI))[VILLAGES]
    assert [str(block) for block in back.merged_cells.ranges] == ["A3:A7"]
    assert back["A3"].comment.text.count("“Xã Lạ”") == len(refused.findings) > 1
    assert back["B2"].comment or back["B1"].comment
