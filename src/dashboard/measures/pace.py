"""The pace of each goal: what was gained per year so far, and what is needed per year to the deadline.

No forecast: both are counts over time, and time to a deadline counts from the as-of date. A year goes from a
day to the same day of the next year, so that from 31/12/2023 to 31/12/2024 it is exactly one.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction

from dashboard.dataset import Dataset, Goal, Selection
from dashboard.measures import aggregates, families, goals
from dashboard.measures.comparison import Comparison, goal_comparison

# What is counted from zero every year: it does not add up.
_YEARLY = ("admission_rate", "admitting_share")


@dataclass(frozen=True)
class Pace:
    """One goal with a target (`target`, never None) and a deadline.

    `status`: `met`; `no_data` (nothing to count at the chosen date); `never` (out of reach over the posts as
    they are); `past` and `due` (the deadline is before the chosen date, or that date); `open`. `now` is the
    count at that date, `needed` how many more reach the target (posts, villages; None for `never` and
    `no_data`). `comparison` compares the two dates as they were reported (None without an earlier one),
    `years_past` or `days_past` lie between them; `years_left` or `days_left` are from the chosen date to the
    deadline.
    """

    goal: Goal
    target: float
    status: str
    now: families.Count
    needed: int | None
    comparison: Comparison | None
    years_past: Fraction
    days_past: int
    years_left: Fraction
    days_left: int

    @property
    def certain(self) -> bool:
        """Whether the goal is met or missed whatever is not reported."""
        return goals.certain(self.now, self.goal.measure, self.goal.operator, self.target)

    @property
    def past(self) -> Fraction | None:
        """What was gained per year so far (less than 0 where it was lost); None where the dates cannot be
        compared."""
        if self.comparison is None or not self.comparison.comparable:
            return None
        return self.comparison.gained / self.years_past

    @property
    def needed_rate(self) -> Fraction | None:
        """What is needed per year to the deadline; None for goals that are not `open`."""
        if self.status != "open" or self.needed is None:
            return None
        return self.needed / self.years_left

    @property
    def needed_rate_whole(self) -> int | None:
        """The same in whole posts or villages, no fewer than needed; None where less than a year is left, and
        where less than one a year is enough."""
        needed_rate = self.needed_rate
        return (
            math.ceil(needed_rate)
            if needed_rate is not None and needed_rate >= 1 and self.years_left >= 1
            else None
        )


def paces(dataset: Dataset, selection: Selection) -> list[Pace]:
    """The pace of every goal with a target and a deadline, in the order of the goals.

    Left out are what begins at zero every year, as admissions do, and in a part of all that is there counts,
    as their targets are set for the whole.
    """
    if not selection.as_of:
        return []
    sums = aggregates.summed(aggregates.chosen(dataset, selection))
    since = selection.compared_with(dataset)
    # The pace so far is what was reported, whatever a what-if assumes.
    reported = replace(selection, scenario=())
    result = []
    for goal in dataset.goal.values():
        target, deadline = goal.target, goal.deadline
        if target is None or not _has_pace(selection, goal):
            continue
        now = families.count(sums, goal.measure)
        needed = goals.needed(now, goal.operator, target) if now.known else None
        days_left = _days(selection.as_of, deadline)
        result.append(
            Pace(
                goal=goal,
                target=target,
                status=_status(now, needed, days_left),
                now=now,
                needed=needed,
                comparison=goal_comparison(dataset, reported, goal.goal_id)[0] if since else None,
                years_past=years(since, selection.as_of) if since else Fraction(0),
                days_past=_days(since, selection.as_of) if since else 0,
                years_left=years(selection.as_of, deadline) if days_left > 0 else Fraction(0),
                days_left=days_left,
            )
        )
    return result


def _has_pace(selection: Selection, goal: Goal) -> bool:
    if not goal.deadline or goal.measure.family in _YEARLY or goal.measure.unit == "admitted":
        return False
    # The target of a count is set for the whole.
    return goal.measure.percent or selection.everything


def years(start: str, end: str) -> Fraction:
    """The years from a date to a later one: whole ones, and the days beyond as a part of the year they are
    in."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    whole = last.year - first.year
    if _after(first, whole) > last:
        whole -= 1
    begun = _after(first, whole)
    return whole + Fraction((last - begun).days, (_after(first, whole + 1) - begun).days)


def _days(start: str, end: str) -> int:
    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def _after(first: date, whole: int) -> date:
    """The same day so many years later; 28/2 for 29/2 of a year that has none."""
    try:
        return first.replace(year=first.year + whole)
    except ValueError:
        return first.replace(year=first.year + whole, day=28)


def _status(now: families.Count, needed: int | None, days_left: int) -> str:
    if not now.known:
        return "no_data"
    if needed is None:
        return "never"
    if not needed:
        return "met"
    if not days_left:
        return "due"
    return "past" if days_left < 0 else "open"
