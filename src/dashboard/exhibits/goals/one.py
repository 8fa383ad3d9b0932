"""One goal: in every commune, and over the as-of dates."""

from __future__ import annotations

from itertools import repeat
from typing import Any

import pandas as pd

from dashboard import charts, measures
from dashboard.dataset import Dataset, Selection, remembered
from dashboard.exhibits import peers, published, reported
from dashboard.exhibits.goals import drawn, takeaways, wording
from dashboard.exhibits.goals import rows as goal_rows
from dashboard.exhibits.goals.progress import stated
from dashboard.exhibits.model import Exhibit, Table, area_names, exhibit, opening
from dashboard.exhibits.parts import drawn_by, part_of
from dashboard.text import Text


@remembered(size=512)
def by_commune(dataset: Dataset, selection: Selection, goal_id: str, part: int = 1) -> Exhibit:
    """One goal in every chosen commune."""
    text = selection.text
    rows = measures.goals.by_commune(dataset, selection, goal_id)
    names = area_names(dataset, selection)
    by_region = drawn_by(dataset, selection)
    groups = measures.goals.by_commune(dataset, by_region, goal_id) if by_region.by_region else rows
    found = part_of(groups, 5, text, part)
    among = part_of(
        measures.goals.by_commune(dataset, peers.among(dataset, selection), goal_id), 5, text, part
    )
    shown, shown_names = found.rows, area_names(dataset, by_region)
    says = [wording.short_says(row, text) for row in wording.records(shown)]
    frame = goal_rows.frame_of(shown, [shown_names[area] for area in shown["area"]], says)
    frame = frame.assign(key=opening("commune", shown["area"]))
    return exhibit(
        dataset,
        selection,
        "goals.by_commune",
        of=goal_id,
        headline=_goal_headline(dataset, selection, goal_id, rows),
        takeaways=takeaways.by_commune(dataset, selection, goal_id, rows, names),
        plot=charts.Plot(charts.goals.by_commune, frame, text, ranked=bool(shown["complete"].all()))
        if len(frame)
        else None,
        chart=drawn.by_commune(dataset, selection, goal_id, among.rows) if len(rows) else None,
        table=goal_rows.table_of(
            text("column_short.commune"), [names[area] for area in rows["area"]], rows, text
        ),
        notes=[*wording.notes(rows, text), *_rests_on(dataset, selection, goal_id)],
        measure=wording.measure_words(dataset, goal_id, text),
        opens=zip(frame["key"], frame["name"], strict=True),
        part=found,
        by_region=by_region.by_region,
    )


@remembered(size=512)
def path(dataset: Dataset, selection: Selection, goal_id: str) -> Exhibit:
    """One goal over the as-of dates."""
    text = selection.text
    rows = measures.goals.path(dataset, selection, goal_id)
    records = wording.records(rows)
    dates = [text.date(as_of) for as_of in rows["as_of"]]
    short = text.dates_in_two_lines(list(rows["as_of"]))
    frame = goal_rows.frame_of(
        rows,
        ["\n".join(lines) for lines in zip(short, map(wording.stacked, records, repeat(text)), strict=True)],
    )
    frame = frame.rename(columns={"name": "date"})[["row", "date", "share", "target"]]
    return exhibit(
        dataset,
        selection,
        "goals.path",
        of=goal_id,
        headline=_path_headline(dataset, selection, goal_id, records),
        takeaways=takeaways.path(dataset, selection, goal_id, records),
        plot=charts.Plot(charts.goals.path, frame, text, ranked=bool(rows["complete"].all()))
        if any(frame["share"].notna())
        else None,
        chart=drawn.over_dates(dataset, selection, goal_id, rows),
        table=goal_rows.table_of(text("column_short.as_of"), dates, rows, text),
        notes=[_path_note(rows, text), *_rests_on(dataset, selection, goal_id)],
        measure=wording.measure_words(dataset, goal_id, text),
    )


@remembered(size=256)
def over_time(dataset: Dataset, selection: Selection) -> Exhibit | None:
    """Every goal with a target over the as-of dates: what is chosen among the others, and the whole; None
    for a single date."""
    text = selection.text
    rows = stated(dataset, selection)
    goals = list(rows.loc[rows["target"].notna() & rows["percent"].astype(bool), "goal_id"])
    chart = drawn.lines(dataset, selection, goals)
    if chart is None:
        return None
    names, target = wording.short_names(dataset, text), wording.targets(dataset)
    columns: dict[str, list[object]] = {text("column_short.goal"): [names[goal] for goal in goals]}
    told = [measures.goals.over_time(dataset, selection, goal)[""] for goal in goals]
    for n, date in enumerate(chart.dates):
        columns[date] = [
            reported.count_says(counts[n], "posts", text, target[goal])
            for goal, counts in zip(goals, told, strict=True)
        ]
    return exhibit(
        dataset,
        selection,
        "goals.over_time",
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
    goal = dataset.goals[dataset.goals["goal_id"] == goal_id]
    return [published.note(dataset, selection, *goal["measure"]), wording.sources(goal, selection.text)]


def _path_note(rows: pd.DataFrame, text: Text) -> str:
    """What stands for the target: a line for a share, nothing for a count."""
    if rows.empty or rows["target"].iloc[0] is None:
        return text("goals.path.no_target")
    if not rows["percent"].iloc[0]:
        row = wording.records(rows)[-1]
        whole_only = (rows["status"] == measures.goals.WHOLE_ONLY).any()
        said = text("goals.path.count_target", target=wording.target_says(row, text))
        return text("goals.whole_only_note") if whole_only else said
    return text("goals.path.target")


def _goal_headline(dataset: Dataset, selection: Selection, goal_id: str, rows: pd.DataFrame) -> str:
    text = selection.text
    row = wording.state_of(dataset, selection, goal_id)
    said = f"{wording.short_names(dataset, text)[goal_id]}: {wording.goal_says(row, text)}"
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
    measure = measures.goals.measure_of(dataset, goal_id)
    sides, _ = measures.changes.measured(dataset, selection, measure, first["as_of"], last["as_of"])
    if sides.plain:
        return said + wording.apart_says(sides, text)
    if not sides.comparable:
        return f"{said}; {text('changes.not_comparable')}"
    compared = {"unit": last["unit"], "change": sides.gained, "incomparable": sides.unknown}
    return f"{said}; {wording.compared_says(compared, text)}"
