"""The fewest changes that reach every goal, on the whole and in each commune for itself; one concrete plan,
and the posts in the way."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import compress

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, memoize
from dashboard.dataset.scenario import FILL
from dashboard.measures import aggregates
from dashboard.measures.gap import program
from dashboard.measures.gap.kinds import CHANGES, REASONS, Kind, Places, bits_of, kinds, places, sets


@dataclass(frozen=True)
class Choice:
    """`chosen` of `available` changes that are alike: each moves the same goals by the same number of posts.

    `positions` are those among which the posts lie, `posts` how many of them one holder has; `kinds` are
    the kinds of change that are alike, `goals` how many goals not met yet each of them serves.
    """

    change: str
    positions: tuple[str, ...]
    posts: int
    chosen: int
    available: int
    kinds: tuple[Kind, ...]
    goals: int


@dataclass(frozen=True)
class Plan:
    """The fewest changes that reach every goal.

    `goals` are those not met yet, `positions` the posts that they count; `changes` is None where they cannot
    be reached with the posts there are. `unreported` posts of any goal with a target are in none of it; of
    `not_judged` of the `targets` no post is reported as filled, so that there is nothing to count.
    """

    goals: tuple[str, ...]
    positions: frozenset[str]
    changes: int | None
    choices: tuple[Choice, ...]
    unreported: int = 0
    not_judged: int = 0
    targets: int = 0


@dataclass(frozen=True)
class Goal:
    """A goal on a share of members; it is reached where Σ gain · x >= its lack, over the changes x."""

    goal_id: str
    positions: tuple[str, ...]
    share: Fraction
    strict: bool

    def gain(self, kind: Kind) -> int:
        """What one change moves, in the unit of `lacks`."""
        moved = sum(position in self.positions for position in kind.positions)
        # A filled post counts below the line as well.
        return moved * (self.share.denominator - (self.share.numerator if kind.change == FILL else 0))

    def lacks(self, rows: pd.DataFrame) -> npt.NDArray[np.int64]:
        """Per row of `aggregates.by_area` what is missing; 0 where it is reached or there is nothing to
        count."""
        members, filled = self.posts(rows, "member"), self.posts(rows, "filled")
        lack = self.share.numerator * filled - self.share.denominator * members + self.strict
        return np.where(filled > 0, np.maximum(lack, 0), 0)

    def posts(self, rows: pd.DataFrame, state: str) -> npt.NDArray[np.int64]:
        """Per row of `aggregates.by_area` the posts of the goal in a state."""
        return np.sum([rows[f"{position}:{state}"].to_numpy() for position in self.positions], axis=0)

    def serves(self, kind: Kind) -> bool:
        """Whether the change moves a post of this goal."""
        return any(position in self.positions for position in kind.positions)


@memoize(size=64)
def fewest(dataset: Dataset, selection: Selection) -> Plan:
    """The fewest changes that reach every goal in what is chosen, taken together.

    Of plans with as few changes it is one whose changes serve most goals.
    """
    rows = aggregates.chosen(dataset, selection).sum().to_frame().T
    every = kinds(dataset, selection)
    counts = every.counts.sum(axis=0)
    targets = goals(dataset)
    lacks = {goal: int(goal.lacks(rows)[0]) for goal in targets}
    lacks = {goal: lack for goal, lack in lacks.items() if lack}
    available = {kind: int(n) for kind, n in zip(every.kinds, counts, strict=True) if n}
    plan = _plan(lacks, available, dataset.position_ids)
    return replace(
        plan,
        unreported=int(_unreported(dataset, rows)[0]),
        not_judged=sum(not goal.posts(rows, "filled")[0] for goal in targets),
        targets=len(targets),
    )


def _unreported(dataset: Dataset, rows: pd.DataFrame) -> npt.NDArray[np.int64]:
    """Per row of `aggregates.by_area` the posts of the goals of which nothing is reported."""
    positions = {position for goal in goals(dataset) for position in goal.positions}
    columns = [f"{position}:not_reported" for position in dataset.position_ids if position in positions]
    return rows[columns].sum(axis=1).to_numpy()


@memoize(size=64)
def by_commune(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per chosen commune, by rank: `area`, `goals` (not met there), `changes` (the fewest that
    reach every goal in that commune, Int64; <NA> where they cannot be reached), `unreported` (posts of the
    goals of which nothing is reported: they are in none of it), `not_judged` (goals of which no post is
    filled there). The communes' changes do not add up to those of the whole: a goal may be met on the whole
    and missed in a commune."""
    rows = aggregates.chosen(dataset, selection)
    rows = rows[rows.index != schema.OUTSIDE]
    every = kinds(dataset, selection)
    all_goals = goals(dataset)
    gains = np.array([[goal.gain(kind) for kind in every.kinds] for goal in all_goals], dtype=float)
    gains = gains.reshape(len(all_goals), len(every.kinds))
    lacks = np.array([goal.lacks(rows) for goal in all_goals]).reshape(len(all_goals), len(rows)).T
    problems: dict[tuple[bytes, bytes], program.Problem] = {}
    keys = []
    for lack, counts in zip(lacks, every.counts, strict=True):
        key = (lack.tobytes(), counts.tobytes())
        if key not in problems:
            unmet = lack > 0
            helps = (counts > 0) & (gains[unmet] > 0).any(axis=0)
            problems[key] = program.Problem(gains[unmet][:, helps], lack[unmet], counts[helps])
        keys.append(key)
    solved = dict(zip(problems, program.least(list(problems.values())), strict=True))
    changes = [None if (x := solved[key]) is None else int(x.sum()) for key in keys]
    return pd.DataFrame(
        {
            "area": list(rows.index),
            "goals": (lacks > 0).sum(axis=1),
            "changes": pd.array(changes, "Int64"),
            "unreported": _unreported(dataset, rows),
            "not_judged": sum(
                (goal.posts(rows, "filled") == 0 for goal in all_goals), np.zeros(len(rows), dtype=np.int64)
            ),
        }
    )


@memoize(size=1)
def goals(dataset: Dataset) -> tuple[Goal, ...]:
    """The goals with a target on a share of members, as written."""
    result = []
    for goal in dataset.goal.values():
        if goal.measure.family == "member_share" and goal.target is not None:
            share = Fraction(str(goal.target)) / 100
            result.append(Goal(goal.goal_id, goal.measure.parts, share, goal.operator == ">"))
    return tuple(result)


def _plan(lacks: Mapping[Goal, int], counts: Mapping[Kind, int], order: tuple[str, ...]) -> Plan:
    unmet = tuple(lacks)
    ids = tuple(goal.goal_id for goal in unmet)
    counted = frozenset(position for goal in unmet for position in goal.positions)
    if not unmet:
        return Plan((), counted, 0, ())
    groups = _alike(unmet, counts)
    problem = program.Problem(
        gains=np.array([gain for _, gain in groups], dtype=float).reshape(len(groups), len(unmet)).T,
        lacks=np.array(list(lacks.values()), dtype=float),
        limits=np.array([sum(counts[kind] for kind in group) for group in groups.values()], dtype=float),
    )
    (x,) = program.least([problem])
    if x is None:
        return Plan(ids, counted, None, ())
    served = [sum(map(bool, gain)) for _, gain in groups]
    x = program.preferred(problem, x, served)
    choices = [
        Choice(
            change=change,
            positions=tuple(p for p in order if p in counted and any(p in kind.positions for kind in group)),
            posts=len(counted.intersection(group[0].positions)),
            chosen=int(n),
            available=int(most),
            kinds=group,
            goals=goals_served,
        )
        for ((change, _), group), goals_served, n, most in compress(
            zip(groups.items(), served, x, problem.limits, strict=True), x
        )
    ]
    choices.sort(key=lambda choice: (-choice.goals, -choice.posts, -choice.chosen))
    return Plan(ids, counted, int(x.sum()), tuple(choices))


def _alike(
    unmet: tuple[Goal, ...], counts: Mapping[Kind, int]
) -> dict[tuple[str, tuple[int, ...]], tuple[Kind, ...]]:
    """The kinds of changes that move any goal, put together where they move every goal alike."""
    result: dict[tuple[str, tuple[int, ...]], tuple[Kind, ...]] = {}
    for kind in counts:
        gain = tuple(goal.gain(kind) for goal in unmet)
        if any(gain):
            result[kind.change, gain] = (*result.get((kind.change, gain), ()), kind)
    return result


@memoize(size=64)
def steps(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per change of `fewest`: no row where nothing is to do or the goals cannot be reached.

    Of changes that are alike the first are taken, by rank of their commune and their village. Columns `area`,
    `village_id`, `name` and `kind` (of the village), `change`, `positions` (tuple; the posts of one holder
    that count for a goal not met, or the one vacant post), `goals` (how many goals not met it serves),
    `chosen` of `available` (how many are taken of those that are alike). By commune; in each those that
    serve most goals first, then by village. It names posts, never persons.
    """
    plan = fewest(dataset, selection)
    result = places(dataset, selection)
    every = sets(dataset)
    code = result.reason * len(every) + result.bits
    taken, choice_of = [np.empty(0, np.intp)], [np.empty(0, np.intp)]
    for number, choice in enumerate(plan.choices):
        reason = next(i for i, name in enumerate(REASONS) if CHANGES.get(name) == choice.change)
        codes = [reason * len(every) + bits_of(dataset, kind.positions) for kind in choice.kinds]
        taken.append(np.flatnonzero(np.isin(code, codes))[: choice.chosen])
        choice_of.append(np.full(choice.chosen, number))
    rows, numbers = np.concatenate(taken), np.concatenate(choice_of)
    # Choices are in order of how many goals they serve.
    order = np.lexsort((result.village[rows], numbers, result.area[rows]))
    rows, choices = rows[order], [plan.choices[number] for number in numbers[order]]
    return pd.DataFrame(
        {
            **_villages(dataset, selection, result.part(rows)),
            "change": [choice.change for choice in choices],
            "positions": [tuple(p for p in every[bits] if p in plan.positions) for bits in result.bits[rows]],
            "goals": [choice.goals for choice in choices],
            "chosen": [choice.chosen for choice in choices],
            "available": [choice.available for choice in choices],
        }
    )


def concrete(dataset: Dataset, selection: Selection) -> tuple[tuple[str, str, str], ...]:
    """The changes of `steps` as (village_id, change, position): the first post of the holder that counts,
    in the order of the data set, or the vacant post."""
    rows = steps(dataset, selection)
    return tuple(
        (village, change, min(positions, key=dataset.position_ids.index))
        for village, change, positions in zip(
            rows["village_id"], rows["change"], rows["positions"], strict=True
        )
    )


@dataclass(frozen=True, eq=False)
class Obstacles:
    """The posts in the way: `rows` are those that move most, `more` how many others there are."""

    rows: pd.DataFrame
    more: int


def obstacles(dataset: Dataset, selection: Selection, limit: int) -> Obstacles:
    """The holders, vacant posts and unreported posts in the way of a goal not met on the whole.

    The `limit` of them that serve most goals, then most posts, then come first by rank; shown by commune, and
    in each in that order. Columns `area`, `village_id`, `name` and `kind` (of the village), `positions`
    (tuple; all posts of one holder that count), `reason` (`not_member`, `vacant`, `not_reported`), `goals`
    (how many goals not met it serves). It names posts, never persons.
    """
    plan = fewest(dataset, selection)
    result = places(dataset, selection)
    unmet = [goal for goal in goals(dataset) if goal.goal_id in plan.goals]
    every = sets(dataset)
    # Of the sets of posts those that occur: of twelve posts there are thousands.
    counted = {
        bits: tuple(post for post in every[bits] if post in plan.positions)
        for bits in np.flatnonzero(np.bincount(result.bits)).tolist()
    }
    served, posts = np.zeros((2, len(every)), dtype=np.int64)
    for bits, positions in counted.items():
        posts[bits] = len(positions)
        served[bits] = sum(goal.serves(Kind("", every[bits])) for goal in unmet)
    result = result.part(posts[result.bits] > 0)
    # Entries are in order of rank, and both sorts keep the order of what is alike.
    order = np.lexsort((-posts[result.bits], -served[result.bits]))[:limit]
    shown = result.part(order[np.argsort(result.area[order], kind="stable")])
    rows = pd.DataFrame(
        {
            **_villages(dataset, selection, shown),
            "positions": [counted[bits] for bits in shown.bits.tolist()],
            "reason": [REASONS[reason] for reason in shown.reason],
            "goals": served[shown.bits],
        }
    )
    return Obstacles(rows, len(result.area) - len(shown.area))


def _villages(dataset: Dataset, selection: Selection, entries: Places) -> dict[str, list[str]]:
    """The commune and the village of each entry, as columns."""
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    rows = dataset.villages[["village_id", "name", "kind"]].iloc[entries.village]
    return {"area": [listed[area] for area in entries.area], **{name: list(rows[name]) for name in rows}}
