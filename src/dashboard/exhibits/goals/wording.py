"""The words of a goal: its name, count, status and target."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from dashboard import measures, schema
from dashboard.charts.model import Label
from dashboard.dataset import Dataset, Goal, Selection, remembered
from dashboard.exhibits import reported
from dashboard.measures.changes import Sides
from dashboard.measures.goals import NO_DATA, WHOLE_ONLY, Count
from dashboard.text import Text, short_of

Record = dict[str, Any]


@remembered(size=4)
def goal_names(dataset: Dataset, text: Text) -> dict[str, str]:
    """The goals by name in the reader's language."""
    return {goal_id: goal.name(text.lang) for goal_id, goal in dataset.goal.items()}


@remembered(size=4)
def short_names(dataset: Dataset, text: Text) -> dict[str, str]:
    """The goals by a name of a few words, made from what they measure; two of one measure keep their own."""
    short = {goal_id: _short_name(goal.measure, text) for goal_id, goal in dataset.goal.items()}
    names = goal_names(dataset, text)
    many = Counter(short.values())
    return {goal: names[goal] if many[name] > 1 else name for goal, name in short.items()}


_BRANCHES = ("farmers_head", "women_head", "veterans_head")


def _short_name(measure: schema.Measure, text: Text) -> str:
    if measure.family == "count":
        return text(f"count.{measure.parts[0]}")
    if measure.family == "overlap_share":
        first, second = sorted(measure.parts, key=schema.POSITIONS.index)
        return text(
            "chart.overlap", first=text(f"chart.position.{first}"), second=text(f"chart.inside.{second}")
        )
    if measure.family != "member_share":
        return text(f"chart.{measure.family}")
    if len(measure.parts) > 1 and set(measure.parts) <= set(_BRANCHES):
        return text("chart.branches", names=", ".join(text(f"chart.branch.{part}") for part in measure.parts))
    return " + ".join(text(f"chart.position.{part}") for part in measure.parts)


def state_of(dataset: Dataset, selection: Selection, goal_id: str) -> Record:
    """The row of one goal of `measures.goals.progress`."""
    rows = records(measures.goals.progress(dataset, selection))
    return next(row for row in rows if row["goal_id"] == goal_id)


def label(row: Record, text: Text) -> Label:
    """The figures of a goal in parts; "?" stands behind a status that may change."""
    counted = count_of(row)
    lacking = {
        "unreported": reported.briefly_unreported(counted, text),
        "vacant": reported.briefly_vacant(counted, text),
    }
    if not known(row):
        return Label(text("common.no_data"), status="no_data", **lacking)
    whole = row["denominator"]
    count = text.number(row["numerator"]) + (f"/{text.number(whole)}" if whole is not None else "")
    said = status_says({**row, "certain": True}, text)
    if row["status"] == "not_met" and row["needed"] is not None:
        said = text("chart.missing", n=row["needed"])
    elif row["target"] is None and row["status"] != "no_data" and row["change"]:
        said = text.change(row["change"])
    return Label(
        count,
        text.share(row["numerator"], whole, row["target"]) if whole is not None else "",
        row["status"],
        said if row["certain"] or row["status"] == "no_data" else text("goals.brief.uncertain", said=said),
        **lacking,
    )


def status_says(row: Record, text: Text) -> str:
    """The status in words, "đạt", "còn thiếu 4 vị trí", "chưa có số liệu"; with the bound that what is not
    reported sets to it."""
    if row["status"] == "no_data":
        earlier = "no_before" if row.get("before") is None else "not_comparable"
        return text(f"goals.status.{earlier if row['target'] is None and known(row) else 'no_data'}")
    if row["status"] == "not_met":
        said = text("goals.status.never") if row["needed"] is None else needed_says(row, row["needed"], text)
    else:
        said = text(f"goals.status.{row['status']}")
    return said if row.get("certain", True) else text("goals.status.uncertain", said=said)


def needed_says(row: Record, needed: int, text: Text) -> str:
    """ "còn thiếu 4 vị trí", "còn thiếu 4 thôn": in the unit of the goal."""
    return text("goals.status.not_met", counted=text(f"goals.unit.{row['unit']}", n=needed))


def goal_says(row: Record, goal: Goal, text: Text) -> str:
    """The whole line of a goal: count, share, status, target."""
    if row["status"] == "no_data" and not known(row):
        return count_says(row, text)
    if row["target"] is None and row["status"] != "no_data" and row["incomparable"]:
        change = compared_says(row, text)
        change = change if row["certain"] else text("goals.may_change", said=change)
        return f"{count_says(row, text)} · {change}"
    said = f"{count_says(row, text)} · {status_says(row, text)}"
    if row["target"] is not None:
        key = "goals.to_reach" if row["status"] == "not_met" else "goals.with_target"
        key = key if row["certain"] else "goals.with_target_uncertain"
        return text(key, said=said, target=target_says(goal, text))
    return f"{said} ({text.change(row['change'])})" if row["change"] else said


def compared_says(row: Record, text: Text) -> str:
    """ "tăng 5 ở các vị trí báo cáo cả hai ngày, 2 vị trí không so sánh được"."""
    return text(
        "goals.compared.of",
        moved=_moved(row["change"], text),
        units=text(f"goals.compared.units.{unit_of(row['unit'])}"),
        unknown=text(f"goals.compared.left_out.{unit_of(row['unit'])}", n=row["incomparable"]),
    )


def apart_says(sides: Sides, text: Text) -> str:
    """The change of the count where the share went another way, as where posts became vacant: "; giảm 4"."""
    if None in (sides.before.denominator, sides.now.denominator):
        return ""
    now = sides.now.numerator * (sides.before.denominator or 1)
    then = sides.before.numerator * (sides.now.denominator or 1)
    if (now > then) - (now < then) == sides.direction:
        return ""
    return f"; {_moved(sides.gained, text)}"


def _moved(by: int, text: Text) -> str:
    """ "tăng 5", "giảm 4", "không đổi"."""
    return text(f"goals.compared.{'up' if by > 0 else 'down' if by < 0 else 'same'}", n=abs(by))


def unit_of(counted: str) -> str:
    """What reports the count: "posts", "villages" or "organizations"."""
    return counted if counted in ("posts", "villages") else "organizations"


def target_says(goal: Goal, text: Text) -> str:
    """ "trên 80%" for a strict target, "từ 80%" for one that may be met exactly; of a count "từ 120"; ""
    without a target."""
    if goal.target is None:
        return ""
    key = "goals.target.more_than" if goal.operator == ">" else "goals.target.at_least"
    return text(key, target=text.percent(goal.target) if goal.measure.percent else text.number(goal.target))


def short_says(row: Record, text: Text) -> str:
    """The line of a commune: count, share, status."""
    if not known(row):
        return count_says(row, text)
    return f"{count_says(row, text)} · {status_says(row, text)}"


def count_says(row: Record, text: Text) -> str:
    """ "50/60 (83,3%)", or the count with its unit where there is no whole; what is unreported beside it."""
    return reported.count_says(count_of(row), row.get("unit", ""), text, row.get("target"))


def count_of(row: Record) -> Count:
    """What a row of a goal counts, with what is not reported."""
    if row["numerator"] is None:
        return replace(NO_DATA, unreported=row["unreported"])
    return Count(
        row["numerator"],
        row["denominator"],
        unreported=row.get("unreported", 0),
        silent=row.get("silent", 0),
        vacant=row.get("vacant", 0),
    )


def share(row: Record) -> float | None:
    """The share as it may be rounded; None where there is none."""
    if not row["denominator"]:
        return None
    return float(short_of(Decimal(row["numerator"]) / row["denominator"], row["target"]))


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
    found = [text("goals.how_to_read")]
    if (rows["unit"] == "posts").any():
        found.append(text("goals.needed_note"))
    if (rows["status"] == WHOLE_ONLY).any():
        found.append(text("goals.whole_only_note"))
    if not rows["certain"].all():
        found.append(text("goals.uncertain_note"))
    return found


def sources(goals: Iterable[Goal], text: Text) -> str:
    """What these goals rest on, each source once; "" where none is stated."""
    stated = [source for source in dict.fromkeys(goal.source for goal in goals) if source]
    return text("goals.source", sources="; ".join(stated)) if stated else ""


def records(frame: pd.DataFrame) -> list[Record]:
    """The rows of a frame as mappings by column."""
    # `to_dict` looks at the type of every cell.
    names = [str(name) for name in frame.columns]
    columns = [column.tolist() for _, column in frame.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
