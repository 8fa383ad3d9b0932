"""One commune on a page: what it is, its place among the others, its goals over the as-of dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

from dashboard import measures
from dashboard.charts.model import DumbbellRow, Dumbbells, Label, NameColumn, NameGroup, Names
from dashboard.dataset import Dataset, Selection, villages
from dashboard.exhibits import goals, overlap, overview, reported
from dashboard.exhibits.changes import two_dates
from dashboard.exhibits.goals.wording import count_label, goal_names, known, short_names
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import link, named_cells
from dashboard.exhibits.rows import Record, or_none, records
from dashboard.exhibits.structure.wording import headcount, persons
from dashboard.measures.comparison import Comparison
from dashboard.measures.families import Count
from dashboard.text import Text

# More organisations than these are not named.
_MOST = 40
_LEVELS = ("superior", "committee", "cell", "section", "subcell")


@exhibit("commune.portrait")
def portrait(dataset: Dataset, selection: Selection) -> Content | None:
    """The commune in figures and in the findings of the other pages; None unless one is chosen."""
    commune = selection.only
    if commune is None:
        return None
    text = selection.text
    counts = measures.structure.counts(dataset, selection)
    figures = overview.key_figures(dataset, selection)
    area, unreported = (
        _area(dataset, commune, text),
        measures.structure.unreported_villages(dataset, selection),
    )
    # Of a list without dates the count of villages is not read without those that report nothing.
    description = f"{area} {text('overview.unheard', n=unreported)}" if unreported else area
    return Content(
        headline=text(
            "commune.portrait.headline" if counts["grassroots"] is not None else "commune.portrait.villages",
            place=selection.place(dataset),
            counted=text("common.villages", n=counts["villages"]),
            cells=text("structure.any_cells", n=(counts["cells"] or 0) + (counts["subcells"] or 0)),
            members=headcount(dataset, selection),
        ),
        takeaways=figures.takeaways,
        chart=_organizations(dataset, selection, description.strip()),
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
    if selection.only is None or dataset.scope is not None:
        return None
    text, place = selection.text, selection.place(dataset)
    rows = records(measures.places.peers(dataset, selection, selection.only))
    rows = [{**row, "goal": dataset.goal[row["goal_id"]], "rank": _rank(row, text)} for row in rows]
    own = [
        text.ratio(row["numerator"], row["denominator"], row["goal"].target)
        if row["denominator"]
        else text("commune.peers.incomplete")
        for row in rows
    ]
    together = [
        reported.count_label(_together(row), row["goal"].measure.unit, text, row["goal"].target)
        for row in rows
    ]
    table = {
        text("column_short.goal"): [row["goal"].name(text.lang) for row in rows],
        place: own,
        text("commune.peers.place"): [row["rank"] for row in rows],
        text("commune.peers.together"): together,
    }
    return Content(
        headline=_peers_headline(rows, place, text),
        chart=_beside_all(dataset, rows, place, text) if rows else None,
        table=Table.of(table) if rows else None,
        notes=[text("commune.peers.note")],
    )


@exhibit("commune.goals_over_time")
def goals_over_time(dataset: Dataset, selection: Selection) -> Content | None:
    """Every goal at every as-of date; None unless one commune is chosen."""
    if selection.only is None:
        return None
    text = selection.text
    names = goal_names(dataset, text)
    paths = [records(measures.goals.path(dataset, selection, goal_id)) for goal_id in names]
    dates = [as_of for as_of in dataset.dates if as_of <= selection.as_of]
    comparisons = [
        measures.comparison.measured(dataset, selection, goal.measure, dates[0], dates[-1])[0]
        for goal in dataset.goal.values()
        if len(dates) > 1
    ]
    columns: dict[str, list[str | None]] = {text("column_short.goal"): list(names.values())}
    for n, as_of in enumerate(dates):
        columns[text.date(as_of)] = [count_label(path[n], text) if known(path[n]) else None for path in paths]
    return Content(
        headline=_path_headline(comparisons, dates, selection.place(dataset), text),
        goals=list(dataset.goal.values()),
        table=Table.of(columns) if dates else None,
        notes=[text("commune.goals_over_time.note")],
    )


def _area(dataset: Dataset, commune: str, text: Text) -> str:
    """The official code, since when and until when, and what was merged: codes and names are used again."""
    (row,) = _communes(dataset, "commune_id", commune)
    merged: dict[str, list[str]] = {}
    for former in _communes(dataset, "merged_into", commune):
        # What ended before it began is what it was formed from; the others it took in later.
        day = max(row["valid_from"], villages.day_after(former["valid_to"]))
        merged.setdefault(day, []).append(_coded(former, text))
    clauses = [text("commune.area.code", code=row["code"])] if row["code"] else []
    formed_from = merged.pop(row["valid_from"], [])
    if row["valid_from"]:
        key = "commune.area.from" if formed_from else "commune.area.since"
        clauses.append(text(key, date=text.date(row["valid_from"]), names=text.series(formed_from)))
    for day in sorted(merged):
        clauses.append(text("commune.area.took_in", date=text.date(day), names=text.series(merged[day])))
    for into in _communes(dataset, "commune_id", row["merged_into"]):
        ended = text.date(villages.day_after(row["valid_to"]))
        clauses.append(text("commune.area.into", date=ended, name=_coded(into, text)))
    return "; ".join(clauses) + "." if clauses else text("commune.area.unknown")


def _communes(dataset: Dataset, column: str, value: str) -> list[Record]:
    return records(dataset.communes[dataset.communes[column] == value])


def _coded(row: Record, text: Text) -> str:
    name = text(f"code.commune_kind.{row['kind']}", name=row["name"])
    return text("commune.area.coded", name=name, code=row["code"]) if row["code"] else name


def _rank(row: Record, text: Text) -> str:
    """Its place from the highest share down, among those that report all; those alike share places."""
    if not row["denominator"]:
        return text("commune.peers.incomplete")
    part = "" if row["known"] == row["every"] else "_known"
    if row["known"] == 1:
        return text("commune.peers.alone")
    if row["alike"] == row["known"] - 1:
        return text(f"commune.peers.all_alike{part}", n=row["known"])
    first, last = row["higher"] + 1, row["higher"] + 1 + row["alike"]
    key = "commune.peers.span" if row["alike"] else "commune.peers.one"
    return text(f"{key}{part}", first=first, last=last, all=row["known"])


def _together(row: Record) -> Count:
    return Count(row["parts"], row["wholes"], unreported=row["unreported"])


def _peers_headline(rows: list[Record], place: str, text: Text) -> str:
    """How many of its shares are above, below and at that of all communes together; only those of which that
    is so whatever is not reported elsewhere."""
    ways = [_beside(row) for row in rows if row["denominator"] and row["known"] > 1]
    clauses = _ways_label("commune.peers", ways, text)
    if not clauses:
        return text("commune.peers.nothing", place=place)
    return text("commune.peers.headline", text=text.series(clauses))


def _ways_label(key: str, ways: Sequence[int | None], text: Text) -> list[str]:
    """How many are higher (1), lower (-1) and the same (0)."""
    counts = {"higher": ways.count(1), "lower": ways.count(-1), "same": ways.count(0)}
    return [text(f"{key}.{way}", n=n) for way, n in counts.items() if n]


def _beside(row: Record) -> int | None:
    """1 where its share is above that of all, -1 below, 0 at it; None where what others do not report could
    make it another."""
    own = Fraction(row["numerator"], row["denominator"])
    parts, wholes, unreported = row["parts"], row["wholes"] + row["entering"], row["unreported"]
    ends = {
        Fraction(row["parts"], row["wholes"]),
        Fraction(parts, wholes),
        Fraction(parts + unreported, wholes),
    }
    ways = {(own > all_) - (own < all_) for all_ in ends}
    return ways.pop() if len(ways) == 1 and row["sure"] else None


def _path_headline(comparisons: Sequence[Comparison], dates: list[str], place: str, text: Text) -> str:
    """How many goals count more, less and the same at the last date than at the first, over what both report;
    and how many cannot be compared throughout."""
    if len(dates) < 2:
        return text("commune.goals_over_time.one", place=place)
    ways = [
        comparison.direction for comparison in comparisons if comparison.comparable and comparison.certain
    ]
    if not ways:
        return text("commune.goals_over_time.nothing", place=place)
    clauses = _ways_label("commune.goals_over_time", ways, text)
    if len(ways) < len(comparisons):
        clauses.append(text("commune.goals_over_time.unknown", n=len(comparisons) - len(ways)))
    return text(
        "commune.goals_over_time.headline",
        first=text.date(dates[0]),
        last=text.date(dates[-1]),
        text=text.series(clauses),
    )


def _organizations(dataset: Dataset, selection: Selection, area: str) -> Names | None:
    """The organisations by level with their members; `area` says what the commune is and was."""
    text, groups, more = selection.text, [], 0
    rows = named_cells(dataset, selection, measures.structure.selected(dataset, selection))
    for level in _LEVELS:
        inside = records(rows[rows["level"] == level])
        if not inside:
            continue
        more += max(0, len(inside) - _MOST)
        head = text("commune.portrait.level", level=text(f"code.level.{level}"), n=len(inside))
        items = tuple(
            (
                row["name"],
                persons(or_none(row["total_members"]), not row["lacking_members"], text),
                link("village", row["village_id"]),
            )
            for row in inside[:_MOST]
        )
        groups.append(NameGroup(head, items))
    if not groups:
        return None
    left = text.some("commune.portrait.more", more)
    return Names((NameColumn(text("commune.portrait.beside"), tuple(groups), more=left),), key=area)


def _beside_all(dataset: Dataset, rows: Sequence[Record], place: str, text: Text) -> Dumbbells:
    """The shares of the commune beside those of all together."""
    names = short_names(dataset, text)
    bars = []
    for row in rows:
        bar = DumbbellRow(
            names[row["goal_id"]],
            row["parts"] / row["wholes"],
            None,
            two_dates.count_label(_together(row), text),
            "–",
            Label("–", status="no_data", unreported=row["rank"]),
            row["goal"].line,
        )
        if row["denominator"]:
            own = two_dates.count_label(Count(row["numerator"], row["denominator"]), text)
            share = row["numerator"] / row["denominator"]
            bar = replace(bar, now=share, now_label=own, change=Label(row["rank"]))
        bars.append(bar)
    ends = [end for row in bars for end in (row.before, row.now, row.target) if end is not None]
    low, high = two_dates.bounds(ends)
    return Dumbbells(
        low,
        high,
        (text.percent(round(100 * low)), text.percent(round(100 * high))),
        (text("commune.peers.together"), place),
        text("column_short.goal"),
        text("commune.peers.place"),
        tuple(bars),
        key=text("commune.peers.key", place=place),
        shares=True,
    )
