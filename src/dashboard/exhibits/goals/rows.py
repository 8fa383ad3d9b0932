"""Goals, communes or dates as the rows of a chart and of a table."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.exhibits import reported
from dashboard.exhibits.goals import wording
from dashboard.exhibits.model import Table, narrow
from dashboard.text import Text

# Letters of a goal's name on a phone.
_NARROW = 38


def frame_of(rows: pd.DataFrame, names: list[str], says: list[str] | None = None) -> pd.DataFrame:
    """One row per row of `rows` with what the charts of goals draw (see `charts.goals`)."""
    shares = [_share(row) for row in wording.records(rows)]
    # A bar ends with its track, also where more were admitted than there were members.
    shares = [None if share is None else min(share, 1.0) for share in shares]
    targets = [
        None if row["target"] is None or not row["percent"] else row["target"] / 100
        for row in wording.records(rows)
    ]
    return pd.DataFrame(
        {
            "row": range(len(rows)),
            "name": names,
            "name_narrow": narrow(names, _NARROW),
            "says": says or "",
            "share": pd.array(shares, dtype="Float64"),
            "target": pd.array(targets, dtype="Float64"),
            "status": list(rows["status"]),
            "full": [1 if row["denominator"] else None for row in wording.records(rows)],
        }
    )


def _share(row: dict[str, Any]) -> float | None:
    return row["numerator"] / row["denominator"] if row["denominator"] else None


def table_of(heading: str, names: list[str], rows: pd.DataFrame, text: Text) -> Table:
    """The same rows with count, whole, share and status; `heading` stands above their names. A count has no
    whole and no share."""
    records = wording.records(rows)
    share = text("column_short.share")
    columns = {
        heading: names,
        text("column_short.numerator"): [row["numerator"] if wording.known(row) else None for row in records],
        text("column_short.denominator"): [row["denominator"] or "–" for row in records],
        share: [wording.share(row) if row["percent"] else "–" for row in records],
        text("column_short.status"): [wording.status_says(row, text) for row in records],
    }
    lacking = [reported.left_out(wording.count_of(row), row["unit"], text) for row in records]
    if any(lacking):
        columns[text("column_short.left_out")] = lacking
    if not any(row["percent"] for row in records):
        del columns[text("column_short.denominator")], columns[share]
    return Table(pd.DataFrame(columns, dtype=object), shares=(share,))
