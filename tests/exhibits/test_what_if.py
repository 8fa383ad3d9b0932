"""What a what-if shows: marks on what is hypothetical, and nothing of it without one."""

from pathlib import Path

import pytest

from dashboard import exhibits, measures
from dashboard.dataset import Change, load, select
from dashboard.exhibits import assumption, what_if

CHANGES = (
    Change("khe-tre-1", "member", "front_head"),
    Change("khe-tre-1", "merge", "front_head"),
    Change("huong-son-5", "member", "front_head"),
)
REAL = ("structure.", "reconciliation.", "data.", "overview.key_figures")
LANGS = pytest.mark.parametrize("lang", ["vi", "en"])


@LANGS
def test_the_communes_are_those_whose_status_differs(bundled, lang):
    plain, selection = select(bundled, lang=lang), select(bundled, lang=lang, scenario=CHANGES)
    differing = [
        (area, goal_id)
        for goal_id in bundled.goals["goal_id"][bundled.goals["target"].notna()]
        for area, was, now in zip(
            measures.goals.by_commune(bundled, plain, goal_id)["area"],
            measures.goals.by_commune(bundled, plain, goal_id)["status"],
            measures.goals.by_commune(bundled, selection, goal_id)["status"],
            strict=True,
        )
        if was != now
    ]
    rows = measures.what_if.communes(bundled, selection)
    assert differing
    assert sorted(zip(rows["area"], rows["goal_id"], strict=True)) == sorted(differing)


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
    assert set(states["status"][states["target"].notna()]) == {"met"}


def test_changes_over_what_cannot_be_compared_are_drawn():
    data = load(Path(__file__).parents[1] / "cases" / "half-reported")
    changes = measures.what_if.offers(data, select(data), 2).changes
    exhibit = what_if.goals(data, select(data, scenario=changes))
    assert exhibit.chart is not None
    assert exhibit.table is not None
