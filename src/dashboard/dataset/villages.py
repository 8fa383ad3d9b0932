"""Villages over time: a row of `villages` is one village in one period, and is told apart by its place."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.dataset.memo import memoize
from dashboard.dataset.model import Dataset

Flags = npt.NDArray[np.bool_]
Rows = npt.NDArray[np.intp]


def in_force(rows: pd.DataFrame, day: str) -> Flags:
    """Per row of villages, or of communes, whether it is in force on a day: a blank date is no limit."""
    begun = rows["valid_from"] <= day
    return (begun & ~has_ended(rows, day)).to_numpy(dtype=bool)


def has_ended(rows: pd.DataFrame, day: str) -> pd.Series[bool]:
    """Per row of villages, or of communes, whether its last day is before a day."""
    return (rows["valid_to"] != "") & (rows["valid_to"] < day)


def holds(begins: str, ends: str, day: str) -> bool:
    """Whether a period holds a day: a blank date is no limit."""
    return begins <= day and (not ends or day <= ends)


def dated(villages: pd.DataFrame) -> bool:
    """Whether any village begins or ends: else the list of villages has no dates."""
    return bool(((villages["valid_from"] != "") | (villages["valid_to"] != "")).any())


def rows_at(villages: pd.DataFrame, as_of: pd.Series[str], village_id: pd.Series[str]) -> Rows:
    """For each pair of a date and a village_id the place of the row in force; -1 where there is none."""
    ids = pd.Index(villages["village_id"].unique())
    place_of = ids.get_indexer(pd.Index(villages["village_id"]))
    date_of, dates = pd.factorize(as_of)
    # The last column is for unknown villages, place -1.
    result = np.full((len(dates), len(ids) + 1), -1, dtype=np.intp)
    for place, day in enumerate(dates):
        rows = np.flatnonzero(in_force(villages, str(day)))
        result[place, place_of[rows]] = rows
    return result[date_of, ids.get_indexer(pd.Index(village_id))]


def communes_at(villages: pd.DataFrame, rows: pd.DataFrame) -> npt.NDArray[np.object_]:
    """The commune that the village of each row (`as_of`, `village_id`) lies in at its date; "" where the row
    names none that is in force."""
    # A place of -1 takes the blank at the end.
    communes = np.append(villages["commune_id"].to_numpy(dtype=object), "")
    result: npt.NDArray[np.object_] = communes[rows_at(villages, rows["as_of"], rows["village_id"])]
    return result


def day_after(day: str) -> str:
    """The day on which what follows a last day begins."""
    return (date.fromisoformat(day) + timedelta(days=1)).isoformat()


@memoize(size=16)
def by_id(dataset: Dataset, as_of: str) -> dict[str, int]:
    """The row of every village in force at a date."""
    rows = np.flatnonzero(in_force(dataset.villages, as_of))
    return dict(zip(dataset.villages["village_id"].array.take(rows), rows.tolist(), strict=True))


@memoize(size=16)
def telling(dataset: Dataset, as_of: str) -> dict[str, int]:
    """The row of every village that says at a date what it is or was: the last that has begun, else the
    first."""
    ids = dataset.villages["village_id"].to_list()
    begins = dataset.villages["valid_from"].array
    return dict(zip(ids, range(len(ids)), strict=True)) | {
        village: next((row for row in reversed(rows) if begins[row] <= as_of), rows[0])
        for village, rows in _several(dataset).items()
    }


@memoize(size=1)
def periods(dataset: Dataset) -> dict[str, tuple[int, ...]]:
    """The rows of every village, the oldest first."""
    ids = dataset.villages["village_id"].to_list()
    single = zip(range(len(ids)), strict=True)
    return {**dict(zip(ids, single, strict=True)), **_several(dataset)}


@memoize(size=1)
def _several(dataset: Dataset) -> dict[str, tuple[int, ...]]:
    """The same of those with more than one row: they are few."""
    ids, begins = (dataset.villages[name] for name in ("village_id", "valid_from"))
    rows = np.flatnonzero(ids.duplicated(keep=False))
    result: dict[str, tuple[int, ...]] = {}
    for row in sorted(rows.tolist(), key=begins.array.__getitem__):
        result[ids.array[row]] = (*result.get(ids.array[row], ()), row)
    return result


@memoize(size=4)
def became(dataset: Dataset, day: str) -> Rows:
    """Per row the one that it has become by a day: the last period of its village that has begun, and where
    that has ended the one of what it was merged into, in the same way. Nothing of the future is followed. -1
    where that is not in the data set (see `Dataset.left`)."""
    villages = dataset.villages
    result = np.arange(len(villages))
    if not dated(villages):
        return result
    ids, begins, ends, merged = (
        villages[name].to_list() for name in ("village_id", "valid_from", "valid_to", "merged_into")
    )
    rows_of = periods(dataset)

    def following(row: int) -> int:
        """The next step; the row itself where it leads nowhere. A step always leads to a later period."""
        last = next((period for period in reversed(rows_of[ids[row]]) if begins[period] <= day), row)
        if begins[last] > begins[row]:
            return last
        if not ends[row] or ends[row] >= day:
            return row
        if dataset.left.get(ids[row]) == ends[row]:
            return -1
        if not merged[row]:
            return row
        return row_on(dataset, merged[row], day_after(ends[row]), row)

    # What has no end has nothing that follows.
    for row in np.flatnonzero(villages["valid_to"] != "").tolist():
        at = row
        while at >= 0 and (step := following(at)) != at:
            at = step
        result[row] = at
    return result


def row_on(dataset: Dataset, village_id: str, day: str, otherwise: int = -1) -> int:
    """The row of a village in force on a day."""
    begins, ends = dataset.villages["valid_from"].array, dataset.villages["valid_to"].array
    for row in periods(dataset).get(village_id, ()):
        if holds(begins[row], ends[row], day):
            return row
    return otherwise
