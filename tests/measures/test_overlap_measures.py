"""Role overlap, counted by hand village by village."""

import pytest

from dashboard import measures
from dashboard.dataset import select

HEAD, FRONT, BOTH = "secretary+village_head", "secretary+front_head", "village_head+front_head"

# One village per way of sharing three posts, and those that share none.
OFFICERS = """
    village_id | secretary | village_head | front_head | youth_head
    all-three  | A+        | A+           | A+         | B-
    sec-head   | A+        | A+           | B-         | B-
    sec-front  | A+        | B+           | A+         |
    head-front | A+        | B-           | B-         | B-
    nobody     | A+        | B+           | C-         | A+
    vacant     | A+        | vacant       | vacant     | vacant
    unreported     | A+        |              |            |
    unknown    |           |              |            |"""
VILLAGES = """
    village_id
    all-three
    sec-head
    sec-front
    head-front
    nobody
    vacant
    unreported
    unknown"""


@pytest.fixture
def shared(build):
    return build(villages=VILLAGES, officers=OFFICERS)


@pytest.mark.parametrize(
    ("name", "villages"),
    [
        ("villages", 8),
        (HEAD, 2),  # all-three, sec-head
        (FRONT, 2),  # all-three, sec-front
        (BOTH, 2),  # all-three, head-front
        ("all_three", 1),
        (f"only:{HEAD}", 1),
        (f"only:{FRONT}", 1),
        (f"only:{BOTH}", 1),
        ("any", 4),
        ("none", 4),
    ],
)
def test_villages_are_counted_by_who_holds_two_posts(shared, name, villages):
    assert measures.overlap.counts(shared, select(shared))[name] == villages


def test_vacant_and_not_reported_are_told_apart(shared):
    rows = measures.overlap.post_states(shared, select(shared)).set_index("position")
    columns = ["filled", "member", "vacant", "not_reported"]
    assert rows.loc["secretary", columns].tolist() == [7, 7, 0, 1]
    assert rows.loc["village_head", columns].tolist() == [5, 4, 1, 2]
    assert rows.loc["front_head", columns].tolist() == [5, 2, 1, 2]
    assert rows.loc["youth_head", columns].tolist() == [4, 1, 1, 3]
    assert rows.loc["women_head", columns].tolist() == [0, 0, 0, 8]


TWO_COMMUNES = {
    "communes": "commune_id\nnorth\nsouth\nwest",
    "villages": """
        village_id | commune_id
        s1         | south
        n1         | north
        n2         | north""",
    "officers": """
        village_id | secretary | village_head | front_head
        s1         | A+        | A+           | A+
        n1         | A+        | A+           | B+
        n2         | A+        | B+           |""",
}


@pytest.fixture
def communes(build):
    return build(**TWO_COMMUNES)


def test_villages_stand_by_commune_with_their_holders(communes):
    rows = measures.overlap.villages(communes, select(communes)).set_index("village_id")
    assert rows["area"].to_dict() == {"n1": "north", "n2": "north", "s1": "south"}
    n1, n2 = rows.loc["n1"], rows.loc["n2"]
    assert n1["secretary"] == n1["village_head"] != n1["front_head"]
    assert n2["secretary"] != n2["village_head"]
    assert n2["front_head"] == 0


def test_only_the_chosen_villages_are_listed(communes):
    rows = measures.overlap.villages(communes, select(communes, ["south"]))
    assert rows["village_id"].tolist() == ["s1"]


def test_a_vacant_post_is_no_person(build):
    data = build(officers="village_id | secretary | village_head | front_head\nv1 | A+ | vacant | vacant")
    row = measures.overlap.villages(data, select(data)).iloc[0]
    assert (row["village_head"], row["front_head"], row["village_head:member"]) == (-1, -1, False)


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
