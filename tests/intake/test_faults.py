"""Faults planted over all sheets: each is found at its cell, the workbook marks exactly those."""

import pytest
from handed_in import MARK, VI, opened, places, receive

# One fault a cell; the value, and a piece of the sentence that is to be said of it.
FAULTS = {
    "Chức danh!C4": ("Nguyễn Văn A", "đúng một chữ cái"),
    "Chức danh!D5": ("có thể", "có hoặc không"),
    "Chức danh!D6": ("không", "Bí thư chi bộ luôn là đảng viên"),
    "Chức danh!F7": (None, "phải ghi người đó"),
    "Chức danh!B8": ("Tổ dân phố 44", "có phải"),
    "Chức danh!A12": ("Hương Sn", "có phải “Xã Hương Sơn”"),
    "Chức danh!B14": (None, "không được để trống"),
    "Chức danh!P16": ("12", "có hoặc không"),
    "Chức danh!B18": ("=1/0", "không lưu kết quả"),
    "Thôn, tổ dân phố!A5": ("Xã Không Có Thật Đâu", "Không có xã nào"),
    "Thôn, tổ dân phố!C6": ("làng", "thôn, tổ dân phố"),
    "Thôn, tổ dân phố!D7": (-5, "số nguyên từ 0"),
    "Thôn, tổ dân phố!E8": (430.5, "số nguyên từ 0"),
    "Thôn, tổ dân phố!B9": ("Uû ban nh©n d©n", "không phải Unicode"),
    "Thôn, tổ dân phố!D10": ("83,3%", "số nguyên từ 0"),
    "Thôn, tổ dân phố!B12": (None, "không được để trống"),
    "Thôn, tổ dân phố!B13": ("Thôn \u202e1", "ký tự không nhìn thấy"),
    "Tổ chức!B7": ("Chi bộ xóm", "không có trong danh sách"),
    "Tổ chức!C8": ("trường học", "không có trong danh sách"),
    "Tổ chức!D9": ("Đảng bộ xã Không Ai Biết", "Không có tổ chức nào"),
    "Tổ chức!G10": ("mười bốn", "số nguyên từ 0"),
    "Tổ chức!H11": ("2024-05-05", "số nguyên từ 0"),
    "Tổ chức!A12": ("Chi b? Th?n", "mất chữ khi lưu"),
    "Xã!B4": ("quận", "không có trong danh sách"),
    "Xã!E5": ("31/02/2025", "ngày có thật"),
    "Xã!F6": ("Xã Nam Đôn", "có phải “Xã Nam Đông”"),
    "Mục tiêu!C3": ("member_share:trưởng thôn", "Không có cách tính nào"),
    "Mục tiêu!E4": (180, "từ 0 đến 100"),
    "Mục tiêu!F5": ("cuối năm", "ngày có thật"),
    "Số đã công bố!B3": ("nhiều", "số từ 0 trở lên"),
    "Số đã công bố!E4": (None, "không được để trống"),
    "Thông tin chung!B4": ("có lẽ", "có hoặc không"),
    "Thông tin chung!B2": (None, "không được để trống"),
    "Thông tin chung!B3": ("x" * 201, "dài quá 200 ký tự"),
}


@pytest.fixture(scope="module")
def refused(spoilt, bundled):
    return receive(spoilt({place: value for place, (value, _) in FAULTS.items()}), bundled)


def test_every_planted_fault_is_found_with_its_reason_and_nothing_else(refused):
    lines = {finding.location(VI): finding.line(VI) for finding in refused.findings}
    assert lines.keys() == FAULTS.keys()
    assert {place for place, (_, sentence) in FAULTS.items() if sentence not in lines[place]} == set()


def test_faults_come_by_sheet_and_cell(refused):
    sheets = opened(refused.marked(VI)).sheetnames
    found = [(sheets.index(sheet), *cell) for sheet, *cell in (fault.place for fault in refused.findings)]
    assert found == sorted(found)


def test_the_marked_workbook_marks_exactly_the_wrong_cells(refused):
    book = opened(refused.marked(VI))
    marked = {
        f"{sheet.title}!{cell.coordinate}"
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == MARK
    }
    assert marked == set(FAULTS)
    assert "đúng một chữ cái" in book["Chức danh"]["C4"].comment.text


def test_equal_faults_are_said_once_and_counted(spoilt, bundled):
    refused = receive(spoilt({f"Thôn, tổ dân phố!D{row}": "nhiều" for row in range(3, 19)}), bundled)
    assert len(refused.findings) == 16
    assert [line.endswith("(và 15 dòng khác)") for line in refused.lines(VI)] == [True]


@pytest.mark.parametrize(
    ("cells", "place", "sentence"),
    [
        ({"Tổ chức!D6": "Chi bộ Tổ dân phố 1 Khe Tre"}, "Tổ chức!D6", "không thể là cấp trên của chính mình"),
        ({"Tổ chức!G4": 1}, "Tổ chức!G4", "2.198"),
        ({"Tổ chức!D4": "Đảng bộ thị trấn Khe Tre"}, "Tổ chức!D4", "không có cấp trên"),
        ({"Tổ chức!B1": "31/02/2024", "Chức danh!B1": "31/12/2024"}, "Tổ chức!B1", "ngày có thật"),
        ({"Tổ chức!B1": None, "Chức danh!B1": None}, "Tổ chức!B1", "Thiếu ngày chốt"),
        ({"Chức danh!B1": "31/12/2023"}, "Chức danh!B1", "chỉ có một ngày chốt"),
        ({"Chức danh!B5": "Tổ dân phố 1"}, "Chức danh!B5", "Đã ghi ở Chức danh!B4"),
        ({"Thôn, tổ dân phố!B4": "Tổ dân phố 1", "Thôn, tổ dân phố!J4": "khe-tre-1"}, None, "Đã ghi ở"),
        ({"Thôn, tổ dân phố!D2": "x", "Thôn, tổ dân phố!H1": "Ghi chú"}, "Thôn, tổ dân phố!H1", "Các cột"),
        ({"Thôn, tổ dân phố!D1": "Só hộ"}, "Thôn, tổ dân phố!D1", "có phải “Số hộ”"),
        ({"Thôn, tổ dân phố!L5": "lạc"}, "Thôn, tổ dân phố!L5", "không có tiêu đề"),
        ({"Thôn, tổ dân phố!H1": "Số hộ"}, "Thôn, tổ dân phố!H1", "hai lần"),
        ({"Chức danh!C4": "khuyết"}, "Chức danh!D4", "phải để trống"),
    ],
)
def test_a_fault_is_said_at_its_cell(spoilt, bundled, cells, place, sentence):
    refused = receive(spoilt(cells), bundled)
    lines = {finding.location(VI): finding.line(VI) for finding in refused.findings}
    assert sentence in (lines[place] if place else "\n".join(lines.values()))


def test_a_strange_sheet_is_named(book, bundled):
    book.create_sheet("Nháp")["B2"] = "chép tạm"
    assert places(receive(book, bundled)) == {"Nháp!B2"}
