"""Words and sentences that the exhibits of role overlap share."""

from __future__ import annotations

from dashboard import measures, schema
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import reported
from dashboard.measures.goals import Count
from dashboard.text import Text


def headline(dataset: Dataset, selection: Selection) -> str:
    """Both published ratios beside each other, never added."""
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
    return said + unknown(max(counts[f"{pair}:unreported"] for pair in pairs), text)


def lacking(vacant: int, not_reported: int, text: Text) -> str:
    """ "; 6 vị trí khuyết, 1 vị trí chưa báo cáo"; "" where every post is held."""
    said = reported.left_out(Count(0, 0, vacant=vacant, unreported=not_reported), "posts", text)
    return f"; {said}" if said else ""


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


def post_says(village: dict[str, object], position: str, text: Text) -> str:
    """The state of a post in words; which posts the same person holds beside it, never who that is."""
    state = text(f"overlap.state.{post_state(village, position)}")
    holder = int(village[position])  # type: ignore[call-overload]
    others = [
        text(f"code.position.{other}")
        for other in schema.POSITIONS
        if holder > 0 and other != position and village[other] == holder
    ]
    return f"{state} ({text('overlap.also', posts=text.series(others))})" if others else state


def post_state(village: dict[str, object], position: str) -> str:
    """How a post is held: "member", "not_member", "vacant" or "not_reported"."""
    holder = int(village[position])  # type: ignore[call-overload]
    if holder > 0:
        return "member" if village[f"{position}:member"] else "not_member"
    return "vacant" if holder < 0 else "not_reported"
