"""The organisations of one date with what follows from their tree: the base of every count of them."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.dataset import Dataset, areas, memoize

Rows = npt.NDArray[np.intp]


@memoize(size=8)
def at_date(dataset: Dataset, as_of: str) -> pd.DataFrame:
    """The organisations at one date with what follows from the tree.

    One row per organisation, in the order of a reading from the top (an organisation, then all under it;
    those of one parent by rank of their commune, then as written). Columns of the table, and:

    - `row`: its place among the rows of the date, as `areas.homes` and `areas.of_homes` have them.
    - `area`: commune_id of the organisation or of the nearest above it that has one; else `OUTSIDE`.
    - `depth`: steps from the root (0); `childless`: True where nothing is under it.
    - `total_members`, `total_admitted`: persons, summed over what is under it; <NA> where none reports.
    - `own_members`, `own_admitted`: what this row adds to any sum: its figure where nothing under it
      reports one, else <NA>, so that sums over any set of rows count no one twice.
    - `missing_members`, `missing_admitted`: True where nothing is under it and neither it nor anything
      above it reports the figure.
    - `lacking_members`, `lacking_admitted`: how many of it and all under it are such.
    - `committee`: org_id of the grassroots committee that it is or is under, "" for none.
    """
    rows = dataset.organizations
    rows = rows[rows["as_of"] == as_of].reset_index(drop=True)
    homes = areas.homes(dataset, as_of)
    parent = homes.parent
    depth = _depth(parent)
    levels = [np.flatnonzero(depth == level) for level in range(int(depth.max(initial=0)) + 1)]

    childless = ~np.isin(np.arange(len(rows)), parent)
    added: dict[str, Any] = {
        "row": np.arange(len(rows)),
        "area": homes.commune,
        "depth": depth,
        "childless": childless,
    }
    for measure in ("members", "admitted"):
        total, own = _sums(rows[measure], parent, levels)
        added[f"total_{measure}"] = total
        added[f"own_{measure}"] = own
        added[f"missing_{measure}"] = _missing(childless, own, parent, levels)
        added[f"lacking_{measure}"] = _below(added[f"missing_{measure}"], parent, levels)
    committee = rows["org_id"].where(rows["level"] == "committee", "").to_numpy(dtype=object)
    for level in levels[1:]:
        blank = level[committee[level] == ""]
        committee[blank] = committee[parent[blank]]
    order = _reading_order(parent, levels, _commune_rank(dataset, rows))
    return rows.assign(**added, committee=committee).iloc[order].reset_index(drop=True)


def _commune_rank(dataset: Dataset, rows: pd.DataFrame) -> Rows:
    """The place of each organisation's commune in display order; last where it names none."""
    rank = pd.Index(dataset.communes["commune_id"]).get_indexer(pd.Index(rows["commune_id"]))
    return np.where(rank < 0, len(dataset.communes), rank)


def _depth(parent: Rows) -> Rows:
    """Steps of each row from the root; -1 is the parent of a root."""
    depth = np.zeros(len(parent), dtype=np.intp)
    above = parent
    while (above >= 0).any():
        depth += above >= 0
        above = np.where(above >= 0, parent[above], -1)
    return depth


def _reading_order(parent: Rows, levels: list[Rows], rank: Rows) -> Rows:
    """The rows in reading order: parents before all under them, those of one parent by `rank`, then as
    written."""
    size = np.ones(len(parent), dtype=np.intp)
    for level in reversed(levels[1:]):
        np.add.at(size, parent[level], size[level])
    place = np.zeros(len(parent), dtype=np.intp)
    for level in levels:
        siblings = level[np.lexsort((level, rank[level], parent[level]))]
        # A row comes after its parent and all that is under the siblings before it.
        before = np.cumsum(size[siblings]) - size[siblings]
        first = np.searchsorted(parent[siblings], parent[siblings])
        start = np.where(parent[siblings] >= 0, place[parent[siblings]] + 1, 0)
        place[siblings] = start + before - before[first]
    return np.argsort(place)


def _sums(stated: pd.Series[int], parent: Rows, levels: list[Rows]) -> tuple[Any, Any]:
    """Per row the sum over what is under it (its own figure where nothing there reports), and what the
    row itself adds to any sum."""
    value = stated.to_numpy(dtype="float64", na_value=np.nan)
    below = np.zeros(len(value))
    reports = np.zeros(len(value), dtype=bool)
    total = value.copy()
    for level in reversed(levels):
        total[level] = np.where(reports[level], below[level], value[level])
        up = level[~np.isnan(total[level]) & (parent[level] >= 0)]
        np.add.at(below, parent[up], total[up])
        reports[parent[up]] = True
    own = np.where(reports, np.nan, value)
    return pd.array(total, dtype="Int64"), pd.array(own, dtype="Int64")


def _missing(
    childless: npt.NDArray[np.bool_], own: Any, parent: Rows, levels: list[Rows]
) -> npt.NDArray[np.bool_]:
    """Per row whether it has nothing under it and no figure, its own or of one above, that counts it."""
    covered = np.asarray(~own.isna())
    for level in levels[1:]:
        covered[level] |= covered[parent[level]]
    return ~covered & childless


def _below(flags: npt.NDArray[np.bool_], parent: Rows, levels: list[Rows]) -> npt.NDArray[np.int64]:
    """Per row how many flags are set in it and all under it."""
    result = flags.astype(np.int64)
    for level in reversed(levels[1:]):
        np.add.at(result, parent[level], result[level])
    return result
