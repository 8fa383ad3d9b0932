"""Goals, communes or dates as the rows of a table."""

from __future__ import annotations

import pandas as pd

from dashboard.exhibits import reported
from dashboard.exhibits.goals import wording
from dashboard.exhibits.model import Table
from dashboard.text import Text


def table_of(heading: str, names: list[str], rows: pd.DataFrame, text: Text) -> Table:
    """Rows of `measures.goals` with count, whole, share and status; `heading` stands above their names. A
    count has no whole and no share."""
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
