"""Takeaways of small data sets: ties, empty cases, missing data, long and hostile names."""

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
    """Lines of officers: secretary and village head of each village by `same`, `two`, `head` (no member)."""
    signs = {
        "same": "A+ | A+ | C+",
        "two": "A+ | B+ | C+",
        "head": "A+ | B- | C+",
        "part": "A+ | | ",
        "": " | | ",
    }
    return "\n".join(f"{date} | {village} | {signs[state]}" for village, state in states.items())


POSTS = "as_of | village_id | secretary | village_head | front_head"


def table(*lines):
    return "\n".join([POSTS, *lines])


def takeaways(data, name, *of, communes=(), lang="vi", **chosen):
    room, _, build = name.partition(".")
    exhibit = getattr(getattr(exhibits, room), build)(data, select(data, communes, lang=lang, **chosen), *of)
    return list(exhibit.takeaways)


def test_shares_of_different_wholes_tie(build):
    data = build(
        communes=NORTH_SOUTH,
        villages=villages(a=3, b=6, c=2),
        officers=table(
            officers(a1="same", a2="two", a3="two"),
            officers(b1="same", b2="same", b3="two", b4="two", b5="two", b6="two"),
            officers(c1="two", c2="two"),
        ),
    )
    assert takeaways(data, "overlap.by_commune") == [
        "Tỷ lệ bí thư kiêm nhiệm cao nhất: Xã Một 1/3 và Xã Hai 2/6, cùng 33,3%; thấp nhất: Xã Ba 0/2 (0,0%)."
    ]


def test_more_than_three_that_tie_are_counted_together(build):
    data = build(
        communes=f"{NORTH_SOUTH}\ne | Năm",
        villages=villages(a=1, b=1, c=2, d=1, e=1),
        officers=table(officers(a1="same", b1="two", c1="two", c2="two", d1="two", e1="two")),
    )
    assert takeaways(data, "overlap.by_commune") == [
        "Tỷ lệ bí thư kiêm nhiệm cao nhất: Xã Một 1/1 (100,0%); thấp nhất: 4 xã, cộng lại 0/5 (0,0%)."
    ]


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        ("vi", "Cả 2 xã có tỷ lệ bí thư kiêm nhiệm như nhau, cộng lại 3/6 (50,0%)."),
        ("en", "The 2 communes have the same share with overlap, 3/6 (50.0%) together."),
    ],
)
def test_where_all_are_alike_nobody_leads(build, lang, sentence):
    data = build(
        communes="commune_id | name\na | Một\nb | Hai",
        villages=villages(a=2, b=4),
        officers=table(officers(a1="same", a2="two", b1="same", b2="same", b3="two", b4="two")),
    )
    assert takeaways(data, "overlap.by_commune", lang=lang) == [sentence]


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


def test_what_stays_as_it_is_is_said_once(changed):
    data = changed
    assert takeaways(data, "overlap.pool", communes=("b",)) == []
    assert takeaways(data, "overlap.matrix", communes=("b",)) == []
    assert takeaways(data, "goals.path", "both", communes=("b",))[-1].startswith(
        "So với 31/12/2023, không thôn nào mới có hoặc thôi kiêm hai chức danh này"
    )


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


def test_many_villages_are_counted_after_five(build):
    states = {f"a{i}": "two" for i in range(1, 9)}
    data = build(
        villages=villages(north=0) + "".join(f"\na{i} | north" for i in range(1, 9)),
        officers=table(officers(BEFORE, **states), officers(**dict.fromkeys(states, "same"))),
    )
    sentence = "So với 31/12/2023, thêm 8 thôn có bí thư kiêm nhiệm: a1, a2, a3, a4, a5 và 3 thôn khác."
    assert takeaways(data, "overlap.by_commune", communes=("north",)) == [sentence]


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


def test_what_came_and_went_stand_in_two_sentences_where_one_is_too_long(build):
    names = {f"v{i}": f"Thôn số {i} của vùng cao biên giới" for i in range(1, 7)}
    data = build(
        villages="village_id | name\n" + "\n".join(f"{key} | {name}" for key, name in names.items()),
        officers=table(
            officers(BEFORE, v1="two", v2="two", v3="two", v4="same", v5="same", v6="same"),
            officers(v1="same", v2="same", v3="same", v4="two", v5="two", v6="two"),
        ),
    )
    came, went = takeaways(data, "overlap.by_commune", communes=("north",))
    assert came.startswith("So với 31/12/2023, thêm 3 thôn có bí thư kiêm nhiệm: ")
    assert went.startswith("So với 31/12/2023, giảm 3 thôn có bí thư kiêm nhiệm: ")
    assert [name for name in names.values() if name in came] == list(names.values())[:3]
    assert [name for name in names.values() if name in went] == list(names.values())[3:]


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


def test_goals_that_lack_the_same(build):
    goals = "\n".join(
        f"g{i} | Mục {i} | Goal {i} | member_share:{post} | > | 50"
        for i, post in enumerate(("village_head", "front_head"))
    )
    data = build(
        villages="village_id\nv1",
        officers="village_id | village_head | front_head\nv1 | A- | B-",
        goals=f"{GOAL}\n{goals}",
    )
    assert takeaways(data, "goals.progress") == [
        "Còn chưa đạt: “Mục 0” và “Mục 1”, mỗi mục tiêu còn thiếu 1 vị trí."
    ]
    assert takeaways(data, "goals.progress", lang="en") == [
        "Not met yet: “Goal 0” and “Goal 1”, 1 post short each."
    ]


def test_a_goal_out_of_reach_is_no_distance(build):
    data = build(
        villages="village_id\nv1",
        officers="village_id | village_head\nv1 | A-",
        goals=f"{GOAL}\nheads | Trưởng thôn | Heads | member_share:village_head | > | 100",
    )
    assert takeaways(data, "goals.progress") == []


def test_a_commune_that_no_longer_meets_a_goal(build):
    data = build(
        communes="commune_id | name\na | Một\nb | Hai\nc | Ba",
        villages=villages(a=1, b=1, c=1),
        officers=table(officers(BEFORE, a1="two", b1="head"), officers(a1="head", b1="two", c1="two")),
        goals=HEADS,
    )
    assert takeaways(data, "goals.by_commune", "heads") == [
        "Tỷ lệ cao nhất: Xã Hai 1/1 và Xã Ba 1/1, cùng 100,0%; thấp nhất: Xã Một 0/1 (0,0%).",
        "So với 31/12/2023, thêm 1 xã đạt: Xã Hai; giảm 1: Xã Một; không so sánh được 1 xã.",
    ]


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
        "So với 31/12/2023, các số so sánh được không thay đổi."
    ]
