"""The deadlines of goals: how far they are from the date of the data, and whether they have passed since.

Figures count from the as-of date alone. A reader after a deadline is told that it has passed by that
day (`Dataset.today`); nothing is counted with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from dashboard.dataset import Dataset, Goal, Selection

# More days than these are counted, not named.
_MOST = 3


def passed(dataset: Dataset, selection: Selection, goals: Iterable[Goal]) -> str:
    """ "hạn 31/12/2025 đã qua khi xem": which deadlines of these goals have passed, before the as-of date or
    since; "" for none."""
    deadlines, text = _deadlines(goals, selection), selection.text
    before = [day for day in deadlines if day < selection.as_of]
    since = [day for day in deadlines if selection.as_of <= day < dataset.today]
    clauses = []
    for key, days in (("before", before), ("since", since)):
        names = text.series([text.date(day) for day in days])
        suffix = "_many" if len(days) > _MOST else "_few" if len(days) > 1 else ""
        clauses += [text(f"goals.passed.{key}{suffix}", dates=names, n=len(days))] if days else []
    return " · ".join(clauses)


def notes(dataset: Dataset, selection: Selection, goals: Iterable[Goal]) -> list[str]:
    """The time from the as-of date to each deadline: never from today's clock."""
    text, result = selection.text, []
    for deadline in _deadlines(goals, selection):
        days = (date.fromisoformat(deadline) - date.fromisoformat(selection.as_of)).days
        key = "deadline" if days > 0 else "deadline_past" if days else "deadline_due"
        if days > 0 and deadline < dataset.today:
            key = "deadline_since"
        as_of = text.date(selection.as_of)
        result.append(text(f"goals.{key}", date=text.date(deadline), n=abs(days), as_of=as_of))
    return result


def _deadlines(goals: Iterable[Goal], selection: Selection) -> list[str]:
    return sorted({goal.deadline for goal in goals} - {""}) if selection.as_of else []
