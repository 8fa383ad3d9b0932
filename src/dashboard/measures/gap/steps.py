"""One concrete plan: in which villages the fewest changes are made, and at which posts."""

from __future__ import annotations

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, memoize
from dashboard.measures.gap.kinds import CHANGES, REASONS, SETS, places
from dashboard.measures.gap.plan import fewest


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
    found = places(dataset, selection)
    code = found.reason * len(SETS) + found.bits
    taken, choice_of = [np.empty(0, np.intp)], [np.empty(0, np.intp)]
    for number, choice in enumerate(plan.choices):
        reason = next(i for i, name in enumerate(REASONS) if CHANGES.get(name) == choice.change)
        wanted = [reason * len(SETS) + SETS.index(kind.positions) for kind in choice.kinds]
        taken.append(np.flatnonzero(np.isin(code, wanted))[: choice.chosen])
        choice_of.append(np.full(choice.chosen, number))
    rows, numbers = np.concatenate(taken), np.concatenate(choice_of)
    # Choices stand by how many goals they serve.
    order = np.lexsort((found.village[rows], numbers, found.area[rows]))
    rows, choices = rows[order], [plan.choices[number] for number in numbers[order]]
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    villages = dataset.villages[["village_id", "name", "kind"]].iloc[found.village[rows]]
    return pd.DataFrame(
        {
            "area": [listed[area] for area in found.area[rows]],
            "village_id": list(villages["village_id"]),
            "name": list(villages["name"]),
            "kind": list(villages["kind"]),
            "change": [choice.change for choice in choices],
            "positions": [tuple(p for p in SETS[bits] if p in plan.positions) for bits in found.bits[rows]],
            "goals": [choice.goals for choice in choices],
            "chosen": [choice.chosen for choice in choices],
            "available": [choice.available for choice in choices],
        }
    )


def concrete(dataset: Dataset, selection: Selection) -> tuple[tuple[str, str, str], ...]:
    """The changes of `steps` as (village_id, change, position): the first post of the holder that counts,
    in the order of `schema.POSITIONS`, or the vacant post."""
    rows = steps(dataset, selection)
    return tuple(
        (village, change, min(positions, key=schema.POSITIONS.index))
        for village, change, positions in zip(
            rows["village_id"], rows["change"], rows["positions"], strict=True
        )
    )
