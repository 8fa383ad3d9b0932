"""The largest and the smallest organisations, and what changed over the as-of dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard import measures
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import reported, takeaways
from dashboard.exhibits.takeaways import Standing
from dashboard.text import Text


def by_members(rows: pd.DataFrame, unit: str, text: Text) -> list[str]:
    """The organisations with most and fewest members. `rows`: `name`, `members`, and `complete` (False where
    one below states none)."""
    standings = [
        Standing(name, 0 if pd.isna(many) else int(many), complete=bool(complete) and pd.notna(many))
        for name, many, complete in zip(rows["name"], rows["members"], rows["complete"], strict=True)
    ]
    return [takeaways.leading(text, "structure.extremes", standings, unit)]


def by_commune(dataset: Dataset, selection: Selection, names: dict[str, str]) -> list[str]:
    """The commune with fewest members (the headline has the one with most), those that admitted most and
    fewest, and those that grew and shrank most; only what every organisation reports."""
    text = selection.text
    if selection.only is not None:
        return []
    rows = list(measures.changes.figures(dataset, selection).itertuples(index=False))
    members = [Standing(names[row.area], row.members) for row in rows if pd.notna(row.members)]
    admitted = [
        Standing(
            names[row.area], 0 if pd.isna(row.admitted) else row.admitted, complete=pd.notna(row.admitted)
        )
        for row in rows
    ]
    lacking = reported.not_ranked([names[row.area] for row in rows if pd.isna(row.members)], text)
    fewest = takeaways.best(members, last=True)
    return [
        f"{text('structure.by_commune.fewest', fewest=takeaways.tied(text, fewest))} {lacking}".strip()
        if 0 < len(fewest) < len(members)
        else lacking,
        takeaways.leading(text, "structure.admissions", admitted),
        _grown(dataset, selection, rows, names),
    ]


def _grown(dataset: Dataset, selection: Selection, rows: Sequence[Any], names: dict[str, str]) -> str:
    """The communes whose members grew and shrank most. `rows`: those of `measures.changes.figures`."""
    text = selection.text
    before_date = dataset.date_before(selection.as_of)
    known = [
        (names[row.area], row.members_before, row.members)
        for row in rows
        if pd.notna(row.members) and pd.notna(row.members_before)
    ]
    if before_date is None or len(known) < 2:
        return ""
    changes = [now - before for _, before, now in known]
    groups = {
        way: [row for row, by in zip(known, changes, strict=True) if by == change]
        for way, change in (("rose", max(changes)), ("fell", min(changes)))
        if (way == "rose" and change > 0) or (way == "fell" and change < 0)
    }
    sentences = []
    for few in (takeaways.TIED, 1):
        said = [
            text(f"structure.by_commune.{way}", names=_moves(group, text, few))
            for way, group in groups.items()
        ]
        words = "; ".join(said) or text("structure.by_commune.unchanged")
        if len(known) < len(rows):
            words = f"{words}; {text('takeaway.areas.unknown', n=len(rows) - len(known))}"
        sentences.append(text("takeaway.since", date=text.date(before_date), said=words))
    return takeaways.shortest(sentences)


def _moves(group: Sequence[tuple[str, int, int]], text: Text, few: int) -> str:
    """Communes (name, before, now) with the same change: "Xã Hương Sơn từ 150 lên 156", or how many."""
    if len(group) > few:
        _, before, now = group[0]
        each = text("takeaway.each", each=text.change(now - before))
        return text("takeaway.many", many=text("takeaway.communes", n=len(group)), each=each)
    return text.series([takeaways.moved(text, *row) for row in group])


def over_time(
    dataset: Dataset, selection: Selection, measure: str, values: Mapping[str, int | None]
) -> list[str]:
    """The change over the whole period shown, and its highest and lowest date; of `values` (by as-of date,
    oldest first) those that every organisation reports."""
    text = selection.text
    told = {
        as_of: value
        for as_of in measures.changes.told_dates(dataset, selection, measure)
        if (value := values[as_of]) is not None
    }
    if selection.as_of not in told or min(told) >= (dataset.date_before(selection.as_of) or ""):
        return []  # the headline has the change since the date before
    found = list(told.values())
    steps = [later - earlier for earlier, later in pairwise(found)]
    steady = len(told) == len(values) and (min(steps) > 0 or max(steps) < 0)
    change = found[-1] - found[0]
    way = "up" if change > 0 else "down" if change < 0 else "same"
    period = text(
        f"structure.{measure}_over_time.{way}",
        first=text.date(min(told)),
        last=text.date(selection.as_of),
        n=abs(change),
        before=found[0],
        now=found[-1],
        steady=text(f"structure.steady.{way}") if steady else "",
    )
    return [period, "" if steady or max(found) == min(found) else _extremes(told, text)]


def _extremes(values: Mapping[str, int], text: Text) -> str:
    highest, lowest = max(values.values()), min(values.values())
    return text(
        "structure.over_time",
        highest=highest,
        highest_at=_dates([as_of for as_of, value in values.items() if value == highest], text),
        lowest=lowest,
        lowest_at=_dates([as_of for as_of, value in values.items() if value == lowest], text),
    )


def _dates(dates: Sequence[str], text: Text) -> str:
    if len(dates) > takeaways.TIED:
        return text("structure.dates", n=len(dates))
    return text.series([text.date(as_of) for as_of in dates])
