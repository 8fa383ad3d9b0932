"""What a clerk sees before publishing: rows by commune and by name, figures with what is not reported."""

from __future__ import annotations

from itertools import groupby

from handed_in import OFFICERS, ORGANIZATIONS, VI, VILLAGES, dated, members_in, received

NEW = "30/06/2025"
BOTH = "Bí thư chi bộ kiêm trưởng thôn, tổ trưởng tổ dân phố"


def figures(preview):
    return {figure.figure: (figure.before, figure.after) for figure in preview.figures}


def test_rows_stand_by_commune_and_the_bodies_of_none_last(book, bundled):
    sent = ("Thị trấn Khe Tre", "Xã Hương Sơn", None)
    for cell in members_in(book):
        cell.value += cell.offset(column=-2).value in sent
    book[VILLAGES]["D3"] = 81
    by_area = groupby(received(book, bundled).changes, lambda change: change.area)
    tables = {area: {change.table for change in changes} for area, changes in by_area}
    assert list(tables.items()) == [
        (sent[0], {"villages", "organizations"}),
        (sent[1], {"organizations"}),
        ("Khối cơ quan huyện (không thuộc xã)", {"organizations"}),
    ]


def test_rows_name_others_by_their_names(book, bundled):
    for place, value in {"D6": "Đảng bộ xã Hương Phú", "E6": "Xã Hương Phú", "F6": None}.items():
        book[ORGANIZATIONS][place] = value
    (line,) = [change.line(VI) for change in received(book, bundled).changes]
    assert line == (
        "Đổi: Chi bộ Tổ dân phố 1 Khe Tre: Trực thuộc: Đảng bộ thị trấn Khe Tre, nay Đảng bộ xã Hương Phú; "
        "Xã, phường, thị trấn: Thị trấn Khe Tre, nay Xã Hương Phú; "
        "Của thôn, tổ dân phố: Tổ dân phố 1 (Thị trấn Khe Tre), nay trống"
    )


def test_a_sheet_that_was_not_sent_is_no_data_and_not_zero(book, bundled):
    dated(book, NEW)
    for name in (OFFICERS, VILLAGES):
        del book[name]
    by_name = figures(received(book, bundled))
    assert by_name[BOTH] == ("26/60 (43,3%)", "chưa có số liệu · 60 thôn chưa báo cáo")
    assert not [after for _, after in by_name.values() if after.startswith("0")]


def test_a_figure_is_told_with_who_has_not_reported_even_where_it_stays(book, bundled):
    """Eight villages of which neither had both posts in one hand."""
    sheet, blank = dated(book, NEW)[OFFICERS], 0
    for row in range(4, sheet.max_row + 1):
        if blank < 8 and sheet.cell(row, 3).value != sheet.cell(row, 5).value:
            for column in range(3, 17):
                sheet.cell(row, column).value = None
            blank += 1
    assert figures(received(book, bundled))[BOTH] == (
        "26/60 (43,3%)",
        "26/60 (43,3%) · 8 thôn chưa báo cáo",
    )
