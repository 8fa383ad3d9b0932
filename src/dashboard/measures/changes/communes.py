"""Communes at both dates: their figures, and whether they met a goal."""

from __future__ import annotations

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection
from dashboard.measures import aggregates, families, goals


def figures(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per chosen commune, by rank, the district bodies not among them: `area`, `members` and
    `admitted` (persons), `members_before` and `admitted_before` at the earlier date (Int64).

    <NA> where an organisation does not report the figure, or there is none at that date.
    """
    now = aggregates.chosen(dataset, selection)
    since = selection.compared_with(dataset)
    before = None if since is None else aggregates.at_date(dataset, selection, since)
    communes = [area for area in now.index if area != schema.OUTSIDE]
    found: dict[str, object] = {"area": communes}
    for name in ("members", "admitted"):
        for column, rows in ((name, now), (f"{name}_before", before)):
            told = {} if rows is None else _told(rows, name)
            found[column] = pd.array([told.get(area) for area in communes], dtype="Int64")
    return pd.DataFrame(found)


def reported_dates(dataset: Dataset, selection: Selection, name: str) -> tuple[str, ...]:
    """The as-of dates up to the chosen one, oldest first, at which there are organisations and all of them
    report a figure (`members` or `admitted`): between these it can be compared."""
    found = []
    for as_of in (date for date in dataset.dates if date <= selection.as_of):
        rows = aggregates.at_date(dataset, selection, as_of)
        if rows["units"].any() and not rows[[f"{name}_missing", "unreported_areas"]].any(axis=None):
            found.append(as_of)
    return tuple(found)


def goal(dataset: Dataset, selection: Selection, goal_id: str) -> pd.DataFrame:
    """One row per chosen commune, by rank, of which both dates are sure about a goal with a target, whatever
    is not reported there: `area`, and whether the goal was met `before` and is met `now` (bool)."""
    columns = ["area", "before", "now"]
    goal = dataset.goal[goal_id]
    measure, target = goal.measure, goal.target
    since = selection.compared_with(dataset)
    if since is None or not measure.percent or target is None:
        return pd.DataFrame(columns=columns)
    then, now = (
        families.by_area(rows, measure)
        for rows in (aggregates.at_date(dataset, selection, since), aggregates.chosen(dataset, selection))
    )

    def met(count: goals.Count) -> bool | None:
        """None where what is not reported could make it another."""
        if not count.known or not goals.certain(count, measure, goal.operator, target):
            return None
        return goals.status(count, goal.operator, target) == "met"

    found = []
    for area, count in now.items():
        states = (met(then.get(area, goals.NO_DATA)), met(count))
        if area != schema.OUTSIDE and None not in states:
            found.append((area, *states))
    return pd.DataFrame(found, columns=columns)


def _told(rows: pd.DataFrame, name: str) -> dict[str, int]:
    """A figure by area, of rows of `aggregates.by_area`; only where every organisation there reports it."""
    columns = (rows[column].tolist() for column in (name, "units", f"{name}_missing", "unreported_areas"))
    return {
        str(area): value
        for area, value, units, missing, areas in zip(rows.index, *columns, strict=True)
        if units and not missing and not areas
    }
