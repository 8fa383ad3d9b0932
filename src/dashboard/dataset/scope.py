"""What a reader of some communes may see: a data set that holds nothing of the others.

It is made before anything is selected or counted, so that no page, export or remembered result of such a
reader can hold what the files say of another commune.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema
from dashboard.dataset import areas
from dashboard.dataset import villages as periods
from dashboard.dataset.memo import memoize
from dashboard.dataset.model import Dataset
from dashboard.dataset.words import area_kinds, village_kinds

Flags = npt.NDArray[np.bool_]


def scoped(dataset: Dataset, communes: tuple[str, ...] | None) -> Dataset:
    """The data set without all that is not of these communes; the same one for None (every commune).

    A commune covers what was merged into it, of a divided one the whole past. A village is seen while it lies
    in one of these: what it was elsewhere, before it came, is not, since under an old commune of which the
    rest is not seen it would pass for the whole; one that went counts no longer under the boundaries of now.
    What a commune was merged into, which holds other communes too, is not opened: an old commune stays
    itself. `schema.OUTSIDE` means the bodies of no commune. Ids that
    the data do not have are passed over: where none is left, `scope` of the result is empty. Figures of the
    whole (published ones, totals of bodies above others) and the warnings, which quote rows, are
    left out, and the name of a region that is not there with all its communes.
    """
    if communes is None:
        return dataset
    return _scoped(dataset, covered(dataset, communes))


def covered(dataset: Dataset, communes: Collection[str]) -> tuple[str, ...]:
    """The known communes among these and all that were ever merged into them, in display order, then
    `schema.OUTSIDE` if it is one of them."""
    into = dict(zip(dataset.communes["commune_id"], dataset.communes["merged_into"], strict=True))

    def inside(commune: str) -> bool:
        while commune not in communes and commune:
            commune = into[commune]
        return bool(commune)

    result = tuple(commune for commune in into if inside(commune))
    return (*result, schema.OUTSIDE) if schema.OUTSIDE in communes else result


# As many scopes as a district has communes; one more is only computed again.
@memoize(size=32)
def _scoped(dataset: Dataset, scope: tuple[str, ...]) -> Dataset:
    inside = dataset.communes["commune_id"].isin(scope)
    # Of a region of which communes are left out, what is left would be taken for the whole.
    cut = dataset.communes.loc[~inside, "region"]
    regions = dataset.communes["region"].where(~dataset.communes["region"].isin(cut), "")
    communes = dataset.communes.assign(region=regions)[inside].reset_index(drop=True)
    merged = communes["merged_into"].where(communes["merged_into"].isin(scope), "")
    villages = dataset.villages[dataset.villages["commune_id"].isin(scope)].reset_index(drop=True)
    left, came = _moved(dataset, scope)
    in_data = villages["merged_into"].isin(villages["village_id"])
    villages["merged_into"] = villages["merged_into"].where(in_data, "")
    # A village may have been in another commune at the date.
    dates_and_ids = (dataset.officers["as_of"], dataset.officers["village_id"])
    officers = dataset.officers[periods.rows_at(villages, *dates_and_ids) >= 0]
    return replace(
        dataset,
        communes=communes.assign(merged_into=merged),
        villages=villages,
        organizations=_organizations(dataset.organizations, scope, villages),
        officers=officers.reset_index(drop=True),
        published=dataset.published.head(0),
        warnings=(),
        scope=scope,
        area_kinds=area_kinds(dataset, dataset.default_date, areas.BOUNDARIES[0]),
        village_kinds=village_kinds(dataset, dataset.default_date),
        left=left,
        came=came,
    )


def _moved(dataset: Dataset, scope: tuple[str, ...]) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """`Dataset.left` and `Dataset.came` of a scope, of those that lie in it today."""
    rows = dataset.villages
    inside = rows["commune_id"].isin(scope).to_numpy()
    ids, begins, ends, merged = (
        rows[name].array for name in ("village_id", "valid_from", "valid_to", "merged_into")
    )
    left = {}
    for row in np.flatnonzero(inside & (rows["valid_to"] != "").to_numpy()).tolist():
        later = [period for period in periods.periods(dataset)[ids[row]] if begins[period] > begins[row]]
        follows = later[0] if later else periods.row_on(dataset, merged[row], periods.day_after(ends[row]))
        if follows >= 0 and not inside[follows]:
            left[ids[row]] = ends[row]
    became = periods.became(dataset, max((dataset.today, *dataset.dates)))
    came = np.flatnonzero(~inside & inside[became]).tolist()
    return left, tuple((begins[row], ends[row]) for row in came)


def _organizations(rows: pd.DataFrame, scope: tuple[str, ...], villages: pd.DataFrame) -> pd.DataFrame:
    """The organisations of the scope, and of those above them, without figures, what the tree needs.

    The root stays at every date: communes that report nothing at a date have no figures there, but the date
    is one of the data.
    """
    if not scope:
        return rows.head(0)
    parent = areas.parents(rows)
    inside = np.isin(areas.of_organizations(rows, parent), scope)
    kept = _with_all_above(inside | (parent < 0), parent)
    # Of a body above others, too, the figures would tell theirs.
    shared = _with_all_above(~inside, parent)
    theirs = periods.rows_at(villages, rows["as_of"], rows["village_id"]) >= 0
    result = rows.assign(village_id=rows["village_id"].where(theirs, ""))
    for figure in ("members", "admitted"):
        result[figure] = result[figure].mask(shared)
    return result[kept].reset_index(drop=True)


def _with_all_above(rows: Flags, parent: npt.NDArray[np.intp]) -> Flags:
    """These rows and every one above them."""
    result = rows.copy()
    above = np.unique(parent[rows & (parent >= 0)])
    while len(above):
        above = above[~result[above]]
        result[above] = True
        above = np.unique(parent[above][parent[above] >= 0])
    return result
