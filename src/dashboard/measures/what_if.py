"""What a what-if moves: the figures as reported beside those counted with the changes."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from dashboard.dataset import Change, Dataset, Selection, areas, memoize, posts, scenario, villages
from dashboard.measures import aggregates, gap
from dashboard.measures import goals as goal_measures
from dashboard.measures import overlap as overlap_measures
from dashboard.measures.gap.kinds import CHANGES, places, sets

# Villages by what one holder has; "all_three" lies within each pair.
OVERLAPS = (*aggregates.PAIR_NAMES, "all_three")


# A row as reported, and the same with the changes.
Beside = tuple[dict[str, Any], dict[str, Any]]


@dataclass(frozen=True)
class Moved:
    """A change with the commune it counts in and all posts of the person it is about, as reported; a vacant
    post alone. `inside` says whether that commune is among the chosen ones."""

    change: Change
    area: str
    positions: tuple[str, ...]
    inside: bool


def reported(selection: Selection) -> Selection:
    """The same choice without the changes."""
    return replace(selection, scenario=())


def goals(dataset: Dataset, selection: Selection) -> list[Beside]:
    """Each goal on posts, as written: its row of `measures.goals.progress` as reported and with the changes.
    There the `status` of a goal without a target says which way the changes move it, which is `certain`: what
    is not reported is so on both sides."""
    now = goal_measures.progress(dataset, selection)
    rows = _beside(goal_measures.progress(dataset, reported(selection)), now, _on_posts(dataset))
    for was, row in rows:
        if row["target"] is None and row["denominator"] and was["denominator"]:
            row |= {"status": _way(was, row), "certain": True}
    return rows


def communes(dataset: Dataset, selection: Selection) -> list[Beside]:
    """The rows of `measures.goals.by_commune`, as reported and with the changes, of goals with a target on
    posts and chosen communes where it is met or missed because of the changes; by goal, then by rank."""
    touched = {move.area for move in moved(dataset, selection) if move.inside}
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    here = replace(selection, communes=tuple(area for area in listed if area in touched))
    result = []
    for goal_id in _on_posts(dataset, with_target=True) if touched else ():
        now = goal_measures.by_commune(dataset, here, goal_id)
        result += _beside(goal_measures.by_commune(dataset, reported(here), goal_id), now, [goal_id])
    return [(was, row) for was, row in result if row["status"] != was["status"]]


def overlap(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per name of `OVERLAPS`: `overlap`, the `villages` where one holder has those posts with the
    changes, `was` as reported, `all` villages, and of how many it is not known (`unreported`, and
    `was_unreported`)."""
    now = overlap_measures.counts(dataset, selection)
    was = overlap_measures.counts(dataset, reported(selection))
    return pd.DataFrame(
        [
            (name, now[name], was[name], now["villages"], *(n[f"{name}:unreported"] for n in (now, was)))
            for name in OVERLAPS
        ],
        columns=["overlap", "villages", "was", "all", "unreported", "was_unreported"],
    )


def moved(dataset: Dataset, selection: Selection) -> tuple[Moved, ...]:
    """The changes by commune, and in each by village; under the chosen boundaries."""
    area_of = areas.of_villages(dataset, selection.as_of, selection.boundaries)
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    rows = villages.by_id(dataset, selection.as_of)
    held = reported(selection).posts(dataset)
    result = []
    for change in selection.scenario:
        row = rows[change.village_id]
        area = str(area_of[row])
        same_holder = held.holder[row] == held.holder[row, held.positions.index(change.position)]
        several = change.kind == scenario.MEMBER
        positions = tuple(
            name for name, is_same in zip(held.positions, same_holder, strict=True) if several and is_same
        )
        inside = selection.everything or area in selection.communes
        result.append(Moved(change, area, positions or (change.position,), inside))
    return tuple(sorted(result, key=lambda move: listed.index(move.area)))


@dataclass(frozen=True)
class Offers:
    """Changes to choose from, those that move most first, and how many `more` there are."""

    changes: tuple[Change, ...]
    more: int


@memoize(size=32)
def offers(dataset: Dataset, selection: Selection, limit: int) -> Offers:
    """The changes that can be made in what is chosen: first what is in the way of the goals as reported
    (`gap.obstacles`), then posts that can be merged with the secretary's, the changes of the scenario made,
    then every other holder who is no member and vacant post; `limit` of them."""
    real = reported(selection)
    result = gap.obstacles(dataset, real, limit).rows
    changes = [
        Change(village, CHANGES[reason], positions[0])
        for village, reason, positions in zip(
            result["village_id"], result["reason"], result["positions"], strict=True
        )
        if reason in CHANGES
    ]
    ids = dataset.villages["village_id"].array
    every = places(dataset, real)
    others = every.part(every.reason < len(CHANGES))
    kinds, posts_of = tuple(CHANGES.values()), sets(dataset)
    merges = _merges(dataset, selection)
    changes += [Change(ids[row], scenario.MERGE, position) for row, position in merges[:limit]]
    changes += [
        Change(ids[row], kinds[reason], posts_of[bits][0])
        for row, reason, bits in zip(
            others.village[:limit], others.reason[:limit], others.bits[:limit], strict=True
        )
    ]
    listed = dict.fromkeys(scenario.canonical(dataset, selection.as_of, change) for change in changes)
    shown = tuple(listed)[:limit]
    return Offers(shown, max(len(others.village) + len(merges) - len(shown), 0))


def _merges(dataset: Dataset, selection: Selection) -> list[tuple[int, str]]:
    """Rows of `dataset.villages` and the post there whose holder, a member, could be secretary too."""
    held = selection.posts(dataset)
    every = overlap_measures.rows_by_area(dataset, selection.as_of, selection.boundaries)
    chosen = every.keys() if selection.everything else every.keys() & set(selection.communes)
    inside = np.concatenate([np.empty(0, np.intp), *(rows for area, rows in every.items() if area in chosen)])
    held = held.of(inside)
    secretary = held.holder[:, held.columns(("secretary",))]
    columns = held.columns(scenario.MERGED)
    mergeable = held.filled[:, columns] & held.member[:, columns] & (held.holder[:, columns] != secretary)
    mergeable &= posts.same_holder_known(held.holder[:, columns], secretary)
    result = []
    for column, position in enumerate(scenario.MERGED):
        result += [(int(row), position) for row in inside[mergeable[:, column]]]
    return result


def _on_posts(dataset: Dataset, *, with_target: bool = False) -> list[str]:
    """The goals that a change of who holds which post can move."""
    return [
        goal.goal_id
        for goal in dataset.goal.values()
        if goal.measure.of_posts and (goal.target is not None or not with_target)
    ]


def _way(was: dict[str, Any], now: dict[str, Any]) -> str:
    """Whether a share rises with the changes; a/b against c/d without a division."""
    after, before = now["numerator"] * was["denominator"], was["numerator"] * now["denominator"]
    return "rising" if after > before else "falling" if after < before else "unchanged"


def _beside(was: pd.DataFrame, now: pd.DataFrame, goal_ids: list[str]) -> list[Beside]:
    """Rows that are in the same order in both, of these goals."""
    frames = [frame[frame["goal_id"].isin(goal_ids)].to_dict("records") for frame in (was, now)]
    return [({**before}, {**row}) for before, row in zip(*frames, strict=True)]
