"""Members and admissions: sums that must agree, and sizes that are unusual."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset.problems import Problem
from dashboard.dataset.rules.tree import Mask, Tree, Whole
from dashboard.dataset.sheet import Sheet

_COUNTED = ("members", "admitted")


def check(sheet: Sheet, tree: Tree) -> Iterator[Problem]:
    """Errors where a stated number contradicts what is under it; warnings for unusual sizes."""
    for column in _COUNTED:
        yield from _sums(sheet, tree, column)
    yield from _sizes(sheet, tree)
    rows, members = tree.rows, tree.rows["members"]
    over = tree.is_leaf & _true(rows["admitted"] > members)
    yield from sheet.problems("admitted_above_members", "admitted", rows.index[over], warning=True)
    unstated = tree.is_leaf & members.isna().to_numpy() & ~rows.index.isin(sheet.failed.get("members", ()))
    yield from sheet.problems("leaf_without_members", "members", rows.index[unstated], warning=True)


def _sums(sheet: Sheet, tree: Tree, column: str) -> Iterator[Problem]:
    """A number stated above leaves is their sum; where some leaves are blank, at least that of the rest."""
    stated = tree.rows[column]
    known, complete = _known(tree, column)
    above = ~tree.is_leaf & stated.notna().to_numpy()
    differs = above & complete & _true(stated != known)
    below = above & ~complete & _true(stated < known)
    for rule, wrong in (("sum_differs", differs), ("sum_below", below)):
        for row, total in zip(stated.index[wrong], known[wrong].tolist(), strict=True):
            yield sheet.problem(rule, column, row, total=total)


def _sizes(sheet: Sheet, tree: Tree) -> Iterator[Problem]:
    rows, members = tree.rows, tree.rows["members"]
    known, complete = _known(tree, "members")
    total = members.fillna(pd.Series(known, rows.index).where(complete).astype("Int64"))
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


def _known(tree: Tree, column: str) -> tuple[Whole, Mask]:
    """The sum over the leaves that state a number, and whether all of them do."""
    cells = tree.rows[column]
    known = tree.sum_under(cells.fillna(0).to_numpy(dtype=np.int64))
    blank = tree.sum_under(cells.isna().to_numpy().astype(np.int64))
    return known, blank == 0


def _true(outcome: pd.Series) -> Mask:
    """Where a comparison holds; with a blank cell it does not."""
    holds: Mask = outcome.fillna(False).to_numpy(dtype=bool)
    return holds
