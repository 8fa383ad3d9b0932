"""What the rows of tables say of one another: cells that name a row of another table, dates that only one of
two tables has, posts of one person."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset.problems import Problem
from dashboard.dataset.sheet import Sheet

# More known ids than these do not help to find the right one.
_MOST_LISTED = 20


def links(sheets: Mapping[str, Sheet]) -> tuple[dict[str, Sheet], list[Problem]]:
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
            marked[name] = marked[name].with_invalid(column.name, rows)
    return marked, problems


def _unknown(sheet: Sheet, column: str, target: Sheet, key: str) -> pd.Index[int]:
    """Rows whose cell names no row of `target`.

    None of them, where no more ids are unknown than `target` has keys that could not be read: then
    these keys are what to mend.
    """
    cells = sheet.valid(column)[column]
    ids = pd.Index(cells.unique())
    unknown = ids.difference(pd.Index(target.frame[key])).difference(pd.Index([""]))
    if len(unknown) <= target.unknown_keys(key):
        return cells.index[:0]
    return cells.index[cells.isin(unknown)]


def _listed(ids: pd.Series[str]) -> str:
    ids = ids.drop_duplicates()
    known = [known for known in ids.head(_MOST_LISTED) if known]
    return ", ".join(known) + (", …" if len(ids) > _MOST_LISTED else "")


def dates(organizations: Sheet, officers: Sheet) -> Iterator[Problem]:
    """One warning per table and as-of date that the other one does not have."""
    yield from _dates_missing(organizations, officers, "date_without_officers")
    yield from _dates_missing(officers, organizations, "date_without_organizations")


def _dates_missing(sheet: Sheet, other: Sheet, rule: str) -> Iterator[Problem]:
    if other.unknown_keys("as_of"):
        return
    days = set(other.frame["as_of"].unique())
    rows = sheet.valid("as_of")
    for row, as_of in rows["as_of"].drop_duplicates().items():
        if as_of not in days:
            yield sheet.problem(rule, "as_of", row, warning=True)


def holders(sheet: Sheet) -> list[Problem]:
    """Holders who are a member in one post and none in another of the same village and date; those that are
    not known need not be one."""
    rows = sheet.valid("as_of", "village_id", "holder", "party_member")
    rows = rows[~rows["holder"].isin(("", schema.UNKNOWN_HOLDER)) & rows["party_member"].notna()]
    person = np.zeros(len(rows), dtype=np.int64)
    for column in ("as_of", "village_id", "holder"):
        codes, values = pd.factorize(rows[column])
        person = person * len(values) + codes
    person, _ = pd.factorize(person)
    first = ~pd.Series(person).duplicated().to_numpy()
    member = rows["party_member"].to_numpy(dtype=bool)
    # Persons are numbered in the order in which they appear, so the first post of each gives a lookup.
    differs = member != member[first][person]
    firsts = rows.index[first]
    first_of = dict(zip(rows.index[differs].tolist(), firsts[person[differs]].tolist(), strict=True))
    return sheet.problems(
        "holder_differs", "party_member", rows.index[differs], lambda row: {"first": first_of[row]}
    )
