"""Who is under whom: every organisation hangs on the one at the top, at a level that may stand there."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset.problems import Problem
from dashboard.dataset.rules.graph import cycles
from dashboard.dataset.rules.tree import Mask, Tree, tree
from dashboard.dataset.sheet import Sheet

# A circle of more members is told by its first ones.
_MOST_NAMED = 10


def check(sheet: Sheet) -> tuple[Tree, list[Problem]]:
    """The tree of the dates that are in order, and what is wrong at the others."""
    whole = tree(sheet.sound("as_of", "org_id"))
    bad = _failed(sheet, whole, "parent_id")
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
    broken = bad | unknown | circular | wrong_level | _failed(sheet, whole, "level")
    if sheet.unknown_keys("as_of") or sheet.unknown_keys("org_id"):
        broken[:] = True
    return whole.without_dates_of(broken), problems


def _failed(sheet: Sheet, whole: Tree, column: str) -> Mask:
    failed: Mask = whole.rows.index.isin(sheet.failed.get(column, ()))
    return failed


def _roots(sheet: Sheet) -> Iterator[Problem]:
    """Exactly one organisation of the top level at every date."""
    rows = sheet.sound("as_of", "level")
    tops = rows[rows["level"] == schema.LEVELS[0]]
    # Written backwards, so that the first row of a date stays.
    firsts = dict(zip(tops["as_of"].tolist()[::-1], tops.index.tolist()[::-1], strict=True))
    # A copied row was already reported as a second one of its id.
    again = tops["as_of"].duplicated() & ~tops.index.isin(sheet.failed.get("org_id", ()))
    for row, as_of in tops["as_of"][again].items():
        yield sheet.problem("root_many", "level", row, first=firsts[as_of])
    if sheet.unknown_keys("as_of") or sheet.unknown_keys("level"):
        return
    # There it is said of the organisation at the top that its level is wrong.
    headless = set(rows["as_of"][rows.index.isin(sheet.failed.get("parent_id", ()))])
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
    """Which organisations stand under a level that may not be above theirs; unknown levels pass."""
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
