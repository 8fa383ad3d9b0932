"""What changed since the date before: only what both dates tell."""

import pytest

from dashboard.dataset import load, sample, select
from dashboard.measures import aggregates, changes

BEFORE, NOW = "2023-12-31", "2024-12-31"
POSTS = "as_of | village_id | secretary | village_head | front_head"


def of(build, then, now, **tables):
    """Villages v1, v2 … with these three posts at both dates ("" = no row)."""
    rows = [
        f"{date} | v{i} | {posts}"
        for date, villages in ((BEFORE, then), (NOW, now))
        for i, posts in villages.items()
    ]
    return build(officers="\n".join([POSTS, *rows]), **tables)


ONE, TWO = "A+ | A+ | B+", "A+ | B+ | C+"


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


def test_nothing_without_a_date_before_or_a_village_that_tells_at_both(build):
    first = build(officers="village_id | secretary\nv1 | A+")
    assert changes.villages(first, select(first), "any") is None
    assert changes.combinations(first, select(first)) == {}
    unreported = of(build, {2: ONE}, {1: ONE})
    assert changes.villages(unreported, select(unreported), "any") is None
    assert changes.held_posts(unreported, select(unreported), "member") is None
    assert changes.villages(unreported, select(unreported, ["outside"]), "any") is None


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
    assert list(changes.villages(data, select(data, ["c"]), "any").rows["village_id"]) == ["v1"]


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
