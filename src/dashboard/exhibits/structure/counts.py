"""How many: by commune, and over the as-of dates."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pandas as pd

from dashboard import measures, schema
from dashboard.charts.model import BarRow, Bars, Label, Segment, Status
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import peers, published, reported, takeaways
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import area_names, link, row_names
from dashboard.exhibits.rows import Record, or_none, records
from dashboard.exhibits.structure import wording
from dashboard.exhibits.structure.wording import dashed
from dashboard.measures.families import Count
from dashboard.text import Text, capital

# More names than this in a headline say nothing.
_NAMED = 3
# Bars of one chart, besides those of what is chosen.
_MOST_BARS = 40


@exhibit("structure.by_commune")
def by_commune(dataset: Dataset, selection: Selection) -> Content:
    """Members and organisations per commune, the district bodies apart."""
    text = selection.text
    rows = measures.structure.by_commune(dataset, selection)
    rows = rows.assign(name=rows["area"].map(row_names(dataset, selection)))
    headings = {"name": text("column_short.commune")}
    for name in ("grassroots", "committees", "cells", "subcells", "members", "admitted", "villages"):
        headings[name] = text(f"count.{name}")
    table = rows[list(headings)].rename(columns=headings)
    return Content(
        headline=_by_commune_headline(dataset, selection, rows),
        takeaways=() if selection.only is not None else _by_commune_takeaways(dataset, selection),
        chart=_bars(dataset, selection),
        table=Table(table.assign(**wording.without_figure(list(rows["members_missing"]), text))),
        notes=[
            wording.incomplete(dataset, selection, "members"),
            wording.scope(selection),
            text("structure.grassroots_note"),
        ],
        by_region=peers.among(dataset, selection).by_region,
    )


@exhibit("structure.members_over_time")
def members_over_time(dataset: Dataset, selection: Selection) -> Content:
    """Members at each as-of date: a stock."""
    return _over_time(dataset, selection, "members")


@exhibit("structure.admitted_over_time")
def admitted_over_time(dataset: Dataset, selection: Selection) -> Content:
    """Members newly admitted in the year that ends at each as-of date: a flow."""
    return _over_time(dataset, selection, "admitted")


def _over_time(dataset: Dataset, selection: Selection, measure: str) -> Content:
    text = selection.text
    counts = measures.structure.over_time(dataset, selection, measure)
    return Content(
        headline=_over_time_headline(dataset, selection, measure),
        takeaways=_over_time_takeaways(dataset, selection, measure, counts),
        chart=_date_bars(counts, text),
        table=Table.of(
            {
                text("column_short.as_of"): [text.date(as_of) for as_of in counts],
                text(f"count.{measure}"): [count.value for count in counts.values()],
                **wording.without_figure([_missing(count) for count in counts.values()], text),
            }
        ),
        notes=[
            wording.incomplete(dataset, selection, measure),
            wording.only_once(dataset, selection, measure, dataset.date_before(selection.as_of)),
            published.note(dataset, selection, f"count:{measure}"),
            wording.scope(selection),
            text(f"structure.{measure}_over_time.note"),
        ],
    )


def _missing(count: Count) -> int:
    return count.unreported + count.unreported_areas


def _over_time_headline(dataset: Dataset, selection: Selection, measure: str) -> str:
    text, before_date = selection.text, dataset.date_before(selection.as_of)
    count = measures.structure.count(dataset, selection, measure)
    if not count.known:
        return text(f"structure.{measure}_over_time.empty", place=selection.place(dataset))
    least = "" if count.complete else text("common.at_least", n="")
    headline = capital(text(f"structure.{measure}_over_time.headline", n=count.numerator, least=least))
    if lacking := reported.left_out(count, measure, text):
        headline = f"{headline} · {lacking}"
    both = measures.structure.since(dataset, selection, measure, before_date)
    if before_date is None or both is None:
        return headline
    by = both[1] - both[0]
    return f"{headline}, {text(f'common.change.{_way(by)}', n=abs(by), date=text.date(before_date))}"


def _way(change: int) -> str:
    return "up" if change > 0 else "down" if change < 0 else "same"


def _over_time_takeaways(
    dataset: Dataset, selection: Selection, measure: str, over_time: Mapping[str, Count]
) -> list[str]:
    """The change over the dates that all organisations report; the highest and the lowest where all do."""
    text = selection.text
    complete = {as_of: count.stated for as_of, count in over_time.items() if count.stated is not None}
    if selection.as_of not in complete or min(complete) >= (dataset.date_before(selection.as_of) or ""):
        return []  # the headline has the change since the date before
    counts = list(complete.values())
    steps = [later - earlier for earlier, later in pairwise(counts)]
    steady = len(complete) == len(over_time) and (min(steps) > 0 or max(steps) < 0)
    way = _way(counts[-1] - counts[0])
    period = text(
        f"structure.{measure}_over_time.{way}",
        first=text.date(min(complete)),
        last=text.date(selection.as_of),
        n=abs(counts[-1] - counts[0]),
        before=counts[0],
        now=counts[-1],
        steady=text(f"structure.steady.{way}") if steady else "",
    )
    # A date that not all report may have the highest figure.
    if steady or max(counts) == min(counts) or len(complete) < len(over_time):
        return [period]
    ends = {"highest": max(counts), "lowest": min(counts)}
    dates = {
        f"{end}_at": _dates([as_of for as_of, count in complete.items() if count == value], text)
        for end, value in ends.items()
    }
    return [period, text("structure.over_time", **ends, **dates)]


def _dates(dates: Sequence[str], text: Text) -> str:
    if len(dates) > takeaways.TIED:
        return text("structure.dates", n=len(dates))
    return text.series([text.date(as_of) for as_of in dates])


def _by_commune_headline(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> str:
    text = selection.text
    counts = measures.structure.counts(dataset, selection)
    if counts["grassroots"] is None:
        return text("structure.tree.empty", place=selection.place(dataset))
    every = rows[rows["area"] != schema.OUTSIDE]
    communes = every[every["members"].notna() & (every["members_missing"] == 0)]
    if len(communes) < 2:
        grassroots = text("goals.unit.grassroots", n=counts["grassroots"])
        one = text(
            "structure.by_commune.one",
            grassroots=wording.at_least(dataset, selection, grassroots),
            members=wording.headcount(dataset, selection),
        )
        return capital(one)
    most = communes["members"].max()
    names = list(communes.loc[communes["members"] == most, "name"])
    key = "headline" if len(names) == 1 else "tied" if len(names) <= _NAMED else "many"
    part = "" if len(communes) == len(every) else "_known"
    complete = measures.structure.count(dataset, selection, "members").complete
    return text(
        f"structure.by_commune.{key}{part}",
        names=text.series(names),
        many=len(names),
        members=text.number(int(most)),
        total=wording.persons(counts["members"], complete, text),
        n=len(communes),
    )


def _by_commune_takeaways(dataset: Dataset, selection: Selection) -> list[str]:
    """The commune with fewest members (the headline has the one with most), those that admitted most and
    fewest, and those that grew and shrank most; only what every organisation reports."""
    text, names = selection.text, area_names(dataset, selection)
    rows = measures.changes.figures(dataset, selection)
    rows = rows.assign(name=rows["area"].map(names))
    every = pd.Series(True, rows.index)
    members, admitted = (takeaways.standings(rows, name, complete=every) for name in ("members", "admitted"))
    known = [standing for standing in members if standing.complete]
    fewest = takeaways.best(known, last=True)
    least = ""
    if 0 < len(fewest) < len(known):
        least = text("structure.by_commune.fewest", fewest=takeaways.tied(text, fewest))
    lacking = reported.not_ranked([standing.name for standing in members if not standing.complete], text)
    return [
        f"{least} {lacking}".strip(),
        takeaways.leading(text, "structure.admissions", admitted),
        _grown(dataset, selection, rows),
    ]


def _grown(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> str:
    """The communes whose members grew and shrank most."""
    text, before_date = selection.text, dataset.date_before(selection.as_of)
    known = rows.dropna(subset=["members", "members_before"])
    if before_date is None or len(known) < 2:
        return ""
    by = known["members"] - known["members_before"]
    groups = {
        way: [
            (row["name"], int(row["members_before"]), int(row["members"]))
            for row in records(known[by == change])
        ]
        for way, change in (("rose", max(by.max(), 0)), ("fell", min(by.min(), 0)))
        if change
    }
    sentences = []
    for few in (takeaways.TIED, 1):
        clauses = [
            text(f"structure.by_commune.{way}", names=takeaways.movers(text, group, few))
            for way, group in groups.items()
        ] or [text("structure.by_commune.unchanged")]
        clauses.append(text.some("takeaway.areas.unknown", len(rows) - len(known)))
        sentences.append(takeaways.since(text, before_date, *filter(None, clauses)))
    return takeaways.shortest(sentences)


def _bars(dataset: Dataset, selection: Selection) -> Bars | None:
    """Members and admissions of every commune or region; None where no members are reported."""
    text = selection.text
    among = peers.among(dataset, selection)
    rows = records(measures.structure.by_commune(dataset, among))
    if not any(pd.notna(row["members"]) for row in rows):
        return None
    names, marked = row_names(dataset, among), peers.marked(among, selection)
    bars = [
        BarRow(
            names[row["area"]],
            (_segment(row, "members"),),
            _label(or_none(row["members"]), row["members_missing"], text),
            link("commune", row["area"]),
            row["area"] in marked,
            _segment(row, "admitted"),
            _label(or_none(row["admitted"]), row["admitted_missing"], text),
        )
        for row in rows
    ]
    # The bodies outside of communes come last; without them the rows would not add up to the whole.
    bodies = [row["area"] == schema.OUTSIDE for row in rows]
    shown = [bar for n, bar in enumerate(bars) if n < _MOST_BARS or bar.chosen or bodies[n]]
    key = text("structure.drawn.first", n=len(shown), all=len(bars)) if len(shown) < len(bars) else ""
    by = peers.orders(
        text,
        "official",
        members=[-bar.segments[0].value for bar in shown],
        admitted=[-bar.beside.value for bar in shown if bar.beside],
    )
    heads = (text("count.members"), text("count.admitted"))
    return Bars(tuple(shown), whole=_whole(dataset, among), key=key, heads=heads, orders=by)


def _segment(row: Record, name: str) -> Segment:
    kind = "outside" if row["area"] == schema.OUTSIDE else "value"
    return Segment(kind, float(or_none(row[name]) or 0))


def _label(n: int | None, missing: int, text: Text, change: str = "") -> Label:
    status: Status = "none" if n is not None else "no_data"
    unreported = text.some("goals.brief.unreported", missing)
    return Label(dashed(n, True, text), status=status, status_label=change, unreported=unreported)


def _whole(dataset: Dataset, among: Selection) -> BarRow:
    text = among.text
    counts = (measures.structure.count(dataset, among, name) for name in ("members", "admitted"))
    labels = [Label(dashed(count.value, count.complete, text)) for count in counts]
    name = text("chart.whole") if among.everything else among.place(dataset)
    return BarRow(name, (), labels[0], beside_label=labels[1])


def _date_bars(over_time: Mapping[str, Count], text: Text) -> Bars | None:
    """A figure at each as-of date, with its change where it and the date before are complete."""
    if not any(count.known for count in over_time.values()):
        return None
    bars = []
    before = None
    for as_of, count in over_time.items():
        now = count.stated
        change = text.change(now - before) if now is not None and before is not None else ""
        label = _label(count.value, _missing(count), text, change)
        bars.append(BarRow(text.date(as_of), (Segment("value", float(count.numerator)),), label))
        before = now
    return Bars(tuple(bars), over_dates=True)
