"""The posts that no party member holds, place by place, and how many there are of each kind."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, memoize, posts
from dashboard.dataset.scenario import FILL, MEMBER
from dashboard.measures import aggregates

Ints = npt.NDArray[np.intp]

REASONS = ("not_member", "vacant", "not_reported")
# What mends each reason; a post that is not reported has to be reported first.
CHANGES = {"not_member": MEMBER, "vacant": FILL}

# The posts of one holder as bits, in the order of the data set.
_BITS = 1 << np.arange(schema.MOST_POSITIONS)


@memoize(size=1)
def sets(dataset: Dataset) -> tuple[tuple[str, ...], ...]:
    """Every set of posts by its bits."""
    posts_of = dataset.position_ids
    return tuple(
        tuple(post for place, post in enumerate(posts_of) if bits >> place & 1)
        for bits in range(1 << len(posts_of))
    )


def bits_of(dataset: Dataset, positions: tuple[str, ...]) -> int:
    """The bits of a set of posts."""
    return sum(1 << dataset.position_ids.index(position) for position in positions)


@dataclass(frozen=True)
class Kind:
    """Changes that are alike wherever they are: what is done, and the posts that it moves."""

    change: str
    positions: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Places:
    """One entry per holder who is no member, vacant post and unreported post, by commune and village rank.

    `area` is a place in the filter list, `village` a row of `dataset.villages`, `reason` a place in
    `REASONS`, `bits` the posts (`sets`): all posts of the holder in that village, or the one post.
    """

    area: Ints
    village: Ints
    reason: Ints
    bits: Ints

    def part(self, chosen: slice | Ints | npt.NDArray[np.bool_]) -> Places:
        """Some of the entries."""
        return Places(self.area[chosen], self.village[chosen], self.reason[chosen], self.bits[chosen])


@dataclass(frozen=True, eq=False)
class Kinds:
    """How many changes of each kind there are: a row per area of the filter list, a column per kind."""

    kinds: tuple[Kind, ...]
    counts: Ints


def places(dataset: Dataset, selection: Selection) -> Places:
    """The entries of what is chosen."""
    every = _places(dataset, selection.unfiltered)
    if selection.everything:
        return every
    rows = _area_rows(dataset, selection)
    # Entries are in order of area, so those of each commune are one piece.
    first, last = np.searchsorted(every.area, rows), np.searchsorted(every.area, rows, side="right")
    return every.part(np.concatenate([np.arange(0), *map(np.arange, first, last)]))


def kinds(dataset: Dataset, selection: Selection) -> Kinds:
    """The kinds of what is chosen, its areas in the order of `aggregates.chosen` without the district
    bodies."""
    if selection.as_of not in dataset.dates:
        return Kinds((), np.zeros((0, 0), dtype=np.intp))
    every = _kinds(dataset, selection.unfiltered)
    rows = np.arange(len(every.counts)) if selection.everything else _area_rows(dataset, selection)
    counts = every.counts[rows]
    if selection.by_region:
        listed = pd.Index(areas.listed(dataset, selection.as_of, selection.boundaries))
        by_area = pd.DataFrame(counts, index=listed[rows])
        counts = aggregates.summed_by_region(dataset, selection, by_area).to_numpy()
    return Kinds(every.kinds, counts)


def _area_rows(dataset: Dataset, selection: Selection) -> Ints:
    listed = pd.Index(areas.listed(dataset, selection.as_of, selection.boundaries))
    rows = listed.get_indexer(pd.Index(selection.communes))
    return rows[rows >= 0]


@memoize(size=4)
def _places(dataset: Dataset, selection: Selection) -> Places:
    held = selection.posts(dataset)
    area = areas.places_of_villages(dataset, selection.as_of, selection.boundaries)
    persons, posts_of = _persons(held)
    vacant = np.nonzero(held.vacant)
    unreported = np.nonzero(held.not_reported & (area >= 0)[:, np.newaxis])
    village = np.concatenate([persons, vacant[0], unreported[0]])
    bits = np.concatenate([posts_of, _BITS[vacant[1]], _BITS[unreported[1]]])
    reason = np.repeat(np.arange(len(REASONS)), [len(persons), len(vacant[0]), len(unreported[0])])
    entries = Places(area[village], village, reason, bits)
    return entries.part(np.lexsort((bits, reason, village, entries.area)))


def _persons(held: posts.Posts) -> tuple[Ints, Ints]:
    """The holders who are no members: their villages, and the bits of the posts that each holds there."""
    villages, bits = [], []
    outside = np.where(held.member, 0, held.holder)  # members, vacant and unreported posts are 0 or less
    for column in range(len(held.positions)):
        same = (outside == outside[:, [column]]) & (outside > 0)
        # A holder is counted at the first of his or her posts.
        here = np.flatnonzero(same[:, column] & ~same[:, :column].any(axis=1))
        villages.append(here)
        bits.append(same[here] @ _BITS[: len(held.positions)])
    return np.concatenate(villages), np.concatenate(bits)


@memoize(size=4)
def _kinds(dataset: Dataset, selection: Selection) -> Kinds:
    result, every = _places(dataset, selection), sets(dataset)
    result = result.part(result.reason < len(CHANGES))
    code, column = np.unique(result.reason * len(every) + result.bits, return_inverse=True)
    counts = np.zeros((len(areas.listed(dataset, selection.as_of, selection.boundaries)), len(code)), np.intp)
    np.add.at(counts, (result.area, column), 1)
    reasons, bits = np.divmod(code, len(every))
    return Kinds(
        tuple(
            Kind(CHANGES[REASONS[reason]], every[post_bits])
            for reason, post_bits in zip(reasons, bits, strict=True)
        ),
        counts,
    )
