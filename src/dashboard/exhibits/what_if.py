"""Exhibits of a what-if: what the chosen changes move. None of them is there without a change."""

from __future__ import annotations

import pandas as pd

from dashboard import measures
from dashboard.charts.model import Dumbbells
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import reported
from dashboard.exhibits.changes import two_dates
from dashboard.exhibits.goals import wording
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import area_names, named_villages
from dashboard.exhibits.rows import Record, columns
from dashboard.measures.comparison import Comparison
from dashboard.measures.families import Count
from dashboard.measures.what_if import Beside
from dashboard.text import Text

# More names than this in a headline say nothing.
_NAMED = 3


@exhibit("what_if.goals", size=64)
def goals(dataset: Dataset, selection: Selection) -> Content | None:
    """Every goal on posts, as reported and with the changes."""
    if not selection.scenario:
        return None
    text = selection.text
    rows = measures.what_if.goals(dataset, selection)
    names = [dataset.goal[row["goal_id"]].name(text.lang) for _, row in rows]
    short = wording.short_names(dataset, text)
    return Content(
        headline=_goals_headline(rows, selection),
        goals=[dataset.goal[row["goal_id"]] for _, row in rows],
        chart=_dumbbells(
            selection, [_line(short[row["goal_id"]], was, row, text) for was, row in rows], "goals"
        ),
        table=_goals_table({text("column_short.goal"): names}, rows, text),
        notes=[
            text("goals.how_to_read"),
            reported.persons(dataset, selection),
            _elsewhere(dataset, selection),
        ],
    )


@exhibit("what_if.overlap", size=64)
def overlap(dataset: Dataset, selection: Selection) -> Content | None:
    """The villages where one holder has two posts, as reported and with the changes."""
    if not selection.scenario:
        return None
    text = selection.text
    rows = measures.what_if.overlap(dataset, selection)
    rows = rows[rows["was_unreported"] < rows["all"]]
    names = [text(f"what_if.overlaps.{name}") for name in rows["overlap"]]
    lines = [
        two_dates.Line(
            name,
            _comparison(
                Count(was, whole, unreported=was_unreported), Count(now, whole, unreported=unreported)
            ),
        )
        for name, (was, now, whole, unreported, was_unreported) in zip(
            names, columns(rows, "was", "villages", "all", "unreported", "was_unreported"), strict=True
        )
    ]
    table = {
        text("column_short.combination"): names,
        text("what_if.column.was"): list(rows["was"]),
        text("what_if.column.now"): list(rows["villages"]),
        text("count.villages"): list(rows["all"]),
    }
    if rows["unreported"].any():
        table[text("overlap.state.not_reported")] = list(rows["unreported"])
    return Content(
        headline=_overlap_headline(selection.place(dataset), lines, text),
        chart=_dumbbells(selection, lines, "kinds"),
        table=Table.of(table),
        notes=[text("changes.overlap.note"), _elsewhere(dataset, selection)],
    )


@exhibit("what_if.communes", size=64)
def communes(dataset: Dataset, selection: Selection) -> Content | None:
    """The communes where a goal is met or missed because of the changes."""
    if not selection.scenario:
        return None
    text = selection.text
    rows = measures.what_if.communes(dataset, selection)
    names, goal_names = area_names(dataset, selection), wording.goal_names(dataset, text)
    listed = list(dict.fromkeys(names[row["area"]] for _, row in rows))
    headline = reported.named("what_if.communes.headline", listed, _NAMED, text)
    heads = {
        text("column_short.commune"): [names[row["area"]] for _, row in rows],
        text("column_short.goal"): [goal_names[row["goal_id"]] for _, row in rows],
    }
    return Content(
        headline=headline or text("what_if.communes.none", place=selection.place(dataset)),
        goals=[dataset.goal[row["goal_id"]] for _, row in rows],
        table=_goals_table(heads, rows, text),
        notes=[text("goals.needed_note") if listed else ""],
    )


@exhibit("what_if.changes", size=64)
def changes(dataset: Dataset, selection: Selection) -> Content | None:
    """The changes themselves, by commune and village."""
    if not selection.scenario:
        return None
    text = selection.text
    names = area_names(dataset, selection)
    rows = measures.what_if.moved(dataset, selection)
    ids = [move.change.village_id for move in rows]
    places = named_villages(
        dataset, selection, pd.DataFrame({"area": [move.area for move in rows], "village_id": ids})
    )
    table = {
        text("column_short.group"): [names[area] for area in places["area"]],
        text("column_short.village"): list(places["name"]),
        text("column_short.position"): [
            text.series([text(f"code.position.{position}") for position in move.positions]) for move in rows
        ],
        text("what_if.column.change"): [text(f"what_if.change.{move.change.kind}") for move in rows],
    }
    n_villages = len({move.change.village_id for move in rows})
    communes = len({move.area for move in rows})
    return Content(
        headline=text(
            "what_if.changes.headline",
            n=len(rows),
            counted=text("what_if.villages", n=n_villages),
            communes=text("takeaway.communes", n=communes),
        ),
        table=Table.of(table),
        notes=[
            text("what_if.about"),
            text("what_if.assumption_note"),
            _elsewhere(dataset, selection),
        ],
    )


def _line(name: str, was: Record, row: Record, text: Text) -> two_dates.Line:
    """One goal on both sides; one that the changes move is followed by what becomes of it."""
    comparison = _comparison(wording.count_of(was), wording.count_of(row))
    more = "" if comparison.before == comparison.now else wording.status_label(row, text)
    return two_dates.Line(name, comparison, row["target"], more=more)


def _comparison(was: Count, now: Count) -> Comparison:
    known = bool(was.known and now.known)
    return Comparison(was, now, now.numerator - was.numerator, compared=int(known), unknown=int(not known))


def _dumbbells(selection: Selection, lines: list[two_dates.Line], unit: str) -> Dumbbells | None:
    text = selection.text
    more = text("what_if.column.now_status") if any(line.more for line in lines) else ""
    labels = (text("what_if.column.was"), text("what_if.column.now"))
    head = text("column_short.goal" if unit == "goals" else "column_short.combination")
    return two_dates.dumbbells(selection, lines, two_dates.Heads(head, unit, more, labels=labels))


def _elsewhere(dataset: Dataset, selection: Selection) -> str:
    """The note on changes in communes that are not chosen; "" where all count."""
    n = sum(not move.inside for move in measures.what_if.moved(dataset, selection))
    return selection.text.some("what_if.elsewhere", n)


def _goals_headline(rows: list[Beside], selection: Selection) -> str:
    """How many goals with a target are met, and how many were, of goals that have data at last; how many of
    them may change."""
    text = selection.text
    counted = [pair for pair in rows if pair[1]["target"] is not None and pair[1]["status"] != "no_data"]
    n = len(selection.scenario)
    if not counted:
        return text("what_if.goals.none", n=n)
    was, met = (
        [row["goal_id"] for row in side if row["status"] == "met"] for side in zip(*counted, strict=True)
    )
    key = "what_if.goals.same" if met == was else "what_if.goals.headline"
    headline = text(key, n=n, met=len(met), was=len(was), all=len(counted))
    return headline + text.some("goals.progress.uncertain", sum(not row["certain"] for _, row in counted))


def _overlap_headline(place: str, lines: list[two_dates.Line], text: Text) -> str:
    if not lines:
        return text("what_if.overlap.none", place=place)
    moves = []
    for line in lines:
        counts = (line.comparison.before, line.comparison.now)
        was, now = (reported.briefly(count, "villages", text) for count in counts)
        if line.comparison.gained:
            moves.append(f"{line.name}: {text('what_if.moved', was=was, now=now)}")
    return "; ".join(moves) or text("what_if.overlap.same")


def _goals_table(heads: dict[str, list[str]], rows: list[Beside], text: Text) -> Table:
    """Count, whole, share and status as reported and with the changes."""

    def count(row: Record) -> str | None:
        return wording.count_label(row, text) if wording.known(row) else None

    return Table.of(
        {
            **heads,
            text("what_if.column.was"): [count(was) for was, _ in rows],
            text("what_if.column.was_status"): [
                "–" if was["target"] is None else wording.status_label(was, text) for was, _ in rows
            ],
            text("what_if.column.now"): [count(row) for _, row in rows],
            text("what_if.column.now_status"): [wording.status_label(row, text) for _, row in rows],
        }
    )
