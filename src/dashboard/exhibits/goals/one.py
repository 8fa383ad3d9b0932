"""One goal: in every commune, and over the as-of dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import measures
from dashboard.charts.model import BarRow, Bars, Bullets, Lines, Segment
from dashboard.dataset import Dataset, Goal, Selection
from dashboard.exhibits import peers, published, reported, takeaways
from dashboard.exhibits.goals import dates, wording
from dashboard.exhibits.goals.progress import bullet, targets_key
from dashboard.exhibits.goals.wording import known
from dashboard.exhibits.model import Content, exhibit
from dashboard.exhibits.names import AREA, area_names, link
from dashboard.exhibits.rows import Record, columns, records
from dashboard.exhibits.takeaways import GainLoss, Standing
from dashboard.text import Text

_DIRECTIONS = {"rising": 1, "falling": -1, "unchanged": 0}


@exhibit("goals.by_commune", size=512)
def by_commune(dataset: Dataset, selection: Selection, goal_id: str, part: int = 1) -> Content:
    """One goal in every chosen commune."""
    text = selection.text
    rows = measures.goals.by_commune(dataset, selection, goal_id)
    names = area_names(dataset, selection)
    among = peers.among(dataset, selection)
    shown = peers.part_of(measures.goals.by_commune(dataset, among, goal_id), text, part)
    rows = rows.assign(name=[names[area] for area in rows["area"]])
    return Content(
        headline=_headline(dataset, selection, goal_id, rows),
        takeaways=[_ranking(rows, text), *_changed(dataset, selection, goal_id, rows)],
        chart=_chart(dataset, selection, goal_id, records(shown.rows)) if len(rows) else None,
        table=wording.table(text("column_short.commune"), list(rows["name"]), rows, text),
        notes=[*wording.notes(rows, text), *_rests_on(dataset, selection, goal_id)],
        measure=wording.measure_words(dataset.goal[goal_id].measure, text),
        goals=[dataset.goal[goal_id]],
        part=shown,
        by_region=among.by_region,
    )


def _headline(dataset: Dataset, selection: Selection, goal_id: str, rows: pd.DataFrame) -> str:
    text = selection.text
    row = wording.state_of(dataset, selection, goal_id)
    name = wording.short_names(dataset, text)[goal_id]
    headline = f"{name}: {wording.goal_label(row, dataset.goal[goal_id], text)}"
    judged = rows[rows["status"] != measures.goals.WHOLE_ONLY]
    sure = list(judged.loc[judged["certain"].astype(bool) & (judged["status"] != "no_data"), "status"])
    if row["target"] is None or len(sure) < 2:
        return headline
    key = "communes" if len(sure) == len(rows) else "of_known"
    return headline + text(f"goals.by_commune.{key}", met=sure.count("met"), all=len(sure))


def _ranking(rows: pd.DataFrame, text: Text) -> str:
    """The communes that lead and lag; those that have something to report and report nothing are left out."""
    reporting = [row for row in records(rows) if known(row)]
    standings = [
        Standing(row["name"], row["numerator"], row["denominator"], row["target"], row["complete"])
        for row in reporting
    ]
    unreported = [row for row in records(rows) if not known(row) and not row["complete"]]
    standings += [Standing(row["name"], 0, complete=False) for row in unreported]
    shares = all(row["denominator"] for row in reporting)
    return takeaways.leading(text, f"goals.by_commune{'' if shares else '.counts'}", standings)


def _changed(dataset: Dataset, selection: Selection, goal_id: str, rows: pd.DataFrame) -> list[str]:
    """The communes that newly meet the goal or no longer do, or where one without a target rises or falls."""
    before_date = dataset.date_before(selection.as_of)
    if before_date is None or rows.empty:
        return []
    names = dict(zip(rows["area"], rows["name"], strict=True))
    if rows["target"].iloc[0] is None:
        kind = "rising"
        sure = rows[rows["certain"].astype(bool) & (rows["status"] != "no_data")]
        ways = {area: _DIRECTIONS[status] for area, status in columns(sure, "area", "status")}
    else:
        kind = "met"
        ways = measures.changes.goal(dataset, selection, goal_id)
        names |= _by_vacancies(rows, ways)
    gained, lost = ([names[area] for area in ways if ways[area] == way] for way in (1, -1))
    # One commune alone: the headline says whether it rises, and that it stays as it is says nothing.
    if not ways or (len(rows) == 1 and (kind == "rising" or not gained + lost)):
        return []
    change = GainLoss(kind, len(gained), len(lost), len(rows) - len(ways), gained, lost)
    return takeaways.changed(selection.text, before_date, change)


def _by_vacancies(rows: pd.DataFrame, ways: dict[str, int]) -> dict[str, str]:
    """Communes whose status turned (1 to met, -1 from it) but not their count: by name with both counts."""
    names = {}
    for row in records(rows):
        before, way = row["before"], ways.get(row["area"], 0)
        if way and before is not None and way * (row["numerator"] - before.numerator) <= 0:
            counts = f"{before.numerator}/{before.denominator} › {row['numerator']}/{row['denominator']}"
            names[row["area"]] = f"{row['name']} ({counts})"
    return names


def _chart(
    dataset: Dataset, selection: Selection, goal_id: str, rows: Sequence[Record]
) -> Bullets | Bars | None:
    """The goal in the areas of `rows` and on the whole, a count as bars; None where nothing is reported."""
    if not any(known(row) for row in rows):
        return None
    text, goal = selection.text, dataset.goal[goal_id]
    names = area_names(dataset, peers.among(dataset, selection))
    whole = wording.state_of(dataset, peers.everything(dataset, selection), goal_id)
    whole_name, several = peers.whole_name(dataset, selection), len(rows) > 1

    def mark(row: Record) -> dict[str, Any]:
        return {"link": link(AREA, row["area"]), "chosen": row["area"] in selection.communes}

    if goal.measure.percent:
        bullets = [replace(bullet(row, names[row["area"]], goal, text), **mark(row)) for row in rows]
        together = bullet(whole, whole_name, goal, text) if several else None
        return Bullets(tuple(bullets), targets_key([goal], text), together)
    bars = [replace(_bar(row, names[row["area"]], text), **mark(row)) for row in rows]
    return Bars(tuple(bars), whole=BarRow(whole_name, (), wording.label(whole, text)) if several else None)


def _bar(row: Record, name: str, text: Text) -> BarRow:
    """A bare count as a bar."""
    segments = (Segment("value", float(row["numerator"])),) if known(row) else ()
    return BarRow(name, segments, wording.label(row, text))


@exhibit("goals.path", size=512)
def path(dataset: Dataset, selection: Selection, goal_id: str) -> Content:
    """One goal over the as-of dates."""
    text, goal = selection.text, dataset.goal[goal_id]
    rows = measures.goals.path(dataset, selection, goal_id)
    dated = records(rows)
    return Content(
        headline=_path_headline(dataset, selection, goal_id, dated),
        takeaways=[
            _before(dataset, selection, dated),
            *wording.named_changes(dataset, selection, goal.measure),
        ],
        chart=_path_chart(dataset, selection, goal_id, dated),
        table=wording.table(
            text("column_short.as_of"), [text.date(row["as_of"]) for row in dated], rows, text
        ),
        notes=[_path_note(rows, goal, text), *_rests_on(dataset, selection, goal_id)],
        measure=wording.measure_words(goal.measure, text),
        goals=[goal],
        by_region=goal.measure.percent and peers.among(dataset, selection).by_region,
    )


def _path_headline(dataset: Dataset, selection: Selection, goal_id: str, rows: Sequence[Record]) -> str:
    text = selection.text
    name = wording.short_names(dataset, text)[goal_id]
    reporting = [row for row in rows if known(row)]
    if not reporting:
        return f"{name}: {text('goals.status.no_data')}"
    first, last = reporting[0], reporting[-1]
    then, now = (
        reported.briefly(wording.count_of(row), row["unit"], text, row["target"]) for row in (first, last)
    )
    date, then_date = text.date(last["as_of"]), text.date(first["as_of"])
    if first is last:
        return text("goals.path.at", name=name, now=now, date=date)
    headline = text("goals.path.from_to", name=name, then=then, then_date=then_date, now=now, date=date)
    measure = dataset.goal[goal_id].measure
    comparison, _ = measures.comparison.measured(dataset, selection, measure, first["as_of"], last["as_of"])
    if not comparison.plain and not comparison.comparable:
        return f"{headline}; {text('changes.not_comparable')}"
    return headline + wording.between_label(comparison, last["unit"], text)


def _before(dataset: Dataset, selection: Selection, rows: Sequence[Record]) -> str:
    """The count at the date before, where the headline goes from an earlier first date to the last."""
    text, reporting = selection.text, [row for row in rows if known(row)]
    if len(reporting) < 3 or reporting[-1] is not rows[-1]:
        return ""
    before, now = reporting[-2:]
    then = wording.count_label(before, text)
    if before["as_of"] != dataset.date_before(selection.as_of) or then == wording.count_label(now, text):
        return ""
    return text("goals.path.before", date=text.date(before["as_of"]), before=then)


def _path_chart(
    dataset: Dataset, selection: Selection, goal_id: str, rows: Sequence[Record]
) -> Lines | Bars | None:
    """Its share among those of the other areas; a bare count as bars. None where nothing is reported."""
    if not any(known(row) for row in rows):
        return None
    if rows[0]["percent"]:
        return dates.lines(dataset, selection, [goal_id])
    text = selection.text
    return Bars(tuple(_bar(row, text.date(row["as_of"]), text) for row in rows), over_dates=True)


def _path_note(rows: pd.DataFrame, goal: Goal, text: Text) -> str:
    """What the chart does not say of the target: that there is none, or that of a count."""
    if rows.empty or goal.target is None:
        return text("goals.path.no_target")
    if goal.measure.percent:
        return ""
    if (rows["status"] == measures.goals.WHOLE_ONLY).any():
        return text("goals.whole_only_note")
    return text("goals.path.count_target", target=wording.target_label(goal, text))


def _rests_on(dataset: Dataset, selection: Selection, goal_id: str) -> list[str]:
    """Whether the figure of a goal is a published one, and what the goal rests on."""
    goal = dataset.goal[goal_id]
    return [published.note(dataset, selection, str(goal.measure)), wording.sources([goal], selection.text)]
