"""Villages by who holds two posts."""

from __future__ import annotations

import pandas as pd

from dashboard import measures
from dashboard.charts.model import Bars
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import peers, published
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import area_names
from dashboard.exhibits.overlap import drawn, takeaways, wording
from dashboard.exhibits.parts import LONGEST

PARTS = measures.overlap.PARTS


@exhibit("overlap.by_commune")
def by_commune(dataset: Dataset, selection: Selection, part: int = 1) -> Content:
    """Villages of each commune by who holds two posts: every village counts once."""
    text = selection.text
    rows = _by_commune(dataset, selection)
    found = drawn.ranked(dataset, selection, part)
    parts = {name: text(f"overlap.combination.{name}") for name in PARTS}
    headings = {"name": text("column_short.commune"), "villages": text("count.villages")}
    headings |= parts
    three = measures.overlap.counts(dataset, selection)["all_three"]
    return Content(
        headline=wording.headline(dataset, selection),
        takeaways=takeaways.by_commune(dataset, selection, rows) if rows["reported"].any() else (),
        chart=drawn.by_commune(dataset, selection, found.rows),
        table=Table(rows[list(headings)].rename(columns=headings)),
        notes=[
            wording.silent(dataset, selection),
            published.note(dataset, selection, *published.OVERLAP),
            text("overlap.never_add"),
            text("overlap.all_three_too", n=three) if three else "",
            text("overlap.no_target"),
            text("overlap.villages_only"),
        ],
        part=found,
        by_region=peers.among(dataset, selection).by_region,
    )


def _by_commune(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The rows of `measures.overlap.by_commune` by name; `none` of villages that report all three posts."""
    rows = measures.overlap.by_commune(dataset, selection)
    return rows.assign(name=rows["area"].map(area_names(dataset, selection)), none=rows["none:reported"])


@exhibit("overlap.combinations")
def combinations(dataset: Dataset, selection: Selection) -> Content:
    """How many villages per exclusive combination, none included."""
    text = selection.text
    rows = measures.overlap.combinations(dataset, selection)
    total = int(rows["villages"].sum())
    rows = rows[(rows["combination"] != "silent") | (rows["villages"] > 0)]
    found = dict(zip(rows["combination"], rows["villages"], strict=True))
    names = [text(f"overlap.combination.{name}") for name in rows["combination"]]
    counts = measures.overlap.counts(dataset, selection)
    return Content(
        headline=wording.nothing(dataset, selection)
        or text(
            "overlap.combinations.headline", any=text.ratio(counts["any"], total), none=int(found["none"])
        )
        + wording.unknown(counts["silent"], text),
        takeaways=takeaways.combinations(dataset, selection, found) if counts["reported"] else (),
        chart=drawn.combinations(rows, text) if counts["reported"] else None,
        table=Table(
            pd.DataFrame({text("column_short.combination"): names, text("count.villages"): rows["villages"]})
        )
        if counts["reported"]
        else None,
        notes=[
            wording.silent(dataset, selection),
            text("overlap.combinations.note"),
            text("overlap.no_target"),
        ],
    )


@exhibit("overlap.pool")
def pool(dataset: Dataset, selection: Selection) -> Content:
    """Where the village head could be secretary next: a member already, or a new member first."""
    text = selection.text
    rows = measures.overlap.pool(dataset, selection)
    totals = {name: int(rows[name].sum()) for name in ("villages", *measures.overlap.POOL)}
    parts = {name: text(f"overlap.pool.{name}") for name in measures.overlap.POOL}
    rows = rows.assign(name=rows["area"].map(area_names(dataset, selection)))
    headings = {"name": text("column_short.commune"), "villages": text("count.villages"), **parts}
    if len(rows) <= LONGEST:  # of thousands of communes nobody reads the villages in one table
        rows, headings = _with_villages(dataset, selection, rows, headings)
    chart = drawn.pool(dataset, selection)
    return Content(
        headline=wording.nothing(dataset, selection)
        or text("overlap.pool.headline", **totals)
        + wording.unknown(totals["villages"] - int(rows["reported"].sum()), text),
        takeaways=takeaways.pool(dataset, selection, rows) if rows["reported"].any() else (),
        chart=chart,
        table=Table(rows[list(headings)].rename(columns=headings)),
        notes=[text("overlap.pool.note"), text("overlap.no_target")],
        by_region=isinstance(chart, Bars) and peers.among(dataset, selection).by_region,
    )


def _with_villages(
    dataset: Dataset, selection: Selection, rows: pd.DataFrame, headings: dict[str, str]
) -> tuple[pd.DataFrame, dict[str, str]]:
    """The rows of `pool` with the names of the villages that are ready, and of those that need a member."""
    text = selection.text
    found = measures.overlap.pool_villages(dataset, selection)
    for part in ("ready", "member_first"):
        named = found[found["part"] == part].groupby("area")["name"].agg("; ".join).to_dict()
        nowhere = text("overlap.pool.nowhere")
        rows = rows.assign(**{f"{part}_names": [named.get(area, nowhere) for area in rows["area"]]})
        headings = {**headings, f"{part}_names": text(f"overlap.pool.names.{part}")}
    return rows, headings
