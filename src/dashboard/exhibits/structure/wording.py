"""Sentences and numbers that the exhibits of the organisation share."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard import measures, schema
from dashboard.dataset import Dataset, Selection
from dashboard.text import Text


def scope(selection: Selection) -> str:
    """Whether the totals hold the district bodies."""
    if selection.everything:
        return selection.text("structure.scope.everything")
    outside = schema.OUTSIDE in selection.communes
    return selection.text(f"structure.scope.{'outside' if outside else 'communes'}")


def incomplete(dataset: Dataset, selection: Selection, *names: str) -> str:
    """The note that some organisations report no members or admissions; "" where all do."""
    text, missing = selection.text, measures.structure.missing(dataset, selection)
    notes = [text.some(f"structure.incomplete.{name}", missing[name]) for name in names]
    unreported = measures.structure.unreported_areas(dataset, selection)
    return " ".join(filter(None, [*notes, text.some("structure.incomplete.places", unreported)]))


def headcount(dataset: Dataset, selection: Selection) -> str:
    """The members of what is chosen, in words."""
    count = measures.structure.count(dataset, selection, "members")
    return members(count.value, count.complete, selection.text)


def members(value: int | None, complete: bool, text: Text) -> str:
    """ "2.198 đảng viên", "ít nhất 2.074 đảng viên"."""
    if value is None:
        return text("structure.members_unknown")
    counted = text("structure.members", n=value)
    return counted if complete else text("common.at_least", n=counted)


def persons(value: int | None, complete: bool, text: Text) -> str:
    """A sum over organisations as a number, "ít nhất 2.074" where it is not `complete`."""
    return text.number(value) if complete or value is None else text("common.at_least", n=value)


def at_least(dataset: Dataset, selection: Selection, counted: str) -> str:
    """Words that count organisations, as a lower bound where places report none."""
    if not measures.structure.unreported_areas(dataset, selection):
        return counted
    return selection.text("common.at_least", n=counted)


def dashed(value: int | None, complete: bool, text: Text) -> str:
    """The same; "–" where none reports."""
    return "–" if value is None else persons(value, complete, text)


def unreported_label(dataset: Dataset, selection: Selection) -> str:
    """ " · 1 nơi chưa báo cáo tổ chức", behind counts of organisations; "" where all report."""
    unreported = measures.structure.unreported_areas(dataset, selection)
    return f" · {selection.text('goals.unreported.places', n=unreported)}" if unreported else ""


def without_figure(missing: Sequence[int], text: Text) -> dict[str, list[int]]:
    """The column of a table that counts whose figure is missing (organisations, places), where any is."""
    counts = [int(n) for n in missing]
    return {text("column_short.without_figure"): counts} if any(counts) else {}


def only_once(dataset: Dataset, selection: Selection, measure: str, before: str | None) -> str:
    """The note that a change between two dates holds organisations that only one of them has; "" else."""
    if not before or measures.structure.since(dataset, selection, measure, before) is None:
        return ""
    counted = schema.Measure("count", (measure,))
    comparison = measures.comparison.measured(dataset, selection, counted, before, selection.as_of)[0]
    return selection.text.some("structure.only_once", comparison.single)
