"""One goal: in every commune, and over the as-of dates."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import measures
from dashboard.dataset import Dataset, Goal, Selection
from dashboard.exhibits import peers, published, reported
from dashboard.exhibits.goals import drawn, takeaways, wording
from dashboard.exhibits.goals.progress import stated
from dashboard.exhibits.goals.rows import table_of
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import area_names
from dashboard.exhibits.parts import part_of
from dashboard.text import Text


@exhibit("goals.by_commune", size=512)
def by_commune(dataset: Dataset, selection: Selection, goal_id: str, part: int = 1) -> Content:
    """One goal in every chosen commune."""
    text = selection.text
    rows = measures.goals.by_commune(dataset, selection, goal_id)
    names = area_names(dataset, selection)
    among = peers.among(dataset, selection)
    found = part_of(measures.goals.by_commune(dataset, among, goal_id), text, part)
    return Content(
        headline=_goal_headline(dataset, selection, goal_id, rows),
        takeaways=takeaways.by_commune(dataset, selection, goal_id, rows, names),
        chart=drawn.by_commune(dataset, selection, goal_id, found.rows) if len(rows) else None,
        table=table_of(text("column_short.commune"), [names[area] for area in rows["area"]], rows, text),
        notes=[*wording.notes(rows, text), *_rests_on(dataset, selection, goal_id)],
        measure=wording.measure_words(dataset.goal[goal_id].measure, text),
        part=found,
        by_region=among.by_region,
    )


@exhibit("goals.path", size=512)
def path(dataset: Dataset, selection: Selection, goal_id: str) -> Content:
    """One goal over the as-of dates."""
    text = selection.text
    rows = measures.goals.path(dataset, selection, goal_id)
    records = wording.records(rows)
    dates = [text.date(as_of) for as_of in rows["as_of"]]
    return Content(
        headline=_path_headline(dataset, selection, goal_id, records),
        takeaways=takeaways.path(dataset, selection, goal_id, records),
        chart=drawn.over_dates(dataset, selection, goal_id, rows),
        table=table_of(text("column_short.as_of"), dates, rows, text),
        notes=[_path_note(rows, dataset.goal[goal_id], text), *_rests_on(dataset, selection, goal_id)],
        measure=wording.measure_words(dataset.goal[goal_id].measure, text),
    )


@exhibit("goals.over_time")
def over_time(dataset: Dataset, selection: Selection) -> Content | None:
    """Every goal with a target over the as-of dates: what is chosen among the others, and the whole; None
    for a single date."""
    text = selection.text
    rows = stated(dataset, selection)
    goals = list(rows.loc[rows["target"].notna() & rows["percent"].astype(bool), "goal_id"])
    chart = drawn.lines(dataset, selection, goals)
    if chart is None:
        return None
    names = wording.short_names(dataset, text)
    columns: dict[str, list[object]] = {text("column_short.goal"): [names[goal] for goal in goals]}
    told = [measures.goals.over_time(dataset, selection, goal)[""] for goal in goals]
    for n, date in enumerate(chart.dates):
        columns[date] = [
            reported.count_says(counts[n], dataset.goal[goal].measure.unit, text, dataset.goal[goal].target)
            for goal, counts in zip(goals, told, strict=True)
        ]
    return Content(
        headline=text(
            "goals.over_time.headline" if selection.everything else "goals.over_time.headline_chosen",
            first=chart.dates[0],
            last=chart.dates[-1],
            place=selection.place(dataset),
        ),
        chart=chart,
        table=Table(pd.DataFrame(columns, dtype=object)),
        notes=[text("goals.over_time.note")],
    )


def _rests_on(dataset: Dataset, selection: Selection, goal_id: str) -> list[str]:
    """Whether the figure of a goal is a published one, and what the goal rests on."""
    goal = dataset.goal[goal_id]
    return [
        published.note(dataset, selection, str(goal.measure)),
        wording.sources([goal], selection.text),
    ]


def _path_note(rows: pd.DataFrame, goal: Goal, text: Text) -> str:
    """What the chart does not say of the target: that there is none, or that of a count."""
    if rows.empty or goal.target is None:
        return text("goals.path.no_target")
    if goal.measure.percent:
        return ""
    if (rows["status"] == measures.goals.WHOLE_ONLY).any():
        return text("goals.whole_only_note")
    return text("goals.path.count_target", target=wording.target_says(goal, text))


def _goal_headline(dataset: Dataset, selection: Selection, goal_id: str, rows: pd.DataFrame) -> str:
    text = selection.text
    row = wording.state_of(dataset, selection, goal_id)
    name = wording.short_names(dataset, text)[goal_id]
    said = f"{name}: {wording.goal_says(row, dataset.goal[goal_id], text)}"
    judged = rows[rows["status"] != measures.goals.WHOLE_ONLY]
    sure = list(judged.loc[judged["certain"].astype(bool) & (judged["status"] != "no_data"), "status"])
    if row["target"] is None or len(sure) < 2:
        return said
    key = "communes" if len(sure) == len(rows) else "of_known"
    return said + text(f"goals.by_commune.{key}", met=sure.count("met"), all=len(sure))


def _briefly(row: wording.Record, text: Text) -> str:
    return reported.briefly(wording.count_of(row), row["unit"], text, row["target"])


def _path_headline(
    dataset: Dataset, selection: Selection, goal_id: str, records: list[dict[str, Any]]
) -> str:
    text = selection.text
    name = wording.short_names(dataset, text)[goal_id]
    known = [row for row in records if wording.known(row)]
    if not known:
        return f"{name}: {text('goals.status.no_data')}"
    first, last = known[0], known[-1]
    now = {"now": _briefly(last, text), "date": text.date(last["as_of"])}
    if first is last:
        return text("goals.path.at", name=name, **now)
    then = {"then": _briefly(first, text), "then_date": text.date(first["as_of"])}
    said = text("goals.path.from_to", name=name, **then, **now)
    measure = dataset.goal[goal_id].measure
    sides, _ = measures.changes.measured(dataset, selection, measure, first["as_of"], last["as_of"])
    if sides.plain:
        return said + wording.apart_says(sides, text)
    if not sides.comparable:
        return f"{said}; {text('changes.not_comparable')}"
    compared = {"unit": last["unit"], "change": sides.gained, "incomparable": sides.unknown}
    return f"{said}; {wording.compared_says(compared, text)}"
