"""Exhibits of the organisation."""

from __future__ import annotations

import pandas as pd

from dashboard import charts, measures, schema
from dashboard.dataset import Dataset, Selection, remembered
from dashboard.exhibits.model import Exhibit, Table, area_names, bounded, exhibit, narrow
from dashboard.text import Text

# Letters of a name on a phone, beside its figures.
_NARROW = 28


@remembered(size=256)
def organizations(dataset: Dataset, selection: Selection) -> Exhibit:
    """Who is under whom: a tree for one commune, else one line of squares per committee."""
    if selection.only is not None:
        return _tree(dataset, selection)
    return _committees(dataset, selection)


@remembered(size=256)
def cells(dataset: Dataset, selection: Selection) -> Exhibit | None:
    """The grassroots cells directly under the district, one row each; None where there are none."""
    text = selection.text
    rows = measures.structure.selected(dataset, selection)
    rows = rows[rows["level"] == "cell"]
    if rows.empty:
        return None
    shown, note = bounded(_with_words(rows, text), 3, text)
    return exhibit(
        dataset,
        selection,
        "structure.cells",
        headline=text(
            "structure.cells.headline", n=len(rows), members=text.number(_sum(rows["own_members"]))
        ),
        alt=text("structure.extremes", **_extremes(rows["name"], rows["total_members"], text)),
        plot=charts.Plot(
            charts.structure.cells,
            shown.assign(members=shown["total_members"])[["row", "name", "name_narrow", "members", "says"]],
            text,
        ),
        table=_organization_table(rows, text),
        notes=[note, scope(selection)],
    )


@remembered(size=256)
def by_commune(dataset: Dataset, selection: Selection) -> Exhibit:
    """Members and organisations per commune, the district bodies apart."""
    text = selection.text
    rows = measures.structure.by_commune(dataset, selection)
    names = area_names(dataset, selection)
    outside = rows["area"] == schema.OUTSIDE
    rows = rows.assign(
        name=rows["area"].map({**names, schema.OUTSIDE: text("code.outside_short")}), outside=outside
    )
    rows["name_narrow"] = rows["name"]
    rows["says"] = [
        text(
            "structure.by_commune.says",
            cells=row.cells + row.subcells,
            members=text.number(_or_none(row.members)),
        )
        for row in rows.itertuples()
    ]
    shown, note = bounded(_numbered(rows), 3, text)
    headings = ["name", "grassroots", "committees", "cells", "subcells", "members", "admitted", "villages"]
    return exhibit(
        dataset,
        selection,
        "structure.by_commune",
        headline=_by_commune_headline(dataset, selection, rows),
        alt=text("structure.extremes", **_extremes(rows["name"], rows["members"], text))
        if len(rows) > 1
        else "",
        plot=charts.Plot(
            charts.structure.by_commune,
            shown[["row", "name", "name_narrow", "members", "says", "outside"]],
            text,
        ),
        table=Table(_headed(rows[headings], text)),
        notes=[note, scope(selection), text("structure.grassroots_note")],
    )


@remembered(size=256)
def members_over_time(dataset: Dataset, selection: Selection) -> Exhibit:
    """Members at each as-of date: a stock."""
    return _over_time(dataset, selection, "members")


@remembered(size=256)
def admitted_over_time(dataset: Dataset, selection: Selection) -> Exhibit:
    """Members newly admitted in the year that ends at each as-of date: a flow."""
    return _over_time(dataset, selection, "admitted")


def scope(selection: Selection) -> str:
    """Whether the totals hold the district bodies."""
    if selection.everything:
        return selection.text("structure.scope.everything")
    if schema.OUTSIDE in selection.communes:
        return selection.text("structure.scope.outside")
    return selection.text("structure.scope.communes")


def _committees(dataset: Dataset, selection: Selection) -> Exhibit:
    text = selection.text
    rows = measures.structure.selected(dataset, selection).reset_index(drop=True)
    committees = rows[rows["level"] == "committee"]
    # In reading order everything up to the next organisation of the upper level is under a committee.
    number = (rows["level"] == "committee").cumsum().where(~rows["level"].isin(["district", "cell"]), 0)
    below = rows.assign(committee=number - 1)[(rows["level"] == "subcell") & (number > 0)]
    squares, note = bounded(_squares(committees, below, text), 4, text)
    return exhibit(
        dataset,
        selection,
        "structure.committees",
        headline=text(
            "structure.committees.headline",
            n=len(committees),
            cells=text("structure.subcells", n=len(below)),
            members=text.number(_sum(pd.concat([committees, below])["own_members"])),
        ),
        alt=text("structure.extremes", **_extremes(committees["name"], committees["total_members"], text)),
        plot=charts.Plot(charts.structure.committees, squares, text) if len(squares) else None,
        table=_organization_table(rows[rows["level"] != "district"], text),
        notes=[note, scope(selection)],
    )


def _squares(committees: pd.DataFrame, below: pd.DataFrame, text: Text) -> pd.DataFrame:
    """One row per cell: its square's place on the lines of its committee."""
    place = below.groupby("committee").cumcount()
    lines = (below.groupby("committee").size() - 1).reindex(range(len(committees)), fill_value=0)
    first_line = (lines // charts.structure.SQUARES + 1).cumsum().shift(fill_value=0)
    x = place % charts.structure.SQUARES
    first = (place == 0).to_numpy()
    names = below["committee"].map(dict(enumerate(committees["name"])))
    total = below["committee"].map(dict(enumerate(committees["total_members"])))
    says = [
        text("structure.members", n=int(value)) if pd.notna(value) else text("common.no_data")
        for value in total
    ]
    return pd.DataFrame(
        {
            "row": below["committee"].map(first_line) + place // charts.structure.SQUARES,
            "x": x,
            "x_end": x + 1,
            "middle": x + 0.5,
            "members": below["own_members"],
            "cell": below["name"],
            "name": names.where(first, ""),
            "name_narrow": pd.Series(narrow(list(names), _NARROW), index=below.index, dtype="str").where(
                first, ""
            ),
            "says": pd.Series(says, index=below.index, dtype="str").where(first, ""),
        }
    )


def _tree(dataset: Dataset, selection: Selection) -> Exhibit:
    text = selection.text
    rows = measures.structure.selected(dataset, selection).reset_index(drop=True)
    shown, note = bounded(_with_words(rows, text), 5, text)
    place = {org: row for row, org in enumerate(shown["org_id"])}
    above = [place.get(parent, row) for row, parent in enumerate(shown["parent_id"])]
    top = int(rows["depth"].min()) if len(rows) else 0
    frame = pd.DataFrame(
        {
            "row": shown["row"],
            "x": (shown["depth"] - top) * 0.7 + 0.2,
            "parent_row": above,
            "parent_x": [(shown["depth"].iloc[row] - top) * 0.7 + 0.2 for row in above],
            "name": shown["name"],
            "says": [text.number(_or_none(total)) for total in shown["total_members"]],
            "level": [text(f"code.level.{level}") for level in shown["level"]],
        }
    )
    counts = measures.structure.counts(dataset, selection)
    place_name = selection.place(dataset)
    if rows.empty:
        headline = text("structure.tree.empty", place=place_name)
    else:
        headline = text(
            "structure.tree.headline",
            place=place_name,
            grassroots=text("structure.grassroots", n=counts["grassroots"]),
            cells=text("structure.subcells", n=counts["subcells"]),
            members=text.number(counts["members"]),
        )
    return exhibit(
        dataset,
        selection,
        "structure.tree",
        headline=headline,
        plot=charts.Plot(charts.structure.tree, frame, text) if len(rows) else None,
        table=_organization_table(rows, text),
        notes=[note, scope(selection)],
    )


def _over_time(dataset: Dataset, selection: Selection, measure: str) -> Exhibit:
    text = selection.text
    rows = measures.structure.over_time(dataset, selection)
    dates = [text.date(as_of) for as_of in rows["as_of"]]
    values = [_or_none(value) for value in rows[measure]]
    frame = pd.DataFrame(
        {
            "row": range(len(rows)),
            "date": text.dates_in_two_lines(list(rows["as_of"])),
            "value": rows[measure],
            "says": [text.number(v) for v in values],
        }
    )
    return exhibit(
        dataset,
        selection,
        f"structure.{measure}_over_time",
        headline=_over_time_headline(
            dataset, selection, measure, dict(zip(rows["as_of"], values, strict=True))
        ),
        plot=charts.Plot(charts.structure.over_time, frame, text),
        table=Table(
            pd.DataFrame({text("column_short.as_of"): dates, text(f"count.{measure}"): values}, dtype=object)
        ),
        notes=[scope(selection), text(f"structure.{measure}_over_time.note")],
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
    said = text(key, n=now, place=selection.place(dataset), date=text.date(selection.as_of))
    if before is None or before_date is None:
        return said
    return f"{said}, {changed(now - before, before_date, text)}"


def changed(difference: int, before_date: str, text: Text) -> str:
    """ "tăng 36 so với 31/12/2023", "giảm …", "không đổi so với …"."""
    way = "up" if difference > 0 else "down" if difference < 0 else "same"
    return text(f"common.change.{way}", n=abs(difference), date=text.date(before_date))


def _by_commune_headline(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> str:
    text = selection.text
    counts = measures.structure.counts(dataset, selection)
    communes = rows[(rows["area"] != schema.OUTSIDE) & rows["members"].notna()]
    if len(communes) < 2:
        return text(
            "structure.by_commune.one",
            place=selection.place(dataset),
            grassroots=text("structure.grassroots", n=counts["grassroots"]),
            members=text.number(counts["members"]),
        )
    most = communes["members"].max()
    return text(
        "structure.by_commune.headline",
        names=text.series(list(communes.loc[communes["members"] == most, "name"])[:3]),
        members=text.number(int(most)),
        total=text.number(counts["members"]),
        n=len(communes),
    )


def _extremes(names: pd.Series[str], members: pd.Series[int], text: Text) -> dict[str, str]:
    """The organisations with the most and the fewest members, each with its number."""
    known = members.dropna().astype(int)
    if known.empty:
        return {"most": text("common.no_data"), "fewest": text("common.no_data")}
    most, fewest = known.idxmax(), known.idxmin()
    return {
        "most": f"{names[most]} ({text.number(known[most])})",
        "fewest": f"{names[fewest]} ({text.number(known[fewest])})",
    }


def _organization_table(rows: pd.DataFrame, text: Text) -> Table:
    return Table(
        pd.DataFrame(
            {
                text("column_short.organization"): rows["name"],
                text("column_short.level"): [text(f"code.level.{level}") for level in rows["level"]],
                text("count.members"): rows["total_members"],
                text("count.admitted"): rows["total_admitted"],
            }
        )
    )


def _headed(rows: pd.DataFrame, text: Text) -> pd.DataFrame:
    headings = {name: text(f"count.{name}") for name in schema.COUNTS} | {
        "name": text("column_short.commune")
    }
    return rows.rename(columns=headings)


def _with_words(rows: pd.DataFrame, text: Text) -> pd.DataFrame:
    says = [
        text("structure.members", n=int(value)) if pd.notna(value) else text("common.no_data")
        for value in rows["total_members"]
    ]
    return _numbered(rows.assign(says=says, name_narrow=narrow(list(rows["name"]), _NARROW)))


def _numbered(rows: pd.DataFrame) -> pd.DataFrame:
    return rows.assign(row=range(len(rows)))


def _sum(values: pd.Series[int]) -> int | None:
    known = values.dropna()
    return int(known.sum()) if len(known) or not len(values) else None


def _or_none(value: object) -> int | None:
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]
