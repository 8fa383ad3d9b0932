"""Organisations: every one hangs on the one at the top, their numbers add up, and what is under a commune's
organisation lies in that commune."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema
from dashboard.dataset import areas
from dashboard.dataset.problems import Problem
from dashboard.dataset.sheet import Sheet
from dashboard.dataset.villages import communes_at

# A circle of more members is named by its first ones.
_MOST_NAMED = 10
_COUNTED = ("members", "admitted")
# A commune that was named, but not understood: nothing is held against it.
_UNREADABLE = "?"


Pointers = npt.NDArray[np.intp]  # rows that each point at one other row; -1 at none
Mask = npt.NDArray[np.bool_]
Objects = npt.NDArray[np.object_]
Whole = npt.NDArray[np.int64]


def ahead(pointers: Pointers, steps: Pointers) -> Pointers:
    """`steps` taken once more: where each row's `pointers` lead from there."""
    return np.where(pointers >= 0, steps[pointers], -1)


def cycles(pointers: Pointers) -> Iterator[tuple[int, ...]]:
    """Every circle once, in the order of its arrows, from its first row on."""
    # After at least as many steps as there are rows, only circles are left.
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
        """How many organisations are above each: no more than there are levels, once these are checked."""
        depth, above = np.zeros_like(self.parent), self.parent
        for _ in schema.LEVELS:
            depth += above >= 0
            above = ahead(above, self.parent)
        return depth

    def sum_under(self, values: Whole) -> Whole:
        """For every organisation the sum of `values` over the leaves under it; a leaf's own for itself."""
        total = np.where(self.is_leaf, values, 0)
        for depth in range(len(schema.LEVELS), 0, -1):
            at_depth = self.depth == depth
            np.add.at(total, self.parent[at_depth], total[at_depth])
        return total

    def at_parent(self, values: Objects) -> Objects:
        """The value at each one's parent; "" where there is none."""
        return np.where(self.parent >= 0, values[self.parent], "") if len(values) else values

    def parent_is(self, chosen: Mask) -> Mask:
        """Which organisations are directly under a chosen one."""
        return (self.parent >= 0) & chosen[self.parent] if len(chosen) else chosen

    def without_dates_of(self, broken: Mask) -> Tree:
        """The tree of the other dates: nothing can be summed where a link is wrong."""
        dates = self.rows["as_of"]
        kept = ~dates.isin(dates[broken].unique()).to_numpy()
        place = np.cumsum(kept) - 1
        parent = self.parent[kept]
        return Tree(self.rows[kept], np.where(parent >= 0, place[parent], -1))


def hierarchy(sheet: Sheet) -> tuple[Tree, list[Problem]]:
    """The tree of the dates that are in order, and what is wrong at the others."""
    # Those whose date and id are known and different from one another.
    rows = sheet.valid("as_of", "org_id")
    whole = Tree(rows, areas.parents(rows))
    bad = _failed(sheet, rows, "parent_id")
    unknown = (whole.rows["parent_id"] != "").to_numpy() & (whole.parent < 0) & ~bad
    circles = list(cycles(whole.parent))
    circular = np.zeros(len(whole.rows), dtype=bool)
    circular[[place for circle in circles for place in circle]] = True
    # Where the link above the parent is wrong too, it is the parent's level that is to be mended.
    wrong_level = _wrong_levels(whole) & ~circular & ~whole.parent_is(bad)
    problems = [
        *_roots(sheet),
        *_unknown_parents(sheet, whole.rows.index[unknown]),
        *(_circle(sheet, whole, circle) for circle in circles),
        *_levels(sheet, whole, wrong_level),
    ]
    broken = bad | unknown | circular | wrong_level | _failed(sheet, rows, "level")
    if sheet.unknown_keys("as_of") or sheet.unknown_keys("org_id"):
        broken[:] = True
    return whole.without_dates_of(broken), problems


def _failed(sheet: Sheet, rows: pd.DataFrame, column: str) -> Mask:
    """Which of these rows have a cell in the column that was reported already."""
    failed: Mask = rows.index.isin(sheet.invalid.get(column, ()))
    return failed


def _roots(sheet: Sheet) -> Iterator[Problem]:
    """Exactly one organisation at the top of every date."""
    rows = sheet.valid("as_of", "level")
    tops = rows[rows["level"].isin(schema.ROOT_LEVELS) & (rows["parent_id"] == "")]
    tops = tops[~_failed(sheet, tops, "parent_id")]
    # Written backwards, so that the first row of a date stays.
    firsts = dict(zip(tops["as_of"].tolist()[::-1], tops.index.tolist()[::-1], strict=True))
    # A copied row was already reported as a second one of its id.
    again = tops["as_of"].duplicated() & ~_failed(sheet, tops, "org_id")
    for row, as_of in tops["as_of"][again].items():
        yield sheet.problem("root_many", "level", row, first=firsts[as_of])
    if sheet.unknown_keys("as_of") or sheet.unknown_keys("level"):
        return
    # There the level of the organisation at the top is reported as wrong.
    headless = set(rows["as_of"][_failed(sheet, rows, "parent_id")])
    for row, as_of in rows["as_of"].drop_duplicates().items():
        if as_of not in firsts and as_of not in headless:
            yield sheet.problem("root_none", "as_of", row)


def _unknown_parents(sheet: Sheet, rows: pd.Index[int]) -> list[Problem]:
    """Parents that the same date does not have, unless as many ids could not be read there."""
    if sheet.frame.loc[rows, "parent_id"].nunique() <= sheet.unknown_keys("org_id"):
        return []
    return sheet.problems("parent_unknown", "parent_id", rows)


def _circle(sheet: Sheet, whole: Tree, circle: tuple[int, ...]) -> Problem:
    names = whole.rows["org_id"].iloc[list(circle[:_MOST_NAMED])]
    members = " → ".join([*names, "…" if len(circle) > _MOST_NAMED else names.iloc[0]])
    return sheet.problem("parent_cycle", "parent_id", whole.rows.index[circle[0]], members=members)


def _wrong_levels(whole: Tree) -> Mask:
    """Which organisations are under a level that may not be above theirs; unknown levels pass."""
    levels = whole.rows["level"].to_numpy(dtype=object)
    above = whole.at_parent(levels)
    wrong = np.zeros(len(levels), dtype=bool)
    for level, allowed in schema.PARENT_LEVELS.items():
        wrong |= (levels == level) & (above != "") & ~np.isin(above, allowed)
    return wrong


def _levels(sheet: Sheet, whole: Tree, wrong: Mask) -> Iterator[Problem]:
    rows = whole.rows[wrong]
    above = whole.at_parent(whole.rows["level"].to_numpy(dtype=object))[wrong]
    for (level, parent), group in rows.groupby([rows["level"], above], sort=False):
        values = {
            "level": level,
            "above": parent,
            "allowed": ", ".join(schema.PARENT_LEVELS[str(level)]),
        }
        yield from sheet.problems("parent_level", "parent_id", group.index, values)


def numbers(sheet: Sheet, tree: Tree) -> Iterator[Problem]:
    """Errors where a stated number contradicts what is under it; warnings for unusual sizes."""
    for column in _COUNTED:
        yield from _sums(sheet, tree, column)
    yield from _sizes(sheet, tree)
    rows, members = tree.rows, tree.rows["members"]
    over = tree.is_leaf & _true(rows["admitted"] > members)
    yield from sheet.problems("admitted_above_members", "admitted", rows.index[over], warning=True)
    unstated = tree.is_leaf & members.isna().to_numpy() & ~_failed(sheet, rows, "members")
    yield from sheet.problems("leaf_without_members", "members", rows.index[unstated], warning=True)


def _sums(sheet: Sheet, tree: Tree, column: str) -> Iterator[Problem]:
    """A number stated above leaves is their sum; where some leaves are blank, at least that of the rest."""
    stated = tree.rows[column]
    sums, complete = _leaf_sums(tree, column)
    above = ~tree.is_leaf & stated.notna().to_numpy()
    differs = above & complete & _true(stated != sums)
    below = above & ~complete & _true(stated < sums)
    for rule, wrong in (("sum_differs", differs), ("sum_below", below)):
        for row, total in zip(stated.index[wrong], sums[wrong].tolist(), strict=True):
            yield sheet.problem(rule, column, row, total=total)


def _sizes(sheet: Sheet, tree: Tree) -> Iterator[Problem]:
    rows, members = tree.rows, tree.rows["members"]
    sums, complete = _leaf_sums(tree, "members")
    total = members.fillna(pd.Series(sums, rows.index).where(complete).astype("Int64"))
    committees = (rows["level"] == "committee").to_numpy()
    small = committees & _true(total < schema.COMMITTEE_MEMBERS)
    limit = schema.COMMITTEE_MEMBERS
    for row, number in total[small].items():
        yield sheet.problem("committee_small", "members", row, warning=True, total=int(number), limit=limit)
    large = rows["level"].isin(["cell", "subcell"]).to_numpy() & _true(members >= limit)
    yield from sheet.problems("cell_large", "members", rows.index[large], {"limit": limit}, warning=True)
    subcells = tree.sum_under((rows["level"] == "subcell").to_numpy().astype(np.int64))
    empty = rows.index[committees & (subcells == 0)]
    yield from sheet.problems("committee_without_subcell", "level", empty, warning=True)


def _leaf_sums(tree: Tree, column: str) -> tuple[Whole, Mask]:
    """The sum over the leaves that state a number, and whether all of them do."""
    cells = tree.rows[column]
    sums = tree.sum_under(cells.fillna(0).to_numpy(dtype=np.int64))
    blank = tree.sum_under(cells.isna().to_numpy().astype(np.int64))
    return sums, blank == 0


def _true(outcome: pd.Series) -> Mask:
    """Where a comparison holds; with a blank cell it does not."""
    holds: Mask = outcome.fillna(False).to_numpy(dtype=bool)
    return holds


def places(sheet: Sheet, tree: Tree, villages: Sheet, communes: Sheet) -> Iterator[Problem]:
    """Communes that contradict the organisation above, and villages that contradict the commune."""
    stated = tree.rows["commune_id"].to_numpy(dtype=object, copy=True)
    stated[_failed(sheet, tree.rows, "commune_id")] = _UNREADABLE
    # Of each organisation the nearest one, itself or above, that names a commune; -1 for none.
    source = areas.inherited(np.where(stated != "", np.arange(len(stated)), -1), -1, tree.parent)
    inherited = np.where(source >= 0, stated[source], "") if len(stated) else stated
    above, unstated, successors = tree.at_parent(inherited), ("", _UNREADABLE), _successors(communes)
    differs = (stated != above) & ~np.isin(stated, unstated) & ~np.isin(above, unstated)
    # A commune's organisations may be under what it was and what it became.
    for place in np.flatnonzero(differs):
        differs[place] = not _one_became_the_other(stated[place], above[place], successors)
    for row, commune in zip(tree.rows.index[differs], above[differs], strict=True):
        yield sheet.problem("commune_differs", "commune_id", row, above=commune)
    periods = villages.valid("village_id", "commune_id", "valid_from", "valid_to")
    lies_in = communes_at(periods, tree.rows)
    cases = pd.DataFrame({"commune": lies_in, "named": inherited, "source": source}, index=tree.rows.index)
    contradict = (lies_in != "") & (inherited != _UNREADABLE) & (lies_in != inherited)
    if differs.any():
        contradict &= ~((source >= 0) & differs[source])
    yield from _villages(sheet, cases[contradict], successors)


def _villages(sheet: Sheet, cases: pd.DataFrame, successors: Mapping[str, str]) -> Iterator[Problem]:
    """`cases` has a row per village's organisation: the commune in which the village lies, the one that is
    named, and by which organisation; what one organisation says wrongly is said once."""
    for (commune, stated, _), group in cases.groupby(["commune", "named", "source"], sort=False):
        if not stated:
            yield from sheet.problems("village_outside", "village_id", group.index, {"commune": commune})
        elif not _one_became_the_other(str(commune), str(stated), successors):
            more = len(group) - 1
            yield sheet.problem(
                "village_elsewhere", "village_id", group.index[0], more=more, commune=commune, named=stated
            )


def _successors(communes: Sheet) -> dict[str, str]:
    rows = communes.valid("commune_id", "merged_into")
    rows = rows[rows["merged_into"] != ""]
    return dict(zip(rows["commune_id"], rows["merged_into"], strict=True))


def _one_became_the_other(first: str, second: str, successors: Mapping[str, str]) -> bool:
    """Whether one commune was merged into the other: what is in it may be under either at every date."""
    return second in _became(first, successors) or first in _became(second, successors)


def _became(commune: str, successors: Mapping[str, str]) -> set[str]:
    result: set[str] = set()
    while commune in successors and commune not in result:
        result.add(commune)
        commune = successors[commune]
    return result | {commune}
