"""Takeaways of small data sets: empty cases, missing data, long names."""

import pytest

from dashboard import exhibits
from dashboard.dataset import select

MOST_LETTERS = 200
NORTH_SOUTH = "commune_id | name\na | Một\nb | Hai\nc | Ba\nd | Bốn"
GOAL = "goal_id | name_vi | name_en | measure | operator | target"
HEADS = f"{GOAL}\nheads | Trưởng thôn | Heads | member_share:village_head | > | 50"


def villages(**communes):
    """Villages of communes, named after them: a=2 gives a1 and a2."""
    rows = [f"{commune}{i} | {commune}" for commune, n in communes.items() for i in range(1, n + 1)]
    return "\n".join(["village_id | commune_id", *rows])


def officers(date="2024-12-31", **states):
    """Lines of officers: the secretary is village head (`same`) or not (`two`); the others not reported."""
    signs = {"same": "A+ | A+ | C+", "two": "A+ | B+ | C+", "part": "A+ | | "}
    return "\n".join(f"{date} | {village} | {signs[state]}" for village, state in states.items())


POSTS = "as_of | village_id | secretary | village_head | front_head"


def table(*lines):
    return "\n".join([POSTS, *lines])


def takeaways(data, name, *of, communes=(), lang="vi", **chosen):
    room, _, build = name.partition(".")
    exhibit = getattr(getattr(exhibits, room), build)(data, select(data, communes, lang=lang, **chosen), *of)
    return list(exhibit.takeaways)


BEFORE = "2023-12-31"
CELLS = "as_of | org_id | level | members | admitted"


@pytest.fixture
def changed(build):
    """One village gains overlap, one loses it, one stays, one is not reported in full before."""
    return build(
        communes="commune_id | name\na | Một\nb | Hai",
        villages=villages(a=3, b=2),
        officers=table(
            officers(BEFORE, a1="two", a2="same", a3="same", b1="part", b2="two"),
            officers(a1="same", a2="two", a3="same", b1="same", b2="two"),
        ),
        goals=f"{GOAL}\nboth | Kiêm nhiệm | Both | overlap_share:secretary+village_head | up |",
    )


@pytest.mark.parametrize(
    ("lang", "communes", "sentence"),
    [
        (
            "vi",
            (),
            "So với 31/12/2023, thêm 1 thôn có bí thư kiêm nhiệm: a1 (Xã Một); giảm 1: a2 (Xã Một);"
            " không so sánh 1 thôn thiếu báo cáo.",
        ),
        (
            "en",
            (),
            "Since 31/12/2023, 1 village newly has a secretary with another of the three posts:"
            " a1 (Một commune); 1 no longer has: a2 (Một commune);"
            " 1 village not compared (not reported in full at both dates).",
        ),
        ("vi", ("a",), "So với 31/12/2023, thêm 1 thôn có bí thư kiêm nhiệm: a1; giảm 1: a2."),
        (
            "vi",
            ("b",),
            "So với 31/12/2023, không thôn nào mới có hoặc thôi có bí thư kiêm nhiệm;"
            " không so sánh 1 thôn thiếu báo cáo.",
        ),
    ],
)
def test_a_change_is_told_by_village(changed, lang, communes, sentence):
    assert takeaways(changed, "overlap.by_commune", communes=communes, lang=lang)[-1] == sentence


def test_nothing_is_compared_with_a_date_that_does_not_report(build):
    data = build(
        villages="village_id\nv1\nv2",
        organizations=f"{CELLS}\n2023-12-31 | bank | cell | 5 | 0\n2024-12-31 | bank | cell | 9 | 0",
        officers=table(officers(v1="same", v2="two")),
        goals=HEADS,
    )
    sentences = [
        sentence
        for exhibit in exhibits.every(data, select(data))
        if exhibit.id.startswith(("overlap.", "goals."))
        for sentence in exhibit.takeaways
    ]
    assert [sentence for sentence in sentences if "2023" in sentence] == []


def test_long_names_are_left_out_before_a_sentence_gets_long(build):
    names = {f"v{i}": f"Thôn {i} {'dài ' * 20}".strip() for i in range(1, 5)}
    data = build(
        villages="village_id | name\n" + "\n".join(f"{key} | {name}" for key, name in names.items()),
        officers=table(
            officers(BEFORE, **dict.fromkeys(names, "two")), officers(**dict.fromkeys(names, "same"))
        ),
    )
    (sentence,) = takeaways(data, "overlap.by_commune", communes=("north",))
    assert len(sentence) <= MOST_LETTERS
    assert sentence.endswith(f"{names['v1']} và 3 thôn khác.")


def test_a_merged_commune_keeps_its_villages_apart(build):
    data = build(
        communes="""
            commune_id | name | valid_to   | merged_into | valid_from
            a          | Một  | 2025-06-30 | c           |
            b          | Hai  | 2025-06-30 | c           |
            c          | Ba   |            |             | 2025-07-01""",
        villages="village_id | name | commune_id\na1 | Thôn 1 | a\nb1 | Thôn 1 | b",
        officers=table(officers(BEFORE, a1="two", b1="two"), officers(a1="same", b1="same")),
    )
    sentences = takeaways(data, "overlap.by_commune", communes=("c",), boundaries="now")
    assert sentences == [
        "So với 31/12/2023, thêm 2 thôn có bí thư kiêm nhiệm: Thôn 1 (Xã Một) và Thôn 1 (Xã Hai)."
    ]


def test_a_post_of_several_kinds_is_named_with_its_village(build):
    data = build(
        villages="village_id | name | kind\nv1 | Thôn 1 | thon\nv2 | Tổ 2 | to_dan_pho",
        officers="""
            as_of      | village_id | village_head | youth_head
            2023-12-31 | v1         | A-           | B-
            2023-12-31 | v2         | A-           | B+
            2024-12-31 | v1         | A+           | B-
            2024-12-31 | v2         | A+           | vacant""",
        goals=f"{GOAL}\nboth | Cả hai | Both | member_share:village_head+youth_head | > | 80",
    )
    assert takeaways(data, "goals.path", "both", communes=("north",))[-1] == (
        "So với 31/12/2023, thêm 2 vị trí đảng viên giữ: trưởng thôn Thôn 1 và tổ trưởng Tổ 2;"
        " giảm 1: bí thư chi đoàn Tổ 2."
    )


def test_a_goal_out_of_reach_is_no_distance(build):
    data = build(
        villages="village_id\nv1",
        officers="village_id | village_head\nv1 | A-",
        goals=f"{GOAL}\nheads | Trưởng thôn | Heads | member_share:village_head | > | 100",
    )
    assert takeaways(data, "goals.progress") == []


def test_organizations_alike_and_unreported(build):
    cells = "org_id | level | members | name\none | cell | 7 | Một\ntwo | cell | 7 | Hai\nthree | cell | | Ba"
    data = build(organizations=cells)
    assert takeaways(data, "structure.cells") == [
        "Cả 2 chi bộ cơ sở có số đảng viên như nhau, mỗi nơi 7. Không xếp Ba: chưa có đủ số liệu."
    ]


MEMBERS = """
    as_of      | org_id | level | commune_id | members | admitted
    2022-12-31 | one    | cell  | a          | 10      | 1
    2022-12-31 | two    | cell  | b          | 20      | 0
    2023-12-31 | one    | cell  | a          | {then}  | 2
    2023-12-31 | two    | cell  | b          | 20      | 0
    2024-12-31 | one    | cell  | a          | 12      | 3
    2024-12-31 | two    | cell  | b          | 21      | 0
    2024-12-31 | new    | cell  | c          | 5       | 0"""


def test_a_commune_that_was_not_there_is_not_compared(build):
    data = build(communes=NORTH_SOUTH, organizations=MEMBERS.format(then=9))
    assert takeaways(data, "structure.by_commune") == [
        "Ít đảng viên nhất: Xã Ba (5). Không xếp Xã Bốn: chưa có đủ số liệu.",
        "Kết nạp nhiều nhất trong năm: Xã Một (3); ít nhất: Xã Hai và Xã Ba, mỗi nơi 0."
        " Không xếp Xã Bốn: chưa có đủ số liệu.",
        "So với 31/12/2023, số đảng viên tăng nhiều nhất: Xã Một từ 9 lên 12; không so sánh được 2 xã.",
    ]


def test_a_date_with_missing_figures_is_not_compared(build):
    data = build(communes=NORTH_SOUTH, organizations=MEMBERS.format(then=""))
    selection = {"communes": ("a",)}
    assert takeaways(data, "structure.members_over_time", **selection) == [
        "Từ 31/12/2022 đến 31/12/2024, số đảng viên tăng 2 (từ 10 lên 12).",
    ]
    assert "đảng viên từ" not in " ".join(takeaways(data, "overview.key_figures", **selection))
    assert takeaways(data, "structure.members_over_time", communes=("c",)) == []


def test_key_figures_that_stay(build):
    data = build(organizations=f"{CELLS}\n2023-12-31 | one | cell | 7 | 0\n2024-12-31 | one | cell | 7 | 0")
    assert takeaways(data, "overview.key_figures") == [
        "So với 31/12/2023, số tổ chức, số đảng viên và số mới kết nạp so sánh được không thay đổi."
    ]
