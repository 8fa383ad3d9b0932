"""Which organisation is under which, and how many: organisations, members, villages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, memoize
from dashboard.measures import aggregates, families, organizations

# The figures that a unit states and may leave out.
STATED = ("members", "admitted", "households", "population")


@dataclass(frozen=True)
class _Listed:
    """The rows of `organizations.at_date` with `area` grouped by some boundaries; where to find the rows of
    an area, and each by its org_id: looked up, since they may be hundreds of thousands."""

    rows: pd.DataFrame
    of_area: dict[str, organizations.Rows]
    by_id: pd.Index


@memoize(size=8)
def _listed(dataset: Dataset, as_of: str, boundaries: str) -> _Listed:
    rows = organizations.at_date(dataset, as_of)
    area = areas.of_homes(dataset, as_of, boundaries)[rows["row"].to_numpy()]
    rows = rows.assign(area=pd.array(area, dtype="str"))
    of_area = {str(area): result for area, result in rows.groupby("area").indices.items()}
    return _Listed(rows, of_area, pd.Index(rows["org_id"]))


def selected(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The rows of `organizations.at_date` that a selection holds, `area` grouped by its boundaries."""
    listed = _listed(dataset, selection.as_of, selection.boundaries)
    if selection.everything:
        return listed.rows
    result = [listed.of_area[area] for area in selection.communes if area in listed.of_area]
    return listed.rows.take(np.sort(np.concatenate([np.array([], np.intp), *result])))


def committees(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per grassroots committee, in reading order, that is chosen or has a chosen cell under it.

    Columns `org_id`, `name`, `area` (the commune that it counts under), `chosen` (bool) and `members` (Int64;
    of its chosen organisations, <NA> where none reports). A cell in a commune may be under a committee
    of the district bodies.
    """
    rows = selected(dataset, selection)
    rows = rows[rows["committee"] != ""]
    members = rows.groupby("committee")["own_members"].sum(min_count=1)
    listed = _listed(dataset, selection.as_of, selection.boundaries)
    result = listed.rows[["org_id", "name", "area"]].take(np.sort(listed.by_id.get_indexer(members.index)))
    return result.assign(
        chosen=result["org_id"].isin(rows["org_id"]),
        members=result["org_id"].map(members).astype("Int64"),
    ).reset_index(drop=True)


def _sums(dataset: Dataset, selection: Selection, as_of: str | None = None) -> aggregates.Sums:
    return aggregates.summed(aggregates.at_date(dataset, selection, as_of or selection.as_of))


def counts(dataset: Dataset, selection: Selection) -> dict[str, int | None]:
    """The counts of `schema.COUNTS` for one selection; None where units exist but none reports."""
    return aggregates.totals(_sums(dataset, selection))


def missing(dataset: Dataset, selection: Selection) -> dict[str, int]:
    """How many units leave a figure out: organisations for `members` and `admitted`, villages for
    `households` and `population`. The counts do not have them."""
    sums = _sums(dataset, selection)
    return {name: int(aggregates.missing(sums, name)) for name in STATED}


def count(dataset: Dataset, selection: Selection, name: str, as_of: str | None = None) -> families.Count:
    """One of `schema.COUNTS` at the chosen date, or at another, with what it leaves out."""
    sums = _sums(dataset, selection, as_of)
    return families.count(sums, schema.Measure("count", (name,)))


def unreported_areas(dataset: Dataset, selection: Selection) -> int:
    """How many places (communes, the district bodies) report no organisation: with one of them no count of
    organisations is complete."""
    return _sums(dataset, selection)["unreported_areas"]


def unreported_villages(dataset: Dataset, selection: Selection) -> int:
    """Villages in force of which the chosen date has no row at all, no post and no cell of their own: they
    are counted, but may be gone, or not there yet, where their row has no dates."""
    return _sums(dataset, selection)["villages_unheard"]


def by_commune(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per chosen commune, by rank, and last one for the district bodies where they are in.

    Columns `area`, the counts of `schema.COUNTS` (Int64; units, persons, households; <NA> where units exist
    but none reports, and of organisations where there are none), `members_missing` and `admitted_missing`
    (organisations that state no figure, or of which there are none in one of its communes).
    """
    rows = aggregates.chosen(dataset, selection)
    result = [aggregates.totals(sums) for sums in aggregates.each(rows).values()]
    frame = pd.DataFrame(result, columns=list(schema.COUNTS)).astype("Int64")
    missing = {
        f"{name}_missing": (rows[f"{name}_missing"] + rows["unreported_areas"]).to_numpy()
        for name in ("members", "admitted")
    }
    return frame.assign(area=list(rows.index), **missing)[["area", *schema.COUNTS, *missing]]


def over_time(dataset: Dataset, selection: Selection, name: str) -> dict[str, families.Count]:
    """One of `schema.COUNTS` at each as-of date up to the chosen one, oldest first."""
    dates = (as_of for as_of in dataset.dates if as_of <= selection.as_of)
    return {as_of: count(dataset, selection, name, as_of) for as_of in dates}


def since(dataset: Dataset, selection: Selection, name: str, before: str | None) -> tuple[int, int] | None:
    """One of `schema.COUNTS` at a date before and at the chosen one; None where there is no such date, or one
    of them does not report all of it."""
    if before is None:
        return None
    then, now = (count(dataset, selection, name, as_of).stated for as_of in (before, selection.as_of))
    return None if then is None or now is None else (then, now)
