"""The posts in the way of the goals, with the reason."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.dataset import Dataset, Selection, areas
from dashboard.measures.gap.kinds import REASONS, SETS, Kind, places
from dashboard.measures.gap.plan import fewest, goals


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
    found = places(dataset, selection)
    unmet = [goal for goal in goals(dataset) if goal.goal_id in plan.goals]
    counted = [tuple(post for post in held if post in plan.positions) for held in SETS]
    served = np.array([sum(goal.serves(Kind("", held)) for goal in unmet) for held in SETS])
    posts = np.array([len(held) for held in counted])
    found = found.part(posts[found.bits] > 0)
    # Entries stand by rank, and both sorts keep the order of what is alike.
    order = np.lexsort((-posts[found.bits], -served[found.bits]))[:limit]
    shown = found.part(order[np.argsort(found.area[order], kind="stable")])
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    villages = dataset.villages[["village_id", "name", "kind"]].iloc[shown.village]
    rows = pd.DataFrame(
        {
            "area": [listed[area] for area in shown.area],
            "village_id": list(villages["village_id"]),
            "name": list(villages["name"]),
            "kind": list(villages["kind"]),
            "positions": [counted[bits] for bits in shown.bits],
            "reason": [REASONS[reason] for reason in shown.reason],
            "goals": served[shown.bits],
        }
    )
    return Obstacles(rows, len(found.area) - len(shown.area))
