"""Sentences and numbers that the exhibits of the organisation share."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard import measures, schema
from dashboard.dataset import Dataset, Selection
from dashboard.measures.goals import Count
from dashboard.text import Text


def scope(selection: Selection) -> str:
    """Whether the totals hold the district bodies."""
    if selection.everything:
        return selection.text("structure.scope.everything")
    if schema.OUTSIDE in selection.communes:
        return selection.text("structure.scope.outside")
    return selection.text("structure.scope.communes")


def incomplete(dataset: Dataset, selection: Selection, *measures_asked: str) -> str:
    """The note that some organisations report no members or admissions; "" where all do."""
    found = measures.structure.missing(dataset, selection)
    said = [
        selection.text(f"structure.incomplete.{name}", n=found[name])
        for name in measures_asked
        if found[name]
    ]
    if silent := measures.structure.silent(dataset, selection):
        said.append(selection.text("structure.incomplete.places", n=silent))
    return " ".join(said)


def total(dataset: Dataset, selection: Selection, name: str, as_of: str | None = None) -> Count:
    """A count of the structure at the chosen date, or at another, with what it leaves out."""
    return measures.structure.count(dataset, selection, name, as_of)


def persons(value: int | None, complete: bool, text: Text) -> str:
    """A sum over organisations as a number, "ít nhất 2.074" where it is not `complete`."""
    return text.number(value) if complete or value is None else text("common.at_least", n=value)


def members(value: int | None, complete: bool, text: Text) -> str:
    """ "2.198 đảng viên", "ít nhất 2.074 đảng viên"."""
    if value is None:
        return text("structure.members_unknown")
    said = text("structure.members", n=value)
    return said if complete else text("common.at_least", n=said)


def silent_says(dataset: Dataset, selection: Selection) -> str:
    """ " · 1 nơi chưa báo cáo tổ chức", behind counts of organisations; "" where all report."""
    silent = measures.structure.silent(dataset, selection)
    return f" · {selection.text('goals.unreported.places', n=silent)}" if silent else ""


def without_figure(missing: Sequence[int], text: Text) -> dict[str, list[int]]:
    """The column of a table that counts whose figure is missing (organisations, places), where any is."""
    counts = [int(n) for n in missing]
    return {text("column_short.without_figure"): counts} if any(counts) else {}


def comparable(dataset: Dataset, selection: Selection, measure: str) -> bool:
    """Whether the figure is complete at the chosen date and at the one before: else no change is told."""
    return _complete(dataset, selection, measure, selection.as_of, dataset.date_before(selection.as_of))


def _complete(dataset: Dataset, selection: Selection, measure: str, *dates: str | None) -> bool:
    return not any(
        measures.structure.missing(dataset, selection, date).get(measure)
        or measures.structure.silent(dataset, selection, date)
        for date in dates
        if date
    )


def only_once(dataset: Dataset, selection: Selection, measure: str, before: str | None) -> str:
    """The note that a change between two dates holds organisations that only one of them has; "" else."""
    if not before or not _complete(dataset, selection, measure, selection.as_of, before):
        return ""
    counted = schema.Measure("count", (measure,))
    sides = measures.changes.measured(dataset, selection, counted, before, selection.as_of)[0]
    return selection.text("structure.only_once", n=sides.single) if sides.single else ""


def changed(difference: int, before_date: str, text: Text) -> str:
    """ "tăng 36 so với 31/12/2023", "giảm …", "không đổi so với …"."""
    way = "up" if difference > 0 else "down" if difference < 0 else "same"
    return text(f"common.change.{way}", n=abs(difference), date=text.date(before_date))


def known_sum(values: pd.Series[int]) -> int | None:
    """The sum of what is reported; None where there are rows and none reports."""
    known = values.dropna()
    return int(known.sum()) if len(known) or not len(values) else None


def or_none(value: object) -> int | None:
    """A count as a plain number; None for a missing one."""
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]
