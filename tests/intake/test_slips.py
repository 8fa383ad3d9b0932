"""Slips of a clerk in workbooks as LibreOffice, Google and WPS write them, and slips that move many cells:
each is said in one line, at its cell, with what to do."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from handed_in import OFFICERS, ORGANIZATIONS, VI, VILLAGES, packed, receive, saved, unpacked

from dashboard import intake

V, B, C, X, G = VILLAGES, ORGANIZATIONS, OFFICERS, "Xã", "Mục tiêu"
FILTERS = {
    "LibreOffice xlsx": "xlsx:Calc MS Excel 2007 XML",
    "LibreOffice ods": "ods",
    "LibreOffice xls": "xls:MS Excel 97",
    "LibreOffice csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1",
}
FEBRUARY = date(2026, 2, 1)
# By program, what it writes otherwise than another: the cell, what is typed there (with its number format,
# where that matters), and what is said.
CELLS: dict[str, dict[str, tuple[object, str]]] = {
    "LibreOffice xlsx": {
        f"{C}!B8": ("Tổ dân phố 44", "Thôn mới thì thêm dòng ở trang Thôn"),
        f"{V}!B9": ((FEBRUARY, "d-mmm"), "có thể là “1-2”"),
        f"{B}!G10": ((0.8, "0%"), "“80%” Cần một số nguyên"),
        f"{B}!D12": ("Đảng bộ xã Ai Biết", "thêm dòng cho “Đảng bộ xã Ai Biết”"),
        f"{G}!E4": ((1.8, "0%"), "từ 0 đến 100"),
    },
    "LibreOffice ods": {
        f"{V}!B9": ((FEBRUARY, "d-mmm"), "có thể là “1-2”"),
        f"{V}!D5": ((0.8, "0%"), "“80%” Cần một số nguyên"),
        f"{V}!D7": ("=1/0", "Công thức trong ô báo lỗi"),
        f"{V}!E8": (430.5, "“430,5” Cần một số nguyên"),
        f"{B}!D9": ("Đảng bộ thị trấn Khe Trê", "có phải “Đảng bộ thị trấn Khe Tre”"),
    },
    "LibreOffice xls": {
        f"{V}!B9": ((FEBRUARY, "d-mmm"), "có thể là “1-2”"),
        f"{V}!D7": (-5, "số nguyên từ 0"),
        f"{G}!E4": ((0.8, "0%"), "không rõ là 80% hay 0,8%"),
    },
    "LibreOffice csv": {
        f"{C}!B9": ((FEBRUARY, "d-mmm"), "có thể là “1-2”"),
        f"{V}!D5": ((0.8, "0%"), "“80%” Cần một số nguyên"),
        f"{B}!A12": ("Chi b? Th?n", "mất chữ khi lưu"),
    },
    "Google": {
        f"{C}!C4": (True, "đúng một chữ cái"),
        f"{V}!J3": ("Khe Tre 1", "Xoá mã trong ô"),
        f"{V}!B9": ((FEBRUARY, "d/m"), "có thể là “1-2”"),
        f"{G}!E4": ((1.8, "0.00%"), "từ 0 đến 100"),
    },
    "WPS": {
        f"{C}!B9": ("Thôn 01-Feb", "có phải"),
        f"{C}!B10": ("01-Feb", "có thể là “1-2”"),
        f"{B}!A12": ("ThÃ´n 1", "đọc sai bảng mã"),
        f"{B}!I14": ("Mã mới", "Xoá mã trong ô"),
    },
}


def moved(sheet, first, last, columns, by=1):
    """Cut a block and paste it so many rows lower."""
    cells = {(r, c): sheet.cell(r, c).value for r in range(first, last + 1) for c in columns}
    for (row, column), value in cells.items():
        sheet.cell(row + by, column).value = value


def sorted_alone(sheet, first, last, column):
    values = sorted(sheet.cell(row, column).value for row in range(first, last + 1))
    for row, value in enumerate(values, first):
        sheet.cell(row, column).value = value


def shifted_right(book):
    for row in range(4, 64):
        values = [book[C].cell(row, column).value for column in range(3, 16)]
        for column, value in enumerate([None, *values], 3):
            book[C].cell(row, column).value = value


def cell_at(book, place):
    sheet, name = place.split("!")
    return book[sheet][name]


def put(place, value):
    return lambda book: setattr(cell_at(book, place), "value", value)


# What is done to the filled workbook, and the one line beside that of the date: a finding or a caution.
SLIPS: dict[str, tuple[Callable, str, str]] = {
    "a date on one sheet": (put(f"{C}!B1", "31/12/2025"), f"{C}!B1", "khác với trang Tổ chức (31/12/2024)"),
    "a village moved": (put(f"{V}!A3", "Xã Hương Phú"), f"{V}!A3", "thêm một dòng cùng mã thôn"),
    "a village begins too late": (put(f"{V}!G3", "01/01/2025"), f"{V}!G3", "để trống Có từ ngày"),
    "a village left out": (lambda book: book[V].delete_rows(3), V, "giữ nguyên như cũ"),
    "a commune left out": (lambda book: book[X].delete_rows(5), f"{X}!A15", "Thiếu dòng của Xã Hương Sơn"),
    "the wrong level above ten": (put(f"{B}!B5", "Chi bộ cơ sở"), f"{B}!D6", "không thể nằm dưới"),
    "two of the name above": (put(f"{B}!A15", "Đảng bộ thị trấn Khe Tre"), f"{B}!D6", "Đặt tên khác nhau"),
    "posts a row too low": (lambda book: moved(book[C], 4, 62, range(3, 17)), f"{C}!C6", "dán lệch xuống"),
    "households a row too low": (lambda book: moved(book[V], 3, 61, (4, 5)), f"{V}!D4", "dán lệch xuống"),
    "members a row too low": (lambda book: moved(book[B], 6, 170, (7,)), f"{B}!G7", "dán lệch xuống"),
    "posts a column aside": (shifted_right, f"{C}!D4", "dán lệch cột"),
    "names sorted alone": (lambda book: sorted_alone(book[V], 3, 62, 2), f"{V}!B3", "chỉ một cột bị sắp xếp"),
    "communes sorted alone": (lambda book: sorted_alone(book[C], 4, 63, 1), f"{C}!B14", "chỉ một cột"),
    "a goal left out": (
        lambda book: book[G].delete_rows(4),
        f"{G}!A3",
        "Số liệu đang có 6 dòng, tệp này còn 5; không còn: Trưởng ban công tác Mặt trận",
    ),
}


def of_google(data: bytes) -> bytes:
    """As Google writes it: without properties and theme, with a drawing that is empty."""
    drawing = b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'
    parts = unpacked(data)
    known = {name: parts[name] for name in parts if not name.startswith(("docProps", "xl/theme"))}
    return packed({**known, "xl/drawings/drawing1.xml": drawing})


def of_wps(data: bytes) -> bytes:
    """As WPS writes it: with fonts of its own families, and a part that only WPS knows."""
    parts = unpacked(data)
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'family val="2"', b'family val="134"')
    images = b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'
    return packed({**parts, "xl/cellimages.xml": images})


WRITERS = {"Google": of_google, "WPS": of_wps}


@pytest.mark.parametrize("program", CELLS)
def test_a_fault_is_said_once_at_its_cell_whatever_wrote_the_file(book, bundled, saved_by_office, program):
    for place, (typed, _) in CELLS[program].items():
        cell = cell_at(book, place)
        cell.value, number_format = typed if isinstance(typed, tuple) else (typed, None)
        cell.number_format = number_format or cell.number_format
    if program in WRITERS:
        files = {"x.xlsx": WRITERS[program](saved(book))}
    else:
        files = saved_by_office(saved(book), FILTERS[program])
    touched = {place.split("!")[0] for place in CELLS[program]}
    lines = [
        line
        for name, data in files.items()
        if not name.endswith(".csv") or name.removeprefix("t-").removesuffix(".csv") in touched
        for line in receive(data, bundled, name.removeprefix("t-")).lines(VI)
    ]
    assert {line.split(":")[0] for line in lines} == {*CELLS[program]}
    assert len(lines) == len(CELLS[program])
    for line in lines:
        assert CELLS[program][line.split(":")[0]][1] in line


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_that_touches_many_cells_is_one_line(book, bundled, slip):
    done, place, sentence = SLIPS[slip]
    done(book)
    result = receive(book, bundled)
    if isinstance(result, intake.Refused):
        lines = list(result.lines(VI))
    else:
        lines = [caution.sentence(VI) for caution in result.cautions if caution.rule != "date_exists"]
    (line,) = lines
    assert line.startswith(f"{place}:")
    assert sentence in line
