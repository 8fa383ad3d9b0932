"""The sentences beside a headline, by rule from counts: who leads and lags, what changed; never a cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import pandas as pd

from dashboard.dataset import Dataset, Selection, villages
from dashboard.exhibits import assumption, reported
from dashboard.exhibits.names import then, then_names, village, with_commune
from dashboard.exhibits.rows import or_none, records
from dashboard.measures.changes import Changes
from dashboard.text import Text

# A longer sentence is not read: it names fewer.
MOST_LETTERS = 200
# More names than these say nothing.
TIED = 3
MOST_NAMED = 5
# What the kinds of change are about, for the words that count the rest.
_NOUNS = {
    "overlap": "villages",
    "policy": "villages",
    "pair": "villages",
    "ready": "villages",
    "member": "posts",
    "vacant": "posts",
    "met": "areas",
    "rising": "areas",
}
# Kinds beside the main one: a sentence that nothing of it changed says nothing.
_BESIDE = ("overlap", "ready", "vacant")


@dataclass(frozen=True)
class Standing:
    """One place with its count; `whole` (more than 0) where it is a share, `target` (percent) of a goal.
    Where it is not `complete`, units there do not report: it is in no ranking."""

    name: str
    part: int
    whole: int | None = None
    target: float | None = None
    complete: bool = True

    @property
    def value(self) -> Fraction:
        """What it is ranked by: exact, so that 1/3 and 2/6 tie."""
        return Fraction(self.part, self.whole or 1)


def standings(rows: pd.DataFrame, part: str, whole: str = "", *, complete: pd.Series[bool]) -> list[Standing]:
    """The rows of a frame, each by its `name`; one without a count is not `complete`."""
    wholes = rows[whole].tolist() if whole else [None] * len(rows)
    return [
        Standing(name, or_none(n) or 0, every, complete=bool(sure))
        for name, n, every, sure in zip(
            rows["name"], rows[part], wholes, complete & rows[part].notna(), strict=True
        )
    ]


def leading(text: Text, key: str, standings: Sequence[Standing], unit: str = "takeaway.communes") -> str:
    """The sentence `key`.leading on the first (`most`) and the last (`fewest`), ties together; `key`.alike
    where all are the same; "" for fewer than two that report all. The others are named as left out."""
    lacking = reported.not_ranked([standing.name for standing in standings if not standing.complete], text)
    standings = [standing for standing in standings if standing.complete]
    if len(standings) < 2:
        return ""
    first, last = best(standings), best(standings, last=True)
    if first[0].value == last[0].value:
        ranking = text(f"{key}.alike", n=len(standings), each=_together(standings, text))
    else:
        ranking = shortest(
            [
                text(f"{key}.leading", most=tied(text, first, unit, few), fewest=tied(text, last, unit, few))
                for few in (TIED, 1)
            ]
        )
    return f"{ranking} {lacking}".strip()


def best(standings: Sequence[Standing], *, last: bool = False) -> list[Standing]:
    """Those that share the first place, or the last; none of none."""
    values = [standing.value for standing in standings]
    best_value = (min if last else max)(values, default=None)
    return [standing for standing, value in zip(standings, values, strict=True) if value == best_value]


def tied(text: Text, group: Sequence[Standing], unit: str = "takeaway.communes", few: int = TIED) -> str:
    """Those that share a place with their counts: by name up to `few`, else how many they are."""
    first = group[0]
    if len(group) > few:
        return text("takeaway.many", many=text(unit, n=len(group)), each=_together(group, text))
    if len(group) == 1:
        if first.whole is None:
            return text("takeaway.single", name=first.name, each=first.part)
        return f"{first.name} {text.ratio(first.part, first.whole, first.target)}"
    if first.whole is None:
        names = [standing.name for standing in group]
        return text("takeaway.few", names=text.series(names), each=_together(group, text))
    names = [f"{standing.name} {text.fraction(standing.part, standing.whole or 0)}" for standing in group]
    share = text("takeaway.alike", share=text.share(first.part, first.whole, first.target))
    return text("takeaway.few", names=text.series(names), each=share)


def _together(group: Sequence[Standing], text: Text) -> str:
    """The count of each; for shares that of all together, which has the same rate."""
    wholes = [standing.whole for standing in group if standing.whole is not None]
    if not wholes:
        return text("takeaway.each", each=group[0].part)
    ratio = text.ratio(sum(standing.part for standing in group), sum(wholes), group[0].target)
    return text("takeaway.sum", ratio=ratio)


@dataclass(frozen=True)
class GainLoss:
    """What came and what went since the date before, in the words of `kind`, the first by name; `unknown`
    cannot be compared."""

    kind: str
    gained: int
    lost: int
    unknown: int = 0
    came: Sequence[str] = ()
    went: Sequence[str] = ()


def change_of(kind: str, changes: Changes, came: Sequence[str] = (), went: Sequence[str] = ()) -> GainLoss:
    """What `measures.changes` counted, in the words of `kind`."""
    return GainLoss(kind, changes.gained, changes.lost, changes.unknown, came, went)


def changed(text: Text, before_date: str, change: GainLoss) -> list[str]:
    """ "So với 31/12/2023, thêm 2 thôn kiêm nhiệm: A và B; giảm 1: C."; a sentence for what came, one for
    what went where one for both gets too long."""
    last = unknown(text, change)
    whole = since(text, before_date, *clauses(text, change, MOST_NAMED), *last)
    if len(whole) <= MOST_LETTERS:
        return [whole]
    ways = [way for way in (replace(change, lost=0), replace(change, gained=0)) if way.gained or way.lost]
    return [
        shortest(
            [
                since(text, before_date, *clauses(text, way, few), *(last if way is ways[-1] else []))
                for few in range(MOST_NAMED, -1, -1)
            ]
        )
        for way in ways
    ]


def since(text: Text, before_date: str, *clauses: str) -> str:
    """ "So với 31/12/2023, …"."""
    return text("takeaway.since", date=text.date(before_date), text="; ".join(clauses))


def unknown(text: Text, change: GainLoss) -> list[str]:
    """The clause on what cannot be compared; none where all can be."""
    return [text(f"takeaway.{_NOUNS[change.kind]}.unknown", n=change.unknown)] if change.unknown else []


def clauses(text: Text, change: GainLoss, few: int = 0) -> list[str]:
    """What came and what went, each with up to `few` names; that nothing did in one clause."""
    parts = []
    if change.gained:
        parts.append(_with_names(text, change.kind, "gained", change.gained, change.came[:few]))
    if change.lost:
        way = "less" if parts else "lost"
        parts.append(_with_names(text, change.kind, way, change.lost, change.went[:few]))
    return parts or [text(f"takeaway.{change.kind}.same")]


def _with_names(text: Text, kind: str, way: str, n: int, names: Sequence[str]) -> str:
    counted = text(f"takeaway.{kind}.{way}", n=n)
    if not names:
        return counted
    others = [text(f"takeaway.{_NOUNS[kind]}.others", n=n - len(names))] if n > len(names) else []
    return f"{counted}: {text.series([*names, *others])}"


def shortest(sentences: Sequence[str]) -> str:
    """The first that is short enough; the last one if none is."""
    return next((sentence for sentence in sentences if len(sentence) <= MOST_LETTERS), sentences[-1])


def by_village(
    dataset: Dataset, selection: Selection, kind: str, changes: Changes | None, *, posts: bool = False
) -> list[str]:
    """The sentences of `changed` on villages or their `posts`, by name; none without a date before."""
    before = selection.compared_with(dataset)
    if changes is None or before is None or (kind in _BESIDE and not changes.gained + changes.lost):
        return []
    return changed(selection.text, before, named_change(dataset, selection, kind, changes, posts=posts))


def named_change(
    dataset: Dataset, selection: Selection, kind: str, changes: Changes, *, posts: bool = False
) -> GainLoss:
    """What `measures.changes` counted with the first villages (or their `posts`) by name and commune."""
    text, communes, own = selection.text, then_names(dataset, selection), then(selection)
    row_of = villages.by_id(dataset, selection.as_of)
    names: dict[bool, list[str]] = {True: [], False: []}
    for row in records(changes.rows):
        if len(names[row["gained"]]) == MOST_NAMED:
            continue
        village_row, commune = row_of[row["village_id"]], row["commune"]
        if commune == selection.only:
            name = village(dataset, own, village_row)
        else:
            name = with_commune(dataset, own, village_row, communes[commune])
        if posts:
            post = assumption.post(row["position"], row["kind"], text)
            name = text("takeaway.post", post=post, place=name)
        names[row["gained"]].append(name)
    return change_of(kind, changes, names[True], names[False])


def moved(text: Text, name: str, before: int, now: int) -> str:
    """ "đảng viên từ 2.172 lên 2.198"; the two differ."""
    return text("takeaway.up" if now > before else "takeaway.down", name=name, before=before, now=now)


def movers(text: Text, group: Sequence[tuple[str, int, int]], few: int = TIED) -> str:
    """Communes (name, before, now) with the same change: "Xã Hương Sơn từ 150 lên 156", or how many."""
    if len(group) <= few:
        return text.series([moved(text, *move) for move in group])
    _, before, now = group[0]
    each = text("takeaway.each", each=text.change(now - before))
    return text("takeaway.many", many=text("takeaway.communes", n=len(group)), each=each)
