"""Role overlap: who holds two posts, and in which villages."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, memoize, posts
from dashboard.measures import aggregates
from dashboard.measures.aggregates import PAIR_NAMES

# The exclusive combinations of the three posts; every village is in just one of them.
COMBINATIONS = ("all_three", *(f"only:{pair}" for pair in PAIR_NAMES), "none")

# The same with the villages of which it is not known if there is overlap taken out of "none".
PARTS = (*COMBINATIONS, "unreported")
# How far secretary and village head are from one person; every village is in just one of them.
MERGE_STATES = ("same", "ready", "member_first", "no_head")


def counts(dataset: Dataset, selection: Selection, as_of: str | None = None) -> dict[str, int]:
    """Villages of one selection by overlap, at the chosen date or at another.

    `villages`; `reported` of them (it is known which of the three posts one person holds); per pair `A+B`
    those where one holder has both posts, whatever else that person holds, and `all_three`, each with
    `…:unreported`, those of which that is not known; `only:A+B` (both; the third is another's or not known);
    `any` (at least one of the three pairs); `none` (the rest: no overlap, vacant or not reported),
    `none:reported` of them and `unreported`, those of which it is not known if there is overlap. The pairs
    may share villages: never add them.
    """
    rows = aggregates.at_date(dataset, selection, as_of or selection.as_of)
    names = ("villages", "reported", "none:reported", "any", *PAIR_NAMES, *COMBINATIONS)
    result = {name: int(rows[name].sum()) for name in names}
    unreported = {
        f"{name}:unreported": int((rows["villages"] - rows[f"{name}:reported"]).sum())
        for name in (*PAIR_NAMES, "all_three")
    }
    lacking = result["villages"] - result["any"] - result["none:reported"]
    return {**result, **unreported, "unreported": lacking}


def by_commune(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per chosen commune, by rank: `area`, the columns of `counts` but `…:unreported`, `policy` (the
    secretary is village head or Front head) and `policy_unreported` (villages of which that is not known).
    The district bodies have no villages and no row."""
    rows = aggregates.chosen(dataset, selection)
    rows = rows[rows.index != schema.OUTSIDE]
    columns = rows[["villages", "reported", "none:reported", "any", "policy", *PAIR_NAMES, *COMBINATIONS]]
    return columns.assign(
        unreported=rows["villages"] - rows["any"] - rows["none:reported"],
        policy_unreported=rows["villages"] - rows["policy:reported"],
    ).reset_index()


def merge_states(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per chosen commune, by rank: `area`, `villages`, `reported` (of secretary and village head
    both) and the four parts of `MERGE_STATES` (villages), which sum to `villages`."""
    rows = aggregates.chosen(dataset, selection)
    rows = rows[rows.index != schema.OUTSIDE]
    names = {f"merge:{name}": name for name in MERGE_STATES}
    reported = {f"{PAIR_NAMES[0]}:reported": "reported"}
    return rows[["villages", *reported, *names]].rename(columns=reported | names).reset_index()


def merge_candidates(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per chosen village in the first two parts that are open, by commune and rank: `area`,
    `village_id`, `name`, `part` (`ready`: the head is a member, someone else or no one is secretary;
    `member_first`: the head is no member), `front` (the secretary is Front head). A village of which it is
    not known if one person holds both posts is in none."""
    rows = villages(dataset, selection)
    rows = rows[posts.same_holder_known(rows["secretary"].to_numpy(), rows["village_head"].to_numpy())]
    head, member = rows["village_head"] > 0, rows["village_head:member"]
    part = pd.Series("", index=rows.index).mask(head & ~member, "member_first")
    part = part.mask(head & member & (rows["village_head"] != rows["secretary"]), "ready")
    front = (rows["secretary"] > 0) & (rows["secretary"] == rows["front_head"])
    columns = ["area", "village_id", "name", "part", "front"]
    return rows.assign(part=part, front=front).loc[part != "", columns]


def post_states(dataset: Dataset, selection: Selection, as_of: str | None = None) -> pd.DataFrame:
    """One row per position at the chosen date, or at another: `position` and posts that are `filled`, held by
    a `member`, `vacant` (reported without a holder) and `not_reported` (no row), and those of the filled
    whose holder may have another (`unknown`). One post of each kind per village."""
    sums = aggregates.at_date(dataset, selection, as_of or selection.as_of).sum()
    states = ("filled", "member", "vacant", "not_reported", "unknown")
    rows = [
        [position, *(int(sums[f"{position}:{state}"]) for state in states)]
        for position in dataset.position_ids
    ]
    return pd.DataFrame(rows, columns=["position", *states])


def villages(dataset: Dataset, selection: Selection, part: slice = slice(None)) -> pd.DataFrame:
    """One row per chosen village, by commune and rank, or per village of a `part` of them: `area`,
    `village_id`, `name` and per position a column with the holder: 0 not reported, -1 vacant, else a number
    that one person of the village has in every post (from `posts.UNKNOWN` on, see there); and
    `POSITION:member` (bool)."""
    rows_of = rows_by_area(dataset, selection.as_of, selection.boundaries)
    if not selection.everything:
        rows_of = {area: rows_of.get(area, _NONE) for area in selection.communes}
    if selection.as_of not in dataset.dates:
        rows_of = {}
    rows = np.concatenate([_NONE, *rows_of.values()])[part]
    sizes = [len(inside) for inside in rows_of.values()]
    area = np.repeat(np.array(list(rows_of), dtype=object), sizes)[part]
    held = selection.posts(dataset)
    frame = dataset.villages[["village_id", "name"]].iloc[rows].assign(area=pd.array(area, dtype="str"))
    for i, position in enumerate(held.positions):
        frame[position] = held.holder[rows, i]
        frame[f"{position}:member"] = held.member[rows, i]
    return frame.reset_index(drop=True)


@memoize(size=8)
def rows_by_area(dataset: Dataset, as_of: str, boundaries: str) -> dict[str, Rows]:
    """For every commune of the filter list, by rank, its rows of `dataset.villages` in force at the date."""
    listed = areas.listed(dataset, as_of, boundaries)
    area = areas.places_of_villages(dataset, as_of, boundaries)
    order = np.argsort(area, kind="stable")
    # Those not in force come first, at place -1.
    first, *ends = np.cumsum(np.bincount(area + 1, minlength=len(listed) + 1))
    return dict(zip(listed, np.split(order[first:], np.array(ends[:-1]) - first), strict=False))


Rows = npt.NDArray[np.intp]
_NONE: Rows = np.empty(0, dtype=np.intp)
