"""Sentences that the exhibits of role overlap share."""

from __future__ import annotations

from dashboard import measures
from dashboard.dataset import Dataset, Selection


def headline(dataset: Dataset, selection: Selection) -> str:
    """Both published ratios beside each other, never added, and the villages that they share."""
    text = selection.text
    counts = measures.overlap.counts(dataset, selection)
    total = counts["villages"]
    silence = nothing(dataset, selection)
    if silence:
        return silence
    said = text(
        "overlap.headline",
        head=text.ratio(counts["secretary+village_head"], total),
        front=text.ratio(counts["secretary+front_head"], total),
    )
    return f"{said}{text('overlap.headline_three', n=counts['all_three'])}" if counts["all_three"] else said


def nothing(dataset: Dataset, selection: Selection) -> str:
    """The sentence in place of a headline where there are no villages, or none reports a post; "" else."""
    counts = measures.overlap.counts(dataset, selection)
    if not counts["villages"]:
        return selection.text("overlap.empty", place=selection.place(dataset))
    if not counts["reported"]:
        return selection.text("overlap.silent", n=counts["villages"], place=selection.place(dataset))
    return ""


def silent(dataset: Dataset, selection: Selection) -> str:
    """The note on villages that report too little to say; "" where all do."""
    missing = measures.overlap.counts(dataset, selection)["silent"]
    return selection.text("overlap.silent_villages", n=missing) if missing else ""
