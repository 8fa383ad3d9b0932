"""Villages, and posts of villages, that came to be in a state, or no longer are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas
from dashboard.measures import aggregates, between, overlap, posts
from dashboard.measures.overlap import Rows

# More are counted, not listed, unless a caller asks for more: no sentence names so many.
ROW_LIMIT = 20

_THREE = ("secretary", "village_head", "front_head")


@dataclass(frozen=True, eq=False)
class Changes:
    """What is so at one of two dates only: villages, or posts of villages.

    `gained` are so at the later date only, `lost` at the earlier one only. `rows` has one row for each
    of the first of either, by commune and rank: `area`, `commune` (commune_id valid at the chosen
    date, whatever the boundaries), `village_id`, `name` and `kind` of the village, `place` (its number among
    the chosen ones), `position` ("" where it is about the village), `gained` (bool), and where it is about
    posts their state `before` and `now` ("member", "not_member", "vacant"). `compared` of all that are in
    force at both dates tell at both, `unknown` do not.
    """

    rows: pd.DataFrame
    gained: int
    lost: int
    compared: int
    unknown: int


def villages(dataset: Dataset, selection: Selection, flag: str, limit: int = ROW_LIMIT) -> Changes | None:
    """Villages that came to have, or no longer have, a flag since the earlier date.

    `flag`: `any` (one person holds two or more of the three posts), `merge:ready` (as in
    `aggregates.merge_flags`), or a pair "A+B" (one person holds both). A village tells where the posts that
    decide it are reported. None where there is no earlier date or no village that tells at both.
    """
    both = between.villages(dataset, selection)
    if both is None:
        return None
    told = (_flag(both.then, flag), _flag(both.now, flag))
    return _changes(dataset, selection, both.rows, told, _Asked(("",), limit))


def held_posts(
    dataset: Dataset,
    selection: Selection,
    state: str,
    positions: tuple[str, ...] = schema.POSITIONS,
    limit: int = ROW_LIMIT,
) -> Changes | None:
    """Posts that came to be, or no longer are, in a state since the earlier date.

    `state`: `member` (held by a party member) or `vacant`. A post tells where it is reported, filled or
    vacant. None where there is no earlier date or no post that tells at both.
    """
    both = between.villages(dataset, selection)
    if both is None:
        return None
    columns = [schema.POSITIONS.index(position) for position in positions]
    then, now = (
        (
            (at.vacant if state == "vacant" else at.filled & at.member)[:, columns],
            ~at.not_reported[:, columns],
        )
        for at in (both.then, both.now)
    )
    found = _changes(dataset, selection, both.rows, (then, now), _Asked(positions, limit))
    if found is None:
        return None
    where = (
        found.rows["place"].to_numpy(dtype=np.intp),
        np.array([schema.POSITIONS.index(position) for position in found.rows["position"]], dtype=np.intp),
    )
    rows = found.rows.assign(before=_states(both.then, where), now=_states(both.now, where))
    return replace(found, rows=rows)


def combinations(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per exclusive combination of the three posts: `combination`, and the villages that had it
    `before` and have it `now`, over those that report all three posts at both dates.

    No row where there is no earlier date or no such village.
    """
    columns = ["combination", "before", "now"]
    both = between.villages(dataset, selection)
    if both is None:
        return pd.DataFrame(columns=columns)
    told = _all_reported(both.then, _THREE) & _all_reported(both.now, _THREE)
    if not told.any():
        return pd.DataFrame(columns=columns)
    before, after = (aggregates.combination_flags(held) for held in (both.then, both.now))
    rows = [
        (name, int((before[name] & told).sum()), int((after[name] & told).sum()))
        for name in overlap.COMBINATIONS
    ]
    return pd.DataFrame(rows, columns=columns)


class _Asked(NamedTuple):
    """The positions in question ("" where it is about villages), and how many rows are listed each way."""

    positions: tuple[str, ...]
    limit: int


Told = tuple[posts.Flags, posts.Flags]  # whether it is so, and whether that is known


def _flag(held: posts.Posts, flag: str) -> Told:
    """A flag per village, and whether the village tells."""
    if flag in ("any", "policy"):
        is_so = aggregates.combination_flags(held)[flag]
        return is_so, is_so | _all_reported(held, _THREE)
    if flag == "merge:ready":
        return aggregates.merge_flags(held)[flag], _all_reported(held, ("secretary", "village_head"))
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
    asked: _Asked,
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
        listed.flat[np.flatnonzero(way)[: asked.limit]] = True
    places, *columns = np.nonzero(listed)
    where = chosen[places]
    found = {name: list(dataset.villages[name].array.take(where)) for name in ("village_id", "name", "kind")}
    area, at_date = (
        areas.of_villages(dataset, selection.as_of, kind)[where] for kind in (selection.boundaries, "then")
    )
    rows = pd.DataFrame(
        {
            "area": list(area),
            "commune": list(at_date),
            **found,
            "place": places,
            "position": [asked.positions[column] for column in columns[0]] if columns else "",
            "gained": is_so[listed],
        }
    )
    return Changes(rows, int(ways[0].sum()), int(ways[1].sum()), compared, both.size - compared)


def _states(held: posts.Posts, where: tuple[Rows, Rows]) -> list[str]:
    """The states of posts that are reported, by village (row of `held`) and position."""
    member = np.where(held.member[where], "member", "not_member")
    return [str(state) for state in np.where(held.vacant[where], "vacant", member)]
