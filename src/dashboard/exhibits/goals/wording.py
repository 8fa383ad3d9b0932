"""The words of a goal: its name, count, status and target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

import pandas as pd

from dashboard import measures, schema
from dashboard.charts.model import Label
from dashboard.dataset import Dataset, Goal, Selection, memoize
from dashboard.exhibits import empty, reported, takeaways
from dashboard.exhibits.model import Table
from dashboard.exhibits.rows import Record, records
from dashboard.measures.comparison import Comparison
from dashboard.measures.families import NO_DATA, Count
from dashboard.measures.goals import WHOLE_ONLY
from dashboard.text import Text, short_of

_BRANCHES = ("farmers_head", "women_head", "veterans_head")


@memoize(size=4)
def goal_names(dataset: Dataset, text: Text) -> dict[str, str]:
    """The goals by name in the reader's language."""
    return {goal_id: goal.name(text.lang) for goal_id, goal in dataset.goal.items()}


@memoize(size=4)
def short_names(dataset: Dataset, text: Text) -> dict[str, str]:
    """The goals by a name of a few words, from what they measure; two of one measure keep their own."""
    short = {goal_id: _short_name(goal.measure, text) for goal_id, goal in dataset.goal.items()}
    names = goal_names(dataset, text)
    counts = Counter(short.values())
    return {goal: names[goal] if counts[name] > 1 else name for goal, name in short.items()}


def _short_name(measure: schema.Measure, text: Text) -> str:
    if measure.family == "count":
        return text(f"count.{measure.parts[0]}")
    if measure.family == "overlap_share":
        return pair_name(schema.pair(measure.parts), text)
    if measure.family != "member_share":
        return text(f"chart.{measure.family}")
    if len(measure.parts) > 1 and set(measure.parts) <= set(_BRANCHES):
        return text("chart.branches", names=", ".join(text(f"chart.branch.{part}") for part in measure.parts))
    return " + ".join(text(f"chart.position.{part}") for part in measure.parts)


def pair_name(pair: Sequence[str], text: Text) -> str:
    """ "Bí thư kiêm trưởng thôn": the overlap of two posts in a few words."""
    first, second = pair
    return text("chart.overlap", first=text(f"chart.position.{first}"), second=text(f"chart.inside.{second}"))


def stated(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The rows of `measures.goals.progress`; for the district bodies alone only goals that have data."""
    rows = measures.goals.progress(dataset, selection)
    if not empty.outside_only(selection):
        return rows
    # Of no goals a plain list would choose no columns.
    has_data = pd.Series([known(row) for row in records(rows)], rows.index, dtype=bool)
    return rows[has_data].reset_index(drop=True)


def state_of(dataset: Dataset, selection: Selection, goal_id: str) -> Record:
    """The row of one goal of `measures.goals.progress`."""
    rows = records(measures.goals.progress(dataset, selection))
    return next(row for row in rows if row["goal_id"] == goal_id)


def label(row: Record, text: Text) -> Label:
    """The figures of a goal in parts; "?" follows a status that may change."""
    count = count_of(row)
    unreported, vacant = reported.briefly_unreported(count, text), reported.briefly_vacant(count, text)
    if not known(row):
        return Label(text("common.no_data"), status="no_data", unreported=unreported, vacant=vacant)
    part, whole = row["numerator"], row["denominator"]
    status = status_label({**row, "certain": True}, text)
    if row["status"] == "not_met" and row["needed"] is not None:
        status = text("chart.missing", n=row["needed"])
    elif row["target"] is None and row["status"] != "no_data" and row["change"]:
        status = text.change(row["change"])
    if not row["certain"] and row["status"] != "no_data":
        status = text("goals.brief.uncertain", text=status)
    return Label(
        text.number(part) if whole is None else text.fraction(part, whole),
        "" if whole is None else text.share(part, whole, row["target"]),
        row["status"],
        status,
        unreported,
        vacant,
    )


def status_label(row: Record, text: Text) -> str:
    """The status: "đạt", "còn thiếu 4 vị trí"; with the bound that what is not reported sets to it."""
    key = row["status"]
    if key == "no_data":
        if row["target"] is None and known(row):
            key = "no_before" if row.get("before") is None else "not_comparable"
        return text(f"goals.status.{key}")
    if key == "not_met":
        status = needed_label(row["unit"], row["needed"], text)
    else:
        status = text(f"goals.status.{key}")
    return status if row.get("certain", True) else text("goals.status.uncertain", text=status)


def summable(goals: Iterable[Goal]) -> bool:
    """Whether what these goals lack may be added up: all count the same unit, none that of another."""
    measures_of = [goal.measure for goal in goals]
    parts = [part for measure in measures_of for part in measure.parts]
    return len({measure.unit for measure in measures_of}) == 1 and len(set(parts)) == len(parts)


def no_overlap_target(dataset: Dataset, text: Text, key: str = "chart.no_target") -> str:
    """The sentence `key`, that overlap has no numeric target; "" where a goal sets one."""
    targets = (goal.target for goal in dataset.goal.values() if goal.measure.family == "overlap_share")
    return text(key) if all(target is None for target in targets) else ""


def needed_label(unit: str, needed: int | None, text: Text) -> str:
    """ "còn thiếu 4 vị trí", "còn thiếu 4 thôn"; or that it cannot be reached."""
    if needed is None:
        return text("goals.status.never")
    return text("goals.status.not_met", counted=text(f"goals.unit.{unit}", n=needed))


def goal_label(row: Record, goal: Goal, text: Text) -> str:
    """The whole line of a goal: count, share, status, target."""
    if row["status"] == "no_data" and not known(row):
        return count_label(row, text)
    if row["target"] is None and row["status"] != "no_data" and row["incomparable"]:
        change = compared_label(row["change"], row["incomparable"], row["unit"], text)
        change = change if row["certain"] else text("goals.may_change", text=change)
        return f"{count_label(row, text)} · {change}"
    line = f"{count_label(row, text)} · {status_label(row, text)}"
    if row["target"] is not None:
        key = "goals.to_reach" if row["status"] == "not_met" else "goals.with_target"
        key = key if row["certain"] else "goals.with_target_uncertain"
        return text(key, text=line, target=target_label(goal, text))
    return f"{line} ({text.change(row['change'])})" if row["change"] else line


def compared_label(change: int, unknown: int, counted: str, text: Text) -> str:
    """ "tăng 5 ở các vị trí báo cáo cả hai ngày, 2 vị trí không so sánh được"."""
    unit = unit_of(counted)
    return text(
        "goals.compared.of",
        moved=_moved(change, text),
        units=text(f"goals.compared.units.{unit}"),
        unknown=text(f"goals.compared.left_out.{unit}", n=unknown),
    )


def between_label(comparison: Comparison, counted: str, text: Text) -> str:
    """What the difference of two dates leaves out: "; tăng 5 ở các vị trí báo cáo cả hai ngày, …"; or of the
    count where the share went another way, as where posts became vacant: "; giảm 4"; "" else."""
    if not comparison.plain:
        return f"; {compared_label(comparison.gained, comparison.unknown, counted, text)}"
    if None in (comparison.before.denominator, comparison.now.denominator):
        return ""
    now = comparison.now.numerator * (comparison.before.denominator or 1)
    then = comparison.before.numerator * (comparison.now.denominator or 1)
    return (
        "" if (now > then) - (now < then) == comparison.direction else f"; {_moved(comparison.gained, text)}"
    )


def _moved(by: int, text: Text) -> str:
    """ "tăng 5", "giảm 4", "không đổi"."""
    return text(f"goals.compared.{'up' if by > 0 else 'down' if by < 0 else 'same'}", n=abs(by))


def unit_of(counted: str) -> str:
    """What reports the count: "posts", "villages" or "organizations"."""
    if counted in ("households", "population"):
        return "villages"
    return counted if counted in ("posts", "villages") else "organizations"


def target_label(goal: Goal, text: Text) -> str:
    """ "trên 80%" for a strict target, else "từ 80%"; of a count "từ 120"; "" without a target."""
    if goal.target is None:
        return ""
    key = "goals.target.more_than" if goal.operator == ">" else "goals.target.at_least"
    return text(key, target=text.percent(goal.target) if goal.measure.percent else text.number(goal.target))


def count_label(row: Record, text: Text) -> str:
    """ "50/60 (83,3%)", or the count with its unit where there is no whole; what is unreported beside it."""
    return reported.count_label(count_of(row), row.get("unit", ""), text, row.get("target"))


def count_of(row: Record) -> Count:
    """What a row of a goal counts, with what is not reported."""
    if row["numerator"] is None:
        return replace(NO_DATA, unreported=row["unreported"])
    return Count(
        row["numerator"],
        row["denominator"],
        unreported=row.get("unreported", 0),
        unreported_areas=row.get("unreported_areas", 0),
        vacant=row.get("vacant", 0),
    )


def share(part: int, whole: int | None, target: float | None) -> float | None:
    """The share as it may be rounded; None where there is none."""
    return float(short_of(Decimal(part) / whole, target)) if whole else None


def known(row: Record) -> bool:
    """Whether there is anything to count."""
    return row["numerator"] is not None and row["denominator"] != 0


def measure_words(measure: schema.Measure, text: Text) -> str:
    """What a measure counts, in words."""
    if not measure.percent:
        return text("goals.measure.count", what=text(f"count.{measure.parts[0]}"))
    return text(f"goals.measure.{measure.family}")


def notes(rows: pd.DataFrame, text: Text) -> list[str]:
    """What the marks and words of these goals mean, of those that are there."""
    return [
        text("goals.how_to_read"),
        text("goals.needed_note") if (rows["unit"] == "posts").any() else "",
        text("goals.whole_only_note") if (rows["status"] == WHOLE_ONLY).any() else "",
        "" if rows["certain"].all() else text("goals.uncertain_note"),
    ]


def sources(goals: Iterable[Goal], text: Text) -> str:
    """What these goals rest on, each source once; "" where none is stated."""
    distinct = [source for source in dict.fromkeys(goal.source for goal in goals) if source]
    return text("goals.source", sources="; ".join(distinct)) if distinct else ""


def table(heading: str, names: list[str], rows: pd.DataFrame, text: Text) -> Table:
    """Rows of `measures.goals` with count, whole, share and status; `heading` is above their names."""
    goals = records(rows)
    share_head = text("column_short.share")
    columns = {
        heading: names,
        text("column_short.numerator"): [row["numerator"] if known(row) else None for row in goals],
        text("column_short.denominator"): [row["denominator"] or "–" for row in goals],
        share_head: [
            share(row["numerator"], row["denominator"], row["target"]) if row["percent"] else "–"
            for row in goals
        ],
        text("column_short.status"): [status_label(row, text) for row in goals],
    }
    lacking = [reported.left_out(count_of(row), row["unit"], text) for row in goals]
    if any(lacking):
        columns[text("column_short.left_out")] = lacking
    if not any(row["percent"] for row in goals):
        del columns[text("column_short.denominator")], columns[share_head]
    return Table.of(columns, shares=(share_head,))


def named_changes(dataset: Dataset, selection: Selection, measure: schema.Measure) -> list[str]:
    """The posts or villages of a measure that were gained and lost, by name; none of one on other things."""
    if measure.family == "overlap_share":
        villages = measures.changes.villages(dataset, selection, "+".join(measure.parts))
        return takeaways.by_village(dataset, selection, "pair", villages)
    if measure.family != "member_share":
        return []
    posts = measures.changes.held_posts(dataset, selection, "member", measure.parts)
    return takeaways.by_village(dataset, selection, "member", posts, posts=len(measure.parts) > 1)
