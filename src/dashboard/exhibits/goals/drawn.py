"""The goals as charts: how far each is, and what is missing where."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Literal

import pandas as pd

from dashboard import measures
from dashboard.charts.model import (
    BarRow,
    Bars,
    BulletRow,
    Bullets,
    HeatCell,
    HeatRow,
    HeatTable,
    Label,
    Lines,
    Panel,
    Segment,
    Series,
    Trend,
)
from dashboard.dataset import Dataset, Goal, Selection
from dashboard.exhibits import orders, peers, reported
from dashboard.exhibits.goals import wording
from dashboard.exhibits.names import AREA, area_names, opening
from dashboard.exhibits.parts import LONGEST
from dashboard.measures.goals import Count
from dashboard.text import Text

# A date of which more than one post in so many is not reported would draw a move that nobody reports.
_TOLD = 10


def bullets(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> Bullets | None:
    """One row per goal of `rows` (as of `measures.goals.progress`)."""
    text = selection.text
    names = wording.short_names(dataset, text)
    records = wording.records(rows)
    goals = [dataset.goal[row["goal_id"]] for row in records]
    drawn = tuple(
        BulletRow(
            names[goal.goal_id],
            wording.label(row, text),
            _share(row),
            goal.line,
            trend(dataset, selection, goal.goal_id),
        )
        for row, goal in zip(records, goals, strict=True)
    )
    return Bullets(drawn, _targets(goals, text)) if drawn else None


def _targets(goals: Sequence[Goal], text: Text) -> str:
    """What the marks of the targets stand for; "" without any."""
    said = dict.fromkeys(wording.target_says(goal, text) for goal in goals if goal.target is not None)
    return text("chart.bullets", targets="; ".join(said)) if said else ""


def by_commune(
    dataset: Dataset, selection: Selection, goal_id: str, rows: pd.DataFrame
) -> Bullets | Bars | None:
    """One goal in the areas of `rows` (as of `measures.goals.by_commune`), what is chosen marked, and on the
    whole; a bare count as bars. None where nothing is reported."""
    text = selection.text
    records = wording.records(rows)
    if not any(wording.known(row) for row in records):
        return None
    names = area_names(dataset, peers.among(dataset, selection))
    whole = wording.state_of(dataset, peers.everything(dataset, selection), goal_id)
    whole_name = peers.whole_name(dataset, selection)
    several = len(records) > 1
    areas = [row["area"] for row in records]
    marks = list(zip(opening(AREA, areas), [peers.chosen(selection, area) for area in areas], strict=True))
    goal = dataset.goal[goal_id]
    if goal.measure.percent:

        def bullet(name: str, row: wording.Record, link: str = "", chosen: bool = False) -> BulletRow:
            return BulletRow(name, wording.label(row, text), _share(row), goal.line, link=link, chosen=chosen)

        drawn = (bullet(names[row["area"]], row, *mark) for row, mark in zip(records, marks, strict=True))
        return Bullets(tuple(drawn), _targets([goal], text), bullet(whole_name, whole) if several else None)
    return Bars(
        tuple(
            BarRow(names[row["area"]], _segments(row), wording.label(row, text), link, chosen)
            for row, (link, chosen) in zip(records, marks, strict=True)
        ),
        whole=BarRow(whole_name, (), wording.label(whole, text)) if several else None,
    )


def _segments(row: wording.Record) -> tuple[Segment, ...]:
    return (Segment("value", float(row["numerator"])),) if wording.known(row) else ()


def over_dates(
    dataset: Dataset, selection: Selection, goal_id: str, rows: pd.DataFrame
) -> Lines | Bars | None:
    """One goal at each date (`rows` as of `measures.goals.path`): its share among those of the other areas, a
    bare count as bars. None where nothing is reported, or a share at a single date only."""
    text = selection.text
    records = wording.records(rows)
    if not any(wording.known(row) for row in records):
        return None
    if records[0]["percent"]:
        return lines(dataset, selection, [goal_id])
    return Bars(
        tuple(BarRow(text.date(row["as_of"]), _segments(row), wording.label(row, text)) for row in records),
        over_dates=True,
    )


def trend(dataset: Dataset, selection: Selection, goal_id: str) -> Trend | None:
    """The share of a goal at each date that nearly all report; None where fewer than two do."""
    values = _shares(measures.goals.over_time(dataset, selection, goal_id)[""])
    return Trend(values, dataset.goal[goal_id].line) if sum(one is not None for one in values) > 1 else None


def lines(dataset: Dataset, selection: Selection, goals: Sequence[str]) -> Lines | None:
    """A panel per goal: every commune (or region), what is chosen, and the whole; None for a single date."""
    text = selection.text
    dates = [date for date in dataset.dates if date <= selection.as_of]
    if len(dates) < 2 or not goals:
        return None
    drawn = peers.among(dataset, selection)
    names, short = area_names(dataset, drawn), wording.short_names(dataset, text)
    states = {row["goal_id"]: row for row in wording.records(measures.goals.progress(dataset, selection))}
    panels = []
    for goal in goals:
        state = states[goal]
        counts = measures.goals.over_time(dataset, drawn, goal)
        series = [
            Series(names[area], _shares(counted))
            for area, counted in list(counts.items())[1 : LONGEST + 1]
            if not peers.chosen(selection, area)
        ]
        whole = peers.everything(dataset, selection)
        series.append(_told(dataset, whole, state, "whole", peers.whole_name(dataset, selection)))
        if not selection.everything:
            series.append(_told(dataset, selection, state, "chosen", selection.place(dataset)))
        target = dataset.goal[goal]
        panels.append(Panel(short[goal], tuple(series), target.line, wording.target_says(target, text)))
    return Lines(
        tuple(text.date(date) for date in dates),
        0.0,
        1.0,
        (text.percent(0), text.percent(100)),
        tuple(panels),
        text(
            "chart.lines" if selection.everything else "chart.lines_chosen",
            place=selection.place(dataset),
            whole=peers.whole_name(dataset, selection),
            target=text("chart.lines_target") if any(one.target is not None for one in panels) else "",
        ),
    )


def _told(
    dataset: Dataset, selection: Selection, state: wording.Record, role: Literal["chosen", "whole"], name: str
) -> Series:
    """The line of all that is chosen, with its figures in words. `state`: a row of the goal's progress."""
    counts = measures.goals.over_time(dataset, selection, state["goal_id"])[""]
    labels = tuple(
        reported.count_says(count, state["unit"], selection.text, state["target"]) for count in counts
    )
    return Series(name, _shares(counts), role, labels, all(count.complete for count in counts))


def _shares(counts: Sequence[Count]) -> tuple[float | None, ...]:
    """The share of each date; None where there is none, where so much is not reported that it says little, or
    where it goes up though the count goes down, or the other way, as when posts fall vacant."""
    shares: list[float | None] = []
    drawn: Count | None = None
    for one in counts:
        told = one.denominator and not one.silent and _TOLD * one.unreported <= one.denominator
        if not told or (drawn is not None and _apart(drawn, one)):
            shares.append(None)
            continue
        shares.append(min(one.numerator / (one.denominator or 1), 1.0))
        drawn = one
    return tuple(shares)


def _apart(before: Count, now: Count) -> bool:
    """Whether the share goes one way and the count the other."""
    share = now.numerator * (before.denominator or 0) - before.numerator * (now.denominator or 0)
    return share * (now.numerator - before.numerator) < 0


def _share(row: wording.Record) -> float | None:
    return min(row["numerator"] / row["denominator"], 1.0) if row["denominator"] else None


def heat(dataset: Dataset, selection: Selection, judged: pd.DataFrame) -> HeatTable | None:
    """Communes (or regions) × goals with a target, those that lack most first; what is chosen is marked.

    `judged`: the rows of `measures.goals.progress` of goals on a share with a target.
    """
    text = selection.text
    drawn = peers.among(dataset, selection)
    names, short = area_names(dataset, drawn), wording.short_names(dataset, text)
    goals = list(judged["goal_id"])
    found: dict[str, list[wording.Record]] = {}
    for goal in goals:
        for row in wording.records(measures.goals.by_commune(dataset, drawn, goal)):
            found.setdefault(row["area"], []).append(row)
    if not goals or not found:
        return None
    alike = judged["unit"].nunique() == 1
    order = sorted(found, key=lambda area: -_total(found[area], alike=alike))
    shown = order[:LONGEST]
    most = max((row["needed"] or 0 for area in shown for row in found[area]), default=0)
    links = dict(zip(shown, opening(AREA, shown), strict=True))
    whole = wording.records(judged)
    if not selection.everything:
        every = measures.goals.progress(dataset, peers.everything(dataset, selection))
        whole = wording.records(every[every["goal_id"].isin(goals)])
    rows = tuple(
        HeatRow(
            names[area],
            tuple(_cell(row, most, text) for row in found[area]),
            _total_says(found[area], text, alike=alike),
            links[area],
            peers.chosen(selection, area),
        )
        for area in shown
    )
    return HeatTable(
        text("chart.by_missing"),
        tuple(short[goal] for goal in goals),
        text("chart.missing_total" if alike else "chart.missed_total"),
        rows,
        HeatRow(
            peers.whole_name(dataset, selection),
            tuple(_cell(row, 0, text) for row in whole),
            _total_says(whole, text, alike=alike),
        ),
        " ".join(
            [text("chart.heat")]
            + ([text("chart.heat_first", n=len(shown), all=len(order))] if len(order) > len(shown) else [])
        ),
        orders.orders(text, "missing", official=orders.ranks(dataset, drawn, shown)),
    )


def _total(rows: Sequence[wording.Record], *, alike: bool) -> int:
    """What is missing in all goals: posts (or villages) where all goals count the same, else goals."""
    if alike:
        return sum(row["needed"] or 0 for row in rows)
    return sum(row["status"] == "not_met" for row in rows)


def _total_says(rows: Sequence[wording.Record], text: Text, *, alike: bool) -> str:
    if not any(wording.known(row) for row in rows):
        return "–"
    said = text.number(_total(rows, alike=alike))
    return said if all(row["certain"] for row in rows) else text("goals.brief.uncertain", said=said)


def _cell(row: dict[str, Any], most: int, text: Text) -> HeatCell:
    label = wording.label(row, text)
    if not wording.known(row):
        return HeatCell(
            Label("–", status="no_data", says=text("common.no_data")), unreported=row["unreported"]
        )
    needed = row["needed"] if row["status"] == "not_met" else None
    return HeatCell(label, needed, (needed or 0) / most if most else 0.0, row["unreported"])
