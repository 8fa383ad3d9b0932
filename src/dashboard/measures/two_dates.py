"""Villages at two as-of dates: those in force at both are compared, the others are named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.dataset import Dataset, Selection, areas, memoize, posts
from dashboard.dataset.villages import in_force
from dashboard.measures import aggregates

Rows = npt.NDArray[np.intp]


@dataclass(frozen=True, eq=False)
class AtBothDates:
    """The chosen villages that are in force at both dates, by commune and rank: their `rows` of
    `dataset.villages` at the later date, those at the `earlier`, and their posts at either. `came` and `went`
    are the rows of villages in force at the later or the earlier date alone."""

    rows: Rows
    earlier: Rows
    then: posts.Posts
    now: posts.Posts
    came: Rows
    went: Rows


def villages(dataset: Dataset, selection: Selection) -> AtBothDates | None:
    """The chosen villages at both dates; None where there is no earlier date."""
    since = selection.compared_with(dataset)
    return None if since is None else villages_at(dataset, selection, since, selection.as_of)


def villages_at(dataset: Dataset, selection: Selection, then: str, now: str) -> AtBothDates:
    """The chosen villages at any two dates; a commune is what it is at the chosen date."""
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    # The last place is for villages in none of the communes, place -1.
    chosen = np.full(len(listed) + 1, selection.everything)
    chosen[pd.Index(listed, dtype=object).get_indexer(pd.Index(selection.communes, dtype=object))] = True
    chosen[-1] = False
    place_then, place_now = (_places(dataset, date, selection) for date in (then, now))
    rows = np.flatnonzero(chosen[place_now])
    rows = rows[np.argsort(place_now[rows], kind="stable")]
    ids = _ids(dataset)
    then_rows = _row_of(dataset, then)[ids[rows]]
    rows, earlier, came = rows[then_rows >= 0], then_rows[then_rows >= 0], rows[then_rows < 0]
    real = posts.all_dates(dataset)
    held = (real[then], selection.posts(dataset) if now == selection.as_of else real[now])
    return AtBothDates(
        rows,
        earlier,
        held[0].of(earlier),
        held[1].of(rows),
        came,
        np.flatnonzero(chosen[place_then] & (_row_of(dataset, now)[ids] < 0)),
    )


@memoize(size=16)
def posts_by_area(dataset: Dataset, selection: Selection, then: str, now: str) -> pd.DataFrame:
    """One row per commune of the filter list (index `area`), with integer columns.

    For each position, each pair of posts "A+B", and "cell_share:villages": of the villages in force at both
    dates `NAME:reported`, `:unreported` and `:single` (posts or villages that both dates report, that not
    both do, that just one does), and of those reported `:before` and `:now` (a member holds the post; one
    person has both; the village has a cell of its own); `:apart` are the villages in force at just one date.
    """
    both = villages_at(dataset, selection, then, now)
    place_then, place_now = (_places(dataset, date, selection) for date in (then, now))
    flags = _of_posts(both)
    cells = [
        [column[rows] for column in aggregates.own_cells(dataset, date)]
        for rows, date in ((both.earlier, then), (both.rows, now))
    ]
    flags |= both_dates("cell_share:villages", [known for _, known in cells], [own for own, _ in cells])
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    counted = {
        name: np.bincount(place_now[both.rows], weights=flag, minlength=len(listed))
        for name, flag in flags.items()
    }
    apart = np.concatenate([place_now[both.came], place_then[both.went]])
    apart = np.bincount(apart, minlength=len(listed))
    counted |= {
        f"{name.removesuffix('reported')}apart": apart for name in flags if name.endswith(":reported")
    }
    return pd.DataFrame(counted, index=pd.Index(listed, name="area")).astype("int64")


@memoize(size=8)
def counts_by_area(dataset: Dataset, selection: Selection, measure: str, then: str, now: str) -> pd.DataFrame:
    """The columns `reported`, `unreported`, `single`, `before`, `now` of villages, households or population,
    one row per commune of the filter list: a village that is not in force at a date, or not in that commune,
    adds nothing there, and that is known."""
    part = measure.partition(":")[2]
    figures = []
    for date in (then, now):
        place = _places(dataset, date, selection)
        rows = np.flatnonzero(place >= 0)
        stated = dataset.villages[part].iloc[rows] if part != "villages" else pd.Series(1, rows)
        unit = pd.MultiIndex.from_arrays([place[rows], _ids(dataset)[rows]])
        figures.append(pd.Series(stated.array, unit, dtype="Float64"))
    units = figures[1].index.union(figures[0].index)
    values = [figure.reindex(units).where(units.isin(figure.index), 0) for figure in figures]
    known = [value.notna() for value in values]
    frame = pd.DataFrame(both_dates(measure, known, [value.fillna(0) for value in values]), index=units)
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    by_place = frame.groupby(level=0).sum().reindex(range(len(listed)), fill_value=0)
    return by_place.set_index(pd.Index(listed, name="area"))


@memoize(size=1)
def _ids(dataset: Dataset) -> Rows:
    """A number per row of `dataset.villages` that the rows of one village share."""
    return pd.factorize(dataset.villages["village_id"])[0].astype(np.intp)


@memoize(size=8)
def _row_of(dataset: Dataset, as_of: str) -> Rows:
    """Per number of `_ids` the row of the village in force at a date; -1 where there is none."""
    ids = _ids(dataset)
    result = np.full(ids.max(initial=-1) + 1, -1, dtype=np.intp)
    rows = np.flatnonzero(in_force(dataset.villages, as_of))
    result[ids[rows]] = rows
    return result


def _places(dataset: Dataset, as_of: str, selection: Selection) -> Rows:
    """Per row of `dataset.villages` in force at a date the place of its commune in the filter list of the
    chosen one; -1 for the others."""
    later = selection.as_of if as_of != selection.as_of else ""
    return areas.places_of_villages(dataset, as_of, selection.boundaries, later)


def _of_posts(both: AtBothDates) -> dict[str, npt.NDArray[np.int64]]:
    """The columns of `posts_by_area` on posts, per village."""
    result: dict[str, npt.NDArray[np.int64]] = {}
    at = (both.then, both.now)
    for column, position in enumerate(both.now.positions):
        reported = [~held.not_reported[:, column] for held in at]
        member = [held.filled[:, column] & held.member[:, column] for held in at]
        result |= both_dates(position, reported, member)
    for pair in combinations(both.now.positions, 2):
        reported, same = ([held.reported(pair) for held in at], [held.same_holder(*pair) for held in at])
        result |= both_dates(aggregates.pair_name(pair), reported, same)
    return result


def both_dates(name: str, known: Sequence[Any], values: Sequence[Any]) -> dict[str, npt.NDArray[np.int64]]:
    """The columns of one name, per unit, from what is known and what is counted at either date: `reported` at
    both dates, not at both (`unreported`), at just one (`single`); the count `before` and `now` where at
    both."""
    then, now = (np.asarray(flags, dtype=bool) for flags in known)
    before, after = (np.asarray(counts) for counts in values)
    columns = {
        "reported": then & now,
        "unreported": ~(then & now),
        "single": then ^ now,
        "before": np.where(then & now, before, 0),
        "now": np.where(then & now, after, 0),
    }
    return {f"{name}:{key}": column.astype(np.int64) for key, column in columns.items()}
