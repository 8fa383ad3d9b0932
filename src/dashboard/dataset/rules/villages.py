"""Villages over time: their periods, what they were merged into, and rows that name one out of its period."""

from __future__ import annotations

from collections.abc import Iterator

import pandas as pd

from dashboard import text
from dashboard.dataset.problems import Problem
from dashboard.dataset.rules.graph import cycles
from dashboard.dataset.sheet import Sheet
from dashboard.dataset.villages import dated, day_after, rows_at


def check(sheet: Sheet) -> list[Problem]:
    """What is wrong between the periods of villages: nothing where no village has a date."""
    if not dated(sheet.frame):
        return []
    rows = sheet.sound("village_id", "valid_from", "valid_to").sort_values("valid_from", kind="stable")
    return [*_overlaps(sheet, rows), *_mergers(sheet, rows)]


def out_of_period(sheet: Sheet, villages: Sheet) -> list[Problem]:
    """Rows of a date that name a village which is not in force then."""
    if not dated(villages.frame) or villages.failed.keys() & {"village_id", "valid_from", "valid_to"}:
        return []
    rows = sheet.sound("as_of", "village_id")
    rows = rows[(rows["village_id"] != "") & (rows["as_of"] != "")]
    rows = rows[rows["village_id"].isin(villages.frame["village_id"])]
    wrong = rows.index[rows_at(villages.frame, rows["as_of"], rows["village_id"]) < 0]

    def periods(row: int) -> dict[str, str]:
        own = villages.frame[villages.frame["village_id"] == rows.at[row, "village_id"]]
        own = own.sort_values("valid_from")
        said = [_period(*dates) for dates in zip(own["valid_from"], own["valid_to"], strict=True)]
        return {"date": _written(rows.at[row, "as_of"]), "periods": "; ".join(said)}

    return sheet.problems("village_not_in_force", "village_id", wrong, periods)


def _overlaps(sheet: Sheet, rows: pd.DataFrame) -> Iterator[Problem]:
    """Periods of one village that begin before the one before has ended; `rows` by their beginning."""
    before = rows.assign(row=rows.index).groupby("village_id", sort=False).shift()
    open_end = (before["valid_to"] == "") | (before["valid_to"] >= rows["valid_from"])
    # A second row of the same beginning was already reported as one that stands twice.
    again = before["valid_to"].notna() & (before["valid_from"] != rows["valid_from"])
    for row in rows.index[again & open_end]:
        yield sheet.problem("village_overlap", "valid_from", row, first=int(before.at[row, "row"]))


def _mergers(sheet: Sheet, rows: pd.DataFrame) -> Iterator[Problem]:
    """A village must pass into one that is in force on the day after."""
    merged = rows.loc[rows.index.isin(sheet.sound("merged_into").index) & (rows["merged_into"] != "")]
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
    known = merged["merged_into"].isin(rows["village_id"])
    gone = rows_at(rows, days, merged["merged_into"]) < 0
    for row in merged.index[known & gone]:
        yield sheet.problem("village_successor", "merged_into", row, day=_written(days[row]))


def _period(begins: str, ends: str) -> str:
    return f"{_written(begins) if begins else '…'} – {_written(ends) if ends else '…'}"


def _written(day: str) -> str:
    """A date as it is written in every language."""
    return text.get().date(day)
