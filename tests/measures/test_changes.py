"""What changed since the date before: only what both dates tell."""

import pytest

from dashboard.dataset import load, sample, select
from dashboard.measures import aggregates, changes, overlap, structure

BEFORE, NOW = "2023-12-31", "2024-12-31"
POSTS = "as_of | village_id | secretary | village_head | front_head"


def villages_of(changed, gained=True):
    return changed.rows.loc[changed.rows["gained"] == gained, "village_id"].tolist()


def of(build, then, now, **tables):
    """Villages v1, v2 … with these three posts at both dates ("" = no row)."""
    rows = [
        f"{date} | v{i} | {posts}"
        for date, villages in ((BEFORE, then), (NOW, now))
        for i, posts in villages.items()
    ]
    return build(officers="\n".join([POSTS, *rows]), **tables)


ONE, TWO = "A+ | A+ | B+", "A+ | B+ | C+"


def test_villages_that_came_to_have_overlap_and_lost_it(build):
    data = of(build, {1: TWO, 2: ONE, 3: ONE, 4: TWO}, {1: ONE, 2: TWO, 3: ONE, 4: TWO})
    changed = changes.villages(data, select(data), "any")
    assert (villages_of(changed), villages_of(changed, gained=False)) == (["v1"], ["v2"])
    assert (changed.gained, changed.lost, changed.compared, changed.unknown) == (1, 1, 4, 0)


@pytest.mark.parametrize(
    ("flag", "then", "reported"),
    [
        ("any", "A+ | A+ |", True),  # overlap is known, whatever the third post
        ("any", "A+ | B+ |", False),  # the third post may be held by one of them
        ("any", "A+ | vacant | vacant", True),
        ("secretary+village_head", "A+ | B+ |", True),
        ("secretary+front_head", "A+ | B+ |", False),
        ("merge:ready", " | B+ | C+", False),  # the secretary may be the head
        ("merge:ready", " | B- | C+", False),  # the secretary is not reported
        ("merge:ready", "A+ | vacant | C+", True),
        ("merge:ready", "A+ | | C+", False),
    ],
)
def test_a_village_tells_where_the_posts_that_decide_it_are_reported(build, flag, then, reported):
    data = of(build, {1: then, 2: TWO}, {1: TWO, 2: TWO})
    changed = changes.villages(data, select(data), flag)
    assert (changed.compared, changed.unknown) == (1 + reported, 1 - reported)


def test_posts_that_came_to_be_held_by_a_member(build):
    data = of(build, {1: "A+ | B- | vacant", 2: "A+ | B+ |"}, {1: "A+ | B+ | C+", 2: "A+ | B- | C+"})
    changed = changes.held_posts(data, select(data), "member", ("village_head", "front_head"))
    rows = changed.rows[["village_id", "position", "gained"]].values.tolist()
    assert rows == [["v1", "village_head", True], ["v1", "front_head", True], ["v2", "village_head", False]]
    assert (changed.compared, changed.unknown) == (3, 1)


def test_nothing_without_a_date_before_or_a_village_that_tells_at_both(build):
    first = build(officers="village_id | secretary\nv1 | A+")
    assert changes.villages(first, select(first), "any") is None
    assert changes.combinations(first, select(first)) == {}
    unreported = of(build, {2: ONE}, {1: ONE})
    assert changes.villages(unreported, select(unreported), "any") is None
    assert changes.held_posts(unreported, select(unreported), "member") is None
    assert changes.villages(unreported, select(unreported, ["outside"]), "any") is None


def test_combinations_of_villages_that_report_all_three_posts_at_both_dates(build):
    three = "A+ | A+ | A+"
    data = of(build, {1: TWO, 2: ONE, 3: three, 4: "A+ | B+ |"}, {1: ONE, 2: ONE, 3: three, 4: three})
    both = changes.combinations(data, select(data))
    assert tuple(both) == overlap.COMBINATIONS
    assert {name: counts for name, counts in both.items() if any(counts)} == {
        "all_three": (1, 1),
        "only:secretary+village_head": (1, 2),
        "none": (1, 0),
    }


def test_a_commune_is_what_it_is_at_the_chosen_date(build):
    rows = [f"{date} | v{i} | {posts}" for date, posts in ((BEFORE, TWO), (NOW, ONE)) for i in (1, 2)]
    data = build(
        communes="""
            commune_id | valid_to   | merged_into | valid_from
            a          | 2024-06-30 | c           |
            b          | 2025-06-30 | d           |
            c          |            |             | 2024-07-01
            d          |            |             | 2025-07-01""",
        villages="village_id | commune_id\nv1 | a\nv2 | b",
        officers="\n".join([POSTS, *rows]),
    )
    then = changes.villages(data, select(data), "any").rows
    assert then[["area", "commune"]].values.tolist() == [["b", "b"], ["c", "c"]]
    today = changes.villages(data, select(data, boundaries="now"), "any").rows
    assert today[["area", "commune"]].values.tolist() == [["c", "c"], ["d", "b"]]
    assert villages_of(changes.villages(data, select(data, ["c"]), "any")) == ["v1"]


ORGANIZATIONS = f"""
    as_of    | org_id | level | commune_id | members | admitted
    {BEFORE} | one    | cell  | a          | 10      | 1
    {BEFORE} | two    | cell  | b          |         | 0
    {NOW}    | one    | cell  | a          | 12      | 2
    {NOW}    | two    | cell  | b          | 8       | 0
    {NOW}    | new    | cell  | c          | 5       | 1
    {NOW}    | bank   | cell  |            | 9       | 1"""


def test_figures_of_communes_that_report_in_full(build):
    data = build(communes="commune_id\na\nb\nc", organizations=ORGANIZATIONS)
    rows = changes.figures(data, select(data)).set_index("area")
    assert list(rows.index) == ["a", "b", "c"]
    assert rows.loc["a"].tolist() == [12, 10, 2, 1]
    assert rows["members_before"].isna().tolist() == [False, True, True]  # b is unreported, c was not there
    assert rows.loc["b", "admitted_before"] == 0


def test_dates_at_which_all_report(build):
    data = build(communes="commune_id\na\nb\nc", organizations=ORGANIZATIONS)
    for communes, name, stated in (((), "members", [None, 34]), (["c"], "admitted", [None, 1])):
        counts = structure.over_time(data, select(data, communes), name)
        assert [count.stated for count in counts.values()] == stated


def test_communes_that_met_a_goal_before_and_meet_it_now(build):
    data = build(
        communes="commune_id\na\nb\nc",
        villages="village_id | commune_id\na1 | a\nb1 | b\nc1 | c",
        officers=f"""
            as_of    | village_id | village_head
            {BEFORE} | a1         | A-
            {BEFORE} | b1         | A+
            {NOW}    | a1         | A+
            {NOW}    | b1         | A-
            {NOW}    | c1         | A+""",
        goals="""
            goal_id | measure                  | operator | target
            heads   | member_share:village_head | >       | 80
            rising  | member_share:village_head | up      |""",
    )
    assert changes.goal(data, select(data), "heads") == {"a": 1, "b": -1}
    assert changes.goal(data, select(data), "rising") == {}


def test_the_villages_that_changed_are_listed_up_to_a_bound_and_all_counted(tmp_path):
    sample.write(tmp_path, 2000)
    data = load(tmp_path)
    selection = select(data)
    changed = changes.villages(data, selection, "any")
    assert changed.rows["gained"].sum() == changes.ROW_LIMIT < changed.gained
    counts = [
        int(rows["any"].sum())
        for rows in (aggregates.at_date(data, selection, as_of) for as_of in data.dates[:-3:-1])
    ]
    assert abs((counts[0] - counts[1]) - (changed.gained - changed.lost)) <= changed.unknown


def test_changes_of_the_communes_add_up(bundled):
    whole = changes.held_posts(bundled, select(bundled), "member")
    communes = aggregates.chosen(bundled, select(bundled)).index.drop("outside")
    parts = [changes.held_posts(bundled, select(bundled, [commune]), "member") for commune in communes]
    for name in ("gained", "lost", "compared", "unknown"):
        assert sum(getattr(part, name) for part in parts) == getattr(whole, name)
