"""Communes at two dates: one goal, and the members."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import measures
from dashboard.charts.model import Dumbbells
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import empty, peers, reported
from dashboard.exhibits.changes import two_dates
from dashboard.exhibits.goals.wording import (
    between_label,
    measure_words,
    named_changes,
    share,
    short_names,
    target_label,
    unit_of,
)
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import AREA, area_names, link
from dashboard.exhibits.rows import columns
from dashboard.exhibits.structure.wording import only_once
from dashboard.measures.comparison import Comparison
from dashboard.measures.families import NO_DATA, Count
from dashboard.text import Text

# More sentences above a chart are not read; those on villages come first.
_MOST_TAKEAWAYS = 3


@exhibit("changes.by_commune", size=512)
def by_commune(dataset: Dataset, selection: Selection, goal_id: str) -> Content | None:
    """One goal at both dates in every chosen commune."""
    if not selection.since:
        return None
    text = selection.text
    total, comparisons = measures.comparison.goal_comparison(dataset, selection, goal_id)
    names = area_names(dataset, selection)
    measure = dataset.goal[goal_id].measure
    sentences = named_changes(dataset, selection, measure)
    room = _MOST_TAKEAWAYS - len(sentences)
    extremes = two_dates.extremes(text, "changes.by_commune", _several(names, comparisons), room)
    return Content(
        headline=_headline(dataset, selection, goal_id, total, comparisons),
        takeaways=[*sentences, *extremes],
        chart=_goal_chart(dataset, selection, goal_id) if comparisons else None,
        table=_goal_table(selection, names, comparisons, dataset.goal[goal_id].target),
        notes=[
            text.some(f"changes.unreported_{unit_of(measure.unit)}", total.unreported),
            two_dates.apart(dataset, selection) if total.apart else "",
            _unreported_note(comparisons, text),
            *two_dates.merged(dataset, selection),
        ],
        measure=text("changes.overlap.measure")
        if measure.family == "overlap_share"
        else measure_words(measure, text),
        period=two_dates.marked(selection),
        by_region=peers.among(dataset, selection).by_region,
    )


@exhibit("changes.members")
def members(dataset: Dataset, selection: Selection) -> Content | None:
    """Members at both dates in every chosen commune; those newly admitted are in the table."""
    if not selection.since:
        return None
    text = selection.text
    rows = measures.changes.figures(dataset, selection)
    comparisons = _of_members(rows)
    names = area_names(dataset, selection)
    return Content(
        headline=_members_headline(text, names, comparisons),
        takeaways=two_dates.extremes(text, "changes.members", _several(names, comparisons)),
        chart=None if empty.outside_only(selection) else _members_chart(dataset, selection),
        table=_members_table(selection, names, rows),
        notes=[
            _unreported_note(comparisons, text),
            only_once(dataset, selection, "members", selection.since),
            *two_dates.merged(dataset, selection),
            text("changes.members.note"),
        ],
        period=two_dates.marked(selection),
        by_region=peers.among(dataset, selection).by_region,
    )


def _goal_chart(dataset: Dataset, selection: Selection, goal_id: str) -> Dumbbells | None:
    text, goal = selection.text, dataset.goal[goal_id]
    _, comparisons = measures.comparison.goal_comparison(dataset, peers.among(dataset, selection), goal_id)
    total, _ = measures.comparison.goal_comparison(dataset, peers.everything(dataset, selection), goal_id)
    target = goal.target if goal.measure.percent else None
    targets = () if target is None else (target_label(goal, text),)
    whole = two_dates.Line(peers.whole_name(dataset, selection), total, target)
    return _chart(dataset, selection, comparisons, whole, targets)


def _members_chart(dataset: Dataset, selection: Selection) -> Dumbbells | None:
    among, text = peers.among(dataset, selection), selection.text
    comparisons, communes = (
        _of_members(measures.changes.figures(dataset, choice))
        for choice in (among, replace(among, by_region=False))
    )
    together = _together(communes)
    key = "takeaway.communes" if together.compared == len(communes) else "changes.members.compared"
    whole = two_dates.Line(text(key, n=together.compared), together)
    return _chart(dataset, selection, comparisons, whole)


def _chart(
    dataset: Dataset,
    selection: Selection,
    comparisons: dict[str, Comparison],
    whole: two_dates.Line,
    targets: tuple[str, ...] = (),
) -> Dumbbells | None:
    """What is chosen among the other communes, or by region."""
    among = peers.among(dataset, selection)
    names, marked = area_names(dataset, among), peers.marked(among, selection)
    lines = [
        two_dates.Line(names[area], comparison, whole.target, link(AREA, area), area in marked)
        for area, comparison in comparisons.items()
    ]
    heads = two_dates.Heads(selection.text("column_short.commune"), "communes", targets=targets)
    return two_dates.dumbbells(selection, lines, heads, whole if len(comparisons) > 1 else None)


def _together(comparisons: dict[str, Comparison]) -> Comparison:
    """The members of all communes that can be compared."""
    comparable = [comparison for comparison in comparisons.values() if comparison.comparable]
    before, now = (
        sum(comparison.before.numerator for comparison in comparable),
        sum(comparison.now.numerator for comparison in comparable),
    )
    return Comparison(Count(before, None), Count(now, None), now - before, len(comparable))


def _of_members(rows: pd.DataFrame) -> dict[str, Comparison]:
    """The members at both dates, compared where all report them, of rows of `measures.changes.figures`."""
    comparisons = {}
    for area, *figures in columns(rows, "area", "members_before", "members"):
        before, now = (NO_DATA if pd.isna(n) else Count(int(n), None) for n in figures)
        known = bool(before.known and now.known)
        gained = now.numerator - before.numerator if known else 0
        comparisons[area] = Comparison(before, now, gained, compared=int(known), unknown=int(not known))
    return comparisons


def _several(names: dict[str, str], comparisons: dict[str, Comparison]) -> dict[str, Comparison]:
    """The communes by name; none for one alone, which the headline is about."""
    return (
        {names[area]: comparison for area, comparison in comparisons.items()} if len(comparisons) > 1 else {}
    )


def _headline(
    dataset: Dataset,
    selection: Selection,
    goal_id: str,
    total: Comparison,
    comparisons: dict[str, Comparison],
) -> str:
    text = selection.text
    goal = short_names(dataset, text)[goal_id]
    if not (total.comparable and total.before.known and total.now.known):
        return two_dates.dated(selection, "changes.by_commune.empty", goal=goal)
    unit, target = dataset.goal[goal_id].measure.unit, dataset.goal[goal_id].target
    then, now = (reported.briefly(count, unit, text, target) for count in (total.before, total.now))
    headline = text("changes.by_commune.headline", goal=goal, then=then, now=now)
    headline += between_label(total, unit, text)
    directions = [
        comparison.direction
        for comparison in comparisons.values()
        if comparison.comparable and not comparison.unknown
    ]
    if len(directions) < 2:
        return headline
    key = "communes" if len(directions) == len(comparisons) else "communes_known"
    counts = {"up": directions.count(1), "down": directions.count(-1), "same": directions.count(0)}
    return headline + text(f"changes.by_commune.{key}", n=len(directions), **counts)


def _members_headline(text: Text, names: dict[str, str], comparisons: dict[str, Comparison]) -> str:
    """What the communes have together that can be compared; one alone by its name, whatever is chosen
    besides."""
    together = _together(comparisons)
    if not together.comparable:
        return text("changes.members.empty")
    return text(
        "changes.members.headline" if len(comparisons) > 1 else "changes.members.one",
        place=names[next(iter(comparisons))],
        n=together.compared,
        then=together.before.numerator,
        now=together.now.numerator,
        change=text.change(together.gained),
    )


def _unreported_note(comparisons: dict[str, Comparison], text: Text) -> str:
    # Where there is nothing to compare, or all of it is at one date only, nothing is missing.
    n = sum(not comparison.comparable and comparison.unreported > 0 for comparison in comparisons.values())
    return text.some("changes.unreported_communes", n)


def _goal_table(
    selection: Selection, names: dict[str, str], comparisons: dict[str, Comparison], target: float | None
) -> Table:
    """Count, whole and share at each date; only the count where there is no whole."""
    text = selection.text
    cells: dict[str, Any] = {text("column_short.commune"): [names[area] for area in comparisons]}
    shares = []
    for day, side in ((selection.since, "before"), (selection.as_of, "now")):
        date = text.date(day)
        all_counts = [getattr(comparison, side) for comparison in comparisons.values()]
        counts = [count if count.known else None for count in all_counts]
        cells[text("changes.column.count", date=date)] = [count and count.numerator for count in counts]
        if any(count and count.denominator is not None for count in counts):
            cells[text("changes.column.whole", date=date)] = [count and count.denominator for count in counts]
            shares.append(text("changes.column.share", date=date))
            cells[shares[-1]] = [
                count and share(count.numerator, count.denominator, target) for count in counts
            ]
    return Table.of({**cells, **two_dates.compared_columns(comparisons.values(), text)}, shares)


def _members_table(selection: Selection, names: dict[str, str], rows: pd.DataFrame) -> Table:
    text = selection.text
    cells: dict[str, Any] = {text("column_short.commune"): [names[area] for area in rows["area"]]}
    for figure in ("members", "admitted"):
        for date, suffix in ((selection.since, "_before"), (selection.as_of, "")):
            cells[text(f"changes.column.{figure}", date=text.date(date))] = [
                text("changes.incomplete") if pd.isna(n) else int(n) for n in rows[f"{figure}{suffix}"]
            ]
    return Table.of(cells)
