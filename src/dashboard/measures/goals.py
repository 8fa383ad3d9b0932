"""How far each goal is: counts against a target, in whole posts or villages."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, remembered
from dashboard.measures import families, tally
from dashboard.measures.families import NO_DATA, Count, count

__all__ = [
    "NO_DATA",
    "WHOLE_ONLY",
    "Count",
    "by_commune",
    "count",
    "needed",
    "path",
    "progress",
    "status",
]

# The status of a count whose target is set for the whole, in a part of it.
WHOLE_ONLY = "whole_only"


def needed(found: Count, operator: str, target: float) -> int | None:
    """The fewest more posts (villages, persons, …) that reach the target, over the denominator as it stands.

    Whole-number arithmetic: more than 80% of 60 is 49. `target` is in percent, or for a count in its unit.
    0 where it is reached; None where it cannot be (more than 100%) or there is nothing to count.
    """
    if not found.known:
        return None
    bound = Decimal(str(target))
    if found.denominator is not None:
        bound = bound * found.denominator / 100
    fewest = math.floor(bound) + 1 if operator == ">" else math.ceil(bound)
    part = found.denominator is not None and not found.flow
    return None if part and fewest > (found.denominator or 0) else max(0, fewest - found.numerator)


def status(found: Count, before: Count | None, operator: str, target: float | None) -> str:
    """`met` or `not_met`; for `up` goals `rising`, `falling` or `unchanged` against the as-of date
    before; `no_data` where there is nothing to count or to compare with."""
    if not found.known:
        return "no_data"
    if target is not None:
        return "met" if needed(found, operator, target) == 0 else "not_met"
    if before is None or not before.known:
        return "no_data"
    # a/b against c/d without a division; counts have no denominator
    now = found.numerator * (before.denominator or 1)
    then = before.numerator * (found.denominator or 1)
    return "rising" if now > then else "falling" if now < then else "unchanged"


def progress(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per goal, as written: `goal_id`, `unit` (what it counts: "posts" or one of `schema.COUNTS`),
    `percent` (whether it is a share), `operator`, `target` (percent, or in the unit; None for `up`),
    `numerator` (None for a count without data), `denominator` (None for counts), `status`, `needed` (in the
    unit), and the `change` of the numerator since the as-of date before (None where there is none).

    The target of a count is set for the whole: in a part of it the status is `whole_only`, `needed` None.
    """
    rows = tally.summed(tally.chosen(dataset, selection))
    before_rows = tally.chosen_before(dataset, selection)
    before = None if before_rows is None else tally.summed(before_rows)
    found = []
    for goal in _goals(dataset):
        then = None if before is None else count(before, goal.measure)
        found.append(_state(goal, count(rows, goal.measure), then, in_part=not selection.everything))
    return pd.DataFrame(found, columns=_COLUMNS, dtype=object)


def by_commune(dataset: Dataset, selection: Selection, goal_id: str) -> pd.DataFrame:
    """One row per chosen commune, by rank: `area` and the columns of `progress` for one goal.

    The district bodies have no villages and no row.
    """
    goal = _goal(dataset, goal_id)
    before_rows = tally.chosen_before(dataset, selection)
    before = {} if before_rows is None else families.by_area(before_rows, goal.measure)
    found = [
        {"area": area, **_state(goal, now, before.get(area), in_part=True)}
        for area, now in families.by_area(tally.chosen(dataset, selection), goal.measure).items()
        if area != schema.OUTSIDE
    ]
    return pd.DataFrame(found, columns=["area", *_COLUMNS], dtype=object)


def path(dataset: Dataset, selection: Selection, goal_id: str) -> pd.DataFrame:
    """One row per as-of date up to the chosen one, oldest first: `as_of` and the columns of `progress`."""
    goal = _goal(dataset, goal_id)
    found = []
    before = None
    for as_of in (date for date in dataset.dates if date <= selection.as_of):
        now = count(tally.summed(tally.at_date(dataset, selection, as_of)), goal.measure)
        found.append({"as_of": as_of, **_state(goal, now, before, in_part=not selection.everything)})
        before = now
    return pd.DataFrame(found, columns=["as_of", *_COLUMNS], dtype=object)


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
    "change",
]


@dataclass(frozen=True)
class _Goal:
    goal_id: str
    measure: schema.Measure
    operator: str
    target: float | None


@remembered(size=1)
def _goals(dataset: Dataset) -> tuple[_Goal, ...]:
    found = []
    for row in dataset.goals.to_dict("records"):
        measure = schema.parse_measure(row["measure"])
        assert measure is not None, "checked on reading"
        target = None if pd.isna(row["target"]) else float(row["target"])
        found.append(_Goal(row["goal_id"], measure, row["operator"], target))
    return tuple(found)


def _goal(dataset: Dataset, goal_id: str) -> _Goal:
    return next(goal for goal in _goals(dataset) if goal.goal_id == goal_id)


def _state(goal: _Goal, found: Count, before: Count | None, *, in_part: bool) -> dict[str, Any]:
    of_whole = in_part and goal.target is not None and not goal.measure.percent
    comparable = found.known and before is not None and before.known
    unknown_count = not goal.measure.percent and not found.known
    said = status(found, before, goal.operator, goal.target)
    return {
        "goal_id": goal.goal_id,
        "unit": goal.measure.unit,
        "percent": goal.measure.percent,
        "operator": goal.operator,
        "target": goal.target,
        "numerator": None if unknown_count else found.numerator,
        "denominator": None if unknown_count else found.denominator,
        "status": WHOLE_ONLY if of_whole and found.known else said,
        "needed": None if goal.target is None or of_whole else needed(found, goal.operator, goal.target),
        "change": found.numerator - before.numerator if comparable and before is not None else None,
    }
