"""The words of a goal: its name, count, status and target."""

from __future__ import annotations

from typing import Any

import pandas as pd

from dashboard.dataset import Dataset
from dashboard.text import Text


def goal_names(dataset: Dataset, text: Text) -> dict[str, str]:
    """The goals by name in the reader's language."""
    return {row["goal_id"]: row[f"name_{text.lang}"] for row in records(dataset.goals)}


def status_says(row: dict[str, Any], text: Text) -> str:
    """The status as a word "đạt", "cần thêm 4", "chưa có số liệu"."""
    if row["status"] == "not_met":
        return (
            text("goals.status.not_met", n=row["needed"])
            if row["needed"] is not None
            else text("goals.status.never")
        )
    if row["status"] == "no_data" and known(row):
        return text("goals.status.no_before")
    return text(f"goals.status.{row['status']}")


def goal_says(row: dict[str, Any], text: Text) -> str:
    """The whole line of a goal: count, share, status, target."""
    if row["status"] == "no_data" and not known(row):
        return text("goals.status.no_data")
    said = f"{count_says(row, text)} · {status_says(row, text)}"
    if row["target"] is not None:
        key = "goals.to_reach" if row["status"] == "not_met" else "goals.with_target"
        return text(key, said=said, target=target_says(row, text))
    return f"{said} ({text.change(row['change'])})" if row["change"] else said


def target_says(row: dict[str, Any], text: Text) -> str:
    """ "trên 80%" for a strict target, "từ 80%" for one that may be met exactly."""
    key = "goals.target.more_than" if row["operator"] == ">" else "goals.target.at_least"
    return text(key, target=text.percent(row["target"]))


def short_says(row: dict[str, Any], text: Text) -> str:
    """The line of a commune: count, share, status."""
    if not known(row):
        return text("goals.status.no_data")
    return f"{count_says(row, text)} · {status_says(row, text)}"


def count_says(row: dict[str, Any], text: Text) -> str:
    """ "50/60 (83,3%)", or the bare count where there is no whole."""
    if row["denominator"] is None:
        return text.number(row["numerator"])
    return text.ratio(row["numerator"], row["denominator"])


def stacked(row: dict[str, Any], text: Text) -> str:
    """Count and share on lines of their own, for a narrow place."""
    if not row["denominator"]:
        return count_says(row, text)
    part, whole = row["numerator"], row["denominator"]
    return f"{text.number(part)}/{text.number(whole)}\n{text.share(part, whole)}"


def known(row: dict[str, Any]) -> bool:
    """Whether there is anything to count."""
    return row["numerator"] is not None and row["denominator"] != 0


def measure_words(dataset: Dataset, goal_id: str, text: Text) -> str:
    """What the measure of a goal counts, in words."""
    written = next(row["measure"] for row in records(dataset.goals) if row["goal_id"] == goal_id)
    return text(f"goals.measure.{written.partition(':')[0]}")


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as mappings by column."""
    return [{str(key): value for key, value in row.items()} for row in frame.to_dict("records")]
