"""Role overlap, counted by hand village by village."""

import pytest

from dashboard import measures, schema
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
    silent     | A+        |              |            |
    unknown    |           |              |            |"""
VILLAGES = """
    village_id
    all-three
    sec-head
    sec-front
    head-front
    nobody
    vacant
    silent
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


def test_one_person_with_three_posts_is_in_every_pair_and_one_combination(build):
    data = build(officers="village_id | secretary | village_head | front_head\nv1 | A+ | A+ | A+")
    found = measures.overlap.counts(data, select(data))
    assert (found[HEAD], found[FRONT], found[BOTH], found["all_three"], found["any"]) == (1, 1, 1, 1, 1)
    rows = measures.overlap.combinations(data, select(data)).set_index("combination")["villages"]
    assert rows[rows > 0].to_dict() == {"all_three": 1}


def test_one_letter_in_two_villages_is_two_persons(build):
    data = build(officers="village_id | secretary | village_head\nv1 | A+ | B+\nv2 | C+ | A+")
    assert measures.overlap.counts(data, select(data))["any"] == 0


def test_two_vacant_posts_are_no_overlap(build):
    data = build(officers="village_id | secretary | village_head\nv1 | vacant | vacant")
    assert measures.overlap.counts(data, select(data))[HEAD] == 0


def test_a_post_beyond_the_three_makes_no_overlap(build):
    data = build(officers="village_id | secretary | youth_head\nv1 | A+ | A+")
    assert measures.overlap.counts(data, select(data))["none"] == 1


def test_combinations_sum_to_the_villages(shared):
    rows = measures.overlap.combinations(shared, select(shared))
    assert rows["villages"].sum() == 8
    assert rows["combination"].tolist() == list(measures.overlap.PARTS)


def test_vacant_and_not_reported_are_told_apart(shared):
    rows = measures.overlap.post_states(shared, select(shared)).set_index("position")
    columns = ["filled", "member", "vacant", "not_reported"]
    assert rows.loc["secretary", columns].tolist() == [7, 7, 0, 1]
    assert rows.loc["village_head", columns].tolist() == [5, 4, 1, 2]
    assert rows.loc["front_head", columns].tolist() == [5, 2, 1, 2]
    assert rows.loc["youth_head", columns].tolist() == [4, 1, 1, 3]
    assert rows.loc["women_head", columns].tolist() == [0, 0, 0, 8]


def test_every_village_has_one_post_of_each_kind(shared):
    rows = measures.overlap.post_states(shared, select(shared))
    assert (rows["filled"] + rows["vacant"] + rows["not_reported"] == 8).all()


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


def test_each_commune_counts_its_own_villages(communes):
    rows = measures.overlap.by_commune(communes, select(communes)).set_index("area")
    assert rows[["villages", "any", "all_three", HEAD]].to_dict("index") == {
        "north": {"villages": 2, "any": 1, "all_three": 0, HEAD: 1},
        "south": {"villages": 1, "any": 1, "all_three": 1, HEAD: 1},
        "west": {"villages": 0, "any": 0, "all_three": 0, HEAD: 0},
    }


def test_the_district_bodies_have_no_village_and_no_row(communes):
    outside = select(communes, [schema.OUTSIDE])
    assert measures.overlap.by_commune(communes, outside).empty
    assert measures.overlap.villages(communes, outside).empty
    assert measures.overlap.counts(communes, outside)["villages"] == 0


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


def test_each_date_is_counted_by_itself(build):
    data = build(
        officers="""
            as_of      | village_id | secretary | village_head
            2023-12-31 | v1         | A+        | B+
            2024-12-31 | v1         | B+        | B+"""
    )
    found = [measures.overlap.counts(data, select(data, as_of=as_of))[HEAD] for as_of in data.dates]
    assert found == [0, 1]


MERGED = """
    commune_id | valid_from | valid_to   | merged_into
    north      |            | 2025-06-30 | union
    south      |            | 2025-06-30 | union
    union      | 2025-07-01 |            |"""


def test_a_merged_commune_counts_the_villages_of_both(build):
    data = build(communes=MERGED, villages=TWO_COMMUNES["villages"], officers=TWO_COMMUNES["officers"])
    then, now = (select(data, boundaries=boundaries) for boundaries in ("then", "now"))
    assert measures.overlap.by_commune(data, now).set_index("area").loc["union", "villages"] == 3
    assert measures.overlap.counts(data, now) == measures.overlap.counts(data, then)
    assert measures.overlap.villages(data, now)["area"].tolist() == ["union"] * 3


@pytest.mark.parametrize("as_of", ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"])
def test_communes_make_the_whole(bundled, as_of):
    selection = select(bundled, as_of=as_of)
    rows = measures.overlap.by_commune(bundled, selection).set_index("area")
    whole = measures.overlap.counts(bundled, selection)
    shared = [name for name in rows if name in whole]
    assert "secretary+village_head" in shared
    assert rows[shared].sum().to_dict() == {name: whole[name] for name in shared}


def test_pairs_that_share_a_village_do_not_add_up(bundled):
    found = measures.overlap.counts(bundled, select(bundled))
    assert (found[HEAD], found[FRONT], found["all_three"]) == (26, 4, 1)
    assert found[f"only:{HEAD}"] + found[f"only:{FRONT}"] + found["all_three"] == 29


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
    found = measures.overlap.merge_candidates(data, select(data))
    counted = measures.overlap.merge_states(data, select(data))[list(measures.overlap.MERGE_STATES)]
    assert counted.sum().tolist() == [1, 2, 1, 3]
    assert list(zip(found["name"], found["part"], strict=True)) == [
        ("ready", "ready"),
        ("alone", "ready"),
        ("first", "member_first"),
    ]


@pytest.mark.parametrize("boundaries", ["then", "now"])
def test_the_named_villages_are_as_many_as_the_pool_counts(bundled, boundaries):
    selection = select(bundled, boundaries=boundaries)
    counted = measures.overlap.merge_states(bundled, selection).set_index("area")
    named = measures.overlap.merge_candidates(bundled, selection)
    for area, row in counted.iterrows():
        here = named[named["area"] == area]["part"].value_counts()
        assert (here.get("ready", 0), here.get("member_first", 0)) == (row["ready"], row["member_first"])
