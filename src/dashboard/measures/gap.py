"""What closes the gap: the posts in the way of the goals, and the fewest changes that reach them all.

A change is one holder who becomes a party member (all posts of that holder in the village count), or one
vacant post that is filled by a member. Goals with a target on a share of members take part; a goal on role
overlap needs other changes, an `up` goal has no target to reach.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, remembered
from dashboard.measures import posts, tally
from dashboard.measures.goals import count

MEMBER = "member"  # the holder becomes a member
FILL = "fill"  # the vacant post is filled by a member

# Kinds of persons are the sets of posts that one holder may have, as bits in the order of POSITIONS.
_BITS = 1 << np.arange(len(schema.POSITIONS))


@dataclass(frozen=True)
class Choice:
    """`chosen` of `available` changes that are alike: each moves the same goals by the same number of posts.

    `positions` are those among which the posts lie, `posts` how many of them one holder has.
    """

    change: str
    positions: tuple[str, ...]
    posts: int
    chosen: int
    available: int


@dataclass(frozen=True)
class Plan:
    """The fewest changes that reach every goal.

    `goals` are those not met yet; `changes` is None where they cannot be reached with the posts there are.
    """

    goals: tuple[str, ...]
    changes: int | None
    choices: tuple[Choice, ...]


@dataclass(frozen=True)
class _Goal:
    """A goal in whole numbers: it is reached where Σ gain · x >= lack over the changes x."""

    goal_id: str
    positions: tuple[str, ...]
    share: Fraction
    lack: int

    def gain(self, change: str, positions: tuple[str, ...]) -> int:
        """What one change of a kind moves, in the unit of `lack`."""
        moved = sum(position in self.positions for position in positions)
        each = self.share.denominator - (self.share.numerator if change == FILL else 0)
        return moved * each


def fewest(dataset: Dataset, selection: Selection) -> Plan:
    """The fewest changes that reach every goal in what is chosen, taken together."""
    rows = tally.chosen(dataset, selection)
    kinds = _kinds(dataset, selection)
    return _solve(
        _unmet(dataset, tally.summed(rows)), {kind: int(many.sum()) for kind, many in kinds.items()}
    )


@remembered(size=64)
def by_commune(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per chosen commune, by rank: `area`, `goals` (not met there), `changes` (the fewest that
    reach every goal in that commune, Int64; <NA> where they cannot be reached). The communes' changes do
    not add up to those of the whole: a goal may be met on the whole and missed in a commune."""
    rows = tally.chosen(dataset, selection)
    kinds = _kinds(dataset, selection)
    solved: dict[Any, Plan] = {}
    found = []
    for i, (area, sums) in enumerate(tally.each(rows).items()):
        if area == schema.OUTSIDE:
            continue
        goals = _unmet(dataset, sums)
        here = {kind: int(many[i]) for kind, many in kinds.items() if many[i]}
        key = (tuple((goal.goal_id, goal.lack) for goal in goals), tuple(here.items()))
        if key not in solved:
            solved[key] = _solve(goals, here)
        found.append({"area": area, "goals": len(goals), "changes": solved[key].changes})
    return pd.DataFrame(found, columns=["area", "goals", "changes"]).astype({"changes": "Int64"})


def obstacles(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per holder, vacant post or unreported post in the way of a goal not met on the whole.

    Columns `area`, `village_id`, `name` (of the village), `positions` (tuple; all posts of one holder that
    count), `reason` (`not_member`, `vacant`, `not_reported`), `goals` (how many goals not met it serves).
    Those that serve most goals, then most posts, come first; then by commune and rank. It names posts,
    never persons.
    """
    unmet = _unmet(dataset, tally.summed(tally.chosen(dataset, selection)))
    counted = {position for goal in unmet for position in goal.positions}
    held = posts.all_dates(dataset).get(selection.as_of)
    found = []
    if held is not None and counted:
        area = _area(dataset, selection)
        for village, bits in _persons(held):
            found += [
                (place, "not_member", _positions(kind)) for place, kind in zip(village, bits, strict=True)
            ]
        for flags, reason in ((held.vacant, "vacant"), (held.not_reported, "not_reported")):
            places, columns = np.nonzero(flags)
            found += [
                (place, reason, (schema.POSITIONS[column],))
                for place, column in zip(places, columns, strict=True)
            ]
        found = [(place, reason, tuple(p for p in many if p in counted)) for place, reason, many in found]
        found = [row for row in found if row[2] and area[row[0]] >= 0]
        found.sort(key=lambda row: (-_served(unmet, row[2]), -len(row[2]), area[row[0]], row[0]))
    names = list(tally.chosen(dataset, selection).index)
    villages = dataset.villages
    return pd.DataFrame(
        {
            "area": [names[area[place]] for place, _, _ in found],
            "village_id": [villages["village_id"].iloc[place] for place, _, _ in found],
            "name": [villages["name"].iloc[place] for place, _, _ in found],
            "positions": [positions for _, _, positions in found],
            "reason": [reason for _, reason, _ in found],
            "goals": [_served(unmet, positions) for _, _, positions in found],
        }
    )


def _unmet(dataset: Dataset, sums: tally.Sums) -> list[_Goal]:
    """The goals with a target on a share of members that are not met, with what they lack."""
    found = []
    for goal in dataset.goals.to_dict("records"):
        measure = schema.parse_measure(goal["measure"])
        if measure is None or measure.family != "member_share" or pd.isna(goal["target"]):
            continue
        now = count(sums, measure)
        if not now.known or now.denominator is None or now.numerator is None:
            continue
        share = Fraction(str(goal["target"])) / 100
        lack = share.numerator * now.denominator - share.denominator * now.numerator
        lack += goal["operator"] == ">"
        if lack > 0:
            found.append(_Goal(goal["goal_id"], measure.parts, share, int(lack)))
    return found


def _solve(goals: list[_Goal], kinds: Mapping[tuple[str, tuple[str, ...]], int]) -> Plan:
    """The integer program: least Σ x with Σ gain · x >= lack for each goal, 0 <= x <= available."""
    ids = tuple(goal.goal_id for goal in goals)
    if not goals:
        return Plan(ids, 0, ())
    alike = _alike(goals, kinds)
    gains = np.array([gain for _, gain in alike], dtype=float).reshape(len(alike), len(goals)).T
    most = np.array([sum(kinds[kind] for kind in many) for many in alike.values()], dtype=float)
    lacks = np.array([goal.lack for goal in goals], dtype=float)
    if (gains @ most < lacks).any():
        return Plan(ids, None, ())
    found = milp(
        np.ones(len(alike)),
        integrality=np.ones(len(alike)),
        bounds=Bounds(0, most),
        constraints=LinearConstraint(gains, lb=lacks),
        options={"mip_rel_gap": 0},
    )
    if not found.success:
        raise RuntimeError(f"the integer program was not solved: {found.message}")
    chosen = [round(x) for x in found.x]
    counted = {position for goal in goals for position in goal.positions}
    choices = []
    for ((change, _), many), x, available in zip(alike.items(), chosen, most, strict=True):
        held = {position for _, positions in many for position in positions} & counted
        positions = tuple(position for position in schema.POSITIONS if position in held)
        if x:
            choices.append(
                Choice(change, positions, len(counted.intersection(many[0][1])), x, int(available))
            )
    choices.sort(key=lambda choice: (-_served(goals, choice.positions), -choice.posts, -choice.chosen))
    return Plan(ids, sum(chosen), tuple(choices))


def _alike(
    goals: list[_Goal], kinds: Mapping[tuple[str, tuple[str, ...]], int]
) -> dict[tuple[str, tuple[int, ...]], list[tuple[str, tuple[str, ...]]]]:
    """The kinds of changes that move any goal, put together where they move every goal alike."""
    found: dict[tuple[str, tuple[int, ...]], list[tuple[str, tuple[str, ...]]]] = {}
    for change, positions in kinds:
        gain = tuple(goal.gain(change, positions) for goal in goals)
        if any(gain) and kinds[change, positions]:
            found.setdefault((change, gain), []).append((change, positions))
    return found


@remembered(size=16)
def _kinds(
    dataset: Dataset, selection: Selection
) -> dict[tuple[str, tuple[str, ...]], npt.NDArray[np.int64]]:
    """For each kind of change how many there are in each row of `tally.chosen`."""
    rows = tally.chosen(dataset, selection)
    held = posts.all_dates(dataset).get(selection.as_of)
    if held is None or rows.empty:
        return {}
    area = _area(dataset, selection)
    many: dict[tuple[str, tuple[str, ...]], npt.NDArray[np.int64]] = {}
    by_bits = np.zeros((len(rows) + 1, 1 << len(schema.POSITIONS)), dtype=np.int64)
    for village, bits in _persons(held):
        np.add.at(by_bits, (area[village], bits), 1)  # area -1 (not chosen) falls into the last row
    for kind in np.flatnonzero(by_bits[:-1].any(axis=0)):
        many[MEMBER, _positions(int(kind))] = by_bits[:-1, kind]
    for column, position in enumerate(schema.POSITIONS):
        vacant = np.bincount(area[held.vacant[:, column]] + 1, minlength=len(rows) + 1)[1:]
        if vacant.any():
            many[FILL, (position,)] = vacant
    return many


def _persons(held: posts.Posts) -> list[tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]]:
    """The holders who are no members: villages, and the bits of the posts that each holds there."""
    found = []
    for letter in range(1, int(held.holder.max(initial=0)) + 1):
        mine = ((held.holder == letter) & ~held.member) @ _BITS
        village = np.flatnonzero(mine)
        found.append((village, mine[village].astype(np.intp)))
    return found


def _area(dataset: Dataset, selection: Selection) -> npt.NDArray[np.intp]:
    """Per village the row of `tally.chosen` under which it counts; -1 where it is not chosen."""
    into = areas.successor(dataset, selection.as_of, selection.boundaries)
    index = tally.chosen(dataset, selection).index
    return index.get_indexer(pd.Index(dataset.villages["commune_id"].map(into)))


def _positions(bits: int) -> tuple[str, ...]:
    return tuple(position for position, bit in zip(schema.POSITIONS, _BITS, strict=True) if bits & bit)


def _served(goals: list[_Goal], positions: tuple[str, ...]) -> int:
    return sum(any(position in goal.positions for position in positions) for goal in goals)
