"""The pace so far and the pace needed: every state of a goal, and years between dates."""

from fractions import Fraction

import pytest

from dashboard import exhibits
from dashboard.dataset import select
from dashboard.measures import comparison, pace

POSTS = "as_of | village_id | village_head"
GOALS = "goal_id | measure | operator | target | deadline"


def of(build, then, now, goal="> | 80 | 2026-12-31"):
    """Village heads "A+", "A-", "vacant" or "" (not reported) at two dates, and one goal on them."""
    dates = (("2023-12-31", then), ("2024-12-31", now))
    rows = [f"{date} | v{i} | {head}" for date, heads in dates for i, head in enumerate(heads)]
    goals = f"{GOALS}\nheads | member_share:village_head | {goal}"
    return build(officers="\n".join([POSTS, *rows]), goals=goals)


def only(data, **choice):
    (goal_pace,) = pace.paces(data, select(data, **choice))
    return goal_pace


@pytest.mark.parametrize(
    ("start", "end", "between"),
    [
        ("2023-12-31", "2024-12-31", Fraction(1)),
        ("2024-12-31", "2026-12-31", Fraction(2)),
        ("2024-02-29", "2025-02-28", Fraction(1)),
        ("2024-12-31", "2025-06-30", Fraction(181, 365)),
        ("2023-12-31", "2025-03-31", 1 + Fraction(90, 365)),
    ],
)
def test_years_between_dates(start, end, between):
    assert pace.years(start, end) == between


@pytest.mark.parametrize(
    ("now", "goal", "status"),
    [
        (["A+"] * 5, "> | 80 | 2026-12-31", "met"),
        (["A+", *["A-"] * 4], "> | 80 | 2026-12-31", "open"),
        (["A+", *["A-"] * 4], "> | 80 | 2024-12-30", "past"),
        (["A+", *["A-"] * 4], "> | 80 | 2024-12-31", "due"),
        (["A+", *["A-"] * 4], "> | 80 | 2025-01-01", "open"),
        (["A+", *["A-"] * 4], "> | 100 | 2026-12-31", "never"),
        (["vacant"] * 5, "> | 80 | 2026-12-31", "no_data"),
    ],
)
def test_the_status(build, now, goal, status):
    assert only(of(build, ["A-"] * 5, now, goal)).status == status


@pytest.mark.parametrize(
    ("lang", "deadline", "note", "status"),
    [
        ("vi", "2025-01-01", "còn 1 ngày", "chưa đạt"),
        ("vi", "2024-12-31", "đúng ngày chốt", "đến hạn đúng ngày chốt"),
        ("vi", "2024-12-30", "đã qua 1 ngày", "đã hết hạn"),
        ("en", "2024-12-31", "the as-of date itself", "due on the as-of date"),
    ],
)
def test_pace_and_goals_say_the_same_of_a_deadline(build, lang, deadline, note, status):
    data = of(build, ["A-"] * 5, ["A+", *["A-"] * 4], f"> | 80 | {deadline}")
    selection = select(data, lang=lang)
    assert any(note in line for line in exhibits.goals.progress(data, selection).notes)
    pace_card = exhibits.changes.pace(data, selection)
    assert pace_card.table.frame[selection.text("column_short.status")].tolist() == [status]
    assert "{" not in " ".join([pace_card.headline, *pace_card.sentences])


@pytest.mark.parametrize(
    ("members", "deadline", "rate", "whole"),
    [
        (2, "2026-12-31", Fraction(3, 2), 2),
        (3, "2026-12-31", 1, 1),
        (2, "2025-12-31", 3, 3),
        (4, "2030-12-31", Fraction(1, 6), None),
    ],
)
def test_the_pace_needed_is_in_whole_posts_of_one_a_year_or_more(build, members, deadline, rate, whole):
    now = ["A+"] * members + ["A-"] * (5 - members)
    data = of(build, ["A-"] * 5, now, f"> | 80 | {deadline}")
    goal_pace = only(data)
    assert (goal_pace.past, goal_pace.needed) == (members, 5 - members)
    assert (goal_pace.needed_rate, goal_pace.needed_rate_whole) == (rate, whole)
    (sentence,) = exhibits.changes.pace(data, select(data)).sentences
    each_year = "mỗi năm" in sentence.partition("Mức tăng cần")[2]
    assert each_year == (whole is not None and goal_pace.years_left > 1)


def test_posts_that_do_not_tell_at_both_dates_are_not_compared(build):
    goal_pace = only(of(build, ["A-", "", "A-"], ["A+", "A+", ""]))
    assert (goal_pace.past, goal_pace.comparison.unknown) == (1, 2)


def test_without_an_earlier_date_there_is_no_pace_so_far(build):
    data = of(build, ["A-"] * 5, ["A+"] * 5)
    goal_pace = only(data, as_of="2023-12-31")
    assert (goal_pace.past, goal_pace.needed) == (None, 5)
    assert exhibits.changes.overlap(data, select(data, as_of="2023-12-31")) is None
    first = exhibits.changes.by_post(data, select(data, as_of="2023-12-31"))
    assert (first.chart, len(first.sentences)) == (None, 1)


def test_a_commune_is_compared_with_the_sum_of_those_merged_into_it(build):
    rows = [
        f"{date} | {village} | {head}"
        for date, heads in (("2023-12-31", ("A+", "A-")), ("2024-12-31", ("A+", "A+")))
        for village, head in zip(("v1", "v2"), heads, strict=True)
    ]
    data = build(
        officers="\n".join([POSTS, *rows]),
        goals=f"{GOALS}\nheads | member_share:village_head | > | 80 | 2026-12-31",
        communes="commune_id | valid_from | valid_to | merged_into\n"
        "east | | 2024-06-30 | both\nwest | | 2024-06-30 | both\nboth | 2024-07-01 | |",
        villages="village_id | commune_id\nv1 | east\nv2 | west",
    )
    selection = select(data)
    assert comparison.merged(data, selection) == {"both": ("east", "west")}
    _, comparisons = comparison.goal_comparison(data, selection, "heads")
    assert (comparisons["both"].before.numerator, comparisons["both"].now.numerator) == (1, 2)
