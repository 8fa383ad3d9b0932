"""Communes at two dates: one goal, and the members."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from dashboard import measures, schema
from dashboard.charts.model import Dumbbells
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import empty, peers, reported, structure, takeaways
from dashboard.exhibits.changes import drawn, wording
from dashboard.exhibits.goals.wording import measure_words, share, short_names, target_says, unit_of
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import AREA, area_names, opening
from dashboard.measures.changes import Sides
from dashboard.measures.goals import NO_DATA, Count
from dashboard.text import Text

# More sentences above a chart are not read; those on villages come first.
_MOST_TAKEAWAYS = 3


@exhibit("changes.by_commune", size=512)
def by_commune(dataset: Dataset, selection: Selection, goal_id: str) -> Content | None:
    """One goal at both dates in every chosen commune."""
    if not selection.since:
        return None
    text = selection.text
    total, sides = measures.changes.goal_sides(dataset, selection, goal_id)
    names = area_names(dataset, selection)
    measure = dataset.goal[goal_id].measure
    shares = measure.family in ("member_share", "overlap_share")
    named = _named(dataset, selection, measure) if shares else []
    most = wording.extremes(text, "changes.by_commune", _several(names, sides), _MOST_TAKEAWAYS - len(named))
    silent = f"changes.silent_{unit_of(measure.unit)}"
    return Content(
        headline=_headline(dataset, selection, goal_id, total, sides),
        takeaways=[*named, *most],
        chart=_goal_chart(dataset, selection, goal_id) if sides else None,
        table=_goal_table(selection, names, sides, dataset.goal[goal_id].target),
        notes=[
            text(silent, n=total.silent) if total.silent else "",
            wording.apart(dataset, selection) if total.apart else "",
            _silent(sides, text),
            *wording.merged(dataset, selection),
        ],
        measure=text("changes.overlap.measure")
        if measure.family == "overlap_share"
        else measure_words(measure, text),
        period=wording.marked(selection),
        by_region=peers.among(dataset, selection).by_region,
    )


@exhibit("changes.members")
def members(dataset: Dataset, selection: Selection) -> Content | None:
    """Members at both dates in every chosen commune; those newly admitted stand in the table."""
    if not selection.since:
        return None
    text = selection.text
    rows = measures.changes.figures(dataset, selection)
    sides = _of_members(rows)
    names = area_names(dataset, selection)
    return Content(
        headline=_members_headline(dataset, selection, sides),
        takeaways=wording.extremes(text, "changes.members", _several(names, sides)),
        chart=None if empty.outside_only(selection) else _members_chart(dataset, selection),
        table=_members_table(selection, names, rows),
        notes=[
            _silent(sides, text),
            structure.only_once(dataset, selection, "members", selection.since),
            *wording.merged(dataset, selection),
            text("changes.members.note"),
        ],
        period=wording.marked(selection),
        by_region=peers.among(dataset, selection).by_region,
    )


def _goal_chart(dataset: Dataset, selection: Selection, goal_id: str) -> Dumbbells | None:
    text = selection.text
    among = peers.among(dataset, selection)
    _, sides = measures.changes.goal_sides(dataset, among, goal_id)
    total, _ = measures.changes.goal_sides(dataset, peers.everything(dataset, selection), goal_id)
    goal = dataset.goal[goal_id]
    target, said = (goal.target, target_says(goal, text)) if goal.measure.percent else (None, "")
    whole = drawn.Line(peers.whole_name(dataset, selection), total, target)
    return _chart(dataset, selection, sides, whole, said)


def _members_chart(dataset: Dataset, selection: Selection) -> Dumbbells | None:
    among = peers.among(dataset, selection)
    sides = _of_members(measures.changes.figures(dataset, among))
    whole = drawn.Line(selection.text("takeaway.communes", n=len(sides)), _sum(list(sides.values())))
    return _chart(dataset, selection, sides, whole)


def _chart(
    dataset: Dataset, selection: Selection, sides: dict[str, Sides], whole: drawn.Line, target: str = ""
) -> Dumbbells | None:
    """What is chosen among the other communes, or by region; `target` is that of the `whole` in words."""
    among = peers.among(dataset, selection)
    names = area_names(dataset, among)
    several = among.communes != selection.communes
    lines = [
        drawn.Line(names[area], one, whole.target, link, several and peers.chosen(selection, area))
        for (area, one), link in zip(sides.items(), opening(AREA, sides), strict=True)
    ]
    targets = (target,) if target else ()
    heads = drawn.Heads(selection.text("column_short.commune"), "communes", targets=targets)
    return drawn.dumbbells(selection, lines, heads, whole if len(sides) > 1 else None)


def _sum(sides: Sequence[Sides]) -> Sides:
    """All together: each date as far as it is known, the change where both are."""
    before, now = (
        Count(
            sum(one.numerator for one in counts if one.known),
            None,
            silent=sum(not one.known for one in counts),
        )
        for counts in ([one.before for one in sides], [one.now for one in sides])
    )
    told = [one for one in sides if one.comparable]
    gained = sum(one.gained for one in told)
    return Sides(before, now, gained, len(told), len(sides) - len(told))


def _of_members(rows: pd.DataFrame) -> dict[str, Sides]:
    """The members at both dates, of rows of `measures.changes.figures`: compared where all report them at
    both."""
    return {
        area: Sides(_persons(before), _persons(now), unknown=1)
        if pd.isna(before) or pd.isna(now)
        else Sides(_persons(before), _persons(now), int(now - before), compared=1)
        for area, before, now in zip(rows["area"], rows["members_before"], rows["members"], strict=True)
    }


def _persons(n: object) -> Count:
    return NO_DATA if pd.isna(n) else Count(int(n), None)  # type: ignore[call-overload]


def _several(names: dict[str, str], sides: dict[str, Sides]) -> dict[str, Sides]:
    """The communes by name; none for one alone, which the headline is about."""
    return {names[area]: one for area, one in sides.items()} if len(sides) > 1 else {}


def _headline(
    dataset: Dataset, selection: Selection, goal_id: str, total: Sides, sides: dict[str, Sides]
) -> str:
    text = selection.text
    goal = short_names(dataset, text)[goal_id]
    if not (total.comparable and total.before.known and total.now.known):
        return wording.dated(selection, "changes.by_commune.empty", goal=goal)
    unit, target = dataset.goal[goal_id].measure.unit, dataset.goal[goal_id].target
    then, now = (reported.briefly(count, unit, text, target) for count in (total.before, total.now))
    said = text("changes.by_commune.headline", goal=goal, then=then, now=now)
    said += wording.compared(total, unit, text)
    ways = [one.direction for one in sides.values() if one.comparable and not one.unknown]
    if len(ways) < 2:
        return said
    key = "communes" if len(ways) == len(sides) else "communes_known"
    ways_says = {"up": ways.count(1), "down": ways.count(-1), "same": ways.count(0)}
    return said + text(f"changes.by_commune.{key}", n=len(ways), **ways_says)


def _members_headline(dataset: Dataset, selection: Selection, sides: dict[str, Sides]) -> str:
    both = [one for one in sides.values() if one.comparable]
    text = selection.text
    if not both:
        return text("changes.members.empty")
    then, now = sum(one.before.numerator for one in both), sum(one.now.numerator for one in both)
    return text(
        "changes.members.headline" if len(sides) > 1 else "changes.members.one",
        place=selection.place(dataset),
        n=len(both),
        then=then,
        now=now,
        change=text.change(now - then),
    )


def _named(dataset: Dataset, selection: Selection, measure: schema.Measure) -> list[str]:
    """The posts or villages of the measure that were gained and lost, by name."""
    if measure.family == "overlap_share":
        villages = measures.changes.villages(dataset, selection, "+".join(measure.parts))
        return takeaways.by_village(dataset, selection, "pair", villages)
    posts = measures.changes.held_posts(dataset, selection, "member", measure.parts)
    return takeaways.by_village(dataset, selection, "member", posts, posts=len(measure.parts) > 1)


def _silent(sides: dict[str, Sides], text: Text) -> str:
    # Where all that cannot be compared is at one date only, nothing is missing.
    n = sum(not one.comparable and (one.silent > 0 or not one.apart) for one in sides.values())
    return text("changes.silent_communes", n=n) if n else ""


def _goal_table(
    selection: Selection, names: dict[str, str], sides: dict[str, Sides], target: float | None
) -> Table:
    text = selection.text
    columns: dict[str, list[object]] = {text("column_short.commune"): [names[area] for area in sides]}
    shares = []
    for date, side in ((selection.since, "before"), (selection.as_of, "now")):
        counts: list[Count | None] = [
            count if (count := getattr(one, side)).known else None for one in sides.values()
        ]
        for name, cells in _cells(counts, target).items():
            heading = text(f"changes.column.{name}", date=text.date(date))
            columns[heading] = cells
            if name == "share":
                shares.append(heading)
    columns[text("changes.column.change")] = [
        one.gained if one.comparable else None for one in sides.values()
    ]
    columns[text("changes.column.silent")] = [one.unknown for one in sides.values()]
    return Table(pd.DataFrame(columns, dtype=object), shares=tuple(shares))


def _cells(counts: list[Count | None], target: float | None) -> dict[str, list[object]]:
    """Count, whole and share of one date; only the count where there is no whole."""
    found: dict[str, list[object]] = {"count": [one and one.numerator for one in counts]}
    if any(one is not None and one.denominator is not None for one in counts):
        found["whole"] = [one and one.denominator for one in counts]
        found["share"] = [
            share({"numerator": one.numerator, "denominator": one.denominator, "target": target})
            if one
            else None
            for one in counts
        ]
    return found


def _members_table(selection: Selection, names: dict[str, str], rows: pd.DataFrame) -> Table:
    text = selection.text
    columns: dict[str, list[object]] = {text("column_short.commune"): [names[area] for area in rows["area"]]}
    for figure in ("members", "admitted"):
        for date, suffix in ((selection.since, "_before"), (selection.as_of, "")):
            columns[text(f"changes.column.{figure}", date=text.date(date))] = [
                text("changes.incomplete") if pd.isna(n) else int(n) for n in rows[f"{figure}{suffix}"]
            ]
    return Table(pd.DataFrame(columns, dtype=object))
