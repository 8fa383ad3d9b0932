"""One village: where it lies, what is beside it, what its changes are."""

from __future__ import annotations

import pytest

from dashboard import measures
from dashboard.dataset import UnknownChoiceError, areas, select
from dashboard.measures import places


def test_the_villages_beside_are_those_of_the_commune(bundled):
    for kind in areas.BOUNDARIES:
        selection = select(bundled, boundaries=kind)
        for ids in places.villages_of(bundled, selection.as_of, kind).values():
            villages = [places.village(bundled, selection, village_id) for village_id in ids]
            assert [village.before for village in villages] == ["", *ids[:-1]]
            assert [village.after for village in villages] == [*ids[1:], ""]


def test_an_unknown_village_is_refused_with_some_that_are_known(bundled):
    with pytest.raises(UnknownChoiceError) as refused:
        places.village(bundled, select(bundled), "nowhere")
    assert refused.value.kind == "village"
    assert refused.value.known[0] == "khe-tre-1"


@pytest.mark.parametrize("kind", areas.BOUNDARIES)
def test_its_changes_are_the_obstacles_of_its_commune_that_a_change_can_move(bundled, kind):
    for as_of in bundled.dates:
        for village_id in bundled.villages["village_id"]:
            selection = select(bundled, as_of=as_of, boundaries=kind)
            village = places.village(bundled, selection, village_id)
            here = select(bundled, [village.area], as_of, kind)
            rows = measures.gap.obstacles(bundled, here, limit=1000).rows
            rows = rows[(rows["village_id"] == village_id) & (rows["reason"] != "not_reported")]
            changes = places.changes(bundled, selection, village)
            by_change = changes.groupby("change").agg({"reason": "first", "goal_id": "nunique"})
            assert sorted(zip(rows["reason"], rows["goals"], strict=True)) == sorted(
                zip(by_change["reason"], by_change["goal_id"], strict=True)
            )


def test_a_goal_on_a_count_has_no_place_among_others(build):
    data = build(
        villages="village_id\na",
        officers="village_id | secretary\na | A+",
        goals="goal_id | measure | target\nmany | count:villages | 5",
    )
    assert places.peers(data, select(data, ["north"]), "north").empty
    assert places.own_goals(data, select(data), places.village(data, select(data), "a")).empty
