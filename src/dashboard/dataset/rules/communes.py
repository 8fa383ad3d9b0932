"""Communes over time: what became of a commune must be in force when it ends."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pandas as pd

from dashboard import text
from dashboard.dataset.problems import Problem
from dashboard.dataset.rules.graph import cycles
from dashboard.dataset.sheet import Sheet

# As a text, after every date.
_NEVER = "9999"


def check(sheet: Sheet) -> list[Problem]:
    """What is wrong between communes; one problem per merger or pair of namesakes."""
    rows = sheet.sound("commune_id", "merged_into")
    keys = pd.Index(rows["commune_id"])
    into = keys.get_indexer(pd.Index(rows["merged_into"]))
    problems = []
    circular: set[int] = set()
    for members in cycles(into):
        circular.update(members)
        names = ", ".join(keys[list(members)])
        row = rows.index[members[0]]
        problems.append(sheet.problem("merged_cycle", "merged_into", row, members=names))
    for place, successor in enumerate(into):
        if successor >= 0 and place not in circular:
            problems += _merger(sheet, int(rows.index[place]), int(rows.index[successor]))
    return problems + list(_namesakes(sheet)) + list(_regions(sheet))


def _merger(sheet: Sheet, row: int, successor_row: int) -> Iterator[Problem]:
    """A commune that ends must pass into one that is in force on the day after."""
    dates = sheet.sound("valid_from", "valid_to")
    if row not in dates.index or successor_row not in dates.index:
        return
    end = str(dates.at[row, "valid_to"])
    starts, ends = (str(dates.at[successor_row, column]) for column in ("valid_from", "valid_to"))
    day_after = (date.fromisoformat(end) + timedelta(days=1)).isoformat()
    if starts > day_after:
        yield sheet.problem("successor_late", "merged_into", row, day=day_after, starts=starts)
    elif ends and ends <= end:
        yield sheet.problem("successor_ended", "merged_into", row, day=day_after, ends=ends)


def _namesakes(sheet: Sheet) -> Iterator[Problem]:
    """Communes of one name and kind at one time cannot be told apart on the screen."""
    rows = sheet.sound("commune_id", "name", "kind", "valid_from", "valid_to")
    rows = rows.assign(name=rows["name"].str.casefold(), valid_to=rows["valid_to"].replace("", _NEVER))
    rows = rows[rows.duplicated(["name", "kind"], keep=False)]
    for _, group in rows.groupby(["name", "kind"], sort=False):
        earlier: list[tuple[int, str, str]] = []
        for row, starts, ends in zip(group.index, group["valid_from"], group["valid_to"], strict=True):
            first = next((at for at, start, end in earlier if start <= ends and starts <= end), None)
            if first is not None:
                yield sheet.problem("commune_twin", "name", row, warning=True, first=first)
            earlier.append((row, starts, ends))


def _regions(sheet: Sheet) -> Iterator[Problem]:
    """Regions that differ by capitals or accents alone are one to a reader; a commune in force without a
    region, where others have one, stands apart from all of them."""
    rows = sheet.sound("region")
    named = rows.loc[rows["region"] != "", "region"]
    firsts: dict[str, tuple[str, int]] = {}
    for row, name in named[~named.duplicated()].items():
        first, at = firsts.setdefault(text.slug(name) or name, (name, int(str(row))))
        if first != name:
            yield sheet.problem("region_twin", "region", row, warning=True, first=at, known=first)
    if len(named):
        blank = rows.index[(rows["region"] == "") & (rows["valid_to"] == "")]
        yield from sheet.problems("region_blank", "region", blank, warning=True)
