"""Villages by who holds two posts."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

import pandas as pd

from dashboard import measures
from dashboard.charts.model import BarRow, Bars, Label, NameColumn, NameGroup, Names, Segment, UnitRow, Units
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import peers, published, takeaways
from dashboard.exhibits.goals import wording
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import AREA, area_names, link, named_villages
from dashboard.exhibits.overlap import posts
from dashboard.exhibits.rows import Record, records
from dashboard.exhibits.takeaways import Standing
from dashboard.text import Text

# Who holds two of the three posts, from the most to nothing known: every village is in just one of them.
_PAIRS = {
    "secretary+village_head": "head",
    "secretary+front_head": "front",
    "village_head+front_head": "pair",
}
_KINDS = ("all_three", *_PAIRS.values(), "none", "unreported")
_WITH_OVERLAP = tuple(name for name in measures.overlap.COMBINATIONS if name != "none")
# A row of more squares than these is read as a bar anyway.
_MOST_UNITS = 16
# More names than these are not read through.
_MOST_NAMES = 300
_NAMED_PARTS = ("ready", "member_first")


@exhibit("overlap.by_commune")
def by_commune(dataset: Dataset, selection: Selection, part: int = 1) -> Content:
    """Villages of each commune by who holds two posts: every village counts once."""
    text = selection.text
    rows = measures.overlap.by_commune(dataset, selection)
    # `none` of villages that report all three posts.
    rows = rows.assign(name=rows["area"].map(area_names(dataset, selection)), none=rows["none:reported"])
    shown = _ranked(dataset, selection, part)
    headings = {"name": text("column_short.commune"), "villages": text("count.villages")}
    headings |= {name: text(f"overlap.combination.{name}") for name in measures.overlap.PARTS}
    counts = measures.overlap.counts(dataset, selection)
    return Content(
        headline=posts.headline(dataset, selection),
        takeaways=_by_commune_takeaways(dataset, selection, rows) if rows["reported"].any() else (),
        chart=_villages_of(dataset, selection, records(shown.rows)),
        table=Table(rows[list(headings)].rename(columns=headings)),
        notes=[
            text.some("overlap.unreported_villages", counts["unreported"]),
            _third_unknown(counts, text),
            published.note(dataset, selection, *published.OVERLAP),
            text("overlap.never_add"),
            text.some("overlap.all_three_too", counts["all_three"]),
            wording.no_overlap_target(dataset, text, "overlap.no_target"),
            text("overlap.villages_only"),
        ],
        part=shown,
        by_region=peers.among(dataset, selection).by_region,
    )


def _by_commune_takeaways(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> list[str]:
    """The communes where secretaries most and least often hold a second post; the villages that changed."""
    rows = rows[rows["villages"] > 0]
    complete = rows["policy_unreported"] == 0
    standings = takeaways.standings(rows, "policy", "villages", complete=complete)
    changes = measures.changes.villages(dataset, selection, "policy")
    return [
        takeaways.leading(selection.text, "overlap.by_commune", standings),
        *takeaways.by_village(dataset, selection, "policy", changes),
    ]


def _ranked(dataset: Dataset, selection: Selection, part: int) -> peers.Part:
    """The communes (or regions) among their peers, those first whose secretaries most often hold a second
    post; what does not report all of it follows, in no order of rank."""
    rows = measures.overlap.by_commune(dataset, peers.of_squares(dataset, selection))
    unreported = rows["policy_unreported"]
    lacking = (unreported > 0).astype(int).where(unreported != rows["villages"], 2)
    share = rows["policy"] / rows["villages"].replace(0, 1)
    ranked = rows.assign(lacking=lacking, share=-share).sort_values(["lacking", "share"])
    return peers.part_of(ranked, selection.text, part)


def _villages_of(dataset: Dataset, selection: Selection, rows: Sequence[Record]) -> Units | Bars | None:
    """A square per village in every row, or of many villages a bar; None where nothing is known."""
    text = selection.text
    if not measures.overlap.counts(dataset, selection)["villages"]:
        return None
    if all(row["unreported"] == row["villages"] for row in rows):
        return None
    among = peers.of_squares(dataset, selection)
    names = area_names(dataset, among)
    kind_counts = [_of_kind(row) for row in rows]
    kinds = tuple(
        (kind, text(f"overlap.unit.{kind}")) for kind in _KINDS if any(counts[kind] for counts in kind_counts)
    )
    marks = [
        (_label(row, text), _link(selection, row["area"]), row["area"] in selection.communes) for row in rows
    ]
    whole, whole_label = peers.whole_name(dataset, selection), None
    if len(rows) > 1:
        every = measures.overlap.by_commune(dataset, peers.everything(dataset, selection))
        whole_label = _label(every.drop(columns="area").sum().to_dict(), text)
    key = text("overlap.unit.share")
    official = peers.ranks(dataset, among, [row["area"] for row in rows])
    by = peers.orders(text, "share", official=official)
    if max(row["villages"] for row in rows) <= _MOST_UNITS:
        units = tuple(
            UnitRow(names[row["area"]], tuple(kind for kind in counts for _ in range(counts[kind])), *mark)
            for row, counts, mark in zip(rows, kind_counts, marks, strict=True)
        )
        together = UnitRow(whole, (), whole_label) if whole_label else None
        unit = " ".join(filter(None, (text("chart.unit"), wording.no_overlap_target(dataset, text), key)))
        return Units(kinds, units, together, unit, by)
    bars = tuple(
        BarRow(names[row["area"]], tuple(Segment(kind, n) for kind, n in counts.items()), *mark)
        for row, counts, mark in zip(rows, kind_counts, marks, strict=True)
    )
    return Bars(bars, kinds, BarRow(whole, (), whole_label) if whole_label else None, key, orders=by)


def _of_kind(row: Record) -> dict[str, int]:
    """The villages of a row by kind."""
    pairs = {kind: row[f"only:{pair}"] for pair, kind in _PAIRS.items()}
    rest = {"none": row["none:reported"], "unreported": row["unreported"]}
    return {"all_three": row["all_three"], **pairs, **rest}


def _label(row: Record, text: Text) -> Label:
    """The villages whose secretary holds a second post, of all."""
    policy, villages, lacking = (int(row[name]) for name in ("policy", "villages", "policy_unreported"))
    unreported = text.some("goals.brief.unreported", lacking)
    if lacking == villages:
        return Label(text("common.no_data"), status="no_data", unreported=unreported)
    return Label(text.fraction(policy, villages), text.share(policy, villages), unreported=unreported)


def _link(selection: Selection, commune: str) -> str:
    """A click chooses the commune on the same page; the one that is chosen opens its own page."""
    return link("commune" if commune == selection.only else AREA, commune)


@exhibit("overlap.combinations")
def combinations(dataset: Dataset, selection: Selection) -> Content:
    """How many villages per exclusive combination, none included."""
    text = selection.text
    counts = measures.overlap.counts(dataset, selection)
    total = counts["villages"]
    villages = {name: counts[name] for name in measures.overlap.COMBINATIONS}
    # Of "none" it is known that there is no overlap.
    villages["none"] = counts["none:reported"]
    if counts["unreported"]:
        villages["unreported"] = counts["unreported"]
    known = counts["unreported"] < total
    headline = text(
        "overlap.combinations.headline", any=text.ratio(counts["any"], total), none=villages["none"]
    )
    cells = {
        text("column_short.combination"): [text(f"overlap.combination.{name}") for name in villages],
        text("count.villages"): list(villages.values()),
    }
    return Content(
        headline=posts.empty_headline(dataset, selection)
        or headline + posts.unknown(counts["unreported"], text),
        takeaways=_combinations_takeaways(dataset, selection, villages) if known else (),
        chart=_combination_bars(villages, text) if known else None,
        table=Table.of(cells) if known else None,
        notes=[
            text.some("overlap.unreported_villages", counts["unreported"]),
            _third_unknown(counts, text),
            text("overlap.combinations.note"),
            wording.no_overlap_target(dataset, text, "overlap.no_target"),
        ],
    )


def _third_unknown(counts: dict[str, int], text: Text) -> str:
    """In how many villages with overlap the third post may be in the same hand; "" for none."""
    known = counts["reported"] - counts["none:reported"]
    return text.some("overlap.third_unknown", counts["any"] - known)


def _combination_bars(villages: dict[str, int], text: Text) -> Bars:
    """One bar per part of the villages."""
    total, kinds = sum(villages.values()), dict(zip(measures.overlap.PARTS, _KINDS, strict=True))
    return Bars(
        tuple(
            BarRow(
                text(f"overlap.combination.{name}"),
                (Segment(kinds[name], n),),
                Label(text.fraction(n, total), text.share(n, total)),
            )
            for name, n in villages.items()
        )
    )


def _combinations_takeaways(dataset: Dataset, selection: Selection, villages: dict[str, int]) -> list[str]:
    """The most common kind of overlap, and the kinds that have more or fewer villages than before."""
    text = selection.text
    names = {name: text("overlap.kind", name=text(f"overlap.combination.{name}")) for name in _WITH_OVERLAP}
    counts = measures.overlap.counts(dataset, selection)
    total = counts["any"]
    most = ""
    if total > 1 and counts["reported"] == counts["villages"]:
        kinds = [Standing(name, villages[kind], total) for kind, name in names.items()]
        tied = takeaways.tied(text, takeaways.best(kinds), "overlap.kinds")
        most = text("overlap.combinations.most", most=tied)
    before_date = dataset.date_before(selection.as_of)
    both = measures.changes.combinations(dataset, selection)
    moves = [
        takeaways.moved(text, names[name], before, now)
        for name, (before, now) in both.items()
        if before != now and name in names
    ]
    if before_date is None or not moves:
        return [most]
    changed, compared = "; ".join(moves), sum(now for _, now in both.values())
    if compared < sum(villages.values()):
        changed = text("overlap.combinations.among", n=compared, text=changed)
    return [most, takeaways.since(text, before_date, changed)]


@exhibit("overlap.pool")
def pool(dataset: Dataset, selection: Selection) -> Content:
    """Where the village head could be secretary next: a member already, or a new member first."""
    text = selection.text
    rows = measures.overlap.merge_states(dataset, selection)
    rows = rows.assign(name=rows["area"].map(area_names(dataset, selection)))
    totals = {name: int(rows[name].sum()) for name in ("villages", *measures.overlap.MERGE_STATES)}
    headings = {"name": text("column_short.commune"), "villages": text("count.villages")}
    headings |= {name: text(f"overlap.pool.{name}") for name in measures.overlap.MERGE_STATES}
    if len(rows) <= peers.LONGEST:  # of thousands of communes the villages are too many
        villages = _candidates(dataset, selection)
        shown = [f"{row['name']} {row['behind']}".rstrip() for row in records(villages)]
        villages = villages.assign(name=shown)
        for part in _NAMED_PARTS:
            listed = villages[villages["part"] == part].groupby("area")["name"].agg("; ".join)
            nowhere = text("overlap.pool.nowhere")
            rows[f"{part}_names"] = [listed.get(area, nowhere) for area in rows["area"]]
            headings[f"{part}_names"] = text(f"overlap.pool.names.{part}")
    chart = _pool_chart(dataset, selection) if rows["reported"].any() else None
    unknown = totals["villages"] - int(rows["reported"].sum())
    return Content(
        headline=posts.empty_headline(dataset, selection)
        or text("overlap.pool.headline", **totals) + posts.unknown(unknown, text),
        takeaways=_pool_takeaways(dataset, selection, rows) if rows["reported"].any() else (),
        chart=chart,
        table=Table(rows[list(headings)].rename(columns=headings)),
        notes=[text("overlap.pool.note"), wording.no_overlap_target(dataset, text, "overlap.no_target")],
        by_region=isinstance(chart, Bars) and peers.among(dataset, selection).by_region,
    )


def _pool_takeaways(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> list[str]:
    """The communes with most and fewest villages that are ready; the villages that became so or left."""
    rows = rows[rows["villages"] > 0]
    standings = takeaways.standings(rows, "ready", complete=rows["reported"] == rows["villages"])
    changes = measures.changes.villages(dataset, selection, "merge:ready")
    return [
        takeaways.leading(selection.text, "overlap.pool", standings),
        *takeaways.by_village(dataset, selection, "ready", changes),
    ]


def _pool_chart(dataset: Dataset, selection: Selection) -> Names | Bars:
    """The villages by name; of very many only how many each commune (or region) has."""
    text = selection.text
    rows = measures.overlap.merge_states(dataset, selection)
    if rows[list(_NAMED_PARTS)].to_numpy().sum() > _MOST_NAMES:
        return _pool_bars(dataset, selection)
    names = area_names(dataset, selection)
    villages = _candidates(dataset, selection)
    rows_of = {part: records(villages[villages["part"] == part]) for part in _NAMED_PARTS}
    lists = tuple(
        NameColumn(
            text(f"overlap.pool.count.{part}", n=len(rows)),
            tuple(
                _group(selection, names, area, list(inside))
                for area, inside in groupby(rows, key=lambda row: str(row["area"]))
            ),
        )
        for part, rows in rows_of.items()
        if rows
    )
    return Names(lists, text("overlap.pool.none"))


def _candidates(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The rows of `measures.overlap.merge_candidates` by name; `behind` says who is Front head already."""
    rows = named_villages(dataset, selection, measures.overlap.merge_candidates(dataset, selection))
    mark = selection.text("overlap.pool.front")
    return rows.assign(behind=[mark if front else "" for front in rows["front"]])


def _group(selection: Selection, names: dict[str, str], area: str, rows: Sequence[Record]) -> NameGroup:
    items = tuple((row["name"], row["behind"], link("village", row["village_id"])) for row in rows)
    # Of the commune alone that is chosen its name says nothing.
    return NameGroup("", items) if area == selection.only else NameGroup(names[area], items, link(AREA, area))


def _pool_bars(dataset: Dataset, selection: Selection) -> Bars:
    text, among = selection.text, peers.among(dataset, selection)
    names = area_names(dataset, among)
    rows = records(peers.part_of(measures.overlap.merge_states(dataset, among), text).rows)
    bars = []
    for row in rows:
        unreported = text.some("goals.brief.unreported", row["villages"] - row["reported"])
        label = Label(text("common.no_data"), status="no_data", unreported=unreported)
        if row["reported"]:
            label = Label(text.number(row["ready"]), unreported=unreported)
        segments = tuple(Segment(part, row[part]) for part in measures.overlap.MERGE_STATES)
        page_link, chosen = _link(selection, row["area"]), row["area"] in selection.communes
        bars.append(BarRow(names[row["area"]], segments, label, page_link, chosen))
    kinds = tuple((part, text(f"overlap.pool.{part}")) for part in measures.overlap.MERGE_STATES)
    return Bars(tuple(bars), kinds, key=text("overlap.pool.beside"))
