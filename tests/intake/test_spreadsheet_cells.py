"""Cells as spreadsheet programs hold them are read as a clerk sees them, or said to be something else."""

from __future__ import annotations

from datetime import date, datetime, time

import pytest
from handed_in import VI, lines, receive

GOAL, CODE, HOUSEHOLDS = "Mục tiêu!E4", "Xã!C4", "Thôn, tổ dân phố!D3"


@pytest.fixture
def formatted(book):
    """The filled workbook with a cell of another value and number format."""

    def change(place: str, value: object, number_format: str):
        sheet, name = place.split("!")
        book[sheet][name].value = value
        book[sheet][name].number_format = number_format
        return book

    return change


@pytest.mark.parametrize(
    ("cell", "expected"),
    [
        ((GOAL, 0.85, "0%"), "nay 85"),
        ((GOAL, 0.29, "0.00%"), "nay 29"),
        ((GOAL, 0.855, '[Red]0.0"tỷ lệ"%'), "nay 85.5"),
        ((GOAL, "85 %", "General"), "nay 85"),
        ((CODE, 123, "00000"), "nay 00123"),
        ((CODE, 123, '"00"0'), "nay 123"),
        ((HOUSEHOLDS, 315.99999999999994, "General"), "nay 316"),
        ((HOUSEHOLDS, 3.5, "0"), "“3,5” Cần một số nguyên"),
        ((HOUSEHOLDS, 0.8, "0%"), "“80%” Cần một số nguyên"),
    ],
)
def test_a_number_is_read_as_it_is_shown(formatted, bundled, cell, expected):
    assert expected in lines(formatted(*cell), bundled)


@pytest.mark.parametrize(
    ("cell", "sentence"),
    [
        (("Thôn, tổ dân phố!B3", date(2026, 2, 1), "d-mmm"), "“01/02/2026” Chương trình bảng tính đã tự đổi"),
        (("Thôn, tổ dân phố!B3", datetime(2026, 2, 1, 9), "d/m/yyyy h:mm"), "có thể là “1-2”"),
        (("Chức danh!C4", time(1, 2), "h:mm"), "thành ngày"),
        (("Chức danh!B4", "01-Feb", "General"), "có thể là “1-2”"),
        (("Chức danh!B4", "01-Thg2", "General"), "có thể là “1-2”"),
        (("Tổ chức!G6", date(1900, 1, 14), "dd/mm/yyyy"), "Chọn định dạng Số"),
    ],
)
def test_what_a_program_made_a_date_is_refused_by_name(formatted, bundled, cell, sentence):
    (line,) = receive(formatted(*cell), bundled).lines(VI)
    assert line.startswith(f"{cell[0]}: ")
    assert sentence in line


def test_a_date_where_dates_belong_is_a_date(formatted, bundled):
    formatted("Xã!E4", date(2025, 6, 30), "dd/mm/yyyy")
    assert lines(formatted("Thông tin chung!B7", date(2024, 12, 31), "dd/mm/yyyy"), bundled) == ""
