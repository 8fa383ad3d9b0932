"""Sentences that the exhibits of role overlap share."""

from __future__ import annotations

from dashboard import measures
from dashboard.dataset import Dataset, Selection
from dashboard.text import Text


def headline(dataset: Dataset, selection: Selection) -> str:
    """Both published ratios beside each other, never added, and the villages that they share."""
    text = selection.text
    counts = measures.overlap.counts(dataset, selection)
    total = counts["villages"]
    silence = nothing(dataset, selection)
    if silence:
        return silence
    pairs = ("secretary+village_head", "secretary+front_head")
    ratios = {pair: text.ratio(counts[pair], total) for pair in pairs if counts[f"{pair}:unreported"] < total}
    if len(ratios) == len(pairs):
        said = text("overlap.headline", head=ratios[pairs[0]], front=ratios[pairs[1]])
    else:
        said = "; ".join(f"{text(f'changes.pair.{pair}')}: {ratio}" for pair, ratio in ratios.items())
    said = said or text("overlap.headline_none")
    said += text("overlap.headline_three", n=counts["all_three"]) if counts["all_three"] else ""
    return said + unknown(max(counts[f"{pair}:unreported"] for pair in pairs), text)


def unknown(n: int, text: Text) -> str:
    """ "; 2 thôn chưa báo cáo đủ chức danh"; "" for none."""
    return text("overlap.headline_unreported", n=n) if n else ""


def nothing(dataset: Dataset, selection: Selection) -> str:
    """The sentence in place of a headline where there are no villages, or none reports a post; "" else."""
    counts = measures.overlap.counts(dataset, selection)
    if not counts["villages"]:
        return selection.text("overlap.empty", place=selection.place(dataset))
    if (measures.overlap.post_states(dataset, selection)["not_reported"] == counts["villages"]).all():
        return selection.text("overlap.silent", n=counts["villages"], place=selection.place(dataset))
    return ""


def silent(dataset: Dataset, selection: Selection) -> str:
    """The note on villages that report too little to say; "" where all do."""
    missing = measures.overlap.counts(dataset, selection)["silent"]
    return selection.text("overlap.silent_villages", n=missing) if missing else ""
