"""Cards of two dates: the numbers of a row and of a headline are those of what it names."""

from __future__ import annotations

import pytest

from dashboard import exhibits, text
from dashboard.dataset import Dataset, select


def built(data: Dataset, name: str, *communes: str, **choice: str) -> exhibits.Exhibit:
    return exhibits.build(data, select(data, communes, **choice), [name])[0]


def test_members_that_one_date_lacks_are_on_no_axis_of_shares_and_in_no_total(build):
    data = build(
        communes="commune_id | name\na | Một\nb | Hai\nc | Ba",
        organizations="""
        as_of | org_id | level | commune_id | members
        2023-12-31 | one | cell | a | 100
        2023-12-31 | two | cell | b | 110
        2023-12-31 | three | cell | c |
        2024-12-31 | one | cell | a |
        2024-12-31 | two | cell | b | 112
        2024-12-31 | three | cell | c | 120""",
    )
    chart = built(data, "changes.members").chart
    assert (chart.ends, chart.shares) == (("100", "120"), False)
    whole = chart.whole
    assert (whole.name, whole.before_label, whole.now_label) == ("1 xã so sánh được", "110", "112")
    assert (whole.change.count, whole.change.unreported) == ("+2", "")


def test_an_axis_of_shares_ends_at_the_whole(build):
    data = build(
        officers="""
        as_of | village_id | secretary | village_head
        2023-12-31 | a | A+ | B+
        2024-12-31 | a | A+ | B+
        2024-12-31 | b | A+ | B+"""
    )
    assert built(data, "changes.by_post").chart.ends == ("90%", "100%")


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_no_share_is_drawn_that_goes_against_its_change(build, lang):
    data = build(
        officers="""
        as_of | village_id | secretary | village_head
        2023-12-31 | a | A+ | A+
        2023-12-31 | b | A+ | A+
        2023-12-31 | c | A+ | B+
        2024-12-31 | a | A+ |
        2024-12-31 | b | A+ |
        2024-12-31 | c | A+ | A+""",
    )
    exhibit = built(data, "changes.overlap", lang=lang)
    row = exhibit.chart.rows[0]
    # 2/3 fell to 1/3 by what is not reported, while one was gained.
    assert (row.before_label, row.now_label, row.change.count) == ("2/3", "1/3 ?\u20602", "+1")
    assert (row.before, row.now) == (None, None)
    assert exhibit.text("changes.drawn.against") in exhibit.chart.key


@pytest.mark.parametrize(
    ("lang", "posts", "villages", "apart"),
    [
        (
            "vi",
            "3/5 · 1 khuyết, so với 3/4 · 1 khuyết, 1 chưa báo cáo",
            "0/2, so với 1/2 · 1 chưa báo cáo",
            "2 thôn chỉ có ở một trong hai ngày, không so sánh",
        ),
        (
            "en",
            "3/5 · 1 vacant, was 3/4 · 1 vacant, 1 not reported",
            "0/2, was 1/2 · 1 not reported",
            "2 villages are there at just one of the dates",
        ),
    ],
)
def test_tiles_of_changes_say_what_a_date_lacks_and_how_many_villages_are_new_or_ended(
    build, lang, posts, villages, apart
):
    data = build(
        positions="position_id\nsecretary\nvillage_head\nfront_head",
        villages="""
        village_id | valid_from | valid_to
        stays | |
        ended | | 2024-06-30
        new | 2024-07-01 |""",
        officers="""
        as_of | village_id | secretary | village_head | front_head
        2023-12-31 | stays | A+ | B- |
        2023-12-31 | ended | A+ | A+ | vacant
        2024-12-31 | stays | A+ | B- | C-
        2024-12-31 | new | A+ | B+ | vacant""",
    )
    held, joined = exhibits.changes.tiles(data, select(data, lang=lang)).rows[:2]
    assert (held.notes[0], held.notes[-1]) == (posts, apart)
    assert (joined.notes[0], joined.notes[-1]) == (villages, apart)


@pytest.mark.parametrize(
    ("lang", "headline"),
    [("vi", "Các thôn kiêm nhiệm không đổi"), ("en", "Villages with overlap unchanged")],
)
def test_overlap_that_goes_from_one_pair_of_posts_to_another_is_not_called_unchanged(build, lang, headline):
    data = build(
        officers="""
        as_of | village_id | secretary | village_head | front_head
        2023-12-31 | a | A+ | A+ | B+
        2024-12-31 | a | A+ | B+ | A+"""
    )
    exhibit = built(data, "changes.overlap", lang=lang)
    assert exhibit.headline == headline
    assert [row.change.count for row in exhibit.chart.rows] == ["−1", "+1"]


@pytest.mark.parametrize(
    ("lang", "faster", "enough"),
    [
        (
            "vi",
            "1/1 chỉ tiêu chưa đạt còn hạn cần tăng nhanh hơn bình quân năm",
            "Mức tăng bình quân năm là đủ cho 1 chỉ tiêu chưa đạt còn hạn",
        ),
        (
            "en",
            "Open targets that need a faster gain than so far: 1 of 1",
            "Open targets for which the gain per year so far is enough: 1 of 1",
        ),
    ],
)
def test_a_pace_that_is_enough_is_not_called_a_need(build, lang, faster, enough):
    for target, headline in ((47, faster), (46, enough)):
        data = build(
            organizations="""
            as_of | org_id | level | commune_id | members
            2023-12-31 | one | cell | north | 38
            2024-12-31 | one | cell | north | 42""",
            goals=f"""
            goal_id | measure | operator | target | deadline
            members | count:members | >= | {target} | 2025-12-31""",
        )
        assert built(data, "changes.pace", lang=lang).headline == headline


@pytest.mark.parametrize(
    ("lang", "headline"),
    [
        ("vi", "1/1 chỉ tiêu chưa đạt còn hạn cần tăng nhanh hơn bình quân năm; có thể thay đổi"),
        ("en", "Open targets that need a faster gain than so far: 1 of 1; may change"),
    ],
)
def test_a_target_that_what_is_not_reported_may_meet_is_open_with_a_doubt(build, lang, headline):
    data = build(
        organizations="""
        as_of | org_id | level | commune_id | members
        2023-12-31 | one | cell | north | 40
        2023-12-31 | two | cell | north | 6
        2024-12-31 | one | cell | north | 42
        2024-12-31 | two | cell | north |""",
        goals="""
        goal_id | measure | operator | target | deadline
        members | count:members | >= | 50 | 2026-12-31""",
    )
    assert built(data, "changes.pace", lang=lang).headline == headline


def test_a_commune_without_villages_lacks_no_report_of_posts(build):
    data = build(
        communes="commune_id\na\nb",
        villages="village_id | commune_id\na1 | a",
        officers="as_of | village_id | village_head\n2023-12-31 | a1 | A-\n2024-12-31 | a1 | A+",
        goals="goal_id | measure | operator | target\nheads | member_share:village_head | >= | 50",
    )
    assert built(data, "changes.by_commune:heads").notes == ()
    held = exhibits.changes.tiles(data, select(data, ["b"])).rows[0]
    assert held.notes == ("không so sánh được",)


def test_a_commune_with_a_new_village_is_not_said_to_lack_data(build):
    data = build(
        communes="commune_id\na\nb\nc",
        villages="village_id | commune_id | valid_from\na1 | a |\nb1 | b |\nc1 | c |\nc2 | c | 2024-07-01",
        officers="""
        as_of | village_id | village_head
        2023-12-31 | a1 | A-
        2023-12-31 | b1 | A-
        2023-12-31 | c1 | A-
        2024-12-31 | a1 | A+
        2024-12-31 | b1 | A-
        2024-12-31 | c1 | A+
        2024-12-31 | c2 | A+""",
        goals="goal_id | measure | operator | target\nheads | member_share:village_head | >= | 50",
    )
    takeaways = built(data, "changes.by_commune:heads").takeaways
    assert takeaways[-1] == "Tăng nhiều nhất: Xã a từ 0 lên 1. Không xếp Xã c: không so sánh được đủ."


def test_rows_that_are_not_drawn_are_not_all_said_to_have_changed(build):
    communes = [f"c{n:02}" for n in range(32)]
    heads = [f"2023-12-31 | v-{commune} | A-\n2024-12-31 | v-{commune} | " for commune in communes]
    data = build(
        communes="\n".join(["commune_id", *communes]),
        villages="\n".join(
            ["village_id | commune_id", *(f"v-{commune} | {commune}" for commune in communes)]
        ),
        officers="\n".join(["as_of | village_id | village_head", *heads, "2024-12-31 | v-c00 | A+"]),
        goals="goal_id | measure | operator | target\nheads | member_share:village_head | >= | 50",
    )
    assert (
        "Nêu 30 dòng trong 32 dòng; bảng số liệu có đủ." in built(data, "changes.by_commune:heads").chart.key
    )


def test_a_figure_that_moves_by_what_is_not_reported_alone_is_not_drawn(build):
    data = build(
        officers="""
        as_of | village_id | secretary | village_head
        2023-12-31 | a | A+ | B+
        2023-12-31 | b | A+ | B-
        2024-12-31 | a | A+ | B+
        2024-12-31 | b | A+ |"""
    )
    chart = built(data, "changes.by_post").chart
    head = next(row for row in chart.rows if row.name.startswith("Trưởng thôn"))
    assert (head.change.count, head.before, head.now) == ("0", None, None)  # 1/2, then 1/1
    assert "Không vẽ" in chart.key
