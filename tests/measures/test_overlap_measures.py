"""How far secretary and village head are from one person."""

import pytest

from dashboard import measures
from dashboard.dataset import select


def test_the_villages_split_into_joined_ready_and_a_new_member_first(bundled):
    pool = measures.overlap.merge_states(bundled, select(bundled))
    assert pool[list(measures.overlap.MERGE_STATES)].sum().tolist() == [26, 24, 10, 0]
    assert (pool[list(measures.overlap.MERGE_STATES)].sum(axis=1) == pool["villages"]).all()


def test_the_villages_of_the_pool_are_named(build):
    data = build(
        officers="""
            village_id | secretary | village_head
            same       | A+        | A+
            ready      | A+        | B+
            alone      | vacant    | B+
            first      | A+        | B-
            nobody     | A+        | vacant
            unknown    |           | B+
            either     |           | B-"""
    )
    candidates = measures.overlap.merge_candidates(data, select(data))
    counted = measures.overlap.merge_states(data, select(data))[list(measures.overlap.MERGE_STATES)]
    assert counted.sum().tolist() == [1, 2, 1, 3]
    assert list(zip(candidates["name"], candidates["part"], strict=True)) == [
        ("ready", "ready"),
        ("alone", "ready"),
        ("first", "member_first"),
    ]


@pytest.mark.parametrize("boundaries", ["then", "now"])
def test_the_named_villages_are_as_many_as_the_pool_counts(bundled, boundaries):
    selection = select(bundled, boundaries=boundaries)
    counted = measures.overlap.merge_states(bundled, selection).set_index("area")
    candidates = measures.overlap.merge_candidates(bundled, selection)
    for area, row in counted.iterrows():
        here = candidates[candidates["area"] == area]["part"].value_counts()
        assert (here.get("ready", 0), here.get("member_first", 0)) == (row["ready"], row["member_first"])
