"""The organisations of each date as one tree: who is under whom."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema

Pointers = npt.NDArray[np.intp]  # rows that each point at one other row; -1 at none
Mask = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]
Whole = npt.NDArray[np.int64]


def ahead(pointers: Pointers, steps: Pointers) -> Pointers:
    """`steps` taken once more: where each row's `pointers` lead from there."""
    return np.where(pointers >= 0, steps[pointers], -1)


def cycles(pointers: Pointers) -> Iterator[tuple[int, ...]]:
    """Every circle once, in the order of its arrows, from its first row on."""
    # After at least as many steps as there are rows, only circles are left to stand on.
    far = pointers
    for _ in range(len(pointers).bit_length()):
        far = ahead(far, far)
    seen: set[int] = set()
    for start in np.unique(far[far >= 0]).tolist():
        circle = []
        place = start
        while place not in seen:
            seen.add(place)
            circle.append(place)
            place = int(pointers[place])
        if circle:
            yield tuple(circle)


@dataclass(frozen=True, eq=False)
class Tree:
    """Organisations, and the place of each one's parent.

    `rows` has the columns of the table, indexed by row number; `parent` holds places in `rows`, -1 for none
    and for one that is not there.
    """

    rows: pd.DataFrame
    parent: Pointers

    @cached_property
    def is_leaf(self) -> Mask:
        """Which organisations have nothing under them."""
        leaf = np.ones(len(self.rows), dtype=bool)
        leaf[self.parent[self.parent >= 0]] = False
        return leaf

    @cached_property
    def depth(self) -> Pointers:
        """How many organisations stand above each: no more than there are levels, once these are checked."""
        depth, above = np.zeros_like(self.parent), self.parent
        for _ in schema.LEVELS:
            depth += above >= 0
            above = ahead(above, self.parent)
        return depth

    def sum_under(self, own: Whole) -> Whole:
        """For every organisation the sum of `own` over the leaves under it; a leaf's own value for itself."""
        total = np.where(self.is_leaf, own, 0)
        for depth in range(len(schema.LEVELS), 0, -1):
            here = self.depth == depth
            np.add.at(total, self.parent[here], total[here])
        return total

    def at_parent(self, values: Objects) -> Objects:
        """The value at each one's parent; "" where there is none."""
        return np.where(self.parent >= 0, values[self.parent], "") if len(values) else values

    def parent_is(self, chosen: Mask) -> Mask:
        """Which organisations stand directly under a chosen one."""
        return (self.parent >= 0) & chosen[self.parent] if len(chosen) else chosen

    def without_dates_of(self, broken: Mask) -> Tree:
        """The tree of the other dates: nothing can be summed where a link is wrong."""
        dates = self.rows["as_of"]
        kept = ~dates.isin(dates[broken].unique()).to_numpy()
        place = np.cumsum(kept) - 1
        parent = self.parent[kept]
        return Tree(self.rows[kept], np.where(parent >= 0, place[parent], -1))


def tree(rows: pd.DataFrame) -> Tree:
    """The tree of organisations whose date and id are known and different from one another."""
    dates, _ = pd.factorize(rows["as_of"])
    ids, known = pd.factorize(pd.concat([rows["org_id"], rows["parent_id"]]))
    own, above = np.split(ids, 2)
    base = dates * len(known)
    named = (rows["parent_id"] != "").to_numpy()
    parent = np.where(named, pd.Index(base + own).get_indexer(pd.Index(base + above)), -1)
    return Tree(rows, parent)
