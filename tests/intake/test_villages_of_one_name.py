"""Villages that share a name in their commune, through the workbook: written, read, suggested, named."""

from __future__ import annotations

import pytest
from handed_in import VI, lines, opened, saved
from test_villages_handed_in import OFFICERS, VILLAGES, Form, periods

from dashboard import intake

BEFORE, AFTER = "2024-12-31", "2025-12-31"
VILLAGE = "Thôn, tổ dân phố"


@pytest.fixture
def data(build):
    """Two communes with a Thôn 1 each became one, in which their villages have a period of their own."""
    return build(
        communes="""
            commune_id | name | valid_from | valid_to | merged_into
            son | Hương Sơn | | 2025-06-30 | dong
            xuan | Hương Xuân | | 2025-06-30 | dong
            dong | Nam Đông | 2025-07-01 | |
            """,
        villages="""
            village_id | commune_id | name | valid_from | valid_to
            s1 | son | Thôn 1 | | 2025-06-30
            s1 | dong | Thôn 1 | 2025-07-01 |
            x1 | xuan | Thôn 1 | | 2025-06-30
            x1 | dong | Thôn 1 | 2025-07-01 |
            x2 | xuan | Thôn 2 | | 2025-06-30
            x2 | dong | Thôn 2 | 2025-07-01 |
            """,
        officers=f"""
            as_of | village_id | secretary
            {BEFORE} | s1 | A+
            {BEFORE} | x1 | A+
            {BEFORE} | x2 | A+
            {AFTER} | s1 | A+
            {AFTER} | x1 | A+
            {AFTER} | x2 | A+
            """,
    )


SON, XUAN = "Thôn 1 (Hương Sơn cũ)", "Thôn 1 (Hương Xuân cũ)"


@pytest.mark.parametrize(
    ("as_of", "names"), [(BEFORE, ["Thôn 1", "Thôn 1", "Thôn 2"]), (AFTER, [SON, XUAN, "Thôn 2"])]
)
def test_the_form_tells_them_apart_on_every_sheet_and_nothing_changes(data, as_of, names):
    form = Form(data, as_of)
    assert form.rows(VILLAGES, "Tên thôn, tổ dân phố") == form.rows(OFFICERS, VILLAGE) == names
    preview = form.preview(data)
    assert preview.changes == ()
    assert periods(preview.dataset) == periods(data)


POST = "Bí thư chi bộ"


def secretary(form: Form, row: int, village: str, commune: str = "Xã Nam Đông") -> Form:
    """A village by a name of the clerk, and that its secretary's post is vacant."""
    head = form.head(OFFICERS)
    sheet = form.book[OFFICERS]
    sheet.cell(4 + row, 1).value = commune
    sheet.cell(4 + row, head[VILLAGE]).value = village
    sheet.cell(4 + row, head[POST]).value = "khuyết"
    sheet.cell(4 + row, head[POST] + 1).value = ""
    return form


@pytest.mark.parametrize(
    ("village", "commune"),
    [
        (XUAN, "Xã Nam Đông"),
        ("thôn 1 (hương xuân cũ)", "Nam Đông"),
        ("Thôn 1 (formerly Hương Xuân)", "Xã Nam Đông"),
        ("Thôn 1 (Hương Xuân cũ, Xã Nam Đông)", ""),
        ("Thôn 1 (x1)", "Xã Nam Đông"),
        ("x1", "Xã Nam Đông"),
    ],
)
def test_the_import_understands_what_tells_them_apart(data, village, commune):
    preview = secretary(Form(data, AFTER), 1, village, commune).preview(data)
    assert [(change.kind, change.who) for change in preview.changes] == [
        ("changed", "Thôn 1 (Hương Xuân cũ, Xã Nam Đông): Bí thư chi bộ")
    ]


def test_the_plain_name_is_understood_where_it_is_the_only_one(data):
    preview = secretary(Form(data, AFTER), 2, "Thôn 2").preview(data)
    assert [change.who for change in preview.changes] == ["Thôn 2 (Xã Nam Đông): Bí thư chi bộ"]


def test_of_a_plain_name_of_two_both_are_suggested(data):
    message = lines(saved(secretary(Form(data, AFTER), 1, "Thôn 1").book), data)
    assert f"“{SON}” / “{XUAN}”" in message
    message = lines(saved(secretary(Form(data, AFTER), 1, "Thôn 1", "").book), data)
    assert "“Thôn 1 (Hương Sơn cũ, Xã Nam Đông)” / “Thôn 1 (Hương Xuân cũ, Xã Nam Đông)”" in message


def test_a_village_that_is_renamed_on_the_form_loses_what_told_it_apart(data):
    form = Form(data, AFTER)
    form.set("s1", {"Tên thôn, tổ dân phố": "Thôn Sơn"})
    secretary(form, 0, "Thôn Sơn")
    secretary(form, 1, "Thôn 1")
    names = {row[0]: row[2] for row in periods(form.preview(data).dataset) if row[3]}
    assert names == {"s1": "Thôn Sơn", "x1": "Thôn 1", "x2": "Thôn 2"}


def test_two_new_ones_of_one_name_are_told_apart_by_their_ids(build):
    base = build(
        villages="village_id | name\na | Thôn 1\nb | Thôn 1", officers="village_id | secretary\na | A+"
    )
    form = Form(base, BEFORE)
    assert form.rows(VILLAGES, "Tên thôn, tổ dân phố") == ["Thôn 1 (a)", "Thôn 1 (b)"]
    assert form.preview(base).changes == ()


def test_the_template_holds_the_words_that_the_lists_of_the_sheets_offer(data):
    book = opened(intake.template(data, AFTER, VI))
    rules = book[OFFICERS].data_validations.dataValidation
    offered = next(rule.formula1 for rule in rules if "OFFSET" in (rule.formula1 or ""))
    # The list of a village is column B of the sheet of villages, of the rows of its commune.
    assert "$B$1" in offered
    assert [cell.value for cell in book[VILLAGES]["B"][2:5]] == [SON, XUAN, "Thôn 2"]
