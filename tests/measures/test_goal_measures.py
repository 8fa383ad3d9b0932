"""Counts against targets: strictness, whole numbers, missing data."""

import pytest

from dashboard.measures.families import Count
from dashboard.measures.goals import needed, status


@pytest.mark.parametrize(
    ("numerator", "denominator", "operator", "target", "more"),
    [
        (48, 60, ">", 80, 1),
        (49, 60, ">", 80, 0),
        (0, 60, ">", 80, 49),
        (47, 60, ">=", 80, 1),
        (48, 60, ">=", 80, 0),
        (60, 60, ">=", 100, 0),
        (0, 60, ">=", 0, 0),
        (1, 3, ">", 33.3, 0),  # 33,33…% is more than 33,3%
        (1, 3, ">=", 33.4, 1),
        (2, 3, ">", 66.7, 1),
        (4, 6, ">=", 80, 1),  # 4,8 posts are 5
        (29, 100, ">=", 29, 0),  # 0.29 * 100 is less than 29 in binary fractions
        (7, 1000, ">=", 0.7, 0),
    ],
)
def test_the_target_is_compared_in_whole_posts_and_exactly(numerator, denominator, operator, target, more):
    count = Count(numerator, denominator)
    assert needed(count, operator, target) == more
    assert status(count, operator, target) == ("not_met" if more else "met")


def test_more_than_everything_cannot_be_reached():
    assert needed(Count(60, 60), ">", 100) is None
    assert status(Count(60, 60), ">", 100) == "not_met"


@pytest.mark.parametrize("operator", [">", ">="])
def test_nothing_to_count_is_no_data(operator):
    assert status(Count(0, 0), operator, 80) == "no_data"
    assert needed(Count(0, 0), operator, 80) is None
