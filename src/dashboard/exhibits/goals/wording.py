"""The words of a goal: its name, count, status and target."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pandas as pd

from dashboard import measures, schema
from dashboard.charts.model import Label
from dashboard.dataset import Dataset, Selection, remembered
from dashboard.exhibits import reported
from dashboard.measures.changes import Sides
from dashboard.measures.goals import NO_DATA, WHOLE_ONLY, Count
from dashboard.text import Text, short_of

Record = dict[str, Any]


@remembered(size=4)
def goal_names(dataset: Dataset, text: Text) -> dict[str, str]:
    """The goals by name in the reader's language."""
    return {row["goal_id"]: row[f"name_{text.lang}"] for row in records(dataset.goals)}


@remembered(size=4)
def short_names(dataset: Dataset, text: Text) -> dict[str, str]:
    """The goals by a name of a few words, made from what they measure; two of one measure keep their own."""
    goals = records(dataset.goals)
    short = {row["goal_id"]: _short_name(row["measure"], text) for row in goals}
    names = goal_names(dataset, text)
    many = Counter(short.values())
    return {goal: names[goal] if many[name] > 1 else name for goal, name in short.items()}


_BRANCHES = ("farmers_head", "women_head", "veterans_head")


def _short_name(written: str, text: Text) -> str:
    measure = schema.parse_measure(written)
    assert measure is not None, "checked on reading"
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


@remembered(size=1)
def targets(dataset: Dataset) -> dict[str, float | None]:
    """The target of every goal: percent, or for a count in its unit; None without one."""
    return {
        row["goal_id"]: None if pd.isna(row["target"]) else row["target"] for row in records(dataset.goals)
    }


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


def goal_says(row: Record, text: Text) -> str:
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
        return text(key, said=said, target=target_says(row, text))
    return f"{said} ({text.change(row['change'])})" if row["change"] else said


def brief_says(row: Record, text: Text) -> str:
    """The same in as few letters as will do, for a phone: the target is a mark of the chart, "?" stands where
    the status may change; where posts lack anyway, those that are vacant too stand in the table only."""
    if not known(row) or row["denominator"] is None:
        return goal_says(row, text)
    said = text.ratio(row["numerator"], row["denominator"], row["target"])
    state = status_says({**row, "certain": True}, text)
    if row["status"] == "not_met" and row["needed"] is not None:
        state = text("goals.brief.needs", n=row["needed"])
    if row["target"] is None and row["status"] != "no_data" and row["change"]:
        state += f" ({text.change(row['change'])})"
    if not row["certain"]:
        state = text("goals.brief.uncertain", said=state)
    count = count_of(row)
    if row["status"] == "not_met" and count.unreported:
        count = replace(count, vacant=0)
    lacking = reported.briefly_left_out(count, text)
    return " · ".join(part for part in (said, lacking, state) if part)


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


def target_says(row: Record, text: Text) -> str:
    """ "trên 80%" for a strict target, "từ 80%" for one that may be met exactly; of a count "từ 120"."""
    key = "goals.target.more_than" if row["operator"] == ">" else "goals.target.at_least"
    target = text.percent(row["target"]) if row["percent"] else text.number(row["target"])
    return text(key, target=target)


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


def stacked(row: Record, text: Text) -> str:
    """Count, share and what is not reported on lines of their own, for a narrow place."""
    if not row["denominator"]:
        return count_says(row, text).replace(" · ", "\n")
    part, whole = row["numerator"], row["denominator"]
    lacking = reported.briefly_left_out(count_of(row), text).replace(", ", "\n")
    lines = (f"{text.number(part)}/{text.number(whole)}", text.share(part, whole, row["target"]), lacking)
    return "\n".join(line for line in lines if line)


def share(row: Record) -> float | None:
    """The share as it may be rounded; None where there is none."""
    if not row["denominator"]:
        return None
    return float(short_of(Decimal(row["numerator"]) / row["denominator"], row["target"]))


def known(row: Record) -> bool:
    """Whether there is anything to count."""
    return row["numerator"] is not None and row["denominator"] != 0


def measure_words(dataset: Dataset, goal_id: str, text: Text) -> str:
    """What the measure of a goal counts, in words."""
    written = next(row["measure"] for row in records(dataset.goals) if row["goal_id"] == goal_id)
    measure = schema.parse_measure(written)
    assert measure is not None, "checked on reading"
    counted = (
        text("goals.measure.count", what=text(f"count.{measure.parts[0]}")) if not measure.percent else ""
    )
    return counted or text(f"goals.measure.{measure.family}")


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


def sources(goals: pd.DataFrame, text: Text) -> str:
    """What these rows of the table of goals rest on, each source once; "" where none is stated."""
    stated = [source for source in dict.fromkeys(goals["source"]) if source]
    return text("goals.source", sources="; ".join(stated)) if stated else ""


def records(frame: pd.DataFrame) -> list[Record]:
    """The rows of a frame as mappings by column."""
    # `to_dict` looks at the type of every cell.
    names = [str(name) for name in frame.columns]
    columns = [column.tolist() for _, column in frame.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
