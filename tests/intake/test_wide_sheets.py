"""Wide sheets as offices keep them: one per commune, villages down, posts across."""

from __future__ import annotations

import openpyxl
import pytest
from handed_in import VI, places, posts_of, receive, received, saved

import one_commune
from dashboard import measures, schema
from dashboard.dataset import select

HEADINGS = ["Bí thư", "Tr. thôn", "TB Mặt trận", "CHT Nông dân", "Chi hội trưởng PN", "CCB", "Bí thư ĐTN"]
POSTS = ["A", "A", "QC", "x", "không", "khuyết", None]
DAY, FIRST = "2025-12-31", "huong-son-1"


def office(
    posts=POSTS, title="BIỂU TỔNG HỢP CHỨC DANH (tính đến ngày 31/12/2025)", sheet="Hương Sơn", **cells
):
    """A workbook with one sheet of six villages: titles, groups over posts, a row of numbers, a total, who
    signs; and other `cells`."""
    book = openpyxl.Workbook()
    page = book.active
    page.title = sheet
    page["A1"], page["A3"], page["C5"] = "ĐẢNG ỦY", title, "Chức danh"
    page.merge_cells("A3:J3")
    page.merge_cells("C5:I5")
    heads = ["STT", "Tên thôn", *HEADINGS, "Số hộ", "Ghi chú"]
    rows = [heads, [f"({n})" for n in range(1, 12)]]
    rows += [[n, f"Thôn {n}", *posts, 105, None] for n in range(1, 7)]
    rows += [[None, "Tổng cộng", 6, 6, 6, 6, 6, 0, 0, 630]]
    for row, values in enumerate(rows, 6):
        for column, value in enumerate(values, 1):
            page.cell(row, column, value)
    page["A16"], page["G16"] = "Nơi nhận: Huyện ủy", "Hương Sơn, ngày 05 tháng 01 năm 2026"
    page["G17"], page["B18"] = "TM. BAN THƯỜNG VỤ", "Bí thư"
    for place, value in cells.items():
        page[place] = value
    return book


def test_an_office_sheet_is_read_as_it_is_meant(bundled):
    result = received(office(), bundled)
    assert result.as_of == DAY
    posts = posts_of(result, FIRST)
    assert posts.pop("veterans_head")[0] == ""
    assert posts == {
        "secretary": ("A", True),
        "village_head": ("A", True),
        "front_head": ("B", False),
        "farmers_head": ("C", True),
        "women_head": ("D", False),
    }
    villages = result.dataset.officers
    assert villages.loc[villages["as_of"] == DAY, "village_id"].nunique() == 6
    # What the sheet does not speak of is not told as gone.
    assert {change.table for change in result.changes} == {"officers"}
    assert all("Hương Sơn" in change.who for change in result.changes)


def test_the_preview_says_how_it_was_understood(bundled):
    result = received(office(), bundled)
    notes = "\n".join(note.line(VI) for note in result.notes)
    assert "“Tr. thôn” = Trưởng thôn" in notes
    assert "Cột không đọc: “Số hộ”; “Ghi chú”" in notes
    assert "6 chức danh để trống" in notes
    ticks = [caution.sentence(VI) for caution in result.cautions]
    assert (
        "Hương Sơn: 18 ô không có chữ cái: được hiểu là những người khác nhau, mỗi người giữ một chức danh."
        in ticks
    )


def test_without_letters_overlap_is_unknown_and_members_count(bundled):
    result = received(office(["ĐV", "có", "QC", "x", "không", "-", "chưa bầu"]), bundled)
    assert {holder for holder, _ in posts_of(result, FIRST).values()} == {schema.UNKNOWN_HOLDER, ""}
    figures = measures.figures(result.dataset, select(result.dataset, ("nam-dong",), DAY))
    goals = {goal["goal_id"]: goal for goal in figures["goals"]}
    assert (goals["village_head_member"]["numerator"], goals["village_head_member"]["denominator"]) == (6, 6)
    pair = next(goal for name, goal in goals.items() if "village_head" in name and "secretary" in name)
    assert pair["numerator"] == 0
    assert pair["unreported"] >= 6
    assert "wide_unknown" in {note.rule for note in result.notes}
    assert "wide_apart" not in str(result.cautions)


def test_a_post_over_its_holder_and_member(bundled):
    book = office([])
    rows = {
        6: ["Bí thư chi bộ", None, "Trưởng thôn", None, "Mặt trận", None, None, None, None],
        7: [*3 * ["Người giữ", "Đảng viên"], None, None, None],
        **dict.fromkeys(range(8, 14), ("A", "x", "A", "x", "B", "không")),
    }
    for row, values in rows.items():
        for column, value in enumerate(values, 3):
            book["Hương Sơn"].cell(row, column).value = value
    posts = posts_of(received(book, bundled), FIRST)
    assert posts == {"secretary": ("A", True), "village_head": ("A", True), "front_head": ("B", False)}


def test_a_member_column_beside_a_post_and_a_deputy_that_is_none(bundled):
    heads = {"D6": "Trưởng thôn", "E6": "Trưởng thôn: ĐV", "F6": "Phó trưởng thôn", "G6": None}
    book = office(["A", "B", "không", "C ĐV"], **heads)
    result = received(book, bundled)
    assert posts_of(result, FIRST) == {"secretary": ("A", True), "village_head": ("B", False)}
    assert "“Phó trưởng thôn”" in "\n".join(note.line(VI) for note in result.notes)


def test_the_one_commune_of_the_data_need_not_be_named(build):
    data = build(root=one_commune.ROOT, root_level="superior", **one_commune.TABLES)
    book = openpyxl.Workbook()
    rows = [["Số liệu đến 31/12/2025"], ["Thôn", "Bí thư", "Trưởng thôn"]]
    rows += [[village, "A", "A"] for village in ("Thôn 1 (Hương Sơn)", "Thôn 1 (Hương Xuân)", "Thôn Mới")]
    for row in rows:
        book.active.append(row)
    result = received(book, data)
    assert [posts_of(result, village)["village_head"] for village in ("a1", "b1", "n1")] == [("A", True)] * 3


@pytest.mark.parametrize(
    ("sheet", "title"),
    [
        ("Hương Sơn", "Số liệu đến 31.12.2025"),
        ("Xã Hương Sơn", "Tính đến ngày 31 tháng 12 năm 2025"),
        ("Sheet1", "CHỨC DANH CÁC THÔN XÃ HƯƠNG SƠN, đến 31/12/25"),
    ],
)
def test_the_commune_is_in_the_name_or_the_title(bundled, sheet, title):
    result = received(office(title=title, sheet=sheet), bundled)
    assert (result.as_of, len(posts_of(result, FIRST))) == (DAY, 6)


def test_the_date_stands_behind_the_words_of_the_form(bundled):
    assert received(office(title="BIỂU", A2="Ngày chốt số liệu", B2="31/12/2025"), bundled).as_of == DAY


@pytest.mark.parametrize("form", ["ods", "xls:MS Excel 97", "csv:Text - txt - csv (StarCalc):44,34,76"])
def test_other_formats_say_the_same(bundled, resaved, form):
    expected = received(office(), bundled)
    result = received(resaved(saved(office()), form), bundled, "Hương Sơn.csv")
    assert result.dataset.officers.equals(expected.dataset.officers)


@pytest.mark.parametrize(
    ("book", "place", "sentence"),
    [
        (office(D9="Nguyễn Văn A"), "Hương Sơn!D9", "Không ghi họ tên"),
        (office(F9="B"), "Hương Sơn!F9", "ví dụ A ĐV"),
        (office(D9="1"), "Hương Sơn!D9", "Không hiểu ô này"),
        (office(C9="A QC"), "Hương Sơn!C9", "Bí thư chi bộ luôn là đảng viên"),
        (office(B9="Thôn 22"), "Hương Sơn!B9", "có phải"),
        (office(B9=None), "Hương Sơn!B9", "không được để trống"),
        (office(B9="Thôn 1"), "Hương Sơn!B9", "Đã ghi ở Hương Sơn!B8"),
        (office(H6="Trưởng ban thanh tra"), "Hương Sơn!H6", "Không rõ cột này"),
        (office(H6="Trưởng thôn"), "Hương Sơn!H6", "hai lần"),
        (office(title="BIỂU"), "Hương Sơn!A1", "Thiếu ngày chốt"),
        (office(title="BIỂU đến 31/02/2025"), "Hương Sơn!A3", "ngày có thật"),
        (office(sheet="Hương Sn"), "Hương Sn!A1", "có phải “Xã Hương Sơn”"),
        (office(sheet="Sheet1"), "Sheet1!A1", "Không rõ trang này của xã nào"),
    ],
)
def test_a_fault_is_said_once_at_its_cell(bundled, book, place, sentence):
    refused = receive(book, bundled)
    assert places(refused) == {place}
    (line,) = refused.lines(VI)
    assert sentence in line


def test_two_dates_in_a_book_are_said(bundled):
    book = office()
    second = book.copy_worksheet(book["Hương Sơn"])
    second.title, second["A3"] = "Hương Xuân", "đến ngày 30/06/2025"
    refused = receive(book, bundled)
    assert "Hương Xuân!A3" in places(refused)


def sheets_of(base, communes, day, told_by="name"):
    """The posts of the last date as wide sheets of a day: {name of the sheet: rows of communes in it}.

    Villages of one name on a sheet are told by a section for each commune, or by its name behind theirs.
    """
    book = openpyxl.Workbook()
    book.remove(book.active)
    rows = base.officers[base.officers["as_of"] == base.dates[-1]].to_dict("records")
    words = {
        (row["village_id"], row["position"]): f"{row['holder']} {'ĐV' if row['party_member'] else 'QC'}"
        if row["holder"]
        else "khuyết"
        for row in rows
    }
    for name, inside in communes.items():
        page = book.create_sheet(name)
        page.append([f"Số liệu đến ngày {day}"])
        page.append(["TT", "Thôn, tổ dân phố", *(VI(f"code.position.{post}") for post in base.position_ids)])
        lies_in = {commune["commune_id"]: commune for commune in inside}
        villages = base.villages[base.villages["commune_id"].isin(lies_in)]
        alike, commune = villages["name"].duplicated(keep=False), None
        for village, several in zip(villages.to_dict("records"), alike, strict=True):
            before, commune = commune, lies_in[village["commune_id"]]
            if told_by == "section" and commune is not before:
                page.append(["I", f"{commune['label']} (cũ)"])
            posts = [words.get((village["village_id"], post)) for post in base.position_ids]
            mark = f" ({commune['name']} cũ)" if several and told_by == "mark" else ""
            page.append([1, village["name"] + mark, *posts])
    return book


def communes_of(base):
    words = {"xa": "Xã", "thi_tran": "Thị trấn"}
    return [
        row | {"label": f"{words[row['kind']]} {row['name']}"} for row in base.communes.to_dict("records")
    ]


def test_the_figures_of_the_form_as_wide_sheets_change_nothing(bundled):
    old = [row for row in communes_of(bundled) if row["valid_to"]]
    book = sheets_of(bundled, {row["label"]: [row] for row in old}, "31/12/2024")
    assert received(book, bundled).changes == ()


def merged_communes(base):
    """The communes after the merger by their labels, each with those that it was made of."""
    every = communes_of(base)
    return {
        new["label"]: [row for row in every if row["merged_into"] == new["commune_id"]]
        for new in every
        if not new["valid_to"]
    }


@pytest.mark.parametrize("told_by", ["section", "mark"])
def test_sheets_of_the_communes_after_a_merger_say_the_same_as_the_form(bundled, told_by):
    book = sheets_of(bundled, merged_communes(bundled), "31/12/2025", told_by)
    result = received(book, bundled)
    before = bundled.officers[bundled.officers["as_of"] == bundled.dates[-1]].drop(columns="as_of")
    after = result.dataset.officers[result.dataset.officers["as_of"] == DAY].drop(columns="as_of")
    key = ["village_id", "position"]
    assert after.sort_values(key, ignore_index=True).equals(before.sort_values(key, ignore_index=True))
