"""The goals over the as-of dates: what is chosen among the other communes, and the whole."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from dashboard import measures
from dashboard.charts.model import Lines, Panel, Series, Trend
from dashboard.dataset import Dataset, Selection, areas
from dashboard.exhibits import peers, reported
from dashboard.exhibits.goals import wording
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import area_names
from dashboard.exhibits.rows import Record
from dashboard.measures.families import Count

# A date of which more than one post in so many is not reported would draw a move that is not reported.
_MOST = 10


@exhibit("goals.over_time")
def over_time(dataset: Dataset, selection: Selection) -> Content | None:
    """Every goal with a target over the as-of dates; None for a single date."""
    text = selection.text
    rows = wording.stated(dataset, selection)
    goals = list(rows.loc[rows["target"].notna() & rows["percent"].astype(bool), "goal_id"])
    chart = lines(dataset, selection, goals)
    if chart is None:
        return None
    names = wording.short_names(dataset, text)
    # What is chosen is the last line of each panel.
    labels = [panel.series[-1].labels for panel in chart.panels]
    return Content(
        headline=text(
            "goals.over_time.headline" if selection.everything else "goals.over_time.headline_chosen",
            first=chart.dates[0],
            last=chart.dates[-1],
            place=selection.place(dataset),
            each=_each(dataset, selection),
        ),
        goals=[dataset.goal[goal] for goal in goals],
        chart=chart,
        table=Table.of(
            {
                text("column_short.goal"): [names[goal] for goal in goals],
                **dict(zip(chart.dates, zip(*labels, strict=True), strict=False)),
            }
        ),
        notes=[text("goals.over_time.note")],
        by_region=peers.among(dataset, selection).by_region,
    )


def _each(dataset: Dataset, selection: Selection) -> str:
    """What each grey line is: a commune, one of the first where they are many, or a region."""
    text, among = selection.text, peers.among(dataset, selection)
    if among.by_region:
        return text("chart.each_region")
    n = len(among.communes or areas.listed(dataset, among.as_of, among.boundaries))
    if n > peers.LONGEST:
        return text("chart.each_of_first", n=peers.LONGEST, all=n)
    return text("chart.each_area")


def trend(dataset: Dataset, selection: Selection, goal_id: str) -> Trend | None:
    """The share of a goal at each date that nearly all report; None where fewer than two do."""
    values = _shares(measures.goals.over_time(dataset, selection, goal_id)[""])
    return (
        Trend(values, dataset.goal[goal_id].line) if sum(value is not None for value in values) > 1 else None
    )


def lines(dataset: Dataset, selection: Selection, goals: Sequence[str]) -> Lines | None:
    """A panel per goal: every commune (or region), what is chosen, and the whole; None for a single date."""
    text = selection.text
    dates = [date for date in dataset.dates if date <= selection.as_of]
    if len(dates) < 2 or not goals:
        return None
    among, everything = peers.among(dataset, selection), peers.everything(dataset, selection)
    names, short = area_names(dataset, among), wording.short_names(dataset, text)
    whole, place = peers.whole_name(dataset, selection), selection.place(dataset)
    panels = []
    for goal in goals:
        counts = measures.goals.over_time(dataset, among, goal)
        state = wording.state_of(dataset, selection, goal)
        series = [
            Series(names[area], _shares(area_counts))
            for area, area_counts in list(counts.items())[1 : peers.LONGEST + 1]
            if area not in selection.communes
        ]
        series.append(_labelled(dataset, everything, state, "whole", whole))
        if not selection.everything:
            series.append(_labelled(dataset, selection, state, "chosen", place))
        target = dataset.goal[goal]
        panels.append(Panel(short[goal], tuple(series), target.line, wording.target_label(target, text)))
    key = text(
        "chart.lines" if selection.everything else "chart.lines_chosen",
        place=place,
        whole=whole,
        each=_each(dataset, selection),
        target=text("chart.lines_target") if any(panel.target is not None for panel in panels) else "",
    )
    ends = (text.percent(0), text.percent(100))
    return Lines(tuple(text.date(date) for date in dates), 0.0, 1.0, ends, tuple(panels), key)


def _labelled(
    dataset: Dataset, selection: Selection, state: Record, role: Literal["chosen", "whole"], name: str
) -> Series:
    """The line of all that is chosen, with its figures in words. `state`: a row of the goal's progress."""
    counts = measures.goals.over_time(dataset, selection, state["goal_id"])[""]
    complete = all(count.complete for count in counts)
    labels = [reported.count_label(count, state["unit"], selection.text, state["target"]) for count in counts]
    return Series(name, _shares(counts), role, tuple(labels), complete)


def _shares(counts: Sequence[Count]) -> tuple[float | None, ...]:
    """The share of each date; None where there is none, where so much is not reported that it says little, or
    where it goes up though the count goes down, or the other way, as when posts fall vacant."""
    shares: list[float | None] = []
    last: Count | None = None
    for count in counts:
        enough = (
            count.denominator and not count.unreported_areas and _MOST * count.unreported <= count.denominator
        )
        if not enough or (last is not None and _apart(last, count)):
            shares.append(None)
            continue
        shares.append(min(count.numerator / (count.denominator or 1), 1.0))
        last = count
    return tuple(shares)


def _apart(before: Count, now: Count) -> bool:
    """Whether the share goes one way and the count the other."""
    share = now.numerator * (before.denominator or 0) - before.numerator * (now.denominator or 0)
    return share * (now.numerator - before.numerator) < 0
