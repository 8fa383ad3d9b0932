"""Totals are equal under both boundaries on every data set; the counts of old communes add up to the new."""

from __future__ import annotations

from pathlib import Path
from random import Random
from typing import Any

import pytest
from test_against_plain_counting import Maker

from dashboard import measures
from dashboard.dataset import Dataset, areas, load, sample, select


def random_data_set(folder: Path, seed: int) -> Dataset:
    Maker(Random(seed)).write(folder)
    return load(folder)


def sample_data_set(folder: Path, villages: int) -> Dataset:
    sample.write(folder, villages=villages, seed=villages)
    return load(folder)


def figures(data: Dataset, communes: list[str], as_of: str, boundaries: str) -> dict[str, Any]:
    """All figures of what is chosen, taken together."""
    found = measures.figures(data, select(data, communes, as_of, boundaries))
    found["overlap"].pop("by_commune")
    for goal in found["goals"]:
        goal.pop("by_commune")
    return {name: found[name] for name in ("structure", "overlap", "goals", "reconciliation")}


def assert_totals_agree(data: Dataset) -> None:
    for as_of in data.dates:
        then, now = (figures(data, [], as_of, boundaries) for boundaries in areas.BOUNDARIES)
        assert then == now


def assert_old_communes_add_up_to_new(data: Dataset) -> None:
    """The figures of a new commune are those of the old ones chosen together."""
    at_last = areas.successor(data, "", "now")
    for as_of in data.dates:
        listed = areas.listed(data, as_of, "then")
        for new in areas.listed(data, as_of, "now"):
            old = [commune for commune in listed if at_last[commune] == new]
            if old:
                assert figures(data, [new], as_of, "now") == figures(data, old, as_of, "then")


@pytest.mark.parametrize("seed", range(40))
def test_random_data_sets(tmp_path, seed):
    data = random_data_set(tmp_path, seed)
    assert_totals_agree(data)
    assert_old_communes_add_up_to_new(data)


@pytest.mark.parametrize("villages", [1, 3, 17, 60, 250])
def test_sample_data_sets(tmp_path, villages):
    data = sample_data_set(tmp_path, villages)
    assert_totals_agree(data)
    assert_old_communes_add_up_to_new(data)


def test_every_village_counts_in_one_commune_under_either_boundaries(bundled):
    for kind in areas.BOUNDARIES:
        listed = measures.places.villages_of(bundled, bundled.dates[-1], kind)
        assert sorted(one for ids in listed.values() for one in ids) == sorted(bundled.villages["village_id"])


def test_the_share_of_a_new_commune_is_counted_not_averaged(build):
    data = build(
        communes="commune_id | valid_to | merged_into\n"
        "old | 2024-06-30 | new\nsmall | 2024-06-30 | new\nnew | |",
        villages="village_id | commune_id\na | old\nb | old\nc | old\nd | small",
        officers="as_of | village_id | village_head\n"
        "2023-12-31 | a | A+\n2023-12-31 | b | A+\n2023-12-31 | c | A-\n2023-12-31 | d | A-",
        goals="goal_id | measure | target\nheads | member_share:village_head | 60",
        organizations="as_of | org_id | level | commune_id\n2023-12-31 | x | cell | old",
    )
    now = select(data, ["new"], "2023-12-31", "now")
    row = measures.goals.progress(data, now).iloc[0]
    # 2/3 and 0/1 would average to a third; they are 2 of 4. The goal is met in the old commune alone.
    assert (row["numerator"], row["denominator"], row["status"]) == (2, 4, "not_met")
    old = select(data, ["old"], "2023-12-31")
    assert measures.goals.progress(data, old).iloc[0]["status"] == "met"


def test_a_commune_that_another_took_the_place_of_keeps_what_was_before(build):
    data = build(
        communes="commune_id | valid_from | valid_to | merged_into\n"
        "old | | 2023-12-31 | new\nother | | |\nnew | 2024-01-01 | |",
        villages="village_id | commune_id\na | old\nb | other",
        officers="as_of | village_id | village_head\n"
        "2022-12-31 | a | A-\n2022-12-31 | b | A+\n2024-12-31 | a | A+\n2024-12-31 | b | A+",
        goals="goal_id | measure | operator\nheads | member_share:village_head | up",
        organizations="as_of | org_id | level | commune_id\n2022-12-31 | x | cell | old",
    )
    row = measures.goals.progress(data, select(data, ["new"])).iloc[0]
    assert (row["numerator"], row["change"], row["status"]) == (1, 1, "rising")
