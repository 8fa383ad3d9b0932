"""One commune on a page: what it is, where it stands among the others, its goals over the as-of dates."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import pandas as pd

from dashboard import measures
from dashboard.dataset import Dataset, Selection, remembered
from dashboard.exhibits import goals, overlap, overview, reported, structure
from dashboard.exhibits.goals import wording
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.places import drawn
from dashboard.measures.changes import Sides
from dashboard.measures.goals import Count
from dashboard.text import Text

Record = dict[str, Any]


@exhibit("commune.portrait")
def portrait(dataset: Dataset, selection: Selection) -> Content | None:
    """The commune in figures and in the findings of the other pages; None unless one is chosen."""
    commune = selection.only
    if commune is None:
        return None
    text = selection.text
    counts = measures.structure.counts(dataset, selection)
    figures = overview.key_figures(dataset, selection)
    area, unheard = _area(dataset, commune, text), measures.structure.unheard(dataset, selection)
    # Of a list without dates the count of villages is not read without those that report nothing.
    seen = f"{area} {text('overview.unheard', n=unheard)}" if unheard else area
    return Content(
        headline=text(
            "commune.portrait.headline" if counts["grassroots"] is not None else "commune.portrait.villages",
            place=selection.place(dataset),
            villages=text("common.villages", n=counts["villages"]),
            cells=text("structure.any_cells", n=(counts["cells"] or 0) + (counts["subcells"] or 0)),
            members=structure.members(
                counts["members"], structure.total(dataset, selection, "members").complete, text
            ),
        ),
        takeaways=figures.takeaways,
        chart=drawn.organizations(dataset, selection, seen.strip()),
        figures=figures.figures,
        sentences=[
            overlap.headline(dataset, selection),
            goals.progress(dataset, selection).headline,
            goals.gap(dataset, selection).headline,
            area,
        ],
        notes=figures.notes,
    )


@exhibit("commune.peers")
def peers(dataset: Dataset, selection: Selection) -> Content | None:
    """The commune's shares beside those of all others at the date; None unless one is chosen, and for a
    reader who may not see the others."""
    commune = selection.only
    if commune is None or dataset.scope is not None:
        return None
    text = selection.text
    found = wording.records(measures.places.peers(dataset, selection, commune))
    rows = [{**row, "target": dataset.goal[row["goal_id"]].target} for row in found]
    names, short = wording.goal_names(dataset, text), wording.short_names(dataset, text)
    table = {
        text("column_short.goal"): [names[row["goal_id"]] for row in rows],
        selection.place(dataset): [
            text.ratio(row["numerator"], row["denominator"], row["target"])
            if row["denominator"]
            else text("commune.peers.incomplete")
            for row in rows
        ],
        text("commune.peers.place"): [_place(row, text) for row in rows],
        text("commune.peers.together"): [
            reported.count_says(
                Count(row["parts"], row["wholes"], unreported=row["unreported"]),
                dataset.goal[row["goal_id"]].measure.unit,
                text,
                row["target"],
            )
            for row in rows
        ],
    }
    return Content(
        headline=_peers_headline(rows, selection.place(dataset), text),
        chart=drawn.beside_all(
            rows, [(short[row["goal_id"]], _place(row, text)) for row in rows], selection.place(dataset), text
        )
        if rows
        else None,
        table=Table(pd.DataFrame(table)) if rows else None,
        notes=[text("commune.peers.note")],
    )


@exhibit("commune.goals_over_time")
def goals_over_time(dataset: Dataset, selection: Selection) -> Content | None:
    """Every goal at every as-of date; None unless one commune is chosen."""
    if selection.only is None:
        return None
    text = selection.text
    names = wording.goal_names(dataset, text)
    paths = {goal_id: wording.records(measures.goals.path(dataset, selection, goal_id)) for goal_id in names}
    dates = [as_of for as_of in dataset.dates if as_of <= selection.as_of]
    wanted = [goal.measure for goal in dataset.goal.values()] if len(dates) > 1 else []
    sides = [
        measures.changes.measured(dataset, selection, measure, dates[0], dates[-1])[0] for measure in wanted
    ]
    frame = pd.DataFrame({text("column_short.goal"): list(names.values())})
    for column, as_of in enumerate(dates):
        frame[text.date(as_of)] = [
            wording.count_says(path[column], text) if wording.known(path[column]) else None
            for path in paths.values()
        ]
    return Content(
        headline=_path_headline(sides, dates, selection.place(dataset), text),
        table=Table(frame.astype(object)) if dates else None,
        notes=[text("commune.goals_over_time.note")],
    )


def _area(dataset: Dataset, commune: str, text: Text) -> str:
    """The official code, since when and until when, and what was merged: codes and names are used again."""
    rows = _communes(dataset)
    row = rows[commune]
    merged: dict[str, list[str]] = {}
    for one in _merged(dataset).get(commune, ()):
        # What ended before it began is what it was formed from; the others it took in later.
        day = max(row["valid_from"], _day_after(rows[one]["valid_to"]))
        merged.setdefault(day, []).append(_coded(rows[one], text))
    said = [text("commune.area.code", code=row["code"])] if row["code"] else []
    formed_from = merged.pop(row["valid_from"], [])
    if row["valid_from"]:
        key = "commune.area.from" if formed_from else "commune.area.since"
        said.append(text(key, date=text.date(row["valid_from"]), names=text.series(formed_from)))
    for day in sorted(merged):
        said.append(text("commune.area.took_in", date=text.date(day), names=text.series(merged[day])))
    if row["merged_into"]:
        into = _coded(rows[row["merged_into"]], text)
        said.append(text("commune.area.into", date=text.date(_day_after(row["valid_to"])), name=into))
    return "; ".join(said) + "." if said else text("commune.area.unknown")


def _day_after(iso: str) -> str:
    return (date.fromisoformat(iso) + timedelta(days=1)).isoformat()


@remembered(size=1)
def _communes(dataset: Dataset) -> dict[str, Record]:
    return {row["commune_id"]: row for row in wording.records(dataset.communes)}


@remembered(size=1)
def _merged(dataset: Dataset) -> dict[str, list[str]]:
    """The communes that were merged into each, in display order."""
    found: dict[str, list[str]] = {}
    for commune, row in _communes(dataset).items():
        found.setdefault(row["merged_into"], []).append(commune)
    return found


def _coded(row: Record, text: Text) -> str:
    name = text(f"code.commune_kind.{row['kind']}", name=row["name"])
    return text("commune.area.coded", name=name, code=row["code"]) if row["code"] else name


def _place(row: Record, text: Text) -> str:
    """Its place from the highest share down, among those that report all: those that are alike share a span
    of places."""
    if not row["denominator"]:
        return text("commune.peers.incomplete")
    known = "" if row["known"] == row["every"] else "_known"
    if row["known"] == 1:
        return text("commune.peers.alone")
    if row["alike"] == row["known"] - 1:
        return text(f"commune.peers.all_alike{known}", n=row["known"])
    first, last = row["higher"] + 1, row["higher"] + 1 + row["alike"]
    key = "commune.peers.span" if row["alike"] else "commune.peers.one"
    return text(f"{key}{known}", first=first, last=last, all=row["known"])


def _peers_headline(rows: list[Record], place: str, text: Text) -> str:
    """How many of its shares are above, below and at that of all communes together; only those of which that
    is so whatever is not reported elsewhere."""
    compared = [row for row in rows if row["denominator"] and row["known"] > 1 and _beside(row) is not None]
    if not compared:
        return text("commune.peers.nothing", place=place)
    ways = [_beside(row) for row in compared]
    found = (("higher", ways.count(1)), ("lower", ways.count(-1)), ("same", ways.count(0)))
    said = [text(f"commune.peers.{way}", n=n) for way, n in found if n]
    return text("commune.peers.headline", said=text.series(said))


def _beside(row: Record) -> int | None:
    """1 where its share is above that of all, -1 below, 0 at it; None where what others do not report could
    make it another."""
    own = Fraction(row["numerator"], row["denominator"])
    parts, wholes, silent = row["parts"], row["wholes"] + row["entering"], row["unreported"]
    ends = {Fraction(row["parts"], row["wholes"]), Fraction(parts, wholes), Fraction(parts + silent, wholes)}
    ways = {(own > all_) - (own < all_) for all_ in ends}
    return ways.pop() if len(ways) == 1 and row["sure"] else None


def _path_headline(sides: Sequence[Sides], dates: list[str], place: str, text: Text) -> str:
    """How many goals count more, less and the same at the last date than at the first, over what both report;
    and how many cannot be compared throughout."""
    if len(dates) < 2:
        return text("commune.goals_over_time.one", place=place)
    ways = [one.direction for one in sides if one.comparable and one.certain]
    if not ways:
        return text("commune.goals_over_time.nothing", place=place)
    found = (("higher", ways.count(1)), ("lower", ways.count(-1)), ("same", ways.count(0)))
    said = [text(f"commune.goals_over_time.{way}", n=n) for way, n in found if n]
    if len(ways) < len(sides):
        said.append(text("commune.goals_over_time.unknown", n=len(sides) - len(ways)))
    return text(
        "commune.goals_over_time.headline",
        first=text.date(dates[0]),
        last=text.date(dates[-1]),
        said=text.series(said),
    )
