"""How far each goal is: counts against a target, in whole posts or villages."""

from __future__ import annotations

import math
from decimal import Decimal
from typing import Any

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Goal, Selection, memoize
from dashboard.measures import aggregates, comparison, families
from dashboard.measures.comparison import NOT_COMPARABLE, Comparison
from dashboard.measures.families import NO_DATA, Count, count

# The status of a count whose target is set for the whole, in a part of it.
WHOLE_ONLY = "whole_only"


def needed(result: Count, operator: str, target: float) -> int | None:
    """The fewest more posts (villages, persons, …) that reach the target, over the present denominator.

    Whole-number arithmetic: more than 80% of 60 is 49. `target` is in percent, or for a count in its unit.
    0 where it is reached; None where it cannot be (more than 100%) or there is nothing to count.
    """
    if not result.known:
        return None
    bound = Decimal(str(target))
    if result.denominator is not None:
        bound = bound * result.denominator / 100
    fewest = math.floor(bound) + 1 if operator == ">" else math.ceil(bound)
    part = result.denominator is not None and not result.flow
    return None if part and fewest > (result.denominator or 0) else max(0, fewest - result.numerator)


def status(result: Count, operator: str, target: float) -> str:
    """`met` or `not_met`; `no_data` where there is nothing to count."""
    if not result.known:
        return "no_data"
    return "met" if needed(result, operator, target) == 0 else "not_met"


def trend(comparison: Comparison) -> str:
    """`rising`, `falling` or `unchanged` over the units that both dates report; `no_data` where there are
    none."""
    if not comparison.comparable:
        return "no_data"
    return {1: "rising", -1: "falling", 0: "unchanged"}[comparison.direction]


def certain(result: Count, measure: schema.Measure, operator: str, target: float) -> bool:
    """Whether the status against a target is the same whether every unreported unit counts for the goal or
    against it; of a count, whatever the unreported figures are."""
    if result.complete:
        return True
    if not result.known or (measure.percent and result.unreported_areas):
        return False
    now = status(result, operator, target)
    if not measure.percent:
        return now == "met"
    # A village stays in the denominator, a post enters it.
    of_villages = measure.family in ("overlap_share", "cell_share")
    whole = (result.denominator or 0) + (0 if of_villages else result.unreported)
    extremes = (result.numerator, result.numerator + result.unreported)
    return all(status(Count(part, whole, result.flow), operator, target) == now for part in extremes)


def met(result: Count, goal: Goal) -> bool | None:
    """Whether a goal with a target is met; None where that is not known, or what is not reported could make
    it another."""
    if goal.target is None or not result.known:
        return None
    if not certain(result, goal.measure, goal.operator, goal.target):
        return None
    return needed(result, goal.operator, goal.target) == 0


@memoize(size=64)
def progress(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per goal, as written: `goal_id`, `unit` (what it counts: "posts" or one of `schema.COUNTS`),
    `percent` (whether it is a share), `operator`, `target` (percent, or in the unit; None for `up`),
    `numerator` (None for a count without data), `denominator` (None for counts), `status`, `needed` (in the
    unit); `unreported` (units of which nothing is reported), `vacant` (posts without a
    holder), `unreported_areas` (places that report no organisation), `complete` (bool: nothing is left out),
    `certain` (bool: the status would be the same whatever they are); against the as-of date before, over
    the units that both dates report: the `change` of the numerator (None where there is nothing to
    compare), `compared` and `incomparable` (units); `before` (the `Count` of that date as it is, None
    without one).

    The target of a count is set for the whole: in a part of it the status is `whole_only`, `needed` None.
    """
    result = [
        _state(goal, *counted[0], in_part=not selection.everything)
        for goal, counted in ((goal, _counted(dataset, selection, goal)) for goal in dataset.goal.values())
    ]
    return pd.DataFrame(result, columns=_COLUMNS, dtype=object)


@memoize(size=16)
def by_commune(dataset: Dataset, selection: Selection, goal_id: str) -> pd.DataFrame:
    """One row per chosen commune, by rank: `area` and the columns of `progress` for one goal.

    The district bodies have no villages and no row.
    """
    goal = dataset.goal[goal_id]
    result = [
        {"area": area, **_state(goal, *counted, in_part=True)}
        for area, counted in _counted(dataset, selection, goal)[1].items()
    ]
    return pd.DataFrame(result, columns=["area", *_COLUMNS], dtype=object)


def path(dataset: Dataset, selection: Selection, goal_id: str) -> pd.DataFrame:
    """One row per as-of date up to the chosen one, oldest first: `as_of` and the columns of `progress`."""
    goal = dataset.goal[goal_id]
    result = []
    before = None
    for as_of in (date for date in dataset.dates if date <= selection.as_of):
        now = count(aggregates.summed(aggregates.at_date(dataset, selection, as_of)), goal.measure)
        with_before = (
            comparison.measured(dataset, selection, goal.measure, dataset.date_before(as_of) or "", as_of)[0]
            if before is not None
            else NOT_COMPARABLE
        )
        state = _state(goal, now, before, with_before, in_part=not selection.everything)
        result.append({"as_of": as_of, **state})
        before = now
    return pd.DataFrame(result, columns=["as_of", *_COLUMNS], dtype=object)


@memoize(size=256)
def over_time(dataset: Dataset, selection: Selection, goal_id: str) -> dict[str, tuple[Count, ...]]:
    """What a goal counts at each as-of date up to the chosen one, oldest first: by chosen commune, by rank,
    and under "" of all that is chosen."""
    measure = dataset.goal[goal_id].measure
    dates = [date for date in dataset.dates if date <= selection.as_of]
    rows = [aggregates.at_date(dataset, selection, date) for date in dates]
    counts = [families.by_area(table, measure) for table in rows]
    areas = [area for area in aggregates.chosen(dataset, selection).index if area != schema.OUTSIDE]
    return {
        "": tuple(count(aggregates.summed(table), measure) for table in rows),
        **{area: tuple(by_area.get(area, NO_DATA) for by_area in counts) for area in areas},
    }


_COLUMNS = [
    "goal_id",
    "unit",
    "percent",
    "operator",
    "target",
    "numerator",
    "denominator",
    "status",
    "needed",
    "unreported",
    "vacant",
    "unreported_areas",
    "complete",
    "certain",
    "change",
    "compared",
    "incomparable",
    "before",
]


_Counted = tuple[Count, Count | None, Comparison]


def _counted(dataset: Dataset, selection: Selection, goal: Goal) -> tuple[_Counted, dict[str, _Counted]]:
    """A goal's measure at the chosen date and at the date before, and both like for like: for all that is
    chosen, and for each chosen commune, by rank."""
    measure, earlier = goal.measure, dataset.date_before(selection.as_of)
    rows = aggregates.chosen(dataset, selection)
    whole, before_whole, total = count(aggregates.summed(rows), measure), None, NOT_COMPARABLE
    before: dict[str, Count] = {}
    comparisons: dict[str, Comparison] = {}
    if earlier is not None:
        then = aggregates.at_date(dataset, selection, earlier)
        before, before_whole = families.by_area(then, measure), count(aggregates.summed(then), measure)
        total, comparisons = comparison.measured(dataset, selection, measure, earlier, selection.as_of)
    return (whole, before_whole, total), {
        area: (now, before.get(area), comparisons.get(area, NOT_COMPARABLE))
        for area, now in families.by_area(rows, measure).items()
        if area != schema.OUTSIDE
    }


def _state(
    goal: Goal, result: Count, before: Count | None, comparison: Comparison, *, in_part: bool
) -> dict[str, Any]:
    of_whole = in_part and goal.target is not None and not goal.measure.percent
    unknown_count = not goal.measure.percent and not result.known
    if goal.target is None:
        state, sure = trend(comparison), comparison.certain
    else:
        state = status(result, goal.operator, goal.target)
        sure = certain(result, goal.measure, goal.operator, goal.target)
    if of_whole and result.known:
        state, sure = WHOLE_ONLY, True
    return {
        "goal_id": goal.goal_id,
        "unit": goal.measure.unit,
        "percent": goal.measure.percent,
        "operator": goal.operator,
        "target": goal.target,
        "numerator": None if unknown_count else result.numerator,
        "denominator": None if unknown_count else result.denominator,
        "status": state,
        "needed": None if goal.target is None or of_whole else needed(result, goal.operator, goal.target),
        "unreported": result.unreported,
        "vacant": result.vacant,
        "unreported_areas": result.unreported_areas,
        "complete": result.complete,
        "certain": sure,
        "change": comparison.gained if comparison.comparable else None,
        "compared": comparison.compared,
        "incomparable": comparison.unknown,
        "before": before,
    }
