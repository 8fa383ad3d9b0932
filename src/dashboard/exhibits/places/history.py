"""The posts of one village over the as-of dates."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import measures, schema
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits.goals import wording
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.overlap.wording import post_says, post_state
from dashboard.exhibits.places import drawn, village
from dashboard.text import Text

Record = dict[str, Any]


@exhibit("village.history")
def history(dataset: Dataset, selection: Selection, village_id: str) -> Content:
    """The posts of the village at each as-of date."""
    text = selection.text
    found = measures.places.village(dataset, selection, village_id)
    rows = wording.records(measures.places.posts_over_time(dataset, selection, found))
    dates = [as_of for as_of in dataset.dates if as_of <= selection.as_of]
    table = {text("column_short.as_of"): [text.date(row["as_of"]) for row in rows]} | {
        text(f"code.position.{position}"): [post_says(row, position, text) for row in rows]
        for position in schema.POSITIONS
    }
    return Content(
        place=village.place_of(dataset, selection, found),
        headline=_headline(rows, found.name, text),
        takeaways=[_changed(rows, text) if found.in_force else ""],
        chart=drawn.over_time(dataset, selection, found),
        table=Table(pd.DataFrame(table)),
        notes=[
            text("card.bounded", n=drawn.MOST, all=len(rows)) if len(rows) > drawn.MOST else "",
            text("village.history.note"),
            text("village.history.in_force") if len(rows) < len(dates) else "",
            text("overlap.matrix.note"),
        ],
    )


def _headline(rows: Sequence[Record], village: str, text: Text) -> str:
    known = [row for row in rows if any(row[position] for position in schema.POSITIONS)]
    if not known:
        return text("village.history.silent", village=village)
    first, last = known[0], known[-1]
    now = {"now": _members(last), "of": _of(last, text), "date": text.date(last["as_of"])}
    if first is last:
        return text("village.history.at", village=village, **now)
    then = {"then": _members(first), "then_of": _of(first, text), "then_date": text.date(first["as_of"])}
    return text("village.history.from_to", village=village, **then, **now)


def _changed(rows: Sequence[Record], text: Text) -> str:
    """The posts whose state differs from that at the date before; "" where there is none."""
    if len(rows) < 2 or not any(rows[-2][position] for position in schema.POSITIONS):
        return ""
    before, now = rows[-2:]
    moved = []
    for position in schema.POSITIONS:
        states = [post_state(row, position) for row in (before, now)]
        if states[0] != states[1]:
            then, after = (text(f"village.history.state.{state}") for state in states)
            post = text(f"code.position_inside.{position}")
            moved.append(text("village.history.moved", post=post, then=then, now=after))
    said = "; ".join(moved) or text("village.history.same")
    return text("takeaway.since", date=text.date(before["as_of"]), said=said)


def _members(row: Record) -> int:
    return sum(post_state(row, position) == "member" for position in schema.POSITIONS)


def _of(row: Record, text: Text) -> str:
    """The posts with a holder: "5", "5 (1 chưa báo cáo)"."""
    filled = text.number(sum(row[position] > 0 for position in schema.POSITIONS))
    silent = sum(post_state(row, position) == "not_reported" for position in schema.POSITIONS)
    return f"{filled} ({text('goals.brief.unreported', n=silent)})" if silent else filled
