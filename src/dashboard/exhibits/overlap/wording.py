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
    if silence := nothing(dataset, selection):
        return silence
    counts = measures.overlap.counts(dataset, selection)
    total = counts["villages"]
    pairs = ("secretary+village_head", "secretary+front_head")
    ratios = {pair: text.ratio(counts[pair], total) for pair in pairs if counts[f"{pair}:unreported"] < total}
    if len(ratios) == len(pairs):
        headline = text("overlap.headline", head=ratios[pairs[0]], front=ratios[pairs[1]])
    else:
        headline = "; ".join(f"{text(f'changes.pair.{pair}')}: {ratio}" for pair, ratio in ratios.items())
    headline = headline or text("overlap.headline_none")
    return headline + unknown(max(counts[f"{pair}:unreported"] for pair in pairs), text)


def lacking(vacant: int, not_reported: int, text: Text) -> str:
    """ "; 6 vị trí khuyết, 1 vị trí chưa báo cáo"; "" where every post is held."""
    clause = reported.left_out(Count(0, 0, vacant=vacant, unreported=not_reported), "posts", text)
    return f"; {clause}" if clause else ""


def unknown(n: int, text: Text) -> str:
    """ "; 2 thôn chưa báo cáo đủ chức danh"; "" for none."""
    return text.some("overlap.headline_unreported", n)


def nothing(dataset: Dataset, selection: Selection) -> str:
    """The sentence in place of a headline where there are no villages, or none reports a post; "" else."""
    counts = measures.overlap.counts(dataset, selection)
    if not counts["villages"]:
        return selection.text("overlap.empty", place=selection.place(dataset))
    if (measures.overlap.post_states(dataset, selection)["not_reported"] == counts["villages"]).all():
        return selection.text("overlap.silent", n=counts["villages"], place=selection.place(dataset))
    return ""


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
