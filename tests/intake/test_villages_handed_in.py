"""Villages with periods through the workbook: those listed, those entered, those an old form leaves."""

from __future__ import annotations

import pytest
from handed_in import OFFICERS, ORGANIZATIONS, VI, VILLAGES, dated, lines, opened, received

import restless_villages
from changing_villages import AFTER, BEFORE, LATER, TABLES
from dashboard import intake

PERIOD = ("Có từ ngày", "Có đến hết ngày", "Nhập vào thôn")


@pytest.fixture
def data(build):
    return build(**TABLES)


@pytest.fixture
def plain(build):
    """The villages of the first date without periods."""
    rows = """
        village_id | commune_id | name
        a1 | north | Thôn A1
        a2 | north | Thôn A2
        s | south | Thôn S
        """
    officers = f"as_of | village_id | secretary\n{BEFORE} | a1 | A+\n{BEFORE} | a2 | A+\n{BEFORE} | s | A+"
    return build(communes="commune_id | name\nnorth | Bắc\nsouth | Nam", villages=rows, officers=officers)


class Form:
    """A filled form; cells are found by the heading of their column and what is in another one."""

    def __init__(self, data, as_of: str) -> None:
        self.book = opened(intake.template(data, as_of, VI))

    def head(self, sheet: str) -> dict[str, int]:
        rows = self.book[sheet].iter_rows(max_row=3)
        cells = next(row for row in rows if sum(cell.value is not None for cell in row) > 3)
        return {str(cell.value): cell.column for cell in cells if cell.value}

    def rows(self, sheet: str, column: str) -> list[str]:
        """The cells of a column below the example."""
        place, first = self.head(sheet)[column], 4 if sheet != VILLAGES else 3
        cells = self.book[sheet].iter_rows(min_row=first, min_col=place, max_col=place, values_only=True)
        return [cell for (cell,) in cells if cell]

    def set(self, village: str, cells: dict[str, str]) -> None:
        """Cells of the row of a village id, or of a new row below, by their headings."""
        sheet, head = self.book[VILLAGES], self.head(VILLAGES)
        ids = {sheet.cell(row, head["Mã thôn"]).value: row for row in range(1, sheet.max_row + 1)}
        row = ids.get(village, sheet.max_row + 1)
        for heading, value in cells.items():
            sheet.cell(row, head[heading]).value = value

    def without(self, sheet: str, village: str) -> None:
        """Take the row of a village out."""
        place = self.head(sheet)["Thôn, tổ dân phố"]
        for row in range(self.book[sheet].max_row, 3, -1):
            if self.book[sheet].cell(row, place).value == village:
                self.book[sheet].delete_rows(row)

    def without_periods(self) -> None:
        """As the forms were before there were periods."""
        for column in sorted((self.head(VILLAGES)[name] for name in PERIOD), reverse=True):
            self.book[VILLAGES].delete_cols(column)

    def preview(self, base) -> intake.Preview:
        return received(self.book, base)


def periods(data) -> list[tuple[str, ...]]:
    columns = ("village_id", "commune_id", "name", "valid_from", "valid_to", "merged_into")
    rows = zip(*(data.villages[name] for name in columns), strict=True)
    return sorted(tuple(map(str, row)) for row in rows)


@pytest.mark.parametrize(
    ("as_of", "names"),
    [
        (BEFORE, ["Thôn A1", "Thôn A2", "Thôn D", "Thôn V", "Thôn Cũ", "Thôn X", "Thôn S"]),
        (AFTER, ["Thôn M", "Thôn D1", "Thôn D2", "Thôn Mới", "Thôn V", "Thôn S"]),
    ],
)
def test_the_form_lists_the_villages_in_force_and_takes_nothing_from_the_others(data, as_of, names):
    form = Form(data, as_of)
    assert form.rows(VILLAGES, "Tên thôn, tổ dân phố") == names
    assert form.rows(OFFICERS, "Thôn, tổ dân phố") == names
    preview = form.preview(data)
    assert preview.changes == ()
    assert periods(preview.dataset) == periods(data)


@pytest.mark.parametrize(
    ("as_of", "names"),
    [
        (BEFORE, "Thôn K, Thôn P, Thôn Q, Thôn T, Thôn E, Thôn G, Thôn U"),
        (AFTER, "Thôn Q, Thôn T, Thôn U, Thôn H, Thôn F, Thôn Kha, Thôn B"),
        (LATER, "Thôn Quế, Thôn T, Thôn U, Thôn H, Thôn F, Thôn Kha, Thôn B"),
    ],
)
def test_of_villages_that_change_often_a_form_lists_those_of_its_day(build, as_of, names):
    restless = build(**restless_villages.TABLES)
    form = Form(restless, as_of)
    assert ", ".join(form.rows(VILLAGES, "Tên thôn, tổ dân phố")) == names
    assert ", ".join(form.rows(OFFICERS, "Thôn, tổ dân phố")) == names
    preview = form.preview(restless)
    assert preview.changes == ()
    assert periods(preview.dataset) == periods(restless)


def test_a_form_without_the_columns_leaves_the_periods(data):
    form = Form(data, AFTER)
    form.without_periods()
    assert periods(form.preview(data).dataset) == periods(data)


def test_a_form_of_an_earlier_date_takes_no_later_village_away(build):
    lines = TABLES["officers"].splitlines()
    early = "\n".join(line for line in lines if AFTER not in line and LATER not in line)
    data = build(**TABLES | {"officers": early, "organizations": "as_of | org_id | level"})
    form = Form(data, BEFORE)
    dated(form.book, AFTER)
    for village in ("Thôn A1", "Thôn A2", "Thôn D", "Thôn X", "Thôn Cũ", "Thôn V"):
        form.without(OFFICERS, village)
    form.book.remove(form.book[ORGANIZATIONS])
    # No date names m, d1 and d2 yet.
    assert periods(form.preview(data).dataset) == periods(data)


def test_a_clerk_hands_in_a_merger(plain):
    form = Form(plain, BEFORE)
    dated(form.book, AFTER)
    for village in ("a1", "a2"):
        form.set(village, {"Có đến hết ngày": "30/6/2025", "Nhập vào thôn": "Thôn M"})
    new = {"Xã, phường, thị trấn": "Xã Bắc", "Tên thôn, tổ dân phố": "Thôn M", "Loại": "thôn"}
    form.set("new", {**new, "Có từ ngày": "1/7/2025"})
    for village in ("Thôn A1", "Thôn A2"):
        form.without(OFFICERS, village)
    preview = form.preview(plain)
    assert periods(preview.dataset) == [
        ("a1", "north", "Thôn A1", "", "2025-06-30", "north-thon-m"),
        ("a2", "north", "Thôn A2", "", "2025-06-30", "north-thon-m"),
        ("north-thon-m", "north", "Thôn M", "2025-07-01", "", ""),
        ("s", "south", "Thôn S", "", "", ""),
    ]
    # What ended is no village that failed to report.
    assert [caution.rule for caution in preview.cautions if caution.rule == "villages_gone"] == []


def test_officers_of_a_village_that_is_gone_are_named_with_its_periods(plain):
    form = Form(plain, BEFORE)
    dated(form.book, AFTER)
    form.set("a1", {"Có đến hết ngày": "30/6/2025"})
    result = lines(form.book, plain)
    assert "Chức danh!" in result
    assert "… – 30/06/2025" in result
    assert "không có hiệu lực" in result


def test_a_beginning_written_wrong_is_mended(plain):
    form = Form(plain, BEFORE)
    form.set("s", {"Có từ ngày": "1/1/2020"})
    once = form.preview(plain).dataset
    form = Form(once, BEFORE)
    form.set("s", {"Có từ ngày": "1/1/2021"})
    assert [row for row in periods(form.preview(once).dataset) if row[0] == "s"] == [
        ("s", "south", "Thôn S", "2021-01-01", "", "")
    ]
