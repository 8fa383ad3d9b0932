"""How far the goals are, who leads, and what changed since the date before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import pandas as pd

from dashboard import measures
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import reported, takeaways
from dashboard.exhibits.goals import wording
from dashboard.exhibits.takeaways import Change, Named, Standing
from dashboard.measures.goals import Count
from dashboard.text import Text

Record = dict[str, Any]


def progress(dataset: Dataset, selection: Selection, rows: pd.DataFrame, names: dict[str, str]) -> list[str]:
    """The goals nearest to and farthest below their targets, in whole posts (or villages); those whose
    count changed most. `rows`: as of `measures.goals.progress`."""
    text = selection.text
    records = wording.records(rows)
    missed = [row for row in records if row["status"] == "not_met" and row["needed"] is not None]
    if not all(row["certain"] for row in records):
        missed = []  # which one is the nearest is not known
    known = "" if all(row["complete"] for row in missed) else "_known"
    units = dict.fromkeys(row["unit"] for row in missed)
    distances = [
        said
        for unit in units
        for said in _distances([row for row in missed if row["unit"] == unit], names, known, text)
    ]
    # Goals in further units stand in the chart: more sentences are not read.
    return [*distances[:2], _most_changed(dataset, selection, records, names)]


def _distances(missed: list[Record], names: dict[str, str], known: str, text: Text) -> list[str]:
    """Of goals in one unit: posts and persons are not held against each other. `known` is "_known" where
    it is only over what is reported."""
    needs = [row["needed"] for row in missed]
    near, far = ([row for row in missed if row["needed"] == end] for end in (min(needs), max(needs)))
    if min(needs) == max(needs):
        return [_needs(f"goals.progress.missed{known}", near, names, text)]
    return [
        _needs(f"goals.progress.nearest{known}", near, names, text),
        _needs(f"goals.progress.farthest{known}", far, names, text),
    ]


def _needs(key: str, group: Sequence[Record], names: dict[str, str], text: Text) -> str:
    """Goals that need the same number: by name, or how many they are where that gets too long."""
    named = text.series([_quoted(names[row["goal_id"]], text) for row in group])
    each = wording.needed_says(group[0], group[0]["needed"], text)
    if len(group) > 1:
        each = text("goals.each", said=each)
    counted = text("goals.gap.goals", n=len(group))
    return takeaways.shortest([text(key, goals=goals, needs=each) for goals in (named, counted)])


def _most_changed(
    dataset: Dataset, selection: Selection, records: Sequence[Record], names: dict[str, str]
) -> str:
    """The goals on a share whose numerator changed most."""
    text = selection.text
    before_date = dataset.date_before(selection.as_of)
    shares = [row for row in records if row["denominator"] is not None]
    known = [row for row in shares if row["change"] is not None]
    if before_date is None or not known:
        return ""
    most = max(abs(row["change"]) for row in known)
    sure = len(known) == len(shares) and not any(row["incomparable"] for row in known)
    if not most:
        said = text(f"goals.progress.{'unchanged' if sure else 'unchanged_known'}")
        return text("takeaway.since", date=text.date(before_date), said=said)
    group = [row for row in known if abs(row["change"]) == most]
    named = "; ".join(_moved(_quoted(names[row["goal_id"]], text), row, text) for row in group)
    briefly = "; ".join(
        f"{_quoted(names[row['goal_id']], text)} ({text.change(row['change'])})" for row in group
    )
    counted = text("goals.each_changed", goals=text("goals.gap.goals", n=len(group)), n=most)
    return takeaways.shortest(
        [
            text(
                "takeaway.since",
                date=text.date(before_date),
                said=text(f"goals.progress.{'most_changed' if sure else 'most_changed_known'}", goals=goals),
            )
            for goals in (named, briefly, counted)
        ]
    )


def _moved(name: str, row: Record, text: Text) -> str:
    """ "“…” từ 133/176 lên 139/177; tăng 5 ở …": each date as it is, and what both of them report."""
    before = Count(row["before"].numerator, row["before"].denominator)
    now = Count(row["numerator"], row["denominator"])
    then, after = (reported.count_says(count, row["unit"], text, short=True) for count in (before, now))
    said = text("goals.from_to", name=name, before=then, now=after)
    plain = not row["incomparable"] and row["change"] == now.numerator - before.numerator
    return (
        f"{said} ({text.change(row['change'])})" if plain else f"{said} ({wording.compared_says(row, text)})"
    )


def by_commune(
    dataset: Dataset, selection: Selection, goal_id: str, rows: pd.DataFrame, names: dict[str, str]
) -> list[str]:
    """The communes that lead and lag; those that newly meet the goal or no longer do, or where one without
    a target rises or falls. `rows`: as of `measures.goals.by_commune`."""
    records = [row for row in wording.records(rows) if wording.known(row)]
    standings = [
        Standing(names[row["area"]], row["numerator"], row["denominator"], row["target"], row["complete"])
        for row in records
    ]
    standings += [Standing(names[row["area"]], 0, complete=False) for row in _silent(rows)]
    shares = all(row["denominator"] for row in records)
    key = "goals.by_commune" if shares else "goals.by_commune.counts"
    return [
        takeaways.leading(selection.text, key, standings),
        *_communes_changed(dataset, selection, goal_id, rows, names),
    ]


def _communes_changed(
    dataset: Dataset, selection: Selection, goal_id: str, rows: pd.DataFrame, names: dict[str, str]
) -> list[str]:
    before_date = dataset.date_before(selection.as_of)
    if before_date is None or rows.empty:
        return []
    if rows["target"].iloc[0] is None:
        kind = "rising"
        sure = rows[rows["certain"].astype(bool) & (rows["status"] != "no_data")]
        compared = len(sure)
        came, went = (list(sure.loc[sure["status"] == status, "area"]) for status in ("rising", "falling"))
    elif not rows["percent"].iloc[0]:
        return []
    else:
        kind = "met"
        found = measures.changes.goal(dataset, selection, goal_id)
        compared = len(found)
        came = [row["area"] for row in wording.records(found) if row["now"] and not row["before"]]
        went = [row["area"] for row in wording.records(found) if row["before"] and not row["now"]]
        names = {**names, **_by_vacancies(rows, {**dict.fromkeys(came, 1), **dict.fromkeys(went, -1)}, names)}
    # One commune alone: the headline says whether it rises, and that it stays as it is says nothing.
    if not compared or (len(rows) == 1 and (kind == "rising" or not came + went)):
        return []
    gained, lost = (Named(len(part), tuple(names[area] for area in part)) for part in (came, went))
    return takeaways.changed(selection.text, before_date, Change(kind, gained, lost, len(rows) - compared))


def _by_vacancies(rows: pd.DataFrame, ways: dict[str, int], names: dict[str, str]) -> dict[str, str]:
    """Communes whose status turned (1 to met, -1 from it) though their count did not go that way, as where
    posts became vacant: by name with both counts."""
    found = {}
    for row in wording.records(rows):
        before, way = row["before"], ways.get(row["area"], 0)
        if way and before is not None and way * (row["numerator"] - before.numerator) <= 0:
            counts = f"{before.numerator}/{before.denominator} › {row['numerator']}/{row['denominator']}"
            found[row["area"]] = f"{names[row['area']]} ({counts})"
    return found


def _silent(rows: pd.DataFrame) -> list[Record]:
    """The communes that have something to report and report nothing."""
    return [row for row in wording.records(rows) if not wording.known(row) and not row["complete"]]


def path(dataset: Dataset, selection: Selection, goal_id: str, records: Sequence[Record]) -> list[str]:
    """The count at the date before, and the villages or posts that changed since. `records`: the rows of
    `measures.goals.path`, oldest first."""
    text = selection.text
    known = [row for row in records if wording.known(row)]
    before_date = dataset.date_before(selection.as_of)
    said = ""
    # The headline goes from the first date to the last: the date before is new between them.
    if len(known) > 2 and known[-1] is records[-1] and known[-2]["as_of"] == before_date:
        before = wording.count_says(known[-2], text)
        if before != wording.count_says(known[-1], text):
            said = text("goals.path.before", date=text.date(known[-2]["as_of"]), before=before)
    return [said, *_path_changed(dataset, selection, goal_id)]


def _path_changed(dataset: Dataset, selection: Selection, goal_id: str) -> list[str]:
    measure = dataset.goal[goal_id].measure
    if measure.family not in ("member_share", "overlap_share"):
        return []
    if measure.family == "overlap_share":
        villages = measures.changes.villages(dataset, selection, "+".join(measure.parts))
        return takeaways.by_village(dataset, selection, "pair", villages)
    posts = measures.changes.held_posts(dataset, selection, "member", measure.parts)
    return takeaways.by_village(dataset, selection, "member", posts, posts=len(measure.parts) > 1)


def gap(rows: pd.DataFrame, text: Text) -> list[str]:
    """The communes that need most and fewest changes. `rows`: `name` and `changes`, <NA> where they cannot
    reach the goals."""
    standings = [
        Standing(row["name"], int(row["changes"]), complete=not row["unreported"])
        for row in rows.dropna(subset="changes").to_dict("records")
    ]
    if not any(standing.part for standing in standings):
        return []
    return [takeaways.leading(text, "goals.gap", standings)]


def _quoted(name: str, text: Text) -> str:
    return text("goals.quoted", name=name)
