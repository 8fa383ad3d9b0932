"""The workbook of the next period: what it has, what it comes back as, what is left to type."""

from __future__ import annotations

from collections import Counter

import pytest
from handed_in import OFFICERS, ORGANIZATIONS, VI, VILLAGES, dated, figures, opened, received

from dashboard import __main__ as command_line
from dashboard import intake
from dashboard.dataset import areas, default_folder
from dashboard.intake import next_date

NEXT = "2025-12-31"
ADMITTED, BEFORE, MEMBERS = "Mới kết nạp trong năm", "Ngày chốt trước", "Số đảng viên"


def column(book, sheet, heading):
    """The cells below a heading and its example."""
    head = next(row for row in book[sheet].iter_rows(max_row=3) if any(cell.value == heading for cell in row))
    at = next(cell.column for cell in head if cell.value == heading)
    return [book[sheet].cell(row, at) for row in range(head[0].row + 2, book[sheet].max_row + 1)]


def values(book, sheet, heading):
    return [cell.value for cell in column(book, sheet, heading)]


@pytest.fixture(scope="module")
def workbook(bundled):
    return intake.template(bundled, NEXT, VI, following=True)


@pytest.fixture
def book(workbook):
    return opened(workbook)


def test_it_has_the_places_of_its_date_and_the_rest_of_the_last(bundled, filled, book):
    last = opened(filled)
    now = set(areas.labels(bundled, NEXT, "then", VI).values())
    for sheet in (VILLAGES, ORGANIZATIONS, OFFICERS):
        assert {*values(book, sheet, "Xã, phường, thị trấn")} - {None} < now
    members = values(last, ORGANIZATIONS, MEMBERS)
    assert values(book, ORGANIZATIONS, MEMBERS) == values(book, ORGANIZATIONS, BEFORE) == members
    assert {*values(book, ORGANIZATIONS, ADMITTED)} == {None}
    for post in ("Bí thư chi bộ", "Bí thư chi đoàn"):
        assert Counter(values(book, OFFICERS, post)) == Counter(values(last, OFFICERS, post))


def test_as_made_it_is_the_period_and_says_what_is_just_that_of_the_last(bundled, workbook):
    result = received(workbook, bundled)
    sentences = [caution.sentence(VI) for caution in result.cautions]
    question = "Trang {} y nguyên như ngày chốt trước (31/12/2024): có đúng không?".format
    assert (result.as_of, sentences) == (NEXT, [question(ORGANIZATIONS), question(OFFICERS)])
    assert {name for change in result.changes for name, *_ in change.cells} == {"admitted"}


def test_filled_it_is_the_same_as_the_workbook_of_the_last_date_in_the_old_names(bundled, filled, book):
    redated = dated(opened(filled), NEXT)
    admitted = values(redated, ORGANIZATIONS, ADMITTED)
    for cell, value in zip(column(book, ORGANIZATIONS, ADMITTED), admitted, strict=True):
        cell.value = value
    assert figures(received(book, bundled).dataset) == figures(received(redated, bundled).dataset)


def test_a_changed_sheet_is_not_pointed_out(bundled, book):
    next(cell for cell in column(book, OFFICERS, "Bí thư chi đoàn") if cell.value).value = "Z"
    next(cell for cell in column(book, ORGANIZATIONS, MEMBERS) if cell.value).value += 1
    assert "unchanged" not in {caution.rule for caution in received(book, bundled).cautions}


def test_one_cell_dates_both_sheets_whether_a_value_is_stored_or_not(bundled, workbook, book):
    assert opened(workbook, data_only=True)[OFFICERS]["B1"].value == "31/12/2025"
    assert "!$B$1" in book[OFFICERS]["B1"].value
    book[ORGANIZATIONS]["B1"].value = "30/06/2026"
    assert received(book, bundled).as_of == "2026-06-30"
    book[OFFICERS]["B1"].value = "30/06/2026"
    book[ORGANIZATIONS]["B1"].value = None
    assert received(book, bundled).as_of == "2026-06-30"


def test_workbooks_of_the_new_communes_make_the_same_as_the_one(bundled, book):
    files = [
        (f"{commune}.xlsx", intake.template(bundled, NEXT, VI, [commune], following=True))
        for commune in areas.choices(bundled, NEXT, "then")
    ]
    assert len(files) == 4
    refused, result = intake.receive_all(files, bundled)
    assert refused == []
    assert figures(result.dataset) == figures(received(book, bundled).dataset)


@pytest.mark.parametrize(
    ("dates", "following"),
    [
        (["2023-12-31", "2024-12-31"], "2025-12-31"),
        (["2024-12-31", "2025-06-30"], "2025-12-31"),
        (["2025-06-30", "2025-12-31"], "2026-06-30"),
        (["2025-09-30"], "2025-12-31"),
    ],
)
def test_the_usual_next_date_follows_the_rhythm_of_the_dates(dates, following):
    assert next_date(dates) == following


def test_the_command_takes_a_later_date_and_the_communes_of_it(tmp_path, capsys):
    out = ["--data", str(default_folder()), "--out", str(tmp_path / "bieu.xlsx")]
    assert command_line.main(["template", "--next", "31/12/2025", "--commune", "nam-dong", *out]) == 0
    book = opened((tmp_path / "bieu.xlsx").read_bytes())
    assert {*values(book, VILLAGES, "Xã, phường, thị trấn")} == {"Xã Nam Đông"}
    assert command_line.main(["template", "--next", "31/12/2024", *out]) == 2
    assert command_line.main(["template", "--next", NEXT, "--commune", "huong-son", *out]) == 2
    assert "nam-dong" in capsys.readouterr().err
