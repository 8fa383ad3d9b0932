"""What to do where an exhibit has nothing to show: its headline says what is missing, this what to do."""

from __future__ import annotations

from dashboard import measures, schema
from dashboard.dataset import Dataset, Selection

# The exhibits that count posts in villages.
_OF_VILLAGES = ("overlap", "goals", "changes", "what_if")


def what_to_do(dataset: Dataset, selection: Selection, name: str) -> str:
    """The way out for the reader of the exhibit `name`, which shows nothing; "" where nothing is missing."""
    noun = name.partition(".")[0]
    if noun == "structure":
        return selection.text("empty.organizations")
    if noun == "reconciliation":
        return selection.text("empty.published") if dataset.published.empty else ""
    if (noun == "goals" or name == "changes.pace") and dataset.goals.empty:
        return selection.text("empty.goals")
    return _of_villages(dataset, selection) if noun in _OF_VILLAGES else ""


def outside_only(selection: Selection) -> bool:
    """Whether only the district bodies are chosen, which have no village."""
    return set(selection.communes) == {schema.OUTSIDE}


def outside(selection: Selection, name: str) -> bool:
    """Whether the exhibit counts villages or their posts, and only the district bodies are chosen."""
    return outside_only(selection) and name.partition(".")[0] in _OF_VILLAGES


def _of_villages(dataset: Dataset, selection: Selection) -> str:
    if outside_only(selection):
        return selection.text("empty.outside")
    counts = measures.overlap.counts(dataset, selection)
    if not counts["villages"]:
        return selection.text("empty.villages")
    return "" if counts["reported"] else selection.text("empty.posts")
