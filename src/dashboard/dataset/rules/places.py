"""Organisations in communes and villages: what is under a commune's organisation lies in that commune."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset.problems import Problem
from dashboard.dataset.rules.graph import Pointers
from dashboard.dataset.rules.tree import Mask, Objects, Tree
from dashboard.dataset.sheet import Sheet
from dashboard.dataset.villages import rows_at

# Stands for a commune that was named, but not understood: nothing is held against it.
_UNREADABLE = "?"


def check(sheet: Sheet, tree: Tree, villages: Sheet, communes: Sheet) -> Iterator[Problem]:
    """Communes that contradict the organisation above, and villages that contradict the commune."""
    own = tree.rows["commune_id"].to_numpy(dtype=object, copy=True)
    own[tree.rows.index.isin(sheet.failed.get("commune_id", ()))] = _UNREADABLE
    source = _sources(tree, own)
    held = np.where(source >= 0, own[source], "") if len(own) else own
    differs = _differing(tree, own, held)
    for row, commune in zip(tree.rows.index[differs], tree.at_parent(held)[differs], strict=True):
        yield sheet.problem("commune_differs", "commune_id", row, above=commune)
    lies_in = _communes_of(villages, tree.rows)
    cases = pd.DataFrame({"commune": lies_in, "named": held, "source": source}, index=tree.rows.index)
    contradict = (lies_in != "") & (held != _UNREADABLE) & (lies_in != held)
    if differs.any():
        contradict &= ~((source >= 0) & differs[source])
    yield from _villages(sheet, cases[contradict], _successors(communes))


def _sources(tree: Tree, own: Objects) -> Pointers:
    """For each organisation the nearest one, itself or above, that names a commune; -1 for none."""
    source = np.where(own != "", np.arange(len(own)), -1)
    for _ in schema.LEVELS:
        inherits = (source < 0) & (tree.parent >= 0)
        source[inherits] = source[tree.parent[inherits]]
    return source


def _differing(tree: Tree, own: Objects, held: Objects) -> Mask:
    above = tree.at_parent(held)
    silent = ("", _UNREADABLE)
    differs: Mask = (own != above) & ~np.isin(own, silent) & ~np.isin(above, silent)
    return differs


def _villages(sheet: Sheet, cases: pd.DataFrame, successors: Mapping[str, str]) -> Iterator[Problem]:
    """`cases` has a row per village's organisation: the commune in which the village lies, the one that is
    named, and by which organisation; what one organisation says wrongly is said once."""
    for (commune, named, _), group in cases.groupby(["commune", "named", "source"], sort=False):
        if not named:
            yield from sheet.problems("village_outside", "village_id", group.index, {"commune": commune})
        elif not _one_became_the_other(str(commune), str(named), successors):
            more = len(group) - 1
            yield sheet.problem(
                "village_elsewhere", "village_id", group.index[0], more=more, commune=commune, named=named
            )


def _communes_of(villages: Sheet, organizations: pd.DataFrame) -> Objects:
    """The commune of each organisation's village at its date; "" where it has none that is in force."""
    rows = villages.sound("village_id", "commune_id", "valid_from", "valid_to")
    # A place of -1 takes the blank at the end.
    communes = np.append(rows["commune_id"].to_numpy(dtype=object), "")
    lies_in: Objects = communes[rows_at(rows, organizations["as_of"], organizations["village_id"])]
    return lies_in


def _successors(communes: Sheet) -> dict[str, str]:
    rows = communes.sound("commune_id", "merged_into")
    rows = rows[rows["merged_into"] != ""]
    return dict(zip(rows["commune_id"], rows["merged_into"], strict=True))


def _one_became_the_other(first: str, second: str, successors: Mapping[str, str]) -> bool:
    """Whether one commune was merged into the other: a village is kept under one of them at every date."""
    return second in _became(first, successors) or first in _became(second, successors)


def _became(commune: str, successors: Mapping[str, str]) -> set[str]:
    found: set[str] = set()
    while commune in successors and commune not in found:
        found.add(commune)
        commune = successors[commune]
    return found | {commune}
