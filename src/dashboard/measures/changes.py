"""What changed since the as-of date before: in villages and posts one by one, in communes by their figures.

Nothing is compared where one of the two dates does not tell. A commune is at both dates what it is at the
chosen one, as everywhere (`tally.at_date`).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, remembered
from dashboard.measures import goals, overlap, posts, tally

Rows = npt.NDArray[np.intp]

# More are counted, not listed: no sentence names so many.
MOST_ROWS = 20

_THREE = ("secretary", "village_head", "front_head")


@dataclass(frozen=True, eq=False)
class Changes:
    """What is so at one of two dates only: villages, or posts of villages.

    `gained` are so at the later date only, `lost` at the earlier one only. `rows` has one row for each
    of the first `MOST_ROWS` of either, by commune and rank: `area`, `commune` (commune_id valid at the chosen
    date, whatever the boundaries), `village_id`, `name` and `kind` of the village, `position` ("" where it is
    about the village), `gained` (bool). `compared` of all chosen tell at both dates, `unknown` do not.
    """

    rows: pd.DataFrame
    gained: int
    lost: int
    compared: int
    unknown: int


def villages(dataset: Dataset, selection: Selection, flag: str) -> Changes | None:
    """Villages that came to have, or no longer have, a flag since the date before.

    `flag`: `any` (one person holds two or more of the three posts), `pool:ready` (as in
    `tally.pool_flags`), or a pair "A+B" (one person holds both). A village tells where the posts that
    decide it are reported. None where there is no date before or no village that tells at both.
    """
    pair = _pair(dataset, selection)
    if pair is None:
        return None
    chosen, then, now = pair
    return _changes(dataset, selection, chosen, (_flag(then, flag), _flag(now, flag)))


def held_posts(
    dataset: Dataset, selection: Selection, state: str, positions: tuple[str, ...] = schema.POSITIONS
) -> Changes | None:
    """Posts that came to be, or no longer are, in a state since the date before.

    `state`: `member` (held by a party member) or `vacant`. A post tells where it is reported, filled or
    vacant. None where there is no date before or no post that tells at both.
    """
    pair = _pair(dataset, selection)
    if pair is None:
        return None
    chosen, *held = pair
    columns = [schema.POSITIONS.index(position) for position in positions]
    then, now = (
        (
            (at.vacant if state == "vacant" else at.filled & at.member)[:, columns],
            ~at.not_reported[:, columns],
        )
        for at in held
    )
    return _changes(dataset, selection, chosen, (then, now), positions)


def combinations(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per exclusive combination of the three posts: `combination`, and the villages that had it
    `before` and have it `now`, over those that report all three posts at both dates.

    No row where there is no date before or no such village.
    """
    columns = ["combination", "before", "now"]
    pair = _pair(dataset, selection)
    if pair is None:
        return pd.DataFrame(columns=columns)
    _, then, now = pair
    told = _all_reported(then, _THREE) & _all_reported(now, _THREE)
    if not told.any():
        return pd.DataFrame(columns=columns)
    before, after = (tally.combination_flags(held) for held in (then, now))
    rows = [
        (name, int((before[name] & told).sum()), int((after[name] & told).sum()))
        for name in overlap.COMBINATIONS
    ]
    return pd.DataFrame(rows, columns=columns)


def figures(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per chosen commune, by rank, the district bodies not among them: `area`, `members` and
    `admitted` (persons), `members_before` and `admitted_before` at the date before (Int64).

    <NA> where an organisation does not report the figure, or there is none at that date.
    """
    now = tally.chosen(dataset, selection)
    before = tally.chosen_before(dataset, selection)
    communes = [area for area in now.index if area != schema.OUTSIDE]
    found: dict[str, object] = {"area": communes}
    for name in ("members", "admitted"):
        for column, rows in ((name, now), (f"{name}_before", before)):
            told = {} if rows is None else _told(rows, name)
            found[column] = pd.array([told.get(area) for area in communes], dtype="Int64")
    return pd.DataFrame(found)


def told_dates(dataset: Dataset, selection: Selection, name: str) -> tuple[str, ...]:
    """The as-of dates up to the chosen one, oldest first, at which there are organisations and all of them
    report a figure (`members` or `admitted`): between these it can be compared."""
    found = []
    for as_of in (date for date in dataset.dates if date <= selection.as_of):
        rows = tally.at_date(dataset, selection, as_of)
        if rows["units"].any() and not rows[f"{name}_missing"].any():
            found.append(as_of)
    return tuple(found)


def goal(dataset: Dataset, selection: Selection, goal_id: str) -> pd.DataFrame:
    """One row per chosen commune, by rank, that has data on a goal with a target at both dates: `area`, and
    whether the goal was met `before` and is met `now` (bool)."""
    columns = ["area", "before", "now"]
    row = dataset.goals.set_index("goal_id").loc[goal_id]
    measure = schema.parse_measure(row["measure"])
    rows_before = tally.chosen_before(dataset, selection)
    if rows_before is None or measure is None or pd.isna(row["target"]):
        return pd.DataFrame(columns=columns)
    target = float(row["target"])
    before = {
        area: goals.status(goals.count(sums, measure), None, row["operator"], target)
        for area, sums in tally.each(rows_before).items()
    }
    found = []
    for area, sums in tally.each(tally.chosen(dataset, selection)).items():
        now = goals.status(goals.count(sums, measure), None, row["operator"], target)
        then = before.get(area, "no_data")
        if area != schema.OUTSIDE and "no_data" not in (now, then):
            found.append((area, then == "met", now == "met"))
    return pd.DataFrame(found, columns=columns)


Told = tuple[posts.Flags, posts.Flags]  # whether it is so, and whether that is known


def _flag(held: posts.Posts, flag: str) -> Told:
    """A flag per village, and whether the village tells."""
    if flag == "any":
        some = tally.combination_flags(held)["any"]
        return some, some | _all_reported(held, _THREE)
    if flag == "pool:ready":
        head = schema.POSITIONS.index("village_head")
        member = held.filled[:, head] & held.member[:, head]
        known = _all_reported(held, ("village_head",)) & (~member | _all_reported(held, ("secretary",)))
        return tally.pool_flags(held)[flag], known
    first, second = flag.split("+")
    return held.same_holder(first, second), _all_reported(held, (first, second))


def _all_reported(held: posts.Posts, positions: tuple[str, ...]) -> posts.Flags:
    columns = [schema.POSITIONS.index(position) for position in positions]
    return np.logical_and.reduce(~held.not_reported[:, columns], axis=1)


def _changes(
    dataset: Dataset,
    selection: Selection,
    chosen: Rows,
    told: tuple[Told, Told],
    positions: tuple[str, ...] = ("",),
) -> Changes | None:
    """`told` then and now: a row per chosen village and, where it is about posts, a column per position."""
    (was, was_known), (is_so, is_known) = told
    both = was_known & is_known
    compared = int(both.sum())
    if not compared:
        return None
    ways = [is_so & ~was & both, was & ~is_so & both]
    listed = np.zeros_like(both)
    for way in ways:
        listed.flat[np.flatnonzero(way)[:MOST_ROWS]] = True
    places, *columns = np.nonzero(listed)
    where = chosen[places]
    found = {
        name: list(dataset.villages[name].array.take(where))
        for name in ("commune_id", "village_id", "name", "kind")
    }
    into = areas.successor(dataset, selection.as_of, selection.boundaries)
    at_date = areas.successor(dataset, selection.as_of, "then")
    rows = pd.DataFrame(
        {
            "area": [into[commune] for commune in found["commune_id"]],
            "commune": [at_date[commune] for commune in found["commune_id"]],
            **{name: found[name] for name in ("village_id", "name", "kind")},
            "position": [positions[column] for column in columns[0]] if columns else "",
            "gained": is_so[listed],
        }
    )
    return Changes(rows, int(ways[0].sum()), int(ways[1].sum()), compared, both.size - compared)


def _pair(dataset: Dataset, selection: Selection) -> tuple[Rows, posts.Posts, posts.Posts] | None:
    """The chosen villages (rows of `dataset.villages`), their posts at the date before and at the chosen
    one; None where there is no date before."""
    before = dataset.date_before(selection.as_of)
    if before is None:
        return None
    every = _by_area(dataset, selection.as_of, selection.boundaries)
    chosen = every if selection.everything else {area: every.get(area, _NONE) for area in selection.communes}
    rows = np.concatenate([_NONE, *chosen.values()])
    dates = posts.all_dates(dataset)
    then, now = (
        posts.Posts(held.holder[rows], held.member[rows]) for held in (dates[before], dates[selection.as_of])
    )
    return rows, then, now


_NONE: Rows = np.empty(0, dtype=np.intp)


@remembered(size=8)
def _by_area(dataset: Dataset, as_of: str, boundaries: str) -> dict[str, Rows]:
    """For every commune of the filter list, by rank, its rows of `dataset.villages`."""
    listed = areas.listed(dataset, as_of, boundaries)
    into = areas.successor(dataset, as_of, boundaries)
    area = pd.Index(listed).get_indexer(pd.Index(dataset.villages["commune_id"].map(into)))
    order = np.argsort(area, kind="stable")
    ends = np.cumsum(np.bincount(area, minlength=len(listed)))
    return dict(zip(listed, np.split(order, ends[:-1]), strict=False))


def _told(rows: pd.DataFrame, name: str) -> dict[str, int]:
    """A figure by area, of rows of `tally.by_area`; only where every organisation there reports it."""
    columns = (rows[column].tolist() for column in (name, "units", f"{name}_missing"))
    return {
        str(area): value
        for area, value, units, missing in zip(rows.index, *columns, strict=True)
        if units and not missing
    }
