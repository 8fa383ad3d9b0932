"""The sentences beside a headline: who leads and lags, and what changed since the date before.

They are made from counts by rule and claim no causes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from dashboard import measures
from dashboard.dataset import Dataset, Selection, areas
from dashboard.exhibits import reported
from dashboard.text import Text

# A longer sentence is not read: it names fewer.
MOST_LETTERS = 200
# More names than these say nothing.
TIED = 3
_CHANGED = 5
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


@dataclass(frozen=True)
class Named:
    """`n` things, the first of them by name."""

    n: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Change:
    """What came and what went since the date before, in the words of `kind`; `unknown` cannot be compared."""

    kind: str
    gained: Named
    lost: Named
    unknown: int = 0


_NOTHING = Named(0, ())


def leading(text: Text, key: str, standings: Sequence[Standing], unit: str = "takeaway.communes") -> str:
    """The sentence `key`.leading on the first (`most`) and the last (`fewest`), ties together; `key`.alike
    where all are the same; "" for fewer than two. `unit` counts those that tie.

    Only those that report all are ranked; the others are named as left out.
    """
    lacking = reported.not_ranked([one.name for one in standings if not one.complete], text)
    standings = [one for one in standings if one.complete]
    if len(standings) < 2:
        return ""
    said = _leading(text, key, standings, unit)
    return f"{said} {lacking}" if lacking else said


def _leading(text: Text, key: str, standings: Sequence[Standing], unit: str) -> str:
    first, last = best(standings), best(standings, last=True)
    if first[0].value == last[0].value:
        return text(f"{key}.alike", n=len(standings), each=_together(standings, text))
    return shortest(
        [
            text(f"{key}.leading", most=tied(text, first, unit, few), fewest=tied(text, last, unit, few))
            for few in (TIED, 1)
        ]
    )


def best(standings: Sequence[Standing], *, last: bool = False) -> list[Standing]:
    """Those that share the first place, or the last; none of none."""
    values = [standing.value for standing in standings]
    wanted = (min if last else max)(values, default=None)
    return [standing for standing, value in zip(standings, values, strict=True) if value == wanted]


def tied(text: Text, group: Sequence[Standing], unit: str = "takeaway.communes", few: int = TIED) -> str:
    """Those that share a place with their counts: by name up to `few`, else how many they are."""
    one = group[0]
    if len(group) > few:
        return text("takeaway.many", many=text(unit, n=len(group)), each=_together(group, text))
    if len(group) == 1:
        if one.whole is None:
            return text("takeaway.single", name=one.name, each=one.part)
        return f"{one.name} {text.ratio(one.part, one.whole, one.target)}"
    if one.whole is None:
        names = [standing.name for standing in group]
        return text("takeaway.few", names=text.series(names), each=_together(group, text))
    names = [f"{s.name} {text.number(s.part)}/{text.number(s.whole)}" for s in group]
    share = text("takeaway.alike", share=text.share(one.part, one.whole, one.target))
    return text("takeaway.few", names=text.series(names), each=share)


def _together(group: Sequence[Standing], text: Text) -> str:
    """The count of each; for shares that of all together, which has the same rate."""
    wholes = [standing.whole for standing in group if standing.whole is not None]
    if not wholes:
        return text("takeaway.each", each=group[0].part)
    return text(
        "takeaway.sum", ratio=text.ratio(sum(one.part for one in group), sum(wholes), group[0].target)
    )


def changed(text: Text, before_date: str, change: Change) -> list[str]:
    """ "So với 31/12/2023, thêm 2 thôn kiêm nhiệm: A và B; giảm 1: C."; a sentence for what came, one for
    what went where one for both gets too long."""
    last = unknown(text, change)
    whole = _since(text, before_date, [*clauses(text, change, _CHANGED), *last])
    if len(whole) <= MOST_LETTERS:
        return [whole]
    ways = [
        part
        for part in (replace(change, lost=_NOTHING), replace(change, gained=_NOTHING))
        if part.gained.n or part.lost.n
    ]
    return [
        shortest(
            [
                _since(text, before_date, [*clauses(text, part, few), *(last if part is ways[-1] else [])])
                for few in range(_CHANGED, -1, -1)
            ]
        )
        for part in ways
    ]


def _since(text: Text, before_date: str, clauses: Sequence[str]) -> str:
    return text("takeaway.since", date=text.date(before_date), said="; ".join(clauses))


def unknown(text: Text, change: Change) -> list[str]:
    """The clause on what cannot be compared; none where all can be."""
    if not change.unknown:
        return []
    return [text(f"takeaway.{_NOUNS[change.kind]}.unknown", n=change.unknown)]


def clauses(text: Text, change: Change, few: int = 0) -> list[str]:
    """What came and what went, each with up to `few` names; that nothing did in one clause."""
    said = []
    if change.gained.n:
        said.append(_with_names(text, "gained", change.kind, change.gained, few))
    if change.lost.n:
        said.append(_with_names(text, "less" if said else "lost", change.kind, change.lost, few))
    return said or [text(f"takeaway.{change.kind}.same")]


def _with_names(text: Text, way: str, kind: str, named: Named, few: int) -> str:
    said = text(f"takeaway.{kind}.{way}", n=named.n)
    if not few:
        return said
    names = list(named.names[:few])
    if named.n > len(names):
        names.append(text(f"takeaway.{_NOUNS[kind]}.others", n=named.n - len(names)))
    return f"{said}: {text.series(names)}"


def shortest(sentences: Sequence[str]) -> str:
    """The first that is short enough; the last one if none is."""
    return next((said for said in sentences if len(said) <= MOST_LETTERS), sentences[-1])


def by_village(
    dataset: Dataset,
    selection: Selection,
    kind: str,
    found: measures.changes.Changes | None,
    *,
    posts: bool = False,
) -> list[str]:
    """The sentences of `changed` on villages by name, with `posts` on posts of villages; none where nothing
    can be compared."""
    before = selection.compared_with(dataset)
    if found is None or before is None:
        return []
    rows = found.rows.to_dict("records")
    gained, lost = (
        Named(n, _village_names(dataset, selection, [row for row in rows if row["gained"] == way], posts))
        for n, way in ((found.gained, True), (found.lost, False))
    )
    return changed(selection.text, before, Change(kind, gained, lost, found.unknown))


def _village_names(
    dataset: Dataset, selection: Selection, rows: Sequence[dict[str, Any]], posts: bool
) -> tuple[str, ...]:
    """The first villages, or their posts, by name; with the commune, unless it alone is chosen.

    It is the commune of the chosen date under any boundaries: in one that was merged later several villages
    may be called Thôn 1.
    """
    text = selection.text
    communes = areas.labels(dataset, selection.as_of, areas.BOUNDARIES[0], text)
    said = []
    for row in rows[:_CHANGED]:
        name = row["name"]
        if posts:
            name = text("takeaway.post", post=_post(row["position"], row["kind"], text), village=name)
        if row["commune"] != selection.only:
            name = text("takeaway.in_commune", name=name, commune=communes[row["commune"]])
        said.append(name)
    return tuple(said)


def _post(position: str, kind: str, text: Text) -> str:
    """A post of one village; its head is called by the kind of village."""
    return text(f"takeaway.position.{kind if position == 'village_head' else position}")


def moved(text: Text, name: str, before: int, now: int) -> str:
    """ "đảng viên từ 2.172 lên 2.198"; the two differ."""
    return text("takeaway.up" if now > before else "takeaway.down", name=name, before=before, now=now)
