"""Cells that name a row of another table."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from dashboard.dataset.problems import Problem
from dashboard.dataset.sheet import Sheet

# More known ids than these help nobody to find the right one.
_MOST_LISTED = 20


def check(sheets: Mapping[str, Sheet]) -> tuple[dict[str, Sheet], list[Problem]]:
    """The sheets with the cells marked that name no row, and what to say about them.

    Links into a table that was not read are passed over.
    """
    problems: list[Problem] = []
    marked = dict(sheets)
    for name, sheet in sheets.items():
        for column in sheet.table.columns:
            table, _, key = (column.refers_to or "").partition(".")
            if table not in sheets:
                continue
            rows = _unknown(sheet, column.name, sheets[table], key)
            values = {"known": _listed(sheets[table].frame[key])}
            problems += sheet.problems(f"unknown_{key.removesuffix('_id')}", column.name, rows, values)
            marked[name] = marked[name].with_failed(column.name, rows)
    return marked, problems


def _unknown(sheet: Sheet, column: str, target: Sheet, key: str) -> pd.Index[int]:
    """Rows whose cell names no row of `target`.

    None of them, where no more ids are unknown than `target` has keys that could not be read: then
    these keys are what to mend.
    """
    cells = sheet.sound(column)[column]
    named = pd.Index(cells.unique())
    unknown = named.difference(pd.Index(target.frame[key])).difference(pd.Index([""]))
    if len(unknown) <= target.unknown_keys(key):
        return cells.index[:0]
    return cells.index[cells.isin(unknown)]


def _listed(ids: pd.Series[str]) -> str:
    ids = ids.drop_duplicates()
    known = [known for known in ids.head(_MOST_LISTED) if known]
    return ", ".join(known) + (", …" if len(ids) > _MOST_LISTED else "")
