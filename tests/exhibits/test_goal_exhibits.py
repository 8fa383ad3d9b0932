"""Goals of every kind: what is said of each, and what the fewest changes reach."""

from __future__ import annotations

import pytest

from chart_words import words_of_exhibit
from dashboard import exhibits, text
from dashboard.charts.model import Bars
from dashboard.dataset import scenario, select

# One goal that the changes reach, and one of each kind that they do not.
GOALS = """
    goal_id | measure | target
    heads | member_share:village_head | 50
    pairs | overlap_share:secretary+village_head | 50
    cells | cell_share:villages | 50
    many | count:admitted | 50"""
ON_SHARES = {"vi": "về tỷ lệ đảng viên", "en": "on the share of members"}


@pytest.fixture(params=text.LANGUAGES)
def lang(request):
    return request.param


@pytest.mark.parametrize("head", ["B-", "B+", ""])  # misses the goal, meets it, is not reported
def test_the_subtitle_says_which_goals_the_changes_reach(build, lang, head):
    data = build(officers=f"village_id | secretary | village_head\na | A+ | {head}", goals=GOALS)
    selection = select(data, lang=lang)
    assert ON_SHARES[lang] in exhibits.goals.gap(data, selection).subtitle


def test_the_button_says_which_goals_its_changes_reach(lang):
    for key in ("what_if.fewest", "what_if.fewest_more"):
        assert ON_SHARES[lang] in text.get(lang)(key)


def test_a_what_if_counts_goals_on_posts_and_says_so(build, lang):
    data = build(officers="village_id | secretary | village_head\na | A+ | B-", goals=GOALS)
    changes = scenario.read(data, "2024-12-31", ["a.member.village_head"]).scenario
    headline = exhibits.what_if.goals(data, select(data, lang=lang, scenario=changes)).headline
    assert {"vi": "1/2 chỉ tiêu về chức danh", "en": "1/2 targets on posts"}[lang] in headline


def test_a_goal_on_a_count_has_no_share(build, lang):
    data = build(
        villages="village_id\na",
        organizations="""
        org_id | level | commune_id | village_id | members | admitted
        x | cell | north | a | 20 | 3""",
        goals=GOALS,
    )
    selection = select(data, lang=lang)
    words = selection.text
    share, whole = words("column_short.share"), words("column_short.denominator")
    every = (
        exhibits.goals.progress(data, selection).table.written(words).set_index(words("column_short.goal"))
    )
    assert list(every.loc["many", [whole, share]]) == ["–", "–"]
    assert every.at["cells", share] == words.share(1, 1)
    for exhibit in exhibits.build(data, selection, ["goals.by_commune:many", "goals.path:many"]):
        assert not {share, whole} & set(exhibit.table.frame), exhibit.id
        assert "%" not in " ".join([exhibit.headline, *exhibit.takeaways, exhibit.alt])
        assert isinstance(exhibit.chart, Bars)
        assert not any(row.label.share for row in exhibit.chart.rows)


HEADS = "goal_id | measure | target\nheads | member_share:village_head | 50"
FRONTS = f"{HEADS}\nfronts | member_share:front_head | 50"


@pytest.mark.parametrize(
    ("goals", "head", "headline"),
    [
        (HEADS, "A+", "Mọi chỉ tiêu về tỷ lệ đảng viên đã đạt"),
        (HEADS, "vacant", "Chưa tính được chỉ tiêu nào về tỷ lệ đảng viên: chưa vị trí nào ghi có người giữ"),
        (
            FRONTS,
            "A+",
            "Trên số đã báo cáo, các chỉ tiêu tính được về tỷ lệ đảng viên đều đạt; "
            "1 chỉ tiêu chưa tính được; 1 vị trí chưa báo cáo, không tính",
        ),
        (
            "goal_id | measure | operator\npairs | overlap_share:secretary+village_head | up",
            "A+",
            "Bộ số liệu chưa có chỉ tiêu về tỷ lệ đảng viên",
        ),
    ],
)
def test_targets_are_met_only_where_they_are_judged(build, goals, head, headline):
    data = build(officers=f"village_id | secretary | village_head\na | A+ | {head}", goals=goals)
    assert exhibits.goals.gap(data, select(data)).headline == headline


@pytest.mark.parametrize(
    ("goals", "head", "headline"),
    [
        (HEADS, "A+", "Xã north không còn chỉ tiêu nào chưa đạt"),
        (HEADS, "vacant", "Xã north: chưa tính được chỉ tiêu nào"),
        (FRONTS, "A+", "Xã north: các chỉ tiêu tính được đều đạt; 1 chỉ tiêu chưa tính được"),
    ],
)
def test_a_village_meets_targets_only_where_they_are_judged(build, goals, head, headline):
    data = build(officers=f"village_id | secretary | village_head\na | A+ | {head}", goals=goals)
    (exhibit,) = exhibits.build(data, select(data), ["village.goals:a"])
    assert exhibit.headline == headline


@pytest.mark.parametrize(("front", "goals_head"), [("B-", ["Số mục tiêu"]), ("C-", [])])
def test_how_many_goals_a_change_serves_is_listed_where_one_serves_several(build, front, goals_head):
    data = build(
        officers=f"village_id | secretary | village_head | front_head\na | A+ | B- | {front}", goals=FRONTS
    )
    chart = exhibits.goals.gap(data, select(data)).chart
    assert list(chart.heads[3:]) == ["Hiện nay", *goals_head]
    assert {len(row.cells) for row in chart.rows} == {len(chart.heads)}


def test_a_share_below_its_target_is_never_written_as_the_target(build, lang):
    data = build(
        communes="commune_id\nnorth\nsouth\nwest",
        villages="village_id | commune_id\n"
        + "\n".join(
            f"{commune[0]}{i} | {commune}" for commune in ("north", "south", "west") for i in range(3)
        ),
        officers="as_of | village_id | village_head\n"
        + "\n".join(
            f"{as_of} | {commune}{i} | A{'+' if i < 2 else '-'}"
            for as_of in ("2023-12-31", "2024-12-31")
            for commune in "nsw"
            for i in range(3)
        ),
        organizations="as_of | org_id | level\n2023-12-31 | x | cell\n2024-12-31 | x | cell",
        goals="""
        goal_id | measure | operator | target | deadline
        heads | member_share:village_head | >= | 66.7 | 2026-12-31""",
    )
    # Two of three are 66.67%.
    target, cut = {"vi": ("66,7%", "66,6%"), "en": ("66.7%", "66.6%")}[lang]
    cut_in = set()
    for chosen in ([], ["north"]):
        selection = select(data, chosen, lang=lang)
        names = [*exhibits.known(data), "commune.peers", "commune.goals_over_time", "village.goals:n2"]
        for exhibit in exhibits.build(data, selection, names):
            words = " ".join(words_of_exhibit(exhibit)).replace(
                selection.text("goals.target.at_least", target=target), ""
            )
            if cut in words:
                cut_in.add(exhibit.id)
            if exhibit.id not in ("changes.by_post", "overlap.post_states"):  # of posts, whatever the goals
                assert target not in words, exhibit.id
    assert cut_in >= {
        "goals.progress",
        "goals.by_commune:heads",
        "goals.path:heads",
        "changes.by_commune:heads",
        "changes.pace",
        "commune.peers",
        "commune.goals_over_time",
        "village.goals:n2",
    }


ON_VILLAGES = {
    "vi": ("Tỷ lệ của từng chỉ tiêu", "số còn thiếu để đạt."),
    "en": ("Share of each", "short of the goal."),
}


def test_targets_on_villages_are_told_in_no_words_of_posts_and_members(build, lang):
    data = build(
        officers="""
        as_of | village_id | secretary | village_head
        2023-12-31 | a | A+ | B+
        2024-12-31 | a | A+ | B+""",
        goals="goal_id | measure | operator | target\npairs | overlap_share:secretary+village_head | >= | 50",
    )
    selection = select(data, lang=lang)
    subtitle, key = ON_VILLAGES[lang]
    assert exhibits.goals.over_time(data, selection).subtitle.startswith(subtitle)
    assert key in exhibits.goals.attention(data, selection).chart.key


def test_a_count_that_organisations_do_not_report_says_where_it_is_judged_and_why_it_may_change(build):
    data = build(
        organizations="org_id | level | commune_id | members\none | cell | north | 40\ntwo | cell | north |",
        goals="goal_id | measure | operator | target\nmembers | count:members | >= | 50",
    )
    selection = select(data)
    notes = (
        exhibits.goals.by_commune(data, selection, "members").notes
        + exhibits.goals.progress(data, selection).notes
    )
    assert any("nên ở từng xã, hay vài xã được chọn, chỉ nêu số" in note for note in notes)
    assert any("còn vị trí, thôn, tổ chức chưa báo cáo" in note for note in notes)


def test_changes_of_communes_that_add_up_to_those_of_the_whole_are_not_denied_to(build):
    data = build(
        communes="commune_id\nnorth\nsouth",
        villages="village_id | commune_id\na | north\nb | south",
        officers="village_id | village_head\na | A-\nb | A-",
        goals="goal_id | measure | operator | target\nheads | member_share:village_head | >= | 100",
    )
    notes = exhibits.goals.gap(data, select(data)).notes
    assert any("cộng lại có thể khác số của toàn bộ" in note for note in notes)


GAP = {
    "vi": ("Cần ít nhất 1 thay đổi để đạt 2 chỉ tiêu", "; 1 vị trí chưa báo cáo, không tính"),
    "en": ("At least 1 change is needed to reach 2 targets", "; 1 post not reported is not counted"),
}


def test_one_change_may_move_two_posts_and_counts_none_that_is_not_reported(build, lang):
    data = build(
        officers="village_id | village_head | front_head\na | A- | A-\nb | B+ |",
        goals="""
        goal_id | measure | operator | target
        heads | member_share:village_head | >= | 100
        fronts | member_share:front_head | >= | 100""",
    )
    selection = select(data, lang=lang)
    headline, unreported = GAP[lang]
    assert exhibits.goals.gap(data, selection).headline == headline + unreported
    assert exhibits.goals.plan(data, selection).headline.endswith(unreported)


def test_a_post_that_two_targets_count_is_not_short_twice(build):
    data = build(
        communes="commune_id\nnorth\nsouth",
        villages="village_id | commune_id\na | north\nb | south",
        officers="village_id | village_head | front_head\na | A- | B+\nb | A+ | B+",
        goals="""
        goal_id | measure | operator | target
        heads | member_share:village_head | >= | 100
        both | member_share:village_head+front_head | >= | 100""",
    )
    selection = select(data)
    (met,) = exhibits.tiles.goals_met(data, selection)
    assert (met.value, met.notes) == ("0/2", ())
    chart = exhibits.goals.attention(data, selection).chart
    assert (chart.total, chart.whole.total) == ("Chưa đạt", "2")
    goals = exhibits.places.tiles.of_commune(data, select(data, ["north"])).rows[3]
    assert (goals.name, goals.notes) == ("Chỉ tiêu đạt", ())


def test_a_commune_whose_targets_cannot_be_judged_does_not_need_the_fewest_changes(build):
    data = build(
        communes="commune_id\na\nb\nc\nd",
        villages="village_id | commune_id\na1 | a\nb1 | b\nc1 | c",
        officers="village_id | village_head\na1 | A-\nb1 | A+\nc1 | vacant",
        goals="goal_id | measure | operator | target\nheads | member_share:village_head | >= | 100",
    )
    (ranking,) = exhibits.goals.gap(data, select(data)).takeaways
    assert ranking == "Cần nhiều thay đổi nhất: Xã a (1); ít nhất: Xã b (0)."


def test_households_are_reported_by_villages_not_by_organisations(build, lang):
    data = build(
        villages="""
        village_id | households | valid_from | valid_to
        a | 10 | |
        b | 12 | | 2024-06-30
        b | | 2024-07-01 |""",
        organizations="as_of | org_id | level\n2023-12-31 | x | cell\n2024-12-31 | x | cell",
        goals="goal_id | measure | operator | target\nhomes | count:households | >= | 30",
    )
    headline = exhibits.goals.path(data, select(data, lang=lang), "homes").headline
    words = {
        "vi": "ở các thôn báo cáo cả hai ngày, 1 thôn không so sánh được",
        "en": "in the villages that both dates report, 1 village cannot be compared",
    }
    assert words[lang] in headline


def test_changes_of_a_plan_that_are_not_drawn_are_counted_as_changes(build):
    communes = [f"c{n:02}" for n in range(14)]
    data = build(
        communes="\n".join(["commune_id", *communes]),
        villages="\n".join(
            ["village_id | commune_id", *(f"v-{commune} | {commune}" for commune in communes)]
        ),
        officers="\n".join(
            ["village_id | village_head | front_head", *(f"v-{c} | A- | A-" for c in communes)]
        ),
        goals="goal_id | measure | operator | target\nboth | member_share:village_head+front_head | >= | 100",
    )
    (column,) = exhibits.goals.plan(data, select(data)).chart.columns
    # Each of the 14 persons has two posts; 12 communes are drawn.
    assert column.more == "Còn 2 thay đổi khác: xem trang Mục tiêu."
