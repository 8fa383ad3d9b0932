"""Counts against targets: strictness, whole numbers, missing data, and goals without a number."""

import pytest

from dashboard import measures
from dashboard.dataset import select
from dashboard.measures.families import Count
from dashboard.measures.goals import needed, status

GOAL = "goal_id | measure | operator | target\ngoal | {measure} | {operator} | {target}"


def goal(measure, operator=">", target="80"):
    return GOAL.format(measure=measure, operator=operator, target=target)


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
    count = Count(members, 60)
    assert status(count, operator, target) == expected
    assert needed(count, operator, target) == more


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


CELLS = """
    as_of      | org_id | level | members
    2022-12-31 | c      | cell  | 10
    2023-12-31 | c      | cell  | 12
    2024-12-31 | c      | cell  | {last}"""


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
