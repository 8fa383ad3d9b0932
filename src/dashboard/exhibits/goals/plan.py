"""One plan with the fewest changes, village by village."""

from __future__ import annotations

import pandas as pd

from dashboard import measures
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits.goals import listed, posts
from dashboard.exhibits.goals.gap import headline
from dashboard.exhibits.goals.wording import Record, records
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.text import Text


@exhibit("goals.plan")
def plan(dataset: Dataset, selection: Selection) -> Content:
    """The villages and posts of one plan with the fewest changes for what is chosen."""
    text = selection.text
    fewest = measures.gap.fewest(dataset, selection)
    rows = measures.gap.steps(dataset, selection)
    shown = rows.head(posts.MOST_ROWS)
    more = len(rows) - len(shown)
    return Content(
        headline=text(
            "goals.plan.headline",
            n=len(rows),
            villages=text("goals.plan.villages", n=rows["village_id"].nunique()),
        )
        if len(rows)
        else headline(fewest, len(measures.gap.by_commune(dataset, selection)), text),
        chart=listed.plan(dataset, selection, rows),
        table=_table(dataset, selection, shown),
        notes=[
            text("goals.plan.more_rows", n=more, n_shown=len(shown)) if more else "",
            text("goals.plan.order") if len(rows) else "",
            text("goals.gap.note"),
        ],
    )


def _table(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> Table:
    text = selection.text
    found = records(rows)
    columns = {
        **posts.where(dataset, selection, rows),
        text("column_short.position"): [posts.says(row, text) for row in found],
        text("column_short.change"): [text(f"goals.plan.{row['change']}") for row in found],
        text("column_short.goals"): [row["goals"] for row in found],
        text("column_short.alternatives"): [_alternatives(row, text) for row in found],
    }
    return Table(pd.DataFrame(columns, dtype=object))


def _alternatives(row: Record, text: Text) -> str:
    """Which others would do as well: any as many of those that move the same goals alike."""
    if row["chosen"] == row["available"]:
        return text("goals.plan.no_other")
    return text("goals.plan.any", n=row["chosen"], available=row["available"])
