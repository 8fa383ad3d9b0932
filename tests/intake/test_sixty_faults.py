"""Sixty slips of a clerk, in workbooks as LibreOffice, Google, WPS and Excel write them: each is said in one
line, at its cell, with what to do."""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from collections.abc import Callable
from datetime import date

import pytest
from handed_in import VI, opened, receive, saved

from dashboard import intake

V, B, C, X = "Thôn, tổ dân phố", "Tổ chức", "Chức danh", "Xã"
G, P, A = "Mục tiêu", "Số đã công bố", "Thông tin chung"
FILTERS = {
    "LibreOffice xlsx": "xlsx:Calc MS Excel 2007 XML",
    "LibreOffice ods": "ods",
    "LibreOffice xls": "xls:MS Excel 97",
    "LibreOffice csv": "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,true,false,false,-1",
}
FEBRUARY = date(2026, 2, 1)
# By program: the cell, what is typed there (with its number format, where that matters), and what is said.
CELLS: dict[str, dict[str, tuple[object, str]]] = {
    "LibreOffice xlsx": {
        f"{C}!C4": ("Nguyễn Văn A", "đúng một chữ cái"),
        f"{C}!D6": ("không", "Bí thư chi bộ luôn là đảng viên"),
        f"{C}!B8": ("Tổ dân phố 44", "Thôn mới thì thêm dòng ở trang Thôn"),
        f"{V}!B9": ((FEBRUARY, "d-mmm"), "có thể là “1-2”"),
        f"{V}!D5": ((FEBRUARY, "dd/mm/yyyy"), "Chọn định dạng Số"),
        f"{B}!G10": ((0.8, "0%"), "“80%” Cần một số nguyên"),
        f"{B}!D12": ("Đảng bộ xã Ai Biết", "thêm dòng cho “Đảng bộ xã Ai Biết”"),
        f"{G}!E4": ((1.8, "0%"), "từ 0 đến 100"),
        f"{X}!E5": ("31/02/2025", "ngày có thật"),
        f"{P}!B3": ("nhiều", "số từ 0 trở lên"),
        f"{A}!B4": ("có lẽ", "có hoặc không"),
    },
    "LibreOffice ods": {
        f"{C}!C4": ("AB", "đúng một chữ cái"),
        f"{C}!D5": ("có thể", "có hoặc không"),
        f"{C}!A12": ("Hương Sn", "có phải “Xã Hương Sơn”"),
        f"{V}!B9": ((FEBRUARY, "d-mmm"), "có thể là “1-2”"),
        f"{V}!D5": ((0.8, "0%"), "“80%” Cần một số nguyên"),
        f"{V}!D7": ("=1/0", "Công thức trong ô báo lỗi"),
        f"{V}!E8": (430.5, "“430,5” Cần một số nguyên"),
        f"{B}!B7": ("Chi bộ xóm", "không có trong danh sách"),
        f"{B}!D9": ("Đảng bộ thị trấn Khe Trê", "có phải “Đảng bộ thị trấn Khe Tre”"),
        f"{G}!E4": ((1.8, "0%"), "“180” "),
        f"{X}!F6": ("Xã Nam Đôn", "có phải “Xã Nam Đông”"),
    },
    "LibreOffice xls": {
        f"{C}!B14": (None, "không được để trống"),
        f"{C}!P16": ("12", "có hoặc không"),
        f"{V}!B9": ((FEBRUARY, "d-mmm"), "có thể là “1-2”"),
        f"{V}!C6": ("làng", "thôn, tổ dân phố"),
        f"{V}!D7": (-5, "số nguyên từ 0"),
        f"{B}!C8": ("trường học", "không có trong danh sách"),
        f"{B}!G10": ("mười bốn", "số nguyên từ 0"),
        f"{G}!E4": ((0.8, "0%"), "không rõ là 80% hay 0,8%"),
        f"{X}!B4": ("quận", "không có trong danh sách"),
        f"{P}!E4": (None, "không được để trống"),
    },
    "LibreOffice csv": {
        f"{C}!B9": ((FEBRUARY, "d-mmm"), "có thể là “1-2”"),
        f"{C}!C4": ("A B", "đúng một chữ cái"),
        f"{V}!D5": ((0.8, "0%"), "“80%” Cần một số nguyên"),
        f"{V}!B12": (None, "không được để trống"),
        f"{B}!H11": ("2024-05-05", "số nguyên từ 0"),
        f"{B}!A12": ("Chi b? Th?n", "mất chữ khi lưu"),
        f"{G}!F5": ("cuối năm", "ngày có thật"),
    },
    "Google": {
        f"{C}!C4": (True, "đúng một chữ cái"),
        f"{V}!J3": ("Khe Tre 1", "Xoá mã trong ô"),
        f"{V}!B9": ((FEBRUARY, "d/m"), "có thể là “1-2”"),
        f"{V}!E8": ("430 người", "số nguyên từ 0"),
        f"{G}!E4": ((1.8, "0.00%"), "từ 0 đến 100"),
        f"{X}!F5": ("Xã Nam Đôn", "có phải “Xã Nam Đông”"),
    },
    "WPS": {
        f"{C}!B9": ("Thôn 01-Feb", "có phải"),
        f"{C}!B10": ("01-Feb", "có thể là “1-2”"),
        f"{V}!A5": ("Xã Không Có Thật Đâu", "Không có xã nào"),
        f"{V}!B12": ("Uû ban nh©n d©n", "không phải Unicode"),
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


def put(place, value):
    sheet, name = place.split("!")
    return lambda book: setattr(book[sheet][name], "value", value)


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
    "a goal left out": (lambda book: book[G].delete_rows(4), f"{G}!A3", "không còn: Trưởng ban công tác"),
}


def of_google(data: bytes) -> bytes:
    """As Google writes it: without properties and theme, with a drawing that is empty."""
    drawing = b'<xdr:wsDr xmlns:xdr="http://schemas.openxmlformats.org/drawingml/2006/spreadsheetDrawing"/>'
    parts = _parts(data)
    known = {name: parts[name] for name in parts if not name.startswith(("docProps", "xl/theme"))}
    return _packed({**known, "xl/drawings/drawing1.xml": drawing})


def of_wps(data: bytes) -> bytes:
    """As WPS writes it: with fonts of its own families, and a part that only WPS knows."""
    parts = _parts(data)
    parts["xl/styles.xml"] = parts["xl/styles.xml"].replace(b'family val="2"', b'family val="134"')
    images = b'<etc:cellImages xmlns:etc="http://www.wps.cn/officeDocument/2017/etCustomData"/>'
    return _packed({**parts, "xl/cellimages.xml": images})


def _parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        return {name: file.read(name) for name in file.namelist()}


def _packed(parts: dict[str, bytes]) -> bytes:
    result = io.BytesIO()
    with zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as file:
        for name, part in parts.items():
            file.writestr(name, part)
    return result.getvalue()


@pytest.fixture(scope="module")
def written(filled, tmp_path_factory) -> Callable[[str], list[tuple[str, bytes]]]:
    """The files of a program with its faults."""

    def write(program: str) -> list[tuple[str, bytes]]:
        book = opened(filled)
        for place, (typed, _) in CELLS[program].items():
            sheet, name = place.split("!")
            value, number_format = typed if isinstance(typed, tuple) else (typed, None)
            book[sheet][name].value = value
            book[sheet][name].number_format = number_format or book[sheet][name].number_format
        if program in ("Google", "WPS"):
            return [("x.xlsx", (of_google if program == "Google" else of_wps)(saved(book)))]
        if shutil.which("soffice") is None:
            pytest.skip("no LibreOffice is installed")
        folder = tmp_path_factory.mktemp("saved")
        book.save(folder / "t.xlsx")
        home = f"-env:UserInstallation=file://{folder}/profile"
        options = ["--headless", "--convert-to", FILTERS[program], "--outdir", folder / "out"]
        subprocess.run(["soffice", home, *options, folder / "t.xlsx"], check=True, capture_output=True)
        if not (folder / "out").is_dir():
            pytest.skip("LibreOffice has no Calc (Debian: apt install libreoffice-calc-nogui)")
        touched = {place.split("!")[0] for place in CELLS[program]}
        files = ((file.name.removeprefix("t-"), file.read_bytes()) for file in (folder / "out").iterdir())
        return [(name, data) for name, data in files if name.startswith("t.") or name[:-4] in touched]

    return write


@pytest.fixture(scope="module")
def lines_of(written, bundled) -> Callable[[str], list[str]]:
    """The lines that are said of the files of a program, read once."""
    known: dict[str, list[str]] = {}

    def lines(program: str) -> list[str]:
        if program not in known:
            results = [receive(data, bundled, name) for name, data in written(program)]
            known[program] = [line for result in results for line in result.lines(VI)]
        return known[program]

    return lines


@pytest.mark.parametrize(
    ("program", "place"), [(program, place) for program in CELLS for place in CELLS[program]]
)
def test_a_fault_is_said_once_at_its_cell(lines_of, program, place):
    (line,) = [line for line in lines_of(program) if line.startswith(f"{place}:")]
    assert CELLS[program][place][1] in line


@pytest.mark.parametrize("program", CELLS)
def test_nothing_else_is_said(lines_of, program):
    assert len(lines_of(program)) == len(CELLS[program])


@pytest.mark.parametrize("slip", SLIPS)
def test_a_slip_that_touches_many_cells_is_one_line(filled, bundled, slip):
    done, place, sentence = SLIPS[slip]
    book = opened(filled)
    done(book)
    result = receive(book, bundled)
    if isinstance(result, intake.Refused):
        lines = list(result.lines(VI))
    else:
        lines = [caution.sentence(VI) for caution in result.cautions if caution.rule != "date_exists"]
    (line,) = lines
    assert line.startswith(f"{place}:")
    assert sentence in line
