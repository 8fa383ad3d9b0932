"""How many: by commune, and over the as-of dates."""

from __future__ import annotations

import pandas as pd

from dashboard import measures, schema
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import peers, published, reported
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import area_names
from dashboard.exhibits.structure import drawn, takeaways, wording
from dashboard.text import Text

# More names than this in a headline say nothing.
_NAMED = 3


@exhibit("structure.by_commune")
def by_commune(dataset: Dataset, selection: Selection) -> Content:
    """Members and organisations per commune, the district bodies apart."""
    text = selection.text
    rows = _named(dataset, selection)
    headings = ["name", "grassroots", "committees", "cells", "subcells", "members", "admitted", "villages"]
    table = _headed(rows[headings], text).assign(
        **wording.without_figure(list(rows["members_missing"]), text)
    )
    return Content(
        headline=_by_commune_headline(dataset, selection, rows),
        takeaways=takeaways.by_commune(dataset, selection, area_names(dataset, selection)),
        chart=drawn.bars(dataset, selection),
        table=Table(table),
        notes=[
            wording.incomplete(dataset, selection, "members"),
            wording.scope(selection),
            text("structure.grassroots_note"),
        ],
        by_region=peers.among(dataset, selection).by_region,
    )


def _named(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The rows of `measures.structure.by_commune` by name."""
    rows = measures.structure.by_commune(dataset, selection)
    names = {**area_names(dataset, selection), schema.OUTSIDE: selection.text("code.outside_short")}
    return rows.assign(name=rows["area"].map(names))


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
    rows = measures.structure.over_time(dataset, selection)
    dates = [text.date(as_of) for as_of in rows["as_of"]]
    values = [wording.or_none(value) for value in rows[measure]]
    by_date = dict(zip(rows["as_of"], values, strict=True))
    return Content(
        headline=_over_time_headline(dataset, selection, measure, by_date),
        takeaways=takeaways.over_time(dataset, selection, measure, by_date),
        chart=drawn.dates(dataset, selection, measure),
        table=Table(
            pd.DataFrame(
                {
                    text("column_short.as_of"): dates,
                    text(f"count.{measure}"): values,
                    **wording.without_figure(list(rows[f"{measure}_missing"]), text),
                },
                dtype=object,
            )
        ),
        notes=[
            wording.incomplete(dataset, selection, measure),
            wording.only_once(dataset, selection, measure, dataset.date_before(selection.as_of)),
            published.note(dataset, selection, f"count:{measure}"),
            wording.scope(selection),
            text(f"structure.{measure}_over_time.note"),
        ],
    )


def _over_time_headline(
    dataset: Dataset, selection: Selection, measure: str, values: dict[str, int | None]
) -> str:
    text = selection.text
    now = values.get(selection.as_of)
    if now is None:
        return text(f"structure.{measure}_over_time.empty", place=selection.place(dataset))
    before_date = dataset.date_before(selection.as_of)
    before = values.get(before_date) if before_date else None
    key = f"structure.{measure}_over_time.headline"
    count = wording.total(dataset, selection, measure)
    least = "" if count.complete else text("common.at_least", n="")
    said = text(key, n=now, least=least)
    said = said[:1].upper() + said[1:]
    if lacking := reported.left_out(count, measure, text):
        said = f"{said} · {lacking}"
    if before is None or before_date is None or not wording.comparable(dataset, selection, measure):
        return said
    return f"{said}, {wording.changed(now - before, before_date, text)}"


def _by_commune_headline(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> str:
    text = selection.text
    counts = measures.structure.counts(dataset, selection)
    if counts["grassroots"] is None:
        return text("structure.tree.empty", place=selection.place(dataset))
    complete = wording.total(dataset, selection, "members").complete
    every = rows[rows["area"] != schema.OUTSIDE]
    communes = every[every["members"].notna() & (every["members_missing"] == 0)]
    if len(communes) < 2:
        return text(
            "structure.by_commune.one",
            grassroots=text("goals.unit.grassroots", n=counts["grassroots"]),
            members=wording.members(counts["members"], complete, text),
        )
    most = communes["members"].max()
    names = list(communes.loc[communes["members"] == most, "name"])
    key = "headline" if len(names) == 1 else "tied" if len(names) <= _NAMED else "many"
    part = "" if len(communes) == len(every) else "_known"
    return text(
        f"structure.by_commune.{key}{part}",
        names=text.series(names),
        many=len(names),
        members=text.number(int(most)),
        total=wording.persons(counts["members"], complete, text),
        n=len(communes),
    )


def _headed(rows: pd.DataFrame, text: Text) -> pd.DataFrame:
    headings = {name: text(f"count.{name}") for name in schema.COUNTS} | {
        "name": text("column_short.commune")
    }
    return rows.rename(columns=headings)
