"""What closes the gap: the fewest changes that reach every goal, and the posts in the way."""

from __future__ import annotations

import pandas as pd

from dashboard import measures
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits.goals import listed, posts, takeaways, wording
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import area_names
from dashboard.text import Text


@exhibit("goals.gap")
def gap(dataset: Dataset, selection: Selection) -> Content:
    """The fewest changes for what is chosen and for each commune; the posts in the way by village."""
    text = selection.text
    plan = measures.gap.fewest(dataset, selection)
    rows = measures.gap.by_commune(dataset, selection)
    names = area_names(dataset, selection)
    rows = rows.assign(name=[names[area] for area in rows["area"]])
    table, more = _obstacles(dataset, selection)
    return Content(
        headline=headline(plan, len(rows), text),
        takeaways=takeaways.gap(rows, text),
        sentences=[_choice_says(choice, text) for choice in plan.choices],
        chart=listed.choices(dataset, selection),
        table=table,
        notes=[more, text("goals.gap.note"), text("goals.gap.no_sum") if len(rows) > 1 else ""],
    )


def headline(plan: measures.gap.Plan, communes: int, text: Text) -> str:
    """How many changes are needed, or why there is no number."""
    goals = text("goals.gap.goals", n=len(plan.goals))
    if not plan.goals:
        known = "none_known" if plan.unreported else "none"
        said = text(f"goals.gap.{known}" if communes else "goals.attention.empty")
    elif plan.changes is None:
        said = text("goals.gap.never", goals=goals)
    else:
        said = text("goals.gap.headline", n=plan.changes, goals=goals)
    return said + (text("goals.gap.unreported", n=plan.unreported) if plan.unreported else "")


def _choice_says(choice: measures.gap.Choice, text: Text) -> str:
    """ "3 trong 14 người giữ chức danh …": which of those alike is left to the reader."""
    named = text.series([text(f"code.position_inside.{position}") for position in choice.positions])
    if choice.change == measures.gap.FILL:
        key = "goals.gap.fill"
    else:
        key = "goals.gap.member" if choice.posts == 1 else "goals.gap.members_of_several"
    return text(key, n=choice.chosen, available=choice.available, posts=named, several=choice.posts)


def _obstacles(dataset: Dataset, selection: Selection) -> tuple[Table, str]:
    text = selection.text
    found = measures.gap.obstacles(dataset, selection, posts.MOST_ROWS)
    shown = wording.records(found.rows)
    columns = {
        **posts.where(dataset, selection, found.rows),
        text("column_short.position"): [posts.says(row, text) for row in shown],
        text("column_short.reason"): [text(f"goals.gap.reason.{row['reason']}") for row in shown],
        text("column_short.goals"): [row["goals"] for row in shown],
    }
    more = text("goals.gap.more_rows", n=found.more) if found.more else ""
    return Table(pd.DataFrame(columns, dtype=object)), more
