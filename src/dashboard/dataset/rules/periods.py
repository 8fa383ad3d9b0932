"""Communes and villages over time: their periods, what they were merged into, and rows that name a village
out of its period."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pandas as pd

from dashboard import text
from dashboard.dataset.problems import Problem, written_date
from dashboard.dataset.rules.organizations import cycles
from dashboard.dataset.sheet import Sheet
from dashboard.dataset.villages import dated, day_after, rows_at

# As a text, after every date.
_NEVER = "9999"
# More pairs of namesakes than these are said in one line.
_MOST_TWINS = 10


def communes(sheet: Sheet) -> list[Problem]:
    """What is wrong between communes; one problem per merger or pair of namesakes."""
    rows = sheet.valid("commune_id", "merged_into")
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
    dates = sheet.valid("valid_from", "valid_to")
    if row not in dates.index or successor_row not in dates.index:
        return
    end = str(dates.at[row, "valid_to"])
    starts, ends = (str(dates.at[successor_row, column]) for column in ("valid_from", "valid_to"))
    day = day_after(end)
    if starts > day:
        yield sheet.problem("successor_late", "merged_into", row, day=day, starts=starts)
    elif ends and ends <= end:
        yield sheet.problem("successor_ended", "merged_into", row, day=day, ends=ends)


def _namesakes(sheet: Sheet) -> Iterator[Problem]:
    """Communes of one name and kind in one region at one time cannot be told apart on the screen."""
    pairs = list(_twins(sheet))
    several = len(pairs) > _MOST_TWINS
    for row, first in pairs[:1] if several else pairs:
        problem = sheet.problem("commune_twin", "name", row, warning=True, first=first)
        yield replace(problem, more=len(pairs) - 1) if several else problem


def _twins(sheet: Sheet) -> Iterator[tuple[int, int]]:
    """The row of each commune that has a namesake in an earlier one, and that row."""
    rows = sheet.valid("commune_id", "name", "kind", "valid_from", "valid_to", "region")
    rows = rows.assign(name=rows["name"].str.casefold(), valid_to=rows["valid_to"].replace("", _NEVER))
    rows = rows[rows.duplicated(["name", "kind", "region"], keep=False)]
    for _, group in rows.groupby(["name", "kind", "region"], sort=False):
        earlier: list[tuple[int, str, str]] = []
        for row, starts, ends in zip(group.index, group["valid_from"], group["valid_to"], strict=True):
            first = next(
                (earlier_row for earlier_row, start, end in earlier if start <= ends and starts <= end), None
            )
            if first is not None:
                yield row, first
            earlier.append((row, starts, ends))


def _regions(sheet: Sheet) -> Iterator[Problem]:
    """Regions that differ by capitals or accents alone are one to a reader; a commune in force without a
    region, where others have one, is apart from all of them."""
    rows = sheet.valid("region")
    regions = rows.loc[rows["region"] != "", "region"]
    firsts: dict[str, tuple[str, int]] = {}
    for row, name in regions[~regions.duplicated()].items():
        first, first_row = firsts.setdefault(text.slug(name) or name, (name, int(str(row))))
        if first != name:
            yield sheet.problem("region_twin", "region", row, warning=True, first=first_row, known=first)
    if len(regions):
        blank = rows.index[(rows["region"] == "") & (rows["valid_to"] == "")]
        yield from sheet.problems("region_blank", "region", blank, warning=True)


def left_behind(communes: Sheet, villages: Sheet) -> Iterator[Problem]:
    """Communes that ended without one that follows while villages lie in them still."""
    rows = communes.valid("commune_id", "valid_to", "merged_into")
    rows = rows[(rows["valid_to"] != "") & (rows["merged_into"] == "")]
    remaining = villages.valid("village_id", "commune_id", "valid_from", "valid_to")
    remaining = remaining[remaining["commune_id"].isin(rows["commune_id"])]
    ends = remaining["commune_id"].map(dict(zip(rows["commune_id"], rows["valid_to"], strict=True)))
    remaining = remaining[(remaining["valid_to"] == "") | (remaining["valid_to"] > ends)]
    several = remaining["commune_id"].value_counts()
    for row in rows.index[rows["commune_id"].isin(several.index)]:
        commune, day = (str(rows.at[row, name]) for name in ("commune_id", "valid_to"))
        first = remaining.loc[remaining["commune_id"] == commune, "village_id"].iloc[0]
        values = {"day": written_date(day), "n": int(several[commune]), "village": first}
        yield communes.problem("commune_left", "merged_into", row, warning=True, **values)


def villages(sheet: Sheet) -> list[Problem]:
    """What is wrong between the periods of villages: nothing where no village has a date."""
    if not dated(sheet.frame):
        return []
    rows = sheet.valid("village_id", "valid_from", "valid_to").sort_values("valid_from", kind="stable")
    return [*_overlaps(sheet, rows), *_mergers(sheet, rows)]


def out_of_period(sheet: Sheet, villages: Sheet) -> list[Problem]:
    """Rows of a date that name a village which is not in force then."""
    if not dated(villages.frame) or villages.invalid.keys() & {"village_id", "valid_from", "valid_to"}:
        return []
    rows = sheet.valid("as_of", "village_id")
    rows = rows[(rows["village_id"] != "") & (rows["as_of"] != "")]
    rows = rows[rows["village_id"].isin(villages.frame["village_id"])]
    wrong = rows.index[rows_at(villages.frame, rows["as_of"], rows["village_id"]) < 0]

    def periods(row: int) -> dict[str, str]:
        periods_of_village = villages.frame[villages.frame["village_id"] == rows.at[row, "village_id"]]
        periods_of_village = periods_of_village.sort_values("valid_from")
        parts = [
            _period(*dates)
            for dates in zip(periods_of_village["valid_from"], periods_of_village["valid_to"], strict=True)
        ]
        return {"date": written_date(rows.at[row, "as_of"]), "periods": "; ".join(parts)}

    return sheet.problems("village_not_in_force", "village_id", wrong, periods)


def _overlaps(sheet: Sheet, rows: pd.DataFrame) -> Iterator[Problem]:
    """Periods of one village that begin before the one before has ended; `rows` by their beginning."""
    before = rows.assign(row=rows.index).groupby("village_id", sort=False).shift()
    open_end = (before["valid_to"] == "") | (before["valid_to"] >= rows["valid_from"])
    # A second row of the same beginning was already reported as a duplicate.
    again = before["valid_to"].notna() & (before["valid_from"] != rows["valid_from"])
    for row in rows.index[again & open_end]:
        yield sheet.problem("village_overlap", "valid_from", row, first=int(before.at[row, "row"]))


def _mergers(sheet: Sheet, rows: pd.DataFrame) -> Iterator[Problem]:
    """A village must pass into one that is in force on the day after."""
    merged = rows.loc[rows.index.isin(sheet.valid("merged_into").index) & (rows["merged_into"] != "")]
    merged = merged[merged["valid_to"] != ""]
    last = merged.drop_duplicates("village_id", keep="last")
    ids = pd.Index(last["village_id"])
    circular: set[str] = set()
    for members in cycles(ids.get_indexer(pd.Index(last["merged_into"]))):
        names = ids[list(members)]
        circular.update(names)
        row = last.index[members[0]]
        yield sheet.problem("village_merged_cycle", "merged_into", row, members=", ".join(names))
    merged = merged[~merged["village_id"].isin(circular)]
    days = merged["valid_to"].map(day_after)
    # Only of a village all rows of which are sound can it be said.
    is_known = merged["merged_into"].isin(rows["village_id"])
    not_in_force = rows_at(rows, days, merged["merged_into"]) < 0
    for row in merged.index[is_known & not_in_force]:
        yield sheet.problem("village_successor", "merged_into", row, day=written_date(days[row]))


def _period(begins: str, ends: str) -> str:
    return f"{written_date(begins) if begins else '…'} – {written_date(ends) if ends else '…'}"
