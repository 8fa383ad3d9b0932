"""What a what-if shows: marks on what is hypothetical, and nothing of it without one."""

from pathlib import Path

import pytest

from dashboard import exhibits, measures
from dashboard.dataset import Change, load, scenario, select
from dashboard.exhibits import assumption, what_if

CHANGES = (
    Change("khe-tre-1", "member", "front_head"),
    Change("khe-tre-1", "merge", "front_head"),
    Change("huong-son-5", "member", "front_head"),
)
REAL = ("structure.", "reconciliation.", "data.", "overview.key_figures")
LANGS = pytest.mark.parametrize("lang", ["vi", "en"])


def test_overlap_says_from_what_to_what(bundled):
    selection = select(bundled, scenario=CHANGES)
    text = selection.text
    moved = text("what_if.moved", was=text.ratio(4, 60), now=text.ratio(5, 60))
    assert moved in what_if.overlap(bundled, selection).headline


def test_changes_of_other_communes_are_said_not_to_count(bundled):
    selection = select(bundled, ["huong-son"], scenario=CHANGES)
    notes = what_if.goals(bundled, selection).notes
    assert selection.text("what_if.elsewhere", n=2) in notes


@LANGS
def test_marks_stand_on_what_is_hypothetical_and_nowhere_else(bundled, lang):
    selection = select(bundled, lang=lang, scenario=CHANGES)
    text = selection.text
    for exhibit in exhibits.every(bundled, selection):
        hypothetical = not exhibit.id.startswith(REAL) and "members" not in exhibit.id
        if exhibit.id.startswith(("goals.by_commune", "goals.path", "changes.")):
            continue  # by the measure of the goal, or of what changed: see below
        assert (text("common.hypothetical") in exhibit.mark) == hypothetical, exhibit.id
        assert exhibit.stem.endswith(text("file.hypothetical")) == hypothetical
        assert (selection.scenario_label() in exhibit.subtitle) == hypothetical
        assert (selection.scenario_label() in exhibit.chosen) == hypothetical
        assert [label for label, _ in exhibit.filters].count(text("filter.scenario")) == 3 * hypothetical
        if exhibit.chart is not None:
            assert (selection.scenario_label() in exhibit.alt) == hypothetical


def test_a_goal_that_counts_no_posts_is_not_hypothetical(build):
    data = build(
        officers="village_id | youth_head\none | A-",
        goals="""
            goal_id | measure                  | target
            posts   | member_share:youth_head  | 50
            persons | count:members            | 5
        """,
    )
    selection = select(data, scenario=[Change("one", "member", "youth_head")])
    hypothetical = {
        goal: bool(exhibits.goals.by_commune(data, selection, goal).assumption)
        for goal in ("posts", "persons")
    }
    assert hypothetical == {"posts": True, "persons": False}


@LANGS
def test_without_a_change_nothing_of_it_is_there(bundled, lang):
    selection = select(bundled, lang=lang)
    text = selection.text
    built = exhibits.every(bundled, selection)
    assert [exhibit.id for exhibit in built if exhibit.id.startswith("what_if.")] == []
    assert {exhibit.mark for exhibit in built} <= {"", text("common.sample")}
    words = text("common.hypothetical")
    for exhibit in built:
        assert not exhibit.assumption
        assert words not in " ".join((exhibit.headline, exhibit.subtitle, exhibit.alt, *exhibit.notes))
    assert assumption.sentence(selection) == ""


def test_what_was_refused_is_named_in_words(bundled):
    selection = select(bundled)
    change = Change("khe-tre-1", "fill", "front_head")
    from_data = assumption.place(bundled, selection, "khe-tre-1")[0]
    assert assumption.describe(bundled, selection, change).startswith(from_data)
    unknown = Change("gone", "fill", "front_head")
    assert assumption.describe(bundled, selection, unknown).startswith("gone: ")


@pytest.mark.parametrize("communes", [(), ("huong-son",), ("outside",)])
def test_what_is_offered_can_be_chosen(bundled, communes):
    selection = select(bundled, communes)
    offers = measures.what_if.offers(bundled, selection, 300)
    assert bool(offers.changes) == (communes != ("outside",))
    for change in offers.changes:
        assert select(bundled, communes, scenario=[change]).scenario == (change,)


def test_the_fewest_changes_reach_every_goal(bundled):
    selection = select(bundled)
    changes = [Change(*change) for change in measures.gap.concrete(bundled, selection)]
    reached = select(bundled, scenario=changes)
    states = measures.what_if.goals(bundled, reached)
    assert len(changes) == measures.gap.fewest(bundled, selection).changes
    assert {row["status"] for _, row in states if row["target"] is not None} == {"met"}


def test_changes_over_what_cannot_be_compared_are_drawn():
    data = load(Path(__file__).parents[1] / "cases" / "half-reported")
    changes = measures.what_if.offers(data, select(data), 2).changes
    exhibit = what_if.goals(data, select(data, scenario=changes))
    assert exhibit.chart is not None
    assert exhibit.table is not None


def assumed(data, *written, **choice):
    changes = scenario.read(data, data.default_date, written).scenario
    assert len(changes) == len(written)
    return select(data, scenario=changes, **choice)


def test_a_way_that_a_change_moves_a_goal_is_sure_whatever_an_earlier_date_lacks(build):
    data = build(
        officers="""
        as_of | village_id | secretary | village_head
        2023-12-31 | a | A+ | B+
        2024-12-31 | a | A+ | B+
        2024-12-31 | b | A+ | B+""",
        goals="goal_id | measure | operator\nboth | overlap_share:secretary+village_head | up",
    )
    table = what_if.goals(data, assumed(data, "a.merge.village_head")).table.frame
    assert table["Kết quả giả định"].tolist() == ["tăng"]


HEADS = {
    "vi": "Bí thư chi bộ kiêm trưởng thôn: từ 0/2 (0,0%) · 1 chưa báo cáo thành 1/2 (50,0%)",
    "en": "Cell secretary is also village head: from 0/2 (0.0%) · 1 not reported to 1/2 (50.0%)",
}


@LANGS
def test_overlap_of_posts_that_are_reported_is_told_while_a_third_is_not(build, lang):
    data = build(officers="village_id | secretary | village_head | front_head\na | A+ | B+ |\nb | A+ | |")
    exhibit = what_if.overlap(data, assumed(data, "a.merge.village_head", lang=lang))
    assert exhibit.headline == f"{HEADS[lang]} · {exhibit.text('goals.brief.unreported', n=1)}"
    assert [row.now_label for row in exhibit.chart.rows] == ["1/2 ?\u20601"]
    assert exhibit.table.frame[exhibit.text("overlap.state.not_reported")].tolist() == [1, 2]


def test_one_target_gained_and_one_lost_is_not_still_as_many(build):
    data = build(
        officers="village_id | secretary | village_head | front_head\na | A+ | B+ | A+\nb | A+ | B+ |",
        goals="""
        goal_id | measure | operator | target
        heads | overlap_share:secretary+village_head | >= | 50
        fronts | overlap_share:secretary+front_head | >= | 50""",
    )
    selection = assumed(data, "a.merge.village_head")
    headline = "Với 1 thay đổi giả định, đạt 1/2 chỉ tiêu về chức danh; số đã báo cáo: 1/2"
    assert what_if.goals(data, selection).headline == f"{headline}; 1 mục tiêu có thể thay đổi khi báo cáo đủ"
    folded = what_if.overlap(data, selection).chart.folded
    assert folded.startswith("2 kiểu kiêm nhiệm không đổi")


def test_overlap_with_a_numeric_target_is_not_said_to_have_none(build):
    goals = "goal_id | measure | operator | target\nheads | overlap_share:secretary+village_head |"
    officers = """
        as_of | village_id | secretary | village_head | front_head
        2023-12-31 | a | A+ | B+ | A+
        2024-12-31 | a | A+ | A+ | B+"""
    for target, said in ((" up |", True), (" >= | 50", False)):
        data = build(officers=officers, goals=goals + target)
        names = ["overlap.by_commune", "overlap.combinations", "overlap.pool", "changes.overlap"]
        for exhibit in exhibits.build(data, select(data), names):
            assert any("không có chỉ tiêu bằng số" in note for note in exhibit.notes) == said, exhibit.id
        key = exhibits.overlap.by_commune(data, select(data)).chart.key
        assert ("không có chỉ tiêu bằng số" in key) == said
