"""Villages over time: what each commune counts at every date, under both boundaries, counted by hand."""

from __future__ import annotations

import pytest

import changing_villages
import restless_villages
from changing_villages import AFTER, BEFORE, LATER
from dashboard import measures
from dashboard.dataset import areas, select

SETS = {"changing": changing_villages.TABLES, "restless": restless_villages.TABLES}
# Per set, date and day of viewing ("" = under the boundaries of the date), of each commune: villages,
# households, village heads who are members, all of them, villages where one is secretary and village head.
COUNTED = {
    ("changing", BEFORE, ""): {"north": (6, 85, 5, 6, 3), "south": (1, 100, 1, 1, 0)},
    ("changing", AFTER, ""): {"north": (4, 77, 3, 4, 2), "south": (2, 106, 2, 2, 1)},
    ("changing", LATER, ""): {"whole": (6, 183, 5, 6, 3)},
    # Only v has moved; what was merged, divided, renamed or dissolved stays where it was.
    ("changing", BEFORE, "2025-06-30"): {"north": (6, 85, 5, 6, 3), "south": (1, 100, 1, 1, 0)},
    ("changing", BEFORE, "2025-07-01"): {"north": (5, 80, 4, 5, 3), "south": (2, 105, 2, 2, 0)},
    ("changing", BEFORE, "2026-07-01"): {"whole": (7, 185, 6, 7, 3)},
    ("changing", AFTER, "2026-06-30"): {"north": (4, 77, 3, 4, 2), "south": (2, 106, 2, 2, 1)},
    ("changing", AFTER, "2026-07-01"): {"whole": (6, 183, 5, 6, 3)},
    # k p q t e g u; then q t h f u and k b; u moves after the last date.
    ("restless", BEFORE, ""): {"north": (7, 127, 5, 7, 4), "south": (0, 0, 0, 0, 0)},
    ("restless", AFTER, ""): {"north": (5, 844, 4, 5, 2), "south": (2, 129, 1, 2, 1)},
    ("restless", LATER, ""): {"north": (5, 846, 4, 5, 2), "south": (2, 129, 1, 2, 1)},
    ("restless", BEFORE, "2026-07-01"): {"north": (6, 126, 4, 6, 3), "south": (1, 1, 1, 1, 1)},
    ("restless", BEFORE, "2026-12-31"): {"north": (6, 126, 4, 6, 3), "south": (1, 1, 1, 1, 1)},
    ("restless", BEFORE, "2027-01-01"): {"north": (5, 62, 4, 5, 3), "south": (2, 65, 1, 2, 1)},
    ("restless", AFTER, "2027-01-01"): {"north": (4, 780, 4, 4, 2), "south": (3, 193, 1, 3, 1)},
    # Data of a later date than the day of viewing: what has begun by their date counts.
    ("restless", LATER, "2025-01-01"): {"north": (5, 846, 4, 5, 2), "south": (2, 129, 1, 2, 1)},
}


def counted(data, selection) -> tuple[int, ...]:
    figures = measures.figures(data, selection)
    heads = next(goal for goal in figures["goals"] if goal["goal_id"] == "heads")
    structure, overlap = figures["structure"], figures["overlap"]
    assert structure["villages"] == overlap["villages"]
    pair = overlap["pairs"]["secretary+village_head"]
    return (structure["villages"], structure["households"], heads["numerator"], heads["denominator"], pair)


@pytest.mark.parametrize(("name", "as_of", "today"), COUNTED)
def test_what_each_commune_counts(build, name, as_of, today):
    data = build(**SETS[name])
    data = data.on(today) if today else data
    boundaries, expected = "now" if today else "then", COUNTED[name, as_of, today]
    counts = {
        commune: counted(data, select(data, (commune,), as_of, boundaries))
        for commune in areas.listed(data, as_of, boundaries)
    }
    assert counts == expected
    # The whole is the sum of its parts, whatever moved where.
    whole = counted(data, select(data, as_of=as_of, boundaries=boundaries))
    assert whole == tuple(map(sum, zip(*counts.values(), strict=True)))


@pytest.mark.parametrize("today", ["2024-12-31", "2026-07-01", "2027-01-01"])
@pytest.mark.parametrize("boundaries", ["then", "now"])
def test_what_changed_is_told_of_villages_of_both_dates_alone(build, boundaries, today):
    data = build(**restless_villages.TABLES).on(today)
    selection = select(data, as_of=AFTER, boundaries=boundaries)
    heads = measures.changes.held_posts(data, selection, "member", ("village_head",))
    # Of k, q, t and u; the others are there at one date only, and t is, whatever it was between.
    assert (heads.gained, heads.lost, heads.compared, heads.unknown) == (1, 1, 4, 0)
    changes = zip(heads.rows["village_id"], heads.rows["gained"], strict=True)
    assert dict(changes) == {"t": True, "k": False}
    pair = measures.changes.villages(data, selection, "secretary+village_head")
    assert (list(pair.rows["village_id"]), pair.gained, pair.lost, pair.compared) == (["k"], 0, 1, 4)


def test_the_posts_of_a_village_are_those_of_the_dates_at_which_it_is_in_force(build):
    data = build(**restless_villages.TABLES)
    selection = select(data, as_of=LATER)
    dates = {
        village: [
            str(as_of)[:4]
            for as_of in measures.places.posts_over_time(
                data, selection, measures.places.village(data, selection, village)
            )["as_of"]
        ]
        for village in ("k", "p", "t", "t1", "b", "e", "f", "g", "h")
    }
    assert dates == {
        "k": ["2024", "2025", "2026"],
        "p": ["2024"],
        "t": ["2024", "2025", "2026"],
        "t1": [],
        "b": ["2025", "2026"],
        "e": ["2024"],
        "f": ["2025", "2026"],
        "g": ["2024"],
        "h": ["2025", "2026"],
    }
