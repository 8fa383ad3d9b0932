"""What the checks warn of in a file that came in: what is new, by the clerk's own sheet and cell."""

from __future__ import annotations

import csv
import io
import re

import pytest
from handed_in import OFFICERS, ORGANIZATIONS, VI, dated, members_in, opened, received, saved

from dashboard import intake, text
from dashboard.dataset import areas

# Cells of the sheet of organisations with the members of one each.
FIRST, SECOND = "Tổ chức!G20", "Tổ chức!G21"


def warned(data, base, name="x.xlsx", words=VI) -> list[str]:
    """What the checks have to say, one line each."""
    cautions = received(data, base, name, words).cautions
    return [caution.sentence(words) for caution in cautions if caution.rule.startswith("checked")]


def without(workbook: bytes, sheet: str, removed: str | int):
    """The workbook without the rows of a sheet that begin with a word, or one with a number."""
    book = opened(workbook)
    rows = book[sheet]
    for row in range(rows.max_row, 2, -1):
        if removed in (row, rows.cell(row, 1).value):
            rows.delete_rows(row)
    return book


def test_the_current_figures_bring_no_new_warning(filled, bundled):
    assert bundled.warnings
    assert warned(filled, bundled) == []


def test_a_warning_does_not_silence_another_of_its_rule(spoilt, bundled):
    base = received(spoilt({FIRST: None}), bundled).dataset
    assert [warning.rule for warning in base.warnings].count("leaf_without_members") == 1
    assert warned(spoilt({FIRST: None}), base) == []
    # The same rule, the same empty cell: another organisation.
    (line,) = warned(spoilt({FIRST: None, SECOND: None}), base)
    assert line.startswith(f"{SECOND}: Chưa ghi số đảng viên")
    (line,) = warned(spoilt({SECOND: None}), base)
    assert line.startswith(SECOND)


def test_what_was_warned_of_is_known_whatever_its_value_is_now(spoilt, bundled):
    large = received(spoilt({FIRST: 31}), bundled).dataset
    assert warned(spoilt({FIRST: 32}), large) == []
    (line,) = warned(spoilt({FIRST: 31, SECOND: 31}), large)
    assert line.startswith(f"{SECOND}: “31”")


def test_what_is_warned_of_at_a_new_date_is_new(spoilt, bundled):
    large = received(spoilt({FIRST: 31}), bundled).dataset
    dates = {"Tổ chức!B1": "31/12/2025", "Chức danh!B1": "31/12/2025"}
    (line,) = warned(spoilt({FIRST: 31, **dates}), large)
    assert line.startswith(FIRST)


def test_the_same_said_of_many_cells_is_one_tick(spoilt, bundled):
    (line,) = warned(spoilt({FIRST: None, SECOND: None}), bundled)
    assert line.startswith(FIRST)
    assert line.endswith("(và 1 dòng khác)")


def test_of_very_many_warnings_the_first_are_ticked_and_the_rest_counted(book, bundled):
    for members, cell in enumerate(members_in(book)[:25], 31):
        cell.value = members
    lines = warned(book, bundled)
    assert len(lines) == 21
    assert lines[-1].startswith("Còn 5 cảnh báo khác")


def test_a_commune_that_is_missing_is_told_at_the_date_of_the_sheet(filled, bundled):
    book = without(filled, OFFICERS, "Xã Hương Phú")
    # At a date that it has figures of they stay.
    assert warned(book, bundled) == []
    (line,) = warned(dated(book, "30/06/2025"), bundled)
    assert line.startswith("Chức danh!B1: “30/06/2025” Xã Hương Phú: 0 chức danh ở ngày chốt 30/06/2025")
    assert "ít hơn 56 ở ngày chốt trước (31/12/2024)" in line
    (line,) = warned(book, bundled, words=text.get("en"))
    assert "Hương Phú commune: 0 posts at 30/06/2025, fewer than 56" in line


def test_what_loses_more_than_was_known_is_new(filled, bundled):
    some = saved(without(filled, OFFICERS, 4))
    less = received(some, bundled).dataset
    assert warned(some, less) == []
    (line,) = warned(without(some, OFFICERS, 4), less)
    assert "Thị trấn Khe Tre" in line


def test_organisations_that_are_missing_are_told_at_the_date_of_their_sheet(book, bundled):
    sheet = book[ORGANIZATIONS]
    names = areas.labels(bundled, "2024-12-31", "then", VI)
    last = max(row for row in range(4, 200) if sheet.cell(row, 5).value == names["thuong-nhat"])
    sheet.delete_rows(last)
    (line,) = warned(book, bundled)
    assert line.startswith("Tổ chức!B1: “31/12/2024” Xã Thượng Nhật:")


def test_a_date_that_the_file_does_not_give_is_named_not_numbered(bundled):
    """At an earlier date an organisation more is handed in: now the date after it has fewer."""
    book = opened(intake.template(bundled, "2023-12-31", VI))
    sheet = book[ORGANIZATIONS]
    last = members_in(book)[-1].row
    sheet.append(["Chi bộ mới", *(sheet.cell(last, column).value for column in range(2, 9))])
    lines = warned(book, bundled)
    where = "Số liệu đang có (Tổ chức, 31/12/2024): “31/12/2024” Các cơ quan không thuộc xã nào: 55 tổ chức"
    assert [line.partition(" ở ngày chốt")[0] for line in lines] == [where]


@pytest.mark.parametrize(
    "cells",
    [{FIRST: None}, {SECOND: 31}, {"Tổ chức!H22": 99, "Tổ chức!G22": 20}, {"Thôn, tổ dân phố!E3": 1}],
)
def test_no_warning_names_a_file_of_the_data_set(spoilt, bundled, cells):
    for words in map(text.get, text.LANGUAGES):
        (line,) = warned(spoilt(cells), bundled, words=words)
        assert line.partition(":")[0] in cells
        assert not re.search(r"\.csv|\((members|households)\)", line)


@pytest.mark.parametrize("sheet", [ORGANIZATIONS, OFFICERS])
def test_a_date_of_one_sheet_alone_is_told_in_the_words_of_the_forms(book, bundled, sheet):
    del book[{ORGANIZATIONS: OFFICERS, OFFICERS: ORGANIZATIONS}[sheet]]
    lines = warned(dated(book, "31/12/2025"), bundled)
    assert [line.startswith(f"{sheet}!B1: “31/12/2025” Ngày chốt này có số liệu") for line in lines] == [True]
    assert ".csv" not in lines[0]


@pytest.mark.parametrize(("end", "rules"), [("\r\n", []), ("", ["line_open"])])
def test_a_csv_whose_last_line_has_no_line_end_needs_a_tick(filled, bundled, end, rules):
    rows = opened(filled)["Mục tiêu"].iter_rows(values_only=True)
    written = io.StringIO()
    csv.writer(written).writerows(
        [f"{cell:%d/%m/%Y}" if hasattr(cell, "year") else cell for cell in row] for row in rows
    )
    preview = received((written.getvalue().rstrip() + end).encode(), bundled, "Mục tiêu.csv")
    assert [caution.rule for caution in preview.cautions] == rules
