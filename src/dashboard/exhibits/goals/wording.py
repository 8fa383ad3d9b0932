"""The words of a goal: its name, count, status and target."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, remembered
from dashboard.measures.goals import WHOLE_ONLY
from dashboard.text import Text

Record = dict[str, Any]


@remembered(size=4)
def goal_names(dataset: Dataset, text: Text) -> dict[str, str]:
    """The goals by name in the reader's language."""
    return {row["goal_id"]: row[f"name_{text.lang}"] for row in records(dataset.goals)}


def status_says(row: Record, text: Text) -> str:
    """The status as a word "đạt", "cần thêm 4", "chưa có số liệu"."""
    if row["status"] == "not_met":
        return text("goals.status.never") if row["needed"] is None else needed_says(row, row["needed"], text)
    if row["status"] == "no_data" and known(row):
        return text("goals.status.no_before")
    return text(f"goals.status.{row['status']}")


def needed_says(row: Record, needed: int, text: Text) -> str:
    """ "cần thêm 4", of posts and where the count before it has the unit; else "cần thêm 4 thôn"."""
    if row["unit"] == "posts" or not row["percent"]:
        return text("goals.status.not_met", n=needed)
    return text("goals.status.not_met_of", counted=text(f"goals.unit.{row['unit']}", n=needed))


def goal_says(row: Record, text: Text) -> str:
    """The whole line of a goal: count, share, status, target."""
    if row["status"] == "no_data" and not known(row):
        return text("goals.status.no_data")
    said = f"{count_says(row, text)} · {status_says(row, text)}"
    if row["target"] is not None:
        key = "goals.to_reach" if row["status"] == "not_met" else "goals.with_target"
        return text(key, said=said, target=target_says(row, text))
    return f"{said} ({text.change(row['change'])})" if row["change"] else said


def target_says(row: Record, text: Text) -> str:
    """ "trên 80%" for a strict target, "từ 80%" for one that may be met exactly; of a count "từ 120"."""
    key = "goals.target.more_than" if row["operator"] == ">" else "goals.target.at_least"
    target = text.percent(row["target"]) if row["percent"] else text.number(row["target"])
    return text(key, target=target)


def short_says(row: Record, text: Text) -> str:
    """The line of a commune: count, share, status."""
    if not known(row):
        return text("goals.status.no_data")
    return f"{count_says(row, text)} · {status_says(row, text)}"


def count_says(row: Record, text: Text) -> str:
    """ "50/60 (83,3%)", or the count with its unit where there is no whole."""
    if row["numerator"] is None:
        return text("common.no_data")
    if row["denominator"] is None:
        return text(f"goals.unit.{row['unit']}", n=row["numerator"])
    return text.ratio(row["numerator"], row["denominator"])


def stacked(row: Record, text: Text) -> str:
    """Count and share on lines of their own, for a narrow place."""
    if not row["denominator"]:
        return count_says(row, text)
    part, whole = row["numerator"], row["denominator"]
    return f"{text.number(part)}/{text.number(whole)}\n{text.share(part, whole)}"


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
    return found


def records(frame: pd.DataFrame) -> list[Record]:
    """The rows of a frame as mappings by column."""
    # `to_dict` looks at the type of every cell.
    names = [str(name) for name in frame.columns]
    columns = [column.tolist() for _, column in frame.items()]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]
