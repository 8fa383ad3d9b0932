"""How far each goal is: counts against a target, in whole posts or villages."""

from __future__ import annotations

import math
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection
from dashboard.measures import tally


@dataclass(frozen=True)
class Count:
    """What a measure counts: `numerator` of `denominator`.

    Posts for `member_share`, villages for `overlap_share`; for `count` the numerator is the count and the
    denominator None. A denominator of 0 is "no data", never 0%.
    """

    numerator: int
    denominator: int | None

    @property
    def known(self) -> bool:
        """Whether there is anything to count."""
        return self.denominator != 0


NO_DATA = Count(0, 0)


def count(sums: tally.Sums, measure: schema.Measure) -> Count:
    """A measure counted from summed rows of `tally.by_area`.

    `member_share`: posts held by members / filled posts of those positions, pooled. `overlap_share`:
    villages where one holder has both posts / villages; no data where none reports either post.
    """
    if measure.family == "member_share":
        part = sum(sums[f"{position}:member"] for position in measure.parts)
        return Count(part, sum(sums[f"{position}:filled"] for position in measure.parts))
    if measure.family == "overlap_share":
        pair = tally.pair_name(_in_order(measure.parts))
        return Count(sums[pair], sums["villages"]) if sums[f"{pair}:reported"] else NO_DATA
    value = tally.totals(sums)[measure.parts[0]]
    return NO_DATA if value is None else Count(value, None)


def needed(found: Count, operator: str, target: float) -> int | None:
    """The fewest more posts (or villages) that reach the target, over the denominator as it stands.

    Whole-number arithmetic: more than 80% of 60 is 49. 0 where it is reached; None where it cannot be (more
    than 100%) or there is nothing to count.
    """
    if not found.denominator:
        return None
    bound = Decimal(str(target)) * found.denominator / 100
    fewest = math.floor(bound) + 1 if operator == ">" else math.ceil(bound)
    return max(0, fewest - found.numerator) if fewest <= found.denominator else None


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
    """One row per goal, as written: `goal_id`, `operator`, `target` (percent, None for `up`),
    `numerator` (None for a count without data), `denominator` (posts, villages; None for counts),
    `status`, `needed`, and the `change` of the numerator since the as-of date before (None where there is
    none)."""
    rows = tally.summed(tally.chosen(dataset, selection))
    before_rows = tally.chosen_before(dataset, selection)
    before = None if before_rows is None else tally.summed(before_rows)
    return pd.DataFrame(
        [_state(goal, rows, before) for goal in _goals(dataset)], columns=_COLUMNS, dtype=object
    )


def by_commune(dataset: Dataset, selection: Selection, goal_id: str) -> pd.DataFrame:
    """One row per chosen commune, by rank: `area` and the columns of `progress` for one goal.

    The district bodies have no villages and no row.
    """
    goal = next(goal for goal in _goals(dataset) if goal["goal_id"] == goal_id)
    rows = tally.chosen(dataset, selection)
    before_rows = tally.chosen_before(dataset, selection)
    before = {} if before_rows is None else tally.each(before_rows)
    found = [
        {"area": area, **_state(goal, sums, before.get(area))}
        for area, sums in tally.each(rows).items()
        if area != schema.OUTSIDE
    ]
    return pd.DataFrame(found, columns=["area", *_COLUMNS], dtype=object)


def path(dataset: Dataset, selection: Selection, goal_id: str) -> pd.DataFrame:
    """One row per as-of date up to the chosen one, oldest first: `as_of` and the columns of `progress`."""
    goal = next(goal for goal in _goals(dataset) if goal["goal_id"] == goal_id)
    found = []
    before = None
    for as_of in (date for date in dataset.dates if date <= selection.as_of):
        sums = tally.summed(tally.at_date(dataset, selection, as_of))
        found.append({"as_of": as_of, **_state(goal, sums, before)})
        before = sums
    return pd.DataFrame(found, columns=["as_of", *_COLUMNS], dtype=object)


_COLUMNS = ["goal_id", "operator", "target", "numerator", "denominator", "status", "needed", "change"]


def _goals(dataset: Dataset) -> list[dict[str, Any]]:
    return dataset.goals.to_dict("records")


def _state(goal: dict[str, Any], sums: tally.Sums, sums_before: tally.Sums | None) -> dict[str, Any]:
    measure = schema.parse_measure(goal["measure"])
    assert measure is not None, "checked on reading"
    target = None if pd.isna(goal["target"]) else float(goal["target"])
    found = count(sums, measure)
    before = None if sums_before is None else count(sums_before, measure)
    comparable = found.known and before is not None and before.known
    unknown_count = measure.family == "count" and not found.known
    return {
        "goal_id": goal["goal_id"],
        "operator": goal["operator"],
        "target": target,
        "numerator": None if unknown_count else found.numerator,
        "denominator": None if unknown_count else found.denominator,
        "status": status(found, before, goal["operator"], target),
        "needed": None if target is None else needed(found, goal["operator"], target),
        "change": found.numerator - before.numerator if comparable and before is not None else None,
    }


def _in_order(pair: tuple[str, ...]) -> tuple[str, str]:
    first, second = sorted(pair, key=schema.POSITIONS.index)
    return first, second
