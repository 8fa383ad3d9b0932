"""Counts against targets: strictness, whole numbers, missing data, and goals without a number."""

import pytest

from dashboard import measures, schema
from dashboard.dataset import select
from dashboard.measures.goals import Count, needed, status

GOAL = "goal_id | measure | operator | target\ngoal | {measure} | {operator} | {target}"


def goal(measure, operator=">", target="80"):
    return GOAL.format(measure=measure, operator=operator, target=target)


def only_row(data, **options):
    """The state of the one goal of a data set."""
    rows = measures.goals.progress(data, select(data, **options))
    return rows.iloc[0]


def heads(members, others=0, vacant=0, silent=0):
    """So many village heads who are members and who are not, vacant posts and villages that do not report."""
    signs = ["A+"] * members + ["A-"] * others + ["vacant"] * vacant + [""] * silent
    rows = [f"v{i} | {sign}" for i, sign in enumerate(signs)]
    villages = [f"v{i}" for i in range(len(signs))]
    return {
        "villages": "\n".join(["village_id", *villages]),
        "officers": "\n".join(["village_id | village_head", *rows]),
    }


@pytest.mark.parametrize(
    ("operator", "target", "members", "expected", "more"),
    [
        (">", 80, 48, "not_met", 1),
        (">", 80, 49, "met", 0),
        (">", 80, 0, "not_met", 49),
        (">=", 80, 47, "not_met", 1),
        (">=", 80, 48, "met", 0),
        (">=", 100, 60, "met", 0),
        (">", 99.9, 59, "not_met", 1),
        (">", 0, 0, "not_met", 1),
        (">=", 0, 0, "met", 0),
    ],
)
def test_the_target_is_compared_in_whole_posts_of_sixty(operator, target, members, expected, more):
    found = Count(members, 60)
    assert status(found, operator, target) == expected
    assert needed(found, operator, target) == more


@pytest.mark.parametrize(
    ("numerator", "denominator", "operator", "target", "more"),
    [
        (1, 3, ">", 33.3, 0),  # 33,33…% is more than 33,3%
        (1, 3, ">=", 33.4, 1),
        (2, 3, ">", 66.6, 0),
        (2, 3, ">", 66.7, 1),
        (4, 6, ">=", 80, 1),  # 4,8 posts are 5
        (5, 6, ">=", 80, 0),
        (3, 10, ">", 30, 1),
        (29, 100, ">=", 29, 0),  # 0.29 * 100 is less than 29 in binary fractions
        (57, 100, ">", 57, 1),
        (7, 1000, ">=", 0.7, 0),
    ],
)
def test_the_comparison_is_exact(numerator, denominator, operator, target, more):
    assert needed(Count(numerator, denominator), operator, target) == more


def test_more_than_everything_cannot_be_reached():
    assert needed(Count(60, 60), ">", 100) is None
    assert status(Count(60, 60), ">", 100) == "not_met"


@pytest.mark.parametrize("operator", [">", ">="])
def test_nothing_to_count_is_no_data(operator):
    assert status(Count(0, 0), operator, 80) == "no_data"
    assert needed(Count(0, 0), operator, 80) is None


UP = goal("member_share:village_head", "up", "")
STATES = ("status", "certain", "compared", "unreported", "change")


@pytest.mark.parametrize(
    ("before", "now", "expected"),
    [
        (["A-", "A+"], ["A+", "A+"], ("rising", True, 2, 0, 1)),
        (["A+", "A+"], ["A+", "A-"], ("falling", True, 2, 0, -1)),
        (["A+", "A-"], ["A+", "A-"], ("unchanged", True, 2, 0, 0)),
        (["A+", "A-"], ["A+", "vacant"], ("unchanged", True, 2, 0, 0)),  # the share alone rose
        (["A+", "A+"], ["A+", "vacant"], ("falling", True, 2, 0, -1)),
        (["A+", "A+"], ["vacant", "vacant"], ("falling", True, 2, 0, -2)),
        (["A+", "A+"], ["A+", ""], ("unchanged", False, 1, 1, 0)),  # less is reported, nothing is lost
        (["A-", "A-", ""], ["A+", "A+", "A-"], ("rising", True, 2, 0, 2)),
        (["A-", ""], ["A+", "A-"], ("rising", False, 1, 0, 1)),
        (["", "A+"], ["A+", ""], ("no_data", False, 0, 1, None)),
    ],
)
def test_a_goal_without_target_counts_what_both_dates_report(build, before, now, expected):
    posts = [
        f"{date} | v{i} | {held}"
        for date, heads in (("2023-12-31", before), ("2024-12-31", now))
        for i, held in enumerate(heads)
    ]
    data = build(officers="\n".join(["as_of | village_id | village_head", *posts]), goals=UP)
    assert tuple(only_row(data)[list(STATES)]) == expected


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ({"members": 8, "others": 1, "silent": 1}, ("met", False)),  # 8/10 is not more than 80%
        ({"members": 9, "silent": 1}, ("met", True)),
        ({"members": 3, "others": 2, "silent": 4}, ("not_met", True)),  # 7/9 at best
        ({"members": 3, "others": 1, "silent": 2}, ("not_met", False)),
        ({"members": 4, "others": 1, "vacant": 5}, ("not_met", True)),  # a vacant post is reported
        ({"members": 0, "vacant": 2}, ("no_data", True)),
        ({"members": 0, "vacant": 1, "silent": 2}, ("no_data", False)),
    ],
)
def test_a_status_is_certain_whatever_the_unreported_posts_are(build, posts, expected):
    row = only_row(build(**heads(**posts), goals=goal("member_share:village_head")))
    assert (row["status"], row["certain"]) == expected


@pytest.mark.parametrize(
    ("target", "expected"), [("50", ("met", True)), ("60", ("not_met", False)), ("90", ("not_met", True))]
)
def test_a_village_that_does_not_tell_of_overlap_stays_in_the_denominator(build, target, expected):
    data = build(
        officers="""
            village_id | secretary | village_head
            v1         | A+        | A+
            v2         | A+        | A+
            v3         | A+        |
            v4         | A+        | B+""",
        goals=goal("overlap_share:secretary+village_head", ">=", target),
    )
    row = only_row(data)
    assert (row["numerator"], row["denominator"], row["unreported"]) == (2, 4, 1)
    assert (row["status"], row["certain"]) == expected


@pytest.mark.parametrize(
    ("posts", "expected"),
    [
        ({"members": 48, "others": 12}, (48, 60, "not_met", 1)),
        ({"members": 49, "others": 11}, (49, 60, "met", 0)),
        ({"members": 4, "others": 1, "vacant": 3, "silent": 2}, (4, 5, "not_met", 1)),
        ({"members": 0, "vacant": 2}, (0, 0, "no_data", None)),
        ({"members": 0, "silent": 2}, (0, 0, "no_data", None)),
    ],
)
def test_members_are_counted_over_filled_posts(build, posts, expected):
    row = only_row(build(**heads(**posts), goals=goal("member_share:village_head")))
    assert (row["numerator"], row["denominator"], row["status"], row["needed"]) == expected


def test_positions_are_pooled(build):
    data = build(
        officers="""
            village_id | farmers_head | women_head | veterans_head
            v1         | A+           | B+         | C-
            v2         | A+           | vacant     |""",
        goals=goal("member_share:farmers_head+women_head+veterans_head"),
    )
    row = only_row(data)
    assert (row["numerator"], row["denominator"]) == (3, 4)


def test_a_person_with_two_pooled_posts_counts_for_both(build):
    data = build(
        officers="village_id | farmers_head | women_head\nv1 | A+ | A+",
        goals=goal("member_share:farmers_head+women_head"),
    )
    row = only_row(data)
    assert (row["numerator"], row["denominator"]) == (2, 2)


@pytest.mark.parametrize("pair", ["secretary+village_head", "village_head+secretary"])
def test_overlap_is_counted_over_all_villages(build, pair):
    data = build(
        officers="""
            village_id | secretary | village_head | front_head
            v1         | A+        | A+           | A+
            v2         | A+        | B+           |
            v3         |           |              | A+""",
        goals=goal(f"overlap_share:{pair}", ">=", "30"),
    )
    row = only_row(data)
    assert (row["numerator"], row["denominator"], row["status"]) == (1, 3, "met")


def test_overlap_that_nobody_reports_is_no_data(build):
    data = build(
        officers="village_id | youth_head\nv1 | A+",
        goals=goal("overlap_share:secretary+village_head"),
    )
    row = only_row(data)
    assert (row["status"], row["needed"]) == ("no_data", None)


CELLS = """
    as_of      | org_id | level | members
    2022-12-31 | c      | cell  | 10
    2023-12-31 | c      | cell  | 12
    2024-12-31 | c      | cell  | {last}"""


@pytest.mark.parametrize(
    ("last", "expected", "change"),
    [("13", "rising", 1), ("12", "unchanged", 0), ("9", "falling", -3), ("", "no_data", None)],
)
def test_a_count_rises_or_falls_against_the_date_before(build, last, expected, change):
    data = build(organizations=CELLS.format(last=last), goals=goal("count:members", "up", ""))
    row = only_row(data)
    assert (row["status"], row["change"], row["denominator"] or None) == (expected, change, None)


def test_the_first_date_has_nothing_to_compare_with(build):
    data = build(organizations=CELLS.format(last="13"), goals=goal("count:members", "up", ""))
    row = only_row(data, as_of="2022-12-31")
    assert (row["status"], row["change"], row["numerator"]) == ("no_data", None, 10)


def test_the_path_compares_each_date_with_the_one_before(build):
    data = build(organizations=CELLS.format(last="9"), goals=goal("count:members", "up", ""))
    rows = measures.goals.path(data, select(data), "goal")
    assert rows[["as_of", "numerator", "status"]].to_numpy().tolist() == [
        ["2022-12-31", 10, "no_data"],
        ["2023-12-31", 12, "rising"],
        ["2024-12-31", 9, "falling"],
    ]


def test_the_path_ends_at_the_chosen_date(build):
    data = build(organizations=CELLS.format(last="9"), goals=goal("count:members", "up", ""))
    rows = measures.goals.path(data, select(data, as_of="2023-12-31"), "goal")
    assert rows["as_of"].tolist() == ["2022-12-31", "2023-12-31"]


@pytest.fixture
def communes(build):
    return build(
        communes="commune_id\nnorth\nsouth\nempty",
        villages="""
            village_id | commune_id
            n1         | north
            n2         | north
            s1         | south""",
        officers="""
            village_id | village_head
            n1         | A+
            n2         | A-
            s1         | A+""",
        goals=goal("member_share:village_head"),
    )


def test_each_commune_has_its_own_state(communes):
    rows = measures.goals.by_commune(communes, select(communes), "goal")
    assert rows[["area", "numerator", "denominator", "status", "needed"]].to_numpy().tolist() == [
        ["north", 1, 2, "not_met", 1],
        ["south", 1, 1, "met", 0],
        ["empty", 0, 0, "no_data", None],
    ]


def test_the_district_bodies_have_no_row(communes):
    assert measures.goals.by_commune(communes, select(communes, [schema.OUTSIDE]), "goal").empty


def test_the_chosen_communes_are_pooled(communes):
    row = measures.goals.progress(communes, select(communes, ["north", "south"])).iloc[0]
    assert (row["numerator"], row["denominator"]) == (2, 3)


@pytest.mark.parametrize("as_of", ["2021-12-31", "2022-12-31", "2023-12-31", "2024-12-31"])
def test_communes_make_the_whole(bundled, as_of):
    selection = select(bundled, as_of=as_of)
    for state in measures.goals.progress(bundled, selection).to_dict("records"):
        rows = measures.goals.by_commune(bundled, selection, state["goal_id"])
        assert rows["numerator"].sum() == state["numerator"]
        assert rows["denominator"].sum() == state["denominator"]
