"""What changed since an earlier as-of date (`Selection.since`, else the date before): in villages and posts
one by one, and in communes by their figures (both dates side by side: `comparison`).

Nothing is compared where one of the two dates does not report. A commune is at both dates what it is at the
chosen one, as everywhere (`aggregates.at_date`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, posts
from dashboard.measures import aggregates, comparison, families, goals, overlap, two_dates
from dashboard.measures.overlap import Rows

# More are counted, not listed, unless a caller asks for more: no sentence names so many.
ROW_LIMIT = 20


@dataclass(frozen=True, eq=False)
class Changes:
    """What is so at one of two dates only: villages, or posts of villages.

    `gained` are so at the later date only, `lost` at the earlier one only. `rows` has one row for each
    of the first of either, by commune and rank: `area`, `commune` (commune_id valid at the chosen
    date, whatever the boundaries), `village_id`, `name` and `kind` of the village, `place` (its number among
    the chosen ones), `position` ("" where it is about the village), `gained` (bool), and where it is about
    posts their state `before` and `now` ("member", "not_member", "vacant"). `compared` of all that are in
    force at both dates report at both, `unknown` do not.
    """

    rows: pd.DataFrame
    gained: int
    lost: int
    compared: int
    unknown: int


def villages(dataset: Dataset, selection: Selection, flag: str, limit: int = ROW_LIMIT) -> Changes | None:
    """Villages that came to have, or no longer have, a flag since the earlier date.

    `flag`: `any` (one person holds two or more of the three posts), `merge:ready` (as in
    `aggregates.merge_flags`), or a pair "A+B" (one person holds both). A village counts where the posts that
    decide it are reported. None where there is no earlier date or no village that reports at both.
    """
    both = two_dates.villages(dataset, selection)
    if both is None:
        return None
    reported = (_flag(both.then, flag), _flag(both.now, flag))
    return _changes(dataset, selection, both.rows, reported, _Request(("",), limit))


def held_posts(
    dataset: Dataset,
    selection: Selection,
    state: str,
    positions: tuple[str, ...] = (),
    limit: int = ROW_LIMIT,
) -> Changes | None:
    """Posts that came to be, or no longer are, in a state since the earlier date; all where none is named.

    `state`: `member` (held by a party member) or `vacant`. A post counts where it is reported, filled or
    vacant. None where there is no earlier date or no post that is reported at both.
    """
    both = two_dates.villages(dataset, selection)
    if both is None:
        return None
    positions = positions or dataset.position_ids
    columns = both.now.columns(positions)
    then, now = (
        (
            (at.vacant if state == "vacant" else at.filled & at.member)[:, columns],
            ~at.not_reported[:, columns],
        )
        for at in (both.then, both.now)
    )
    result = _changes(dataset, selection, both.rows, (then, now), _Request(positions, limit))
    if result is None:
        return None
    where = (
        result.rows["place"].to_numpy(dtype=np.intp),
        np.array(both.now.columns(result.rows["position"]), dtype=np.intp),
    )
    rows = result.rows.assign(before=_states(both.then, where), now=_states(both.now, where))
    return replace(result, rows=rows)


def combinations(dataset: Dataset, selection: Selection) -> dict[str, tuple[int, int]]:
    """Per exclusive combination of the three posts the villages that had it before and have it now, over
    those that report all three at both dates; empty where there is no earlier date or no such village."""
    both = two_dates.villages(dataset, selection)
    if both is None:
        return {}
    reported = both.then.reported(schema.OVERLAP_POSITIONS) & both.now.reported(schema.OVERLAP_POSITIONS)
    if not reported.any():
        return {}
    before, after = (aggregates.combination_flags(held) for held in (both.then, both.now))
    return {
        name: (int((before[name] & reported).sum()), int((after[name] & reported).sum()))
        for name in overlap.COMBINATIONS
    }


class _Request(NamedTuple):
    """The positions in question ("" where it is about villages), and how many rows are listed each way."""

    positions: tuple[str, ...]
    limit: int


Reported = tuple[posts.Flags, posts.Flags]  # whether it is so, and whether that is known


def _flag(held: posts.Posts, flag: str) -> Reported:
    """A flag per village, and whether the village reports it."""
    if flag in ("any", "policy"):
        is_so = aggregates.combination_flags(held)[flag]
        return is_so, is_so | held.reported(schema.OVERLAP_POSITIONS)
    if flag == "merge:ready":
        return aggregates.merge_flags(held)[flag], held.reported(("secretary", "village_head"))
    first, second = flag.split("+")
    return held.same_holder(first, second), held.reported((first, second))


def _changes(
    dataset: Dataset,
    selection: Selection,
    chosen: Rows,
    reported: tuple[Reported, Reported],
    request: _Request,
) -> Changes | None:
    """`reported` then and now: a row per chosen village and, on posts, a column per position."""
    (was, was_known), (is_so, is_known) = reported
    both = was_known & is_known
    compared = int(both.sum())
    if not compared:
        return None
    ways = [is_so & ~was & both, was & ~is_so & both]
    listed = np.zeros_like(both)
    for way in ways:
        listed.flat[np.flatnonzero(way)[: request.limit]] = True
    places, *columns = np.nonzero(listed)
    where = chosen[places]
    result = {name: list(dataset.villages[name].array.take(where)) for name in ("village_id", "name", "kind")}
    area, at_date = (
        areas.of_villages(dataset, selection.as_of, kind)[where] for kind in (selection.boundaries, "then")
    )
    rows = pd.DataFrame(
        {
            "area": list(area),
            "commune": list(at_date),
            **result,
            "place": places,
            "position": [request.positions[column] for column in columns[0]] if columns else "",
            "gained": is_so[listed],
        }
    )
    return Changes(rows, int(ways[0].sum()), int(ways[1].sum()), compared, both.size - compared)


def _states(held: posts.Posts, where: tuple[Rows, Rows]) -> list[str]:
    """The states of posts that are reported, by village (row of `held`) and position."""
    member = np.where(held.member[where], "member", "not_member")
    return [str(state) for state in np.where(held.vacant[where], "vacant", member)]


def figures(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per chosen commune, by rank, the district bodies not among them: `area`, `members` and
    `admitted` (persons), `members_before` and `admitted_before` at the earlier date (Int64).

    <NA> where an organisation does not report the figure, or there is none at that date.
    """
    now = aggregates.chosen(dataset, selection)
    since = selection.compared_with(dataset)
    before = None if since is None else aggregates.at_date(dataset, selection, since)
    communes = [area for area in now.index if area != schema.OUTSIDE]
    result: dict[str, object] = {"area": communes}
    for name in ("members", "admitted"):
        measure = schema.Measure("count", (name,))
        for column, rows in ((name, now), (f"{name}_before", before)):
            counts = {} if rows is None else families.by_area(rows, measure)
            stated = [counts.get(area, families.NO_DATA).stated for area in communes]
            result[column] = pd.array(stated, dtype="Int64")
    return pd.DataFrame(result)


def goal(dataset: Dataset, selection: Selection, goal_id: str) -> dict[str, int]:
    """Per chosen commune, by rank: 1 where it has met a goal on a share since the earlier date, -1 where it
    no longer does, 0 where nothing turned; left out is one of which a date is not sure."""
    goal = dataset.goal[goal_id]
    if not goal.measure.percent:
        return {}
    _, comparisons = comparison.goal_comparison(dataset, selection, goal_id)
    states = {
        area: (goals.met(both.before, goal), goals.met(both.now, goal)) for area, both in comparisons.items()
    }
    return {area: now - then for area, (then, now) in states.items() if then is not None and now is not None}
