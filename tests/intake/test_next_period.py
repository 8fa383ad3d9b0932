"""The workbook of the next period: what it has, what it comes back as, what is left to type."""

from __future__ import annotations

import io
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest
from handed_in import VI, opened, receive, received
from test_either_time import LAST, NEXT, OFFICERS, ORGANIZATIONS, VILLAGES, figures

from dashboard import __main__ as command_line
from dashboard import intake
from dashboard.dataset import areas, default_folder
from dashboard.intake import next_date

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
    result = receive(workbook, bundled)
    sentences = [caution.sentence(VI) for caution in result.cautions]
    question = "Trang {} y nguyên như ngày chốt trước (31/12/2024): có đúng không?".format
    assert sentences == [question(ORGANIZATIONS), question(OFFICERS)]
    assert {name for change in result.changes for name, *_ in change.cells} == {"admitted"}


def test_filled_it_is_the_same_as_the_workbook_of_the_last_date_in_the_old_names(bundled, filled, book):
    redated = opened(filled)
    redated[ORGANIZATIONS]["B1"] = redated[OFFICERS]["B1"] = NEXT
    admitted = values(redated, ORGANIZATIONS, ADMITTED)
    for cell, value in zip(column(book, ORGANIZATIONS, ADMITTED), admitted, strict=True):
        cell.value = value
    assert figures(received(book, bundled).dataset) == figures(received(redated, bundled).dataset)


def test_a_changed_sheet_is_not_pointed_out(bundled, book):
    next(cell for cell in column(book, OFFICERS, "Bí thư chi đoàn") if cell.value).value = "Z"
    next(cell for cell in column(book, ORGANIZATIONS, MEMBERS) if cell.value).value += 1
    assert "unchanged" not in {caution.rule for caution in received(book, bundled).cautions}


def test_one_cell_dates_both_sheets_also_where_no_value_is_stored(bundled, book):
    assert "!$B$1" in book[OFFICERS]["B1"].value
    book[ORGANIZATIONS]["B1"].value = "30/06/2026"
    assert received(book, bundled).as_of == "2026-06-30"
    book[OFFICERS]["B1"].value = "30/06/2026"
    book[ORGANIZATIONS]["B1"].value = None
    assert received(book, bundled).as_of == "2026-06-30"


def test_the_stored_value_is_read(bundled, workbook):
    book = openpyxl.load_workbook(io.BytesIO(workbook), data_only=True)
    assert book[OFFICERS]["B1"].value == book[ORGANIZATIONS]["B1"].value == "31/12/2025"


def test_workbooks_of_the_new_communes_make_the_same_as_the_one(bundled, book):
    files = [
        (f"{commune}.xlsx", intake.template(bundled, NEXT, VI, [commune], following=True))
        for commune in areas.choices(bundled, NEXT, "then")
    ]
    assert len(files) == 4
    refused, result = intake.receive_all(files, bundled)
    assert refused == []
    assert figures(result.dataset) == figures(received(book, bundled).dataset)


def test_fewer_cells_are_to_be_typed_or_looked_through(bundled):
    """The last period of the bundled data, entered from the one before: in its workbook with another date,
    and in that of the next period. Run with -s, it says the numbers."""
    earlier = replace(
        bundled,
        organizations=bundled.organizations[bundled.organizations["as_of"] < LAST],
        officers=bundled.officers[bundled.officers["as_of"] < LAST],
    )
    expected = cells(intake.template(bundled, LAST, VI))
    before = cells(intake.template(earlier, None, VI))
    after = cells(intake.template(earlier, LAST, VI, following=True))
    typed = [
        Counter(key[1] for key in expected if expected[key] != form.get(key)) for form in (before, after)
    ]
    # A number of the period before that is there as if it were of this one.
    numbers = [key for key in expected if key[1] in (MEMBERS, ADMITTED)]
    stale = [sum(form.get(key) is not None for key in numbers) for form in (before, after)]
    print([(counts["as_of"], counts[MEMBERS], counts[ADMITTED], counts.total()) for counts in typed], stale)
    assert (typed[0]["as_of"], typed[1]["as_of"]) == (2, 0)
    assert typed[1][MEMBERS] == typed[0][MEMBERS]
    assert typed[1][ADMITTED] == sum(key[1] == ADMITTED and expected[key] is not None for key in expected)
    assert stale[1] * 2 == stale[0]


def cells(file):
    """The cells of the clerk's sheets by sheet, heading and what names their row, and the dates above."""
    book = openpyxl.load_workbook(io.BytesIO(file), data_only=True)
    result = {(sheet, "as_of", ""): book[sheet]["B1"].value for sheet in (ORGANIZATIONS, OFFICERS)}
    for sheet, id_heading in ((VILLAGES, "Mã thôn"), (ORGANIZATIONS, "Mã tổ chức"), (OFFICERS, None)):
        head, _, *rows = book[sheet].iter_rows(min_row=1 if sheet == VILLAGES else 2, values_only=True)
        for row in rows:
            own = dict(zip(head, row, strict=True))
            name = own[id_heading] if id_heading else row[:2]
            result |= {(sheet, heading, name): value for heading, value in own.items() if heading != BEFORE}
    return result


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
    book = openpyxl.load_workbook(tmp_path / "bieu.xlsx")
    assert {*values(book, VILLAGES, "Xã, phường, thị trấn")} == {"Xã Nam Đông"}
    assert command_line.main(["template", "--next", "31/12/2024", *out]) == 2
    assert command_line.main(["template", "--next", NEXT, "--commune", "huong-son", *out]) == 2
    assert "nam-dong" in capsys.readouterr().err
