"""Villages merged, divided, moved, renamed and dissolved: every figure of a small set, counted by hand."""

from __future__ import annotations

import pytest

from changing_villages import AFTER, BEFORE, LATER, TABLES
from dashboard import measures
from dashboard.dataset import select
from dashboard.measures import periods


@pytest.fixture
def data(build):
    return build(**TABLES)


def test_obstacles_and_offers_are_those_of_villages_in_force(data):
    for as_of, villages in (
        (BEFORE, {"a1", "a2", "d", "v", "r", "x", "s"}),
        (AFTER, {"m", "d1", "d2", "v", "r", "s"}),
    ):
        selection = select(data, as_of=as_of)
        entries = measures.gap.kinds.places(data, selection)
        ids = data.villages["village_id"].array.take(entries.village)
        assert set(ids) == villages  # each reports two of the seven posts
        offered = {change.village_id for change in measures.what_if.offers(data, selection, 50).changes}
        assert offered <= villages


def test_what_came_about_between_two_dates_is_told_of_the_chosen_communes(data):
    ids = data.villages["village_id"]

    def events_of(*communes: str, as_of: str = AFTER) -> set[tuple[str, str]]:
        events = periods.between(data, select(data, communes, as_of))
        return {(event.kind, ids[event.row]) for event in events}

    north = {("formed", "m"), ("founded", "d1"), ("founded", "d2"), ("ended", "d"), ("ended", "x")}
    assert events_of() == north | {("moved", "v"), ("renamed", "r")} == events_of("north")
    assert events_of("south") == {("moved", "v")}
    assert events_of(as_of=LATER) == events_of(as_of=BEFORE) == set()


def test_one_that_took_others_in_and_one_whose_commune_became_another(build):
    data = build(
        communes="""
            commune_id | valid_from | valid_to | merged_into
            old | | 2025-06-30 | new
            new | 2025-07-01 | | """,
        villages="""
            village_id | commune_id | valid_from | valid_to | merged_into
            stays | old | | 2025-06-30 |
            stays | new | 2025-07-01 | |
            goes  | old | | 2025-06-30 | stays
            back  | new | 2025-07-01 | 2025-12-31 |
            back  | new | 2026-07-01 | | """,
    )
    assert [event.kind for event in periods.of_village(data, "stays")] == ["took_in"]
    assert [event.kind for event in periods.of_village(data, "back")] == ["founded", "ended", "returned"]


CELLS = {
    "villages": "village_id\ncell\nposts\nsection\nunheard",
    "organizations": """
        org_id | parent_id | level | commune_id | village_id
        pa | root | committee | north |
        pa1 | pa | subcell | north | cell
        pa2 | pa | section | north | section
        """,
    "goals": "goal_id | measure | operator | target\ncells | cell_share:villages | > | 80",
}


@pytest.mark.parametrize(
    ("officers", "counts"),
    [
        # Nothing at all is heard of the last village: whether it has a cell is not known. One that an
        # organisation names is heard of without posts.
        ("village_id | secretary\nposts | A+", (1, 4, 1)),
        # Without posts of any village the organisations alone tell.
        ("", (1, 4, 0)),
    ],
)
def test_whether_a_village_without_any_row_has_a_cell_is_not_known(build, officers, counts):
    data = build(officers=officers, **CELLS)
    (row,) = measures.goals.progress(data, select(data)).to_dict("records")
    assert (row["numerator"], row["denominator"], row["unreported"]) == counts


def test_cells_are_compared_over_villages_known_at_both_dates(build):
    data = build(
        organizations="""
            as_of | org_id | parent_id | level | commune_id | village_id
            2023-12-31 | pa | root | committee | north |
            2023-12-31 | pa1 | pa | subcell | | a
            2023-12-31 | pa2 | pa | subcell | | b
            2024-12-31 | pa | root | committee | north |
            2024-12-31 | pa1 | pa | subcell | | a
            """,
        officers="""
            as_of | village_id | secretary
            2023-12-31 | a | A+
            2023-12-31 | b | A+
            2024-12-31 | a | A+
            """,
        goals="goal_id | measure | operator | target\ncells | cell_share:villages | up |",
    )
    (row,) = measures.goals.progress(data, select(data)).to_dict("records")
    assert (row["numerator"], row["denominator"], row["unreported"]) == (1, 2, 1)
    assert (row["change"], row["compared"], row["incomparable"], row["status"]) == (0, 1, 1, "unchanged")
