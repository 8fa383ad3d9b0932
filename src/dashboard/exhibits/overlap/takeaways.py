"""Who leads in role overlap, and what changed since the date before."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

from dashboard import measures
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import takeaways
from dashboard.exhibits.takeaways import Change, Named, Standing

_KINDS = tuple(name for name in measures.overlap.COMBINATIONS if name != "none")


def by_commune(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> list[str]:
    """The communes with the highest and the lowest share of villages whose secretary holds another of the
    three posts; the villages that changed. `rows`: `name`, `policy`, `villages`, `policy_unreported`."""
    standings = [
        Standing(name, some, villages, complete=not unreported)
        for name, some, villages, unreported in _columns(
            rows, "name", "policy", "villages", "policy_unreported"
        )
        if villages
    ]
    found = measures.changes.villages(dataset, selection, "policy")
    return [
        takeaways.leading(selection.text, "overlap.by_commune", standings),
        *takeaways.by_village(dataset, selection, "policy", found),
    ]


def combinations(dataset: Dataset, selection: Selection, found: dict[str, int]) -> list[str]:
    """Which kind is the most common among the villages with overlap (`found`: villages per combination),
    and which kinds have more or fewer villages than at the date before."""
    text = selection.text
    some = sum(found[name] for name in _KINDS)
    kinds = [
        Standing(text("overlap.kind", name=_kind(name, selection)), found[name], some) for name in _KINDS
    ]
    known = some > 1 and not found.get("silent")
    most = takeaways.tied(text, takeaways.best(kinds), "overlap.kinds") if known else ""
    return [
        text("overlap.combinations.most", most=most) if most else "",
        _combinations_changed(dataset, selection, sum(found.values())),
    ]


def _combinations_changed(dataset: Dataset, selection: Selection, villages: int) -> str:
    text = selection.text
    rows = measures.changes.combinations(dataset, selection)
    before_date = dataset.date_before(selection.as_of)
    if rows.empty or before_date is None:
        return ""
    said = []
    compared = 0
    for combination, before, now in _columns(rows, "combination", "before", "now"):
        compared += now
        if before != now and combination in _KINDS:
            name = text("overlap.kind", name=_kind(combination, selection))
            said.append(takeaways.moved(text, name, before, now))
    if not said:
        return ""
    moves = "; ".join(said)
    if compared < villages:
        moves = text("overlap.combinations.among", n=compared, said=moves)
    return text("takeaway.since", date=text.date(before_date), said=moves)


def pool(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> list[str]:
    """The communes with most and fewest villages that are ready; the villages that became so or left.
    `rows`: `name`, `reported`, `ready`, `villages`."""
    standings = [
        Standing(name, ready, complete=reported == villages)
        for name, ready, reported, villages in _columns(rows, "name", "ready", "reported", "villages")
        if villages
    ]
    found = measures.changes.villages(dataset, selection, "pool:ready")
    return [
        takeaways.leading(selection.text, "overlap.pool", standings),
        *(takeaways.by_village(dataset, selection, "ready", found) if _any(found) else []),
    ]


def matrix(dataset: Dataset, selection: Selection) -> list[str]:
    """The posts that became vacant or were filled."""
    found = measures.changes.held_posts(dataset, selection, "vacant")
    return takeaways.by_village(dataset, selection, "vacant", found, posts=True) if _any(found) else []


def post_states(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> list[str]:
    """The posts with the highest and the lowest share of members, but the secretary, who is always one; and
    how many posts changed. `rows`: `position`, `name`, `member`, `filled`, `not_reported`."""
    standings = [
        Standing(selection.text(f"code.position_inside.{position}"), member, filled, complete=not unreported)
        for position, member, filled, unreported in _columns(
            rows, "position", "member", "filled", "not_reported"
        )
        if filled and position != "secretary"
    ]
    return [
        takeaways.leading(selection.text, "overlap.post_states", standings, "overlap.post_kinds"),
        _posts_changed(dataset, selection),
    ]


def _posts_changed(dataset: Dataset, selection: Selection) -> str:
    text = selection.text
    before_date = dataset.date_before(selection.as_of)
    said = []
    unknown = 0
    for state in ("member", "vacant"):
        found = measures.changes.held_posts(dataset, selection, state)
        if found is not None and _any(found):
            unknown = found.unknown
            change = Change(state, Named(found.gained, ()), Named(found.lost, ()))
            said.append(", ".join(takeaways.clauses(text, change)))
    if not said or before_date is None:
        return ""
    if unknown:
        said.append(text("takeaway.posts.unknown", n=unknown))
    return text("takeaway.since", date=text.date(before_date), said="; ".join(said))


def _kind(combination: str, selection: Selection) -> str:
    return selection.text(f"overlap.combination.{combination}")


def _columns(rows: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """The rows of a frame as plain values; several times as fast as `itertuples` for a few rows."""
    return zip(*(rows[name].tolist() for name in names), strict=True)


def _any(found: measures.changes.Changes | None) -> bool:
    """Whether anything changed: that a thing beside the main one stayed as it is says nothing."""
    return found is not None and len(found.rows) > 0
