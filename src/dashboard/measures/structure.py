"""Who is under whom, and how many: organisations, members, villages."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, remembered
from dashboard.measures import organizations, tally


@dataclass(frozen=True)
class _Listed:
    """The rows of `organizations.at_date` with `area` grouped by some boundaries; where to find the rows of
    an area, and each by its org_id: looked up, since they may be hundreds of thousands."""

    rows: pd.DataFrame
    of_area: dict[str, organizations.Rows]
    by_id: pd.Index


@remembered(size=8)
def _listed(dataset: Dataset, as_of: str, boundaries: str) -> _Listed:
    rows = organizations.at_date(dataset, as_of)
    into = {**areas.successor(dataset, as_of, boundaries), schema.OUTSIDE: schema.OUTSIDE}
    rows = rows.assign(area=rows["area"].map(into).astype("str"))
    of_area = {str(area): found for area, found in rows.groupby("area").indices.items()}
    return _Listed(rows, of_area, pd.Index(rows["org_id"]))


def selected(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The rows of `organizations.at_date` that a selection holds, `area` grouped by its boundaries."""
    listed = _listed(dataset, selection.as_of, selection.boundaries)
    if selection.everything:
        return listed.rows
    found = [listed.of_area[area] for area in selection.communes if area in listed.of_area]
    return listed.rows.take(np.sort(np.concatenate([np.array([], np.intp), *found])))


def committees(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per grassroots committee, in reading order, that is chosen or has a chosen cell under it.

    Columns `org_id`, `name`, `area` (the commune that it counts under), `chosen` (bool) and `members` (Int64;
    of its chosen organisations, <NA> where none reports). A cell in a commune may stand under a committee
    of the district bodies.
    """
    rows = selected(dataset, selection)
    rows = rows[rows["committee"] != ""]
    members = rows.groupby("committee")["own_members"].sum(min_count=1)
    listed = _listed(dataset, selection.as_of, selection.boundaries)
    found = listed.rows[["org_id", "name", "area"]].take(np.sort(listed.by_id.get_indexer(members.index)))
    return found.assign(
        chosen=found["org_id"].isin(rows["org_id"]),
        members=found["org_id"].map(members).astype("Int64"),
    ).reset_index(drop=True)


def counts(dataset: Dataset, selection: Selection) -> dict[str, int | None]:
    """The counts of `schema.COUNTS` for one selection; None where units exist but none reports."""
    return tally.totals(tally.summed(tally.chosen(dataset, selection)))


def missing(dataset: Dataset, selection: Selection, as_of: str) -> dict[str, int]:
    """For `members` and `admitted` the organisations whose figure nobody reports at a date: the counts of
    that date leave them out."""
    sums = tally.summed(tally.at_date(dataset, selection, as_of))
    return {name: sums[f"{name}_missing"] for name in ("members", "admitted")}


def counts_before(dataset: Dataset, selection: Selection) -> dict[str, int | None]:
    """The same counts at the as-of date before; empty where there is none.

    `villages`, `households` and `population` are left out: the data set holds them without a date.
    """
    before = tally.chosen_before(dataset, selection)
    if before is None:
        return {}
    undated = ("villages", "households", "population")
    return {name: value for name, value in tally.totals(tally.summed(before)).items() if name not in undated}


def by_commune(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per chosen commune, by rank, and last one for the district bodies where they are in.

    Columns `area` and the counts of `schema.COUNTS` (Int64; units, persons, households; <NA> where units
    exist but none reports).
    """
    rows = tally.chosen(dataset, selection)
    found = [tally.totals(sums) for sums in tally.each(rows).values()]
    frame = pd.DataFrame(found, columns=list(schema.COUNTS)).astype("Int64")
    return frame.assign(area=list(rows.index))[["area", *schema.COUNTS]]


def over_time(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per as-of date up to the chosen one, oldest first.

    Columns (Int64) `as_of`, `members` and `admitted` (persons; the latter in the year that ends there),
    `grassroots` and `subcells` (organisations).
    """
    names = ["grassroots", "subcells", "members", "admitted"]
    dates = [as_of for as_of in dataset.dates if as_of <= selection.as_of]
    found = [tally.totals(tally.summed(tally.at_date(dataset, selection, as_of))) for as_of in dates]
    frame = pd.DataFrame(found, columns=names).astype("Int64")
    return frame.assign(as_of=dates)[["as_of", *names]]
