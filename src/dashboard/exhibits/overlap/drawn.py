"""Role overlap as charts: a square per village, its posts, villages by name, posts as bars."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import Any

import pandas as pd

from dashboard import measures, schema
from dashboard.charts.model import (
    BarRow,
    Bars,
    Label,
    NameColumn,
    NameGroup,
    Names,
    PostGroup,
    PostMatrix,
    PostRow,
    Segment,
    UnitRow,
    Units,
)
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import orders, peers, reported
from dashboard.exhibits.goals.wording import records
from dashboard.exhibits.names import AREA, area_names, opening
from dashboard.exhibits.overlap.wording import post_says, post_state
from dashboard.exhibits.parts import Part, part_of
from dashboard.measures.goals import Count
from dashboard.text import Text

THREE = schema.POSITIONS[:3]  # secretary, village head, Front head
STATES = ("member", "not_member", "vacant", "not_reported")
# Who holds two of the three posts, from the most to nothing known: every village is in just one of them.
_KINDS = ("all_three", "head", "front", "pair", "none", "silent")
# A row of more squares than these is read as a bar anyway.
_MOST_UNITS = 16
# More names than these nobody reads through.
_MOST_NAMES = 300

Record = dict[str, Any]


def ranked(dataset: Dataset, selection: Selection, part: int) -> Part:
    """The communes (or regions) among their peers, those first whose secretaries most often hold a second
    post; what does not report all of it stands behind, in no order of rank."""
    rows = measures.overlap.by_commune(dataset, peers.among(dataset, selection))
    order = sorted(range(len(rows)), key=list(map(_standing, records(rows))).__getitem__)
    return part_of(rows.iloc[order], selection.text, part)


def by_commune(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> Units | Bars | None:
    """One row per row of `ranked`: a square per village, or where these are too many a bar. None where
    nothing is chosen that has villages, or nothing is known."""
    text = selection.text
    drawn = peers.among(dataset, selection)
    if (
        not measures.overlap.counts(dataset, selection)["villages"]
        or not (rows["reported"] + rows["any"]).any()
    ):
        return None
    shown = records(rows)
    names, links = area_names(dataset, drawn), _links(selection, [row["area"] for row in shown])
    kinds = [kind for kind in _KINDS if any(_of_kind(row)[kind] for row in shown)]
    said = tuple((kind, text(f"overlap.unit.{kind}")) for kind in kinds)
    whole = _whole(dataset, selection) if len(shown) > 1 else None
    together, key = peers.whole_name(dataset, selection), text("overlap.unit.share")
    by = orders.orders(text, "share", official=orders.ranks(dataset, drawn, [row["area"] for row in shown]))
    if max(row["villages"] for row in shown) <= _MOST_UNITS:
        return Units(
            said,
            tuple(
                UnitRow(
                    names[row["area"]],
                    tuple(kind for kind, many in _of_kind(row).items() for _ in range(many)),
                    _label(row, text),
                    link,
                    peers.chosen(selection, row["area"]),
                )
                for row, link in zip(shown, links, strict=True)
            ),
            UnitRow(together, (), _label(whole, text)) if whole else None,
            f"{text('chart.unit')} {key}",
            by,
        )
    return Bars(
        tuple(
            BarRow(
                names[row["area"]],
                tuple(Segment(kind, many) for kind, many in _of_kind(row).items()),
                _label(row, text),
                link,
                peers.chosen(selection, row["area"]),
            )
            for row, link in zip(shown, links, strict=True)
        ),
        said,
        BarRow(together, (), _label(whole, text)) if whole else None,
        key,
        orders=by,
    )


def _whole(dataset: Dataset, selection: Selection) -> Record:
    """Everything as one row of `measures.overlap.by_commune`."""
    rows = measures.overlap.by_commune(dataset, peers.everything(dataset, selection)).drop(columns="area")
    return {str(name): int(many) for name, many in rows.sum().items()}


def _standing(row: Record) -> tuple[int, float]:
    lacking = 2 if row["policy_unreported"] == row["villages"] else int(row["policy_unreported"] > 0)
    return lacking, -row["policy"] / (row["villages"] or 1)


def _of_kind(row: Record) -> dict[str, int]:
    """The villages of a row of `measures.overlap.by_commune` by kind; in one that is known to have two
    posts in one hand it counts, whatever else is not reported there."""
    three = row["all_three"]
    pairs = ("secretary+village_head", "secretary+front_head", "village_head+front_head")
    head, front, pair = (row[pair] - three for pair in pairs)
    nothing = row["none:reported"]
    silent = row["villages"] - row["any"] - nothing
    return dict(zip(_KINDS, (three, head, front, pair, nothing, silent), strict=True))


def combinations(rows: pd.DataFrame, text: Text) -> Bars:
    """One bar per part of the villages (`rows` as of `measures.overlap.combinations`)."""
    whole = int(rows["villages"].sum())
    kind = dict(zip(measures.overlap.PARTS, _KINDS, strict=True))
    return Bars(
        tuple(
            BarRow(
                text(f"overlap.combination.{row['combination']}"),
                (Segment(kind[row["combination"]], row["villages"]),),
                Label(
                    f"{text.number(row['villages'])}/{text.number(whole)}", text.share(row["villages"], whole)
                ),
            )
            for row in records(rows)
        )
    )


def _label(row: Record, text: Text) -> Label:
    """The villages whose secretary holds a second post, of all."""
    villages, lacking = row["villages"], row["policy_unreported"]
    unreported = text("goals.brief.unreported", n=lacking) if lacking else ""
    if lacking == villages:
        return Label(text("common.no_data"), status="no_data", unreported=unreported)
    count = f"{text.number(row['policy'])}/{text.number(villages)}"
    return Label(count, text.share(row["policy"], villages), unreported=unreported)


def _links(selection: Selection, communes: Sequence[str]) -> list[str]:
    """A click chooses the commune on the same page; the one that is chosen opens its own page."""
    return [opening("commune" if one == selection.only else AREA, [one])[0] for one in communes]


def posts(
    dataset: Dataset, selection: Selection, villages: pd.DataFrame, positions: Sequence[str]
) -> PostMatrix | None:
    """The posts of each village (`villages` as of `measures.overlap.villages`); None of no village."""
    text = selection.text
    if villages.empty:
        return None
    names = area_names(dataset, selection)
    heads = tuple(text(f"code.position_head.{position}") for position in positions)
    groups = []
    for area, inside in groupby(records(villages), key=lambda row: str(row["area"])):
        link = "" if area == selection.only else opening(AREA, [area])[0]
        rows = tuple(post_row(row, row["name"], positions, text) for row in inside)
        groups.append(PostGroup(names[area], rows, link))
    return PostMatrix(heads, states(groups, text), tuple(groups))


def states(groups: Sequence[PostGroup], text: Text) -> tuple[tuple[str, str], ...]:
    """The signs that occur, with their words."""
    found = {state for group in groups for row in group.rows for state in row.posts}
    said = [(state, text(f"overlap.state.{state}")) for state in STATES if state in found]
    joined = any(row.joined for group in groups for row in group.rows)
    return (*((("joined", text("overlap.joined")),) if joined else ()), *said)


def post_row(village: Record, name: str, positions: Sequence[str], text: Text) -> PostRow:
    """One line: the posts of a village, which of them one person holds, and the same in words."""
    held: dict[int, list[int]] = {}
    for place, position in enumerate(positions):
        if village[position] > 0:
            held.setdefault(village[position], []).append(place)
    said = "; ".join(
        f"{text(f'code.position.{position}')}: {post_says(village, position, text)}" for position in positions
    )
    return PostRow(
        name,
        tuple(post_state(village, position) for position in positions),
        tuple(tuple(places) for places in held.values() if len(places) > 1),
        f"{name} · {said}",
        opening("village", [village["village_id"]])[0] if "village_id" in village else "",
    )


def pool(dataset: Dataset, selection: Selection) -> Names | Bars | None:
    """The villages where the village head can become secretary next, by name; of very many only how many
    each commune (or region) has. None where nothing is known."""
    text = selection.text
    drawn = peers.among(dataset, selection)
    rows = measures.overlap.pool(dataset, selection)
    if not rows["reported"].any():
        return None
    if rows[["ready", "member_first"]].to_numpy().sum() > _MOST_NAMES:
        return _pool_bars(dataset, selection, drawn)
    names = area_names(dataset, selection)
    found = measures.overlap.pool_villages(dataset, selection)
    columns = []
    for part in ("ready", "member_first"):
        rows = found[found["part"] == part]
        groups = tuple(
            _named(selection, names, area, list(inside))
            for area, inside in groupby(records(rows), key=lambda row: str(row["area"]))
        )
        if groups:
            columns.append(NameColumn(text(f"overlap.pool.count.{part}", n=len(rows)), groups))
    return Names(tuple(columns), text("overlap.pool.none"))


def _named(selection: Selection, names: dict[str, str], area: str, rows: Sequence[Record]) -> NameGroup:
    links = opening("village", [row["village_id"] for row in rows])
    items = tuple((row["name"], "", link) for row, link in zip(rows, links, strict=True))
    # Of the commune alone that is chosen its name says nothing.
    alone = area == selection.only
    return NameGroup("" if alone else names[area], items, "" if alone else opening(AREA, [area])[0])


def _pool_bars(dataset: Dataset, selection: Selection, drawn: Selection) -> Bars:
    text = selection.text
    names = area_names(dataset, drawn)
    rows = records(part_of(measures.overlap.pool(dataset, drawn), text).rows)
    return Bars(
        tuple(
            BarRow(
                names[row["area"]],
                tuple(Segment(part, row[part]) for part in measures.overlap.POOL),
                _ready(row, text),
                link,
                peers.chosen(selection, row["area"]),
            )
            for row, link in zip(rows, _links(selection, [row["area"] for row in rows]), strict=True)
        ),
        tuple((part, text(f"overlap.pool.{part}")) for part in measures.overlap.POOL),
        key=text("overlap.pool.beside"),
    )


def _ready(row: Record, text: Text) -> Label:
    lacking = row["villages"] - row["reported"]
    unreported = text("goals.brief.unreported", n=lacking) if lacking else ""
    if not row["reported"]:
        return Label(text("common.no_data"), status="no_data", unreported=unreported)
    return Label(text.number(row["ready"]), unreported=unreported)


def post_states(rows: pd.DataFrame, text: Text) -> Bars:
    """One bar per post (`rows` as of `measures.overlap.post_states`): held by a member, by another, vacant,
    not reported."""
    drawn = []
    for row in records(rows):
        count = Count(row["member"], row["filled"], unreported=row["not_reported"], vacant=row["vacant"])
        parts = {**row, "not_member": row["filled"] - row["member"]}
        drawn.append(
            BarRow(
                text(f"chart.position.{row['position']}"),
                tuple(Segment(state, parts[state]) for state in STATES),
                Label(
                    f"{text.number(count.numerator)}/{text.number(row['filled'])}",
                    text.share(count.numerator, row["filled"]) if row["filled"] else "",
                    unreported=reported.briefly_unreported(count, text),
                    vacant=reported.briefly_vacant(count, text),
                ),
            )
        )
    there = {one.kind for row in drawn for one in row.segments if one.value}
    kinds = tuple((state, text(f"overlap.state.{state}")) for state in STATES if state in there)
    return Bars(tuple(drawn), kinds)
