"""Exhibits of the goals."""

from __future__ import annotations

from datetime import date
from itertools import repeat
from typing import Any

import pandas as pd

from dashboard import charts, measures
from dashboard.dataset import Dataset, Selection, remembered
from dashboard.exhibits.model import Exhibit, Table, area_names, bounded, exhibit, narrow
from dashboard.text import Text


@remembered(size=256)
def progress(dataset: Dataset, selection: Selection) -> Exhibit:
    """Every goal against its target."""
    text = selection.text
    rows = measures.goals.progress(dataset, selection)
    names = goal_names(dataset, text)
    frame = _frame(
        rows, [names[goal] for goal in rows["goal_id"]], [goal_says(row, text) for row in _records(rows)]
    )
    return exhibit(
        dataset,
        selection,
        "goals.progress",
        headline=_headline(rows, names, text),
        alt="; ".join(f"{name}: {says}" for name, says in zip(frame["name"], frame["says"], strict=True)),
        plot=charts.Plot(charts.goals.progress, frame, text) if len(frame) else None,
        table=_table(text("column_short.goal"), list(frame["name"]), rows, text),
        notes=[text("goals.how_to_read"), text("goals.needed_note"), *_deadlines(dataset, selection)],
    )


@remembered(size=512)
def by_commune(dataset: Dataset, selection: Selection, goal_id: str) -> Exhibit:
    """One goal in every chosen commune."""
    text = selection.text
    rows = measures.goals.by_commune(dataset, selection, goal_id)
    names = area_names(dataset, selection)
    says = [_short_says(row, text) for row in _records(rows)]
    frame, note = bounded(_frame(rows, [names[area] for area in rows["area"]], says), 5, text)
    return exhibit(
        dataset,
        selection,
        "goals.by_commune",
        headline=_goal_headline(dataset, selection, goal_id, rows),
        alt="; ".join(f"{name}: {said}" for name, said in zip(frame["name"], frame["says"], strict=True)),
        plot=charts.Plot(charts.goals.by_commune, frame, text) if len(frame) else None,
        table=_table(text("column_short.commune"), [names[area] for area in rows["area"]], rows, text),
        notes=[note, text("goals.how_to_read"), text("goals.needed_note")],
        measure=_measure_words(dataset, goal_id, text),
    )


@remembered(size=512)
def path(dataset: Dataset, selection: Selection, goal_id: str) -> Exhibit:
    """One goal over the as-of dates."""
    text = selection.text
    rows = measures.goals.path(dataset, selection, goal_id)
    records = _records(rows)
    dates = [text.date(as_of) for as_of in rows["as_of"]]
    short = text.dates_in_two_lines(list(rows["as_of"]))
    frame = _frame(
        rows, ["\n".join(lines) for lines in zip(short, map(_stacked, records, repeat(text)), strict=True)]
    )
    frame = frame.rename(columns={"name": "date"})[["row", "date", "share", "target"]]
    target = rows["target"].iloc[0] if len(rows) else None
    return exhibit(
        dataset,
        selection,
        "goals.path",
        headline=_path_headline(goal_names(dataset, text)[goal_id], records, text),
        alt="; ".join(f"{text.date(row['as_of'])}: {_count_says(row, text)}" for row in records),
        plot=charts.Plot(charts.goals.path, frame, text) if any(frame["share"].notna()) else None,
        table=_table(text("column_short.as_of"), dates, rows, text),
        notes=[text("goals.path.target" if target is not None else "goals.path.no_target")],
        measure=_measure_words(dataset, goal_id, text),
    )


@remembered(size=256)
def attention(dataset: Dataset, selection: Selection) -> Exhibit:
    """The communes that have not reached a goal, those with most such goals first."""
    text = selection.text
    names = area_names(dataset, selection)
    goals = goal_names(dataset, text)
    missing: dict[str, list[str]] = {}
    for goal_id, goal in goals.items():
        for row in _records(measures.goals.by_commune(dataset, selection, goal_id)):
            missing.setdefault(row["area"], [])
            if row["status"] == "not_met":
                missing[row["area"]].append(f"{goal}: {status_says(row, text)}")
    behind = {area: said for area, said in missing.items() if said}
    order = sorted(behind, key=lambda area: -len(behind[area]))
    shown = order[:_ATTENTION]
    more = text("goals.attention.more", n=len(order) - len(shown)) if len(order) > len(shown) else ""
    return exhibit(
        dataset,
        selection,
        "goals.attention",
        headline=_attention_headline({names[area]: len(behind[area]) for area in order}, len(missing), text),
        sentences=[f"{names[area]}: {'; '.join(behind[area])}" for area in shown],
        notes=[more, text("goals.needed_note")],
    )


# Letters of a goal's name on a phone.
_NARROW = 38
# Communes listed on the overview; the goals page has them all.
_ATTENTION = 12
# More names than this in a headline say nothing.
_WORST = 3


def goal_names(dataset: Dataset, text: Text) -> dict[str, str]:
    """The goals by name in the reader's language."""
    return {row["goal_id"]: row[f"name_{text.lang}"] for row in _records(dataset.goals)}


def status_says(row: dict[str, Any], text: Text) -> str:
    """The status as a word "đạt", "cần thêm 4", "chưa có số liệu"."""
    if row["status"] == "not_met":
        return (
            text("goals.status.not_met", n=row["needed"])
            if row["needed"] is not None
            else text("goals.status.never")
        )
    return text(f"goals.status.{row['status']}")


def goal_says(row: dict[str, Any], text: Text) -> str:
    """The whole line of a goal: count, share, status, target."""
    if row["status"] == "no_data" and not _known(row):
        return text("goals.status.no_data")
    said = f"{_count_says(row, text)} · {status_says(row, text)}"
    if row["target"] is not None:
        key = "goals.to_reach" if row["status"] == "not_met" else "goals.with_target"
        return text(key, said=said, target=target_says(row, text))
    return f"{said} ({text.change(row['change'])})" if row["change"] else said


def target_says(row: dict[str, Any], text: Text) -> str:
    """ "trên 80%" for a strict target, "từ 80%" for one that may be met exactly."""
    key = "goals.target.more_than" if row["operator"] == ">" else "goals.target.at_least"
    return text(key, target=text.percent(row["target"]))


def _short_says(row: dict[str, Any], text: Text) -> str:
    if not _known(row):
        return text("goals.status.no_data")
    return f"{_count_says(row, text)} · {status_says(row, text)}"


def _count_says(row: dict[str, Any], text: Text) -> str:
    if row["denominator"] is None:
        return text.number(row["numerator"])
    return text.ratio(row["numerator"], row["denominator"])


def _stacked(row: dict[str, Any], text: Text) -> str:
    """Count and share on lines of their own, for a narrow place."""
    if not row["denominator"]:
        return _count_says(row, text)
    part, whole = row["numerator"], row["denominator"]
    return f"{text.number(part)}/{text.number(whole)}\n{text.share(part, whole)}"


def _known(row: dict[str, Any]) -> bool:
    return row["numerator"] is not None and row["denominator"] != 0


def _frame(rows: pd.DataFrame, names: list[str], says: list[str] | None = None) -> pd.DataFrame:
    shares = [_share(row) for row in _records(rows)]
    targets = [None if target is None else target / 100 for target in rows["target"]]
    return pd.DataFrame(
        {
            "row": range(len(rows)),
            "name": names,
            "name_narrow": narrow(names, _NARROW),
            "says": says or "",
            "share": pd.array(shares, dtype="Float64"),
            "target": pd.array(targets, dtype="Float64"),
            "status": list(rows["status"]),
            "full": [1] * len(rows),
        }
    )


def _share(row: dict[str, Any]) -> float | None:
    return row["numerator"] / row["denominator"] if row["denominator"] else None


def _table(heading: str, names: list[str], rows: pd.DataFrame, text: Text) -> Table:
    records = _records(rows)
    share = text("column_short.share")
    frame = pd.DataFrame(
        {
            heading: names,
            text("column_short.numerator"): [row["numerator"] if _known(row) else None for row in records],
            text("column_short.denominator"): [row["denominator"] or "–" for row in records],
            share: [_share(row) for row in records],
            text("column_short.status"): [status_says(row, text) for row in records],
        },
        dtype=object,
    )
    return Table(frame, shares=(share,))


def _headline(rows: pd.DataFrame, names: dict[str, str], text: Text) -> str:
    with_target = [row for row in _records(rows) if row["target"] is not None]
    if not with_target:
        return text("goals.progress.no_targets", n=len(rows))
    known = [row for row in with_target if row["status"] != "no_data"]
    if not known:
        return text("goals.progress.no_data", n=len(with_target))
    met = [names[row["goal_id"]] for row in known if row["status"] == "met"]
    key = "goals.progress.headline" if met else "goals.progress.none_met"
    said = text(key, met=len(met), all=len(known), names="; ".join(met))
    silent = len(with_target) - len(known)
    return said + (text("goals.progress.silent", n=silent) if silent else "")


def _attention_headline(behind: dict[str, int], communes: int, text: Text) -> str:
    """`behind`: per commune that misses a goal the number of goals missed, most first."""
    if not communes:
        return text("goals.attention.empty")
    if not behind:
        return text("goals.attention.none")
    most = max(behind.values())
    if communes == 1:
        return text("goals.attention.one", name=next(iter(behind)), n=most)
    worst = [name for name, goals in behind.items() if goals == most]
    key = "goals.attention.headline" if len(worst) <= _WORST else "goals.attention.headline_many"
    return text(key, n=len(behind), all=communes, most=most, names=text.series(worst), worst=len(worst))


def _goal_headline(dataset: Dataset, selection: Selection, goal_id: str, rows: pd.DataFrame) -> str:
    text = selection.text
    states = measures.goals.progress(dataset, selection)
    row = next(row for row in _records(states) if row["goal_id"] == goal_id)
    said = f"{goal_names(dataset, text)[goal_id]}: {goal_says(row, text)}"
    counted = [state for state in rows["status"] if state != "no_data"]
    if row["target"] is None or len(counted) < 2:
        return said
    return said + text("goals.by_commune.communes", met=counted.count("met"), all=len(counted))


def _path_headline(name: str, records: list[dict[str, Any]], text: Text) -> str:
    known = [row for row in records if _known(row)]
    if not known:
        return f"{name}: {text('goals.status.no_data')}"
    first, last = known[0], known[-1]
    now = {"now": _count_says(last, text), "date": text.date(last["as_of"])}
    if first is last:
        return text("goals.path.at", name=name, **now)
    then = {"then": _count_says(first, text), "then_date": text.date(first["as_of"])}
    return text("goals.path.from_to", name=name, **then, **now)


def _measure_words(dataset: Dataset, goal_id: str, text: Text) -> str:
    written = next(row["measure"] for row in _records(dataset.goals) if row["goal_id"] == goal_id)
    return text(f"goals.measure.{written.partition(':')[0]}")


def _deadlines(dataset: Dataset, selection: Selection) -> list[str]:
    """The time left to each deadline, from the as-of date: never from today's clock."""
    text = selection.text
    found = []
    for deadline in sorted(
        {deadline for deadline in dataset.goals["deadline"] if deadline and selection.as_of}
    ):
        days = (date.fromisoformat(deadline) - date.fromisoformat(selection.as_of)).days
        found.append(
            text(
                "goals.deadline" if days >= 0 else "goals.deadline_past",
                date=text.date(deadline),
                n=abs(days),
            )
        )
    return found


def _records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
