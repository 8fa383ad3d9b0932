"""How offices write posts and merged cells: it is read as they mean it."""

import pytest
from handed_in import VI, VILLAGES, lines, posts_of, received, saved

FIRST = "khe-tre-1"


@pytest.mark.parametrize(
    ("word", "member"),
    [
        *((word, True) for word in ("x", "ĐV", "Đảng viên", "có")),
        *((word, False) for word in ("không", "QC", "Quần chúng")),
    ],
)
def test_a_member_and_who_is_none(spoilt, bundled, word, member):
    result = received(spoilt({"Chức danh!E4": "Z", "Chức danh!F4": word}), bundled)
    assert posts_of(result, FIRST)["village_head"] == ("Z", member)


@pytest.mark.parametrize("word", ["-", "–", "Khuyết", "chưa bầu", "không có", "trống"])
def test_a_vacant_post(spoilt, bundled, word):
    result = received(spoilt({"Chức danh!E4": word, "Chức danh!F4": "-"}), bundled)
    assert posts_of(result, FIRST)["village_head"][0] == ""


def test_blank_posts_are_not_reported_and_counted_in_the_preview(spoilt, bundled):
    before = received(spoilt({}), bundled).notes
    result = received(spoilt({"Chức danh!E4": None, "Chức danh!F4": None}), bundled)
    assert "village_head" not in posts_of(result, FIRST)
    (blank,) = [note for note in result.notes if note.rule == "posts_blank"]
    assert blank.values["n"] == 1 + sum(note.values["n"] for note in before)
    assert "chưa báo cáo, không phải khuyết" in blank.line(VI)


@pytest.mark.parametrize("form", ["", "ods", "xls:MS Excel 97"])
def test_a_merged_commune_stands_for_its_rows_and_a_number_for_one(bundled, book, resaved, form):
    sheet = book[VILLAGES]
    rows = [row for row in range(3, 63) if sheet.cell(row, 1).value == "Xã Hương Sơn"]
    for column in (1, 4):
        sheet.merge_cells(start_row=rows[0], end_row=rows[1], start_column=column, end_column=column)
    data = resaved(saved(book), form) if form else saved(book)
    changes = lines(data, bundled).splitlines()
    assert len(changes) == 1
    assert "Số hộ" in changes[0]
    assert changes[0].endswith("nay trống")
