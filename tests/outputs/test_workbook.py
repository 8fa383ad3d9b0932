"""Workbooks: the numbers of the screen, as numbers; and text that stays text."""

import csv
import io
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from dashboard import exhibits, text
from dashboard.dataset import select
from dashboard.exhibits import Table
from dashboard.outputs import briefing, pictures, workbook

LIVE = ("=1+1", "@SUM(A1)", "+84", "-x", "http://example.org", "Thôn 1")


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def cells(sheet):
    return [[cell.value for cell in row] for row in sheet.iter_rows()]


def below(sheet, heading):
    """The rows under the table whose first heading is this."""
    rows = cells(sheet)
    start = next(i for i, row in enumerate(rows) if row[0] == heading)
    return rows[start + 1 :]


@pytest.fixture(scope="module")
def progress(bundled):
    return exhibits.goals.progress(bundled, select(bundled))


def test_an_exhibit_has_figures_filters_definitions_sources(progress):
    book = opened(workbook.exhibit_xlsx(progress))
    assert book.sheetnames == ["Số liệu", "Bộ lọc", "Định nghĩa", "Nguồn"]
    filters = {row[0]: row[1] for row in cells(book["Bộ lọc"])}
    assert filters["Ngày chốt số liệu"] == "31/12/2024"
    assert filters["Xã, thị trấn"] == "Toàn Đảng bộ huyện Nam Đông"
    assert any("Nguồn:" in str(row[0]) for row in cells(book["Nguồn"]))
    assert len(cells(book["Định nghĩa"])) > 4


def test_counts_and_shares_are_numbers(progress):
    sheet = opened(workbook.exhibit_xlsx(progress))["Số liệu"]
    first = below(sheet, "Mục tiêu")[0]
    assert first[1:3] == [50, 60]
    assert first[3] == pytest.approx(50 / 60)
    share = next(cell for row in sheet.iter_rows() for cell in row if cell.value == first[3])
    assert share.number_format == "0.0%"


def test_the_format_rounds_no_share_up_to_the_whole(progress):
    table = Table(pd.DataFrame({"Mục tiêu": ["a"], "Tỷ lệ": [2000 / 2001]}, dtype=object), shares=("Tỷ lệ",))
    sheet = opened(workbook.exhibit_xlsx(replace(progress, table=table)))["Số liệu"]
    assert below(sheet, "Mục tiêu")[0][1] == 0.999


def test_a_missing_figure_is_said_not_zero(bundled):
    frame = pd.DataFrame({"Xã": ["A", "B"], "Số": [None, 3]}, dtype=object)
    exhibit = exhibits.overview.key_figures(bundled, select(bundled))
    changed = replace(exhibit, table=Table(frame))
    sheet = opened(workbook.exhibit_xlsx(changed))["Số liệu"]
    assert [row[:2] for row in below(sheet, "Xã")] == [["A", "chưa có số liệu"], ["B", 3]]


def test_text_that_looks_live_is_text(bundled):
    exhibit = exhibits.overview.key_figures(bundled, select(bundled))
    table = Table(pd.DataFrame({"=A1": list(LIVE)}))
    changed = replace(exhibit, headline="=1+1", table=table)
    book = opened(workbook.exhibit_xlsx(changed))
    filled = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in filled} <= {"s", "n"}
    assert [cell.value for cell in filled if cell.hyperlink] == []
    assert [row[0] for row in below(book["Số liệu"], "=A1")] == list(LIVE)


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_a_briefing_has_a_sheet_for_each_exhibit(bundled, lang):
    brief = briefing.brief(bundled, select(bundled, ["huong-son"], lang=lang))
    book = opened(workbook.xlsx(brief))
    words = text.get(lang)
    ends = [words(f"workbook.{name}") for name in ("filters", "definitions", "sources")]
    assert book.sheetnames[0] == words("workbook.contents")
    assert book.sheetnames[-3:] == ends
    assert len(book.sheetnames) == len(brief.exhibits) + 4
    for exhibit, name in zip(brief.exhibits, book.sheetnames[1:-3], strict=True):
        assert book[name]["A1"].value == exhibit.headline


def read(written: bytes, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_csv_text_that_looks_live_is_disarmed():
    names = ["\t1", "\r1", *LIVE]
    numbers = [1, -2, *range(3, len(names) + 1)]
    frame = pd.DataFrame({"name": names, "n": numbers})
    rows = read(workbook.as_csv(Table(frame), text.get("en")), ",")
    assert [row[0] for row in rows[1:]] == [f"'{name}" for name in names[:-2]] + names[-2:]
    assert [row[1] for row in rows[1:]] == [str(n) for n in numbers]


@pytest.mark.parametrize(("lang", "separator", "decimal"), [("vi", ";", ","), ("en", ",", ".")])
def test_csv_opens_in_an_excel_of_the_language_with_its_accents(bundled, lang, separator, decimal):
    progress = exhibits.goals.progress(bundled, select(bundled, lang=lang))
    written = workbook.as_csv(progress.table, text.get(lang))
    assert written.startswith(b"\xef\xbb\xbf")
    first = read(written, separator)[1]
    assert len(first) == len(progress.table.frame.columns)
    assert first[0] == progress.table.frame.iloc[0, 0]
    assert first[3].startswith(f"0{decimal}833")


def test_of_a_table_of_tens_of_thousands_of_rows_a_workbook_has_all_a_picture_the_first(bundled, progress):
    table = Table(pd.DataFrame({"Thôn": [f"Thôn {n}" for n in range(20_000)], "Chức danh": "Khuyết"}))
    long = replace(progress, chart=None, table=table)
    book = openpyxl.load_workbook(io.BytesIO(workbook.exhibit_xlsx(long)), read_only=True)
    names = {row[0] for sheet in book for row in sheet.iter_rows(values_only=True) if row}
    assert {"Thôn 0", "Thôn 19999"} <= names
    assert "20.000" in pictures.picture_svg(long, "16x9")
