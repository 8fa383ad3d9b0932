"""Posts that a data set names itself, counted by hand (see `posts_of_data`)."""

from __future__ import annotations

import pytest

from dashboard import measures
from dashboard.dataset import Change, areas, scenario, select
from dashboard.measures import gap
from posts_of_data import AFTER, BEFORE, EIGHT, THREE


@pytest.fixture
def eight(build):
    return build(**EIGHT)


@pytest.fixture
def three(build):
    return build(**THREE)


def goal(data, goal_id, *changes):
    chosen = select(data, scenario=changes)
    return next(row for row in measures.figures(data, chosen)["goals"] if row["goal_id"] == goal_id)


@pytest.mark.parametrize(
    ("goal_id", "counted"),
    [
        ("elders", (1, 2, 1, "not_met")),
        ("heads", (4, 6, 1, "met")),  # 3 of 4 village heads, 1 of 2 elders' heads
        ("pair", (1, 4, 1, "unchanged")),  # v1, where one person held both before, too
    ],
)
def test_an_eighth_post_counts_alone_pooled_and_with_another(eight, goal_id, counted):
    row = goal(eight, goal_id)
    assert tuple(row[name] for name in ("numerator", "denominator", "unreported", "status")) == counted


def test_the_overlap_of_the_policy_stays_that_of_three_posts(eight, three):
    overlap = measures.figures(eight, select(eight))["overlap"]
    assert overlap["pairs"] == {
        "secretary+village_head": 1,
        "secretary+front_head": 0,
        "village_head+front_head": 0,
    }
    assert list(overlap["vacant"].items()) == [("elders_head", 1)]
    overlap = measures.figures(three, select(three))["overlap"]
    assert (overlap["all_three"], overlap["vacant"]) == (1, {"front_head": 1})


def test_states_stand_in_the_order_of_the_data(eight, three):
    rows = measures.overlap.post_states(eight, select(eight)).set_index("position")
    assert list(rows.index) == list(eight.position_ids)
    assert rows.loc["elders_head"].tolist() == [2, 1, 1, 1, 0]
    assert list(measures.overlap.post_states(three, select(three))["position"]) == list(three.position_ids)


def test_what_changed_between_two_dates(eight):
    changed = measures.changes.held_posts(eight, select(eight), "member", ("elders_head",))
    assert (changed.gained, changed.lost, changed.compared) == (1, 0, 3)
    assert list(changed.rows["village_id"]) == ["v1"]
    comparisons = measures.comparison.by_posts(eight, select(eight), "member_share")
    assert comparisons["elders_head"].gained == 1


def test_published_figures_are_computed(eight):
    (row,) = measures.reconciliation.compare(eight).to_dict("records")
    assert (row["computed"], row["computed_denominator"], row["status"]) == (1, 2, "agrees")


def test_the_plan_that_closes_the_gap_names_the_post(eight):
    rows = gap.steps(eight, select(eight))
    assert list(zip(rows["village_id"], rows["positions"], strict=True)) == [("v3", ("elders_head",))]


def test_what_if_a_vacant_post_is_filled_or_its_holder_becomes_a_member(eight):
    filled = goal(eight, "elders", Change("v2", "fill", "elders_head"))
    assert (filled["numerator"], filled["denominator"]) == (2, 3)
    member = goal(eight, "elders", Change("v3", "member", "elders_head"))
    assert (member["numerator"], member["status"]) == (2, "met")


def test_a_change_of_a_holder_is_named_by_the_first_post_in_the_order_of_the_data(eight):
    # In v3 one person is elders' head and farmers' head.
    checked = scenario.read(eight, AFTER, ["v3.member.farmers_head", "v3.member.youth_head"])
    assert checked.scenario == (Change("v3", "member", "elders_head"),)
    assert [refusal.reason for refusal in checked.refused] == ["not_reported"]


def test_a_post_that_the_data_do_not_have_is_refused_with_the_known_ones(three):
    (refused,) = scenario.read(three, AFTER, ["v1.member.youth_head"]).refused
    assert (refused.reason, refused.known) == ("position", three.position_ids)


def test_a_pair_has_one_name_whatever_post_is_shown_first(three):
    # The village head stands before the secretary here.
    rows = measures.aggregates.by_area(three, BEFORE, areas.BOUNDARIES[0])
    assert rows.loc["north", "village_head+front_head"] == 1
    assert rows.loc["north", "secretary+village_head"] == 0
