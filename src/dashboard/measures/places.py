"""One commune among the others, and one village: its place, its posts, what one change there would move."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, UnknownChoiceError, areas, memoize, posts, villages
from dashboard.measures import aggregates, families, goals, organizations

NOT_MEMBER = "not_member"
VACANT = "vacant"
_NAMED = 10


@dataclass(frozen=True)
class Village:
    """One village and where it lies.

    `row` is its row of `dataset.villages` (see `villages.telling`), `in_force` whether that is in force at
    the date, `area` the commune that it counts under, or did, `before` and `after` the village_id next to it
    there ("" where there is none); `households` and `population` None where unknown.
    """

    village_id: str
    name: str
    kind: str
    row: int
    in_force: bool
    area: str
    before: str
    after: str
    households: int | None
    population: int | None


def village(dataset: Dataset, selection: Selection, village_id: str) -> Village:
    """One village by its id; `UnknownChoiceError` where there is none of that id."""
    row = row_of(dataset, village_id, selection.as_of)
    result = dataset.villages.iloc[row]
    in_force = villages.by_id(dataset, selection.as_of).get(village_id) == row
    if in_force:
        area = str(areas.of_villages(dataset, selection.as_of, selection.boundaries)[row])
        by_commune = villages_of(dataset, selection.as_of, selection.boundaries)
        beside = [*chain(*by_commune.values())] if dataset.by_village else by_commune[area]
    else:
        area = areas.successor(dataset, selection.as_of, selection.boundaries)[result["commune_id"]]
        beside = [village_id]
    place = beside.index(village_id)
    return Village(
        village_id,
        str(result["name"]),
        str(result["kind"]),
        row,
        in_force,
        area,
        beside[place - 1] if place else "",
        beside[place + 1] if place + 1 < len(beside) else "",
        _or_none(result["households"]),
        _or_none(result["population"]),
    )


def row_of(dataset: Dataset, village_id: str, as_of: str) -> int:
    """The row of a village in `dataset.villages` that tells of it at a date; `UnknownChoiceError` (which
    lists the first villages of the data set: there may be very many) where there is none of that id."""
    row = villages.telling(dataset, as_of).get(village_id)
    if row is None:
        known = dataset.villages["village_id"].drop_duplicates()
        raise UnknownChoiceError("village", village_id, tuple(known.head(_NAMED)))
    return row


@memoize(size=4)
def villages_of(dataset: Dataset, as_of: str, boundaries: str) -> Mapping[str, list[str]]:
    """The village_ids of every commune that has villages in force at the date, in display order."""
    area = areas.of_villages(dataset, as_of, boundaries)
    ids = dataset.villages["village_id"].groupby(area, sort=False)
    return {str(commune): list(inside) for commune, inside in ids if commune}


def cells(dataset: Dataset, selection: Selection, village: Village) -> pd.DataFrame:
    """The organisations that are the village's own, one row each: columns of `organizations.at_date`."""
    result = _own_cells(dataset, selection.as_of)
    return result.loc[[village.village_id]] if village.village_id in result.index else result.head(0)


def cells_known(dataset: Dataset, selection: Selection, village: Village) -> bool:
    """Whether it is known if the village has a cell of its own: its commune reports organisations."""
    return bool(aggregates.own_cells(dataset, selection.as_of)[1][village.row])


def posts_over_time(dataset: Dataset, selection: Selection, village: Village) -> pd.DataFrame:
    """One row per as-of date up to the chosen one at which the village is in force, oldest first: `as_of`,
    and per position the columns of `measures.overlap.villages`; at the chosen date a scenario counts."""
    every = posts.all_dates(dataset)
    result = []
    for as_of in (date for date in dataset.dates if date <= selection.as_of):
        held = selection.posts(dataset) if as_of == selection.as_of else every[as_of]
        row = villages.by_id(dataset, as_of).get(village.village_id)
        if row is not None:
            result.append({"as_of": as_of, **_holders(held, row)})
    names = [name for position in dataset.position_ids for name in (position, f"{position}:member")]
    return pd.DataFrame(result, columns=["as_of", *names])


def own_goals(dataset: Dataset, selection: Selection, village: Village) -> pd.DataFrame:
    """One row per goal on a share of posts or villages: the columns of `measures.goals.progress` for its
    commune (of one commune the whole), and of the village itself `own` (posts held by members; 1 where one
    person holds both posts, else 0) and `of` (posts with a holder; 1 where it is known if one person holds
    both, else 0)."""
    here = replace(selection, communes=() if dataset.by_village else (village.area,))
    rows = goals.progress(dataset, here)
    measured = [dataset.goal[goal].measure for goal in rows["goal_id"]]
    of_posts = np.array([measure.of_posts for measure in measured], dtype=bool)
    held = _holders(selection.posts(dataset), village.row)
    own = [_own(held, measure) for measure in measured if measure.of_posts]
    return rows.loc[of_posts].assign(own=[part for part, _ in own], of=[whole for _, whole in own])


def changes(dataset: Dataset, selection: Selection, village: Village) -> pd.DataFrame:
    """One row per change in the village and goal that its commune misses: what the change alone would move.

    A change is a holder who becomes a member (`reason` "not_member"; `positions` are all that he or she
    holds) or a vacant post that a member fills ("vacant"). Columns `change` (number, from 0), `reason`,
    `positions` (tuple), `goal_id`, `numerator`, `denominator` (posts of the commune after it), `needed`
    (after it; 0 = the goal is reached, None = it cannot be).
    """
    held = _holders(selection.posts(dataset), village.row)
    missed = own_goals(dataset, selection, village)
    missed = missed[(missed["status"] == "not_met") & missed["target"].notna()]
    result: list[tuple[Any, ...]] = []
    for number, (reason, positions) in enumerate(_possible(held)):
        for goal in missed.to_dict("records"):
            measure = dataset.goal[goal["goal_id"]].measure
            moved = len(set(positions).intersection(measure.parts))
            if moved and measure.family == "member_share":
                filled = moved if reason == VACANT else 0
                after = families.Count(goal["numerator"] + moved, goal["denominator"] + filled)
                needed = goals.needed(after, goal["operator"], goal["target"])
                change = (number, reason, positions, goal["goal_id"])
                result.append((*change, after.numerator, after.denominator, needed))
    names = ["change", "reason", "positions", "goal_id", "numerator", "denominator", "needed"]
    return pd.DataFrame(result, columns=names, dtype=object)


def peers(dataset: Dataset, selection: Selection, commune: str) -> pd.DataFrame:
    """One row per goal on a share: the rank of a commune among those of the date that report all.

    `goal_id`, `numerator` and `denominator` (0 where it does not report all itself), `higher` (communes
    with a higher share), `alike` (others with the same), `known` (communes that report all) of `every` one,
    `parts` and `wholes` (those of all that is reported, together), `unreported` beside them, of which
    `entering` would enlarge `wholes` (posts do, villages are in them), and `sure`: nothing else is left out.
    Shares are compared as whole fractions: 1/3 and 2/6 are alike.
    """
    result = []
    for goal_id in dataset.goal:
        # Worked out once for every commune and language.
        shares, together = _shares(dataset, replace(selection, communes=(), lang="vi"), goal_id)
        if not shares:
            continue
        parts, wholes = np.array(list(shares.values())).T
        part, whole = shares.get(commune, (0, 0))
        result.append(
            {
                "goal_id": goal_id,
                "numerator": part,
                "denominator": whole,
                "higher": int((parts * whole > part * wholes).sum()),
                "alike": int((parts * whole == part * wholes).sum()) - (commune in shares),
                **together,
            }
        )
    return pd.DataFrame(result)


@memoize(size=64)
def _shares(
    dataset: Dataset, selection: Selection, goal_id: str
) -> tuple[dict[str, tuple[int, int]], dict[str, int | bool]]:
    """What each commune counts that reports all of a goal on a share, and what `peers` says of them all."""
    every = goals.by_commune(dataset, selection, goal_id)
    known = every.loc[[bool(whole) for whole in every["denominator"]], :]
    # A commune that does not report all is in no ranking.
    ranked = known[known["complete"].astype(bool)]
    counts = zip(ranked["numerator"].tolist(), ranked["denominator"].tolist(), strict=True)
    measure, unreported = dataset.goal[goal_id].measure, int(every["unreported"].sum())
    # Of other families a place without data is not among the units that are counted, nor is one whose members
    # of the year before are not known.
    known_all = measure.family != "admission_rate" or len(known) == len(every)
    return dict(zip(ranked["area"].tolist(), counts, strict=True)), {
        "known": len(ranked),
        "every": len(every),
        "parts": int(known["numerator"].sum()),
        "wholes": int(known["denominator"].sum()),
        "unreported": unreported,
        "entering": unreported if measure.family == "member_share" else 0,
        "sure": measure.of_posts or (known_all and bool(every["complete"].all())),
    }


@memoize(size=8)
def _own_cells(dataset: Dataset, as_of: str) -> pd.DataFrame:
    rows = organizations.at_date(dataset, as_of)
    return rows[rows["village_id"] != ""].set_index("village_id", drop=False)


def _holders(held: posts.Posts, row: int) -> dict[str, Any]:
    """The posts of one village as `measures.overlap.villages` has them."""
    result: dict[str, Any] = {}
    for i, position in enumerate(held.positions):
        result[position] = int(held.holder[row, i])
        result[f"{position}:member"] = bool(held.member[row, i])
    return result


def _own(held: Mapping[str, Any], measure: schema.Measure) -> tuple[int, int]:
    holders = [held[position] for position in measure.parts]
    if measure.family == "overlap_share":
        both = holders[0] > 0 and holders[0] == holders[1]
        return int(both), int(posts.same_holder_known(*np.array(holders)))
    members = sum(held[position] > 0 and held[f"{position}:member"] for position in measure.parts)
    return members, sum(holder > 0 for holder in holders)


def _possible(held: Mapping[str, Any]) -> list[tuple[str, tuple[str, ...]]]:
    """The changes of one village: its holders who are no members with all their posts, its vacant posts."""
    outsiders: dict[int, list[str]] = {}
    positions = posts.of_row(held)
    for position in positions:
        if held[position] > 0 and not held[f"{position}:member"]:
            outsiders.setdefault(held[position], []).append(position)
    vacant = [(position,) for position in positions if held[position] == posts.VACANT]
    return [
        *((NOT_MEMBER, tuple(positions)) for positions in outsiders.values()),
        *((VACANT, positions) for positions in vacant),
    ]


def _or_none(value: Any) -> int | None:
    return None if pd.isna(value) else int(value)
