"""The period after communes became others, entered under the names of either time: all ways are one."""

from __future__ import annotations

import shutil
from collections import Counter

import pytest
from handed_in import (
    LAST,
    OFFICERS,
    ORGANIZATIONS,
    VI,
    VILLAGES,
    dated,
    figures,
    opened,
    places,
    receive,
    received,
    saved,
)

import dividing_communes
from dashboard import __main__ as command_line
from dashboard import intake, measures, schema
from dashboard.dataset import areas, default_folder, load, select, village_names

NEXT = "2025-12-31"
# The columns of the commune and of the village, and the first row, of each sheet.
SHEETS = {VILLAGES: (1, 2, 3), ORGANIZATIONS: (5, 6, 4), OFFICERS: (1, 2, 4)}


@pytest.fixture(scope="module")
def after(bundled):
    """Every village by its old commune and name: its commune and its name after the mergers."""
    before = areas.labels(bundled, LAST, "then", VI)
    now = areas.labels(bundled, NEXT, "then", VI)
    lies_in = areas.of_villages(bundled, NEXT, "then")
    names = village_names.shown(bundled, NEXT, "then", VI, range(len(bundled.villages)))
    rows = zip(bundled.villages["commune_id"], bundled.villages["name"], lies_in, names, strict=True)
    return {(before[old], name): (now[new], called) for old, name, new, called in rows}


class Form:
    """The workbook of the last date with the next one above its sheets."""

    def __init__(self, filled, after) -> None:
        self.book = dated(opened(filled), NEXT)
        self.after = after
        self.became = {old: new for (old, _), (new, _) in after.items()}

    def places(self, sheets, change):
        """Of each row of these sheets other cells for commune and village."""
        for name in sheets:
            commune, village, first = SHEETS[name]
            for row in self.book[name].iter_rows(min_row=first):
                if row[commune - 1].value:
                    cells = row[commune - 1], row[village - 1]
                    for cell, value in zip(cells, change(*(cell.value for cell in cells)), strict=True):
                        cell.value = value
        return self

    def new(self, *sheets):
        """The names after the mergers."""
        return self.places(sheets, lambda *old: self.after.get(old, (self.became[old[0]], old[1])))

    def without_ids(self):
        for name in (VILLAGES, ORGANIZATIONS):
            head = self.book[name][SHEETS[name][2] - 2]
            self.book[name].delete_cols(
                next(cell.column for cell in head if str(cell.value).startswith("Mã "))
            )
        return self

    def only(self, sheets):
        for name in {*SHEETS} - {*sheets}:
            self.book.remove(self.book[name])
        return self


def former(commune, village):
    return f"{commune} cũ", village


def bare(commune, village):
    return commune.removeprefix("Xã "), village


def within(commune, village):
    return None, village and f"{village} ({commune})"


def moved(form):
    """Each village with its last day in the old commune, and a row of its own from then on in the new one."""
    sheet = form.book[VILLAGES]
    head = {cell.value: cell.column for cell in sheet[1]}
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=3) if row[0].value]
    for number, row in enumerate(rows):
        for at in (3 + number, 3 + len(rows) + number):
            for column, value in enumerate(row, 1):
                sheet.cell(at, column).value = value
        sheet.cell(3 + number, head["Có đến hết ngày"]).value = "30/6/2025"
        sheet.cell(3 + len(rows) + number, head["Có từ ngày"]).value = "1/7/2025"
        sheet.cell(3 + len(rows) + number, 1).value = form.became[row[0]]
    return form.new(OFFICERS)


WAYS = {
    "old names": lambda form: form,
    "new names": lambda form: form.new(*SHEETS),
    "old names without ids": lambda form: form.without_ids(),
    "new names without ids": lambda form: form.new(*SHEETS).without_ids(),
    "organisations with the new": lambda form: form.new(ORGANIZATIONS),
    "officers with the new": lambda form: form.new(OFFICERS).without_ids(),
    "villages with the new": lambda form: form.new(VILLAGES),
    "no sheet of villages": lambda form: form.new(ORGANIZATIONS).only([ORGANIZATIONS, OFFICERS]),
    "former ones called so": lambda form: form.places(SHEETS, former),
    "names without their kind": lambda form: form.places(SHEETS, bare),
    "the commune behind the village": lambda form: form.places([OFFICERS], within),
    "villages moved": moved,
}


@pytest.fixture(scope="module")
def expected(filled, bundled, after):
    """What the workbook of the last date says of the next, counted in the communes of that date."""
    dataset = dataset_of(Form(filled, after), bundled)
    result = measures.figures(dataset, select(dataset, as_of=NEXT))
    last = measures.figures(bundled, select(bundled, as_of=LAST))
    assert result["structure"] == last["structure"]
    by_commune = {row["commune_id"]: row["villages"] for row in result["overlap"]["by_commune"]}
    into = dict(zip(bundled.communes["commune_id"], bundled.communes["merged_into"], strict=True))
    assert by_commune == Counter(map(into.get, bundled.villages["commune_id"]))
    return figures(dataset, NEXT)


def dataset_of(form, base):
    return received(form.book, base).dataset


@pytest.mark.parametrize("way", WAYS)
def test_every_way_to_name_the_places_is_the_same(filled, bundled, after, expected, way):
    assert figures(dataset_of(WAYS[way](Form(filled, after)), bundled), NEXT) == expected


def test_workbooks_of_the_old_communes_one_after_another_are_the_same(bundled, after, expected):
    data = bundled
    for commune in reversed(areas.choices(bundled, LAST, "then")):
        data = dataset_of(Form(intake.template(bundled, None, VI, [commune]), after), data)
    assert figures(data, NEXT) == expected


def test_workbooks_of_the_new_communes_are_the_same(bundled, after, expected):
    data, into = bundled, bundled.communes[bundled.communes["merged_into"] != ""]
    for _, old in into.groupby("merged_into"):
        form = Form(intake.template(bundled, None, VI, list(old["commune_id"])), after)
        data = dataset_of(form.new(*SHEETS), data)
    data = dataset_of(Form(intake.template(bundled, None, VI, [schema.OUTSIDE]), after), data)
    assert figures(data, NEXT) == expected


@pytest.fixture
def new_names(filled, after):
    return Form(filled, after).new(*SHEETS)


def test_the_command_takes_them(new_names, expected, tmp_path):
    folder, file = tmp_path / "data", tmp_path / "so-lieu.xlsx"
    shutil.copytree(default_folder(), folder)
    file.write_bytes(saved(new_names.book))
    assert command_line.main(["import", str(file), "--data", str(folder), "--yes"]) == 0
    assert figures(load(folder), NEXT) == expected


def of_son(form, sheet):
    """The cell of a village of which two others have the name."""
    return next(row[1] for row in form.book[sheet].iter_rows() if row[1].value == "Thôn 1 (Hương Sơn cũ)")


def test_a_sheet_that_names_a_new_commune_replaces_all_of_it(filled, bundled, after, new_names):
    data = dataset_of(Form(filled, after), bundled)
    form = new_names.only([OFFICERS])
    form.book[OFFICERS].delete_rows(of_son(form, OFFICERS).row)
    left = dataset_of(form, data).officers
    assert {*data.officers["village_id"]} == {*left["village_id"]}
    reported = {*left.loc[left["as_of"] == NEXT, "village_id"]}
    assert {*left["village_id"]} - reported == {"huong-son-1"}


def test_a_name_of_several_is_asked_for_with_the_former_commune(bundled, new_names):
    cell = of_son(new_names, OFFICERS)
    cell.value = "Thôn 1"
    (line,) = receive(new_names.book, bundled).lines(VI)
    assert line.startswith(f"Chức danh!{cell.coordinate}")
    assert "“Thôn 1 (Hương Sơn cũ)” / “Thôn 1 (Hương Xuân cũ)” / “Thôn 1 (Thượng Nhật cũ)”" in line


def test_no_village_is_made_of_a_name_that_several_have(bundled, new_names):
    cell = of_son(new_names.without_ids(), VILLAGES)
    cell.value = "Thôn 1"
    result = receive(new_names.book, bundled)
    assert f"{VILLAGES}!{cell.coordinate}" in places(result)


@pytest.mark.parametrize("commune", ["Xã Đồng", "Đồng cũ", "Xã Tây"])
def test_a_village_of_a_divided_commune_is_found_under_both(build, commune):
    data = build(**dividing_communes.tables())
    book = opened(intake.template(data, dividing_communes.AFTER, VI))
    book.remove(book[VILLAGES])
    row = next(row for row in book[OFFICERS].iter_rows(min_row=4) if row[1].value == "Thôn 2")
    row[0].value = commune
    assert receive(book, data).changes == ()
