"""Who is under whom: regions or communes, their committees with the cells, the tree of a commune."""

from __future__ import annotations

import pandas as pd

from dashboard import charts, measures, schema
from dashboard.dataset import Dataset, Selection, remembered
from dashboard.exhibits import published
from dashboard.exhibits.model import AREA, Exhibit, Table, area_names, exhibit, narrow, opening
from dashboard.exhibits.parts import LONGEST, drawn_by, part_of
from dashboard.exhibits.structure import drawn, takeaways, wording
from dashboard.text import Text

# Letters of a name on a phone, beside its figures.
_NARROW = 27
# Marks of one cell: square, number, name, words.
_SQUARE_MARKS = 4


@remembered(size=256)
def organizations(dataset: Dataset, selection: Selection, part: int = 1) -> Exhibit:
    """Who is under whom: a tree for one commune, else one line of squares per committee, or where these are
    too many to draw how many organisations each region has, or each commune."""
    if selection.only is not None:
        return _tree(dataset, selection, part)
    return _committees(dataset, selection, part)


@remembered(size=256)
def cells(dataset: Dataset, selection: Selection, part: int = 1) -> Exhibit | None:
    """The grassroots cells directly under the district, one row each; None where there are none."""
    text = selection.text
    rows = measures.structure.selected(dataset, selection)
    rows = rows[rows["level"] == "cell"]
    if rows.empty:
        return None
    found = part_of(rows, 3, text, part)
    shown = _with_words(found.rows, text)
    return exhibit(
        dataset,
        selection,
        "structure.cells",
        headline=text(
            "structure.cells.headline",
            n=len(rows),
            members=_members(rows, text),
        ),
        takeaways=takeaways.by_members(_ranked(rows), "structure.cells_count", text),
        plot=charts.Plot(
            charts.structure.cells,
            shown.assign(
                members=shown["total_members"],
                says=[text.number(int(n)) if pd.notna(n) else "–" for n in shown["total_members"]],
            )[["row", "name", "name_narrow", "members", "says"]],
            text,
            ranked=not rows["missing_members"].any(),
        ),
        chart=drawn.cells(found.rows, text),
        table=_organization_table(rows, text),
        notes=[
            wording.incomplete(dataset, selection, "members"),
            published.note(dataset, selection, "count:cells"),
            wording.scope(selection),
        ],
        part=found,
    )


def _committees(dataset: Dataset, selection: Selection, part: int) -> Exhibit:
    text = selection.text
    rows = measures.structure.selected(dataset, selection).reset_index(drop=True)
    below = rows[rows["level"] == "subcell"]
    committees = measures.structure.committees(dataset, selection)
    line = {committee: number for number, committee in enumerate(committees["org_id"])}
    below = below.assign(line=below["committee"].map(line))
    inside = rows[rows["level"].isin(["committee", "section", "subcell"])]
    silent = inside.loc[inside["missing_members"], "committee"]
    committees = committees.assign(complete=~committees["org_id"].isin(silent))
    squares = len(committees) <= LONGEST and _marks(committees, below) <= charts.MOST_MARKS
    bars = not squares and len(committees) <= LONGEST
    level = selection if squares or bars else drawn_by(dataset, selection)
    found = part_of(measures.structure.by_commune(dataset, level), 3, text, part)
    if squares or bars:
        opens, names = opening(AREA, committees["area"]), area_names(dataset, selection)
        listed = zip(opens, committees["area"].map(names), strict=True)
        draw = _squares_plot if squares else _bars_plot
        plot = draw(committees.assign(key=opens), below, text) if len(committees) else None
    else:
        plot = _level_plot(found.rows, area_names(dataset, level), text)
        listed = zip(plot.frame["key"], plot.frame["name"], strict=True)
    silent_communes = measures.structure.silent(dataset, selection) > 0
    whole = committees[committees["chosen"]]
    return exhibit(
        dataset,
        selection,
        "structure.organizations",
        measure=text(f"structure.committees.{'measure' if squares else 'bars' if bars else 'levels'}"),
        headline=text(
            "structure.committees.headline" if len(rows) else "structure.tree.empty",
            place=selection.place(dataset),
            n=int(committees["chosen"].sum()),
            cells=text("structure.subcells", n=len(below)),
            members=_members(inside, text, silent=silent_communes),
        ),
        takeaways=() if silent_communes else takeaways.by_members(whole, "structure.committees_count", text),
        plot=plot,
        chart=drawn.icicle(dataset, selection),
        table=_organization_table(rows[rows["level"] != "district"], text),
        notes=[
            "" if squares else text(f"structure.committees.{'too_many' if bars else 'open'}"),
            wording.incomplete(dataset, selection, "members"),
            published.note(dataset, selection, "count:committees", "count:subcells"),
            wording.scope(selection),
        ],
        opens=dict(listed).items(),
        part=None if squares or bars else found,
        by_region=level.by_region,
    )


def _members(rows: pd.DataFrame, text: Text, *, silent: bool = False) -> str:
    """Their sum, as a lower bound where one of them states no figure or a commune is `silent`."""
    complete = not (silent or rows["missing_members"].any())
    return wording.members(wording.known_sum(rows["own_members"]), complete, text)


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Organisations as `takeaways.by_members` reads them."""
    return rows.assign(members=rows["total_members"], complete=~rows["missing_members"])


def _marks(committees: pd.DataFrame, below: pd.DataFrame) -> int:
    return _SQUARE_MARKS * (len(below) + len(committees))


def _squares_plot(committees: pd.DataFrame, below: pd.DataFrame, text: Text) -> charts.Plot:
    return charts.Plot(charts.structure.committees, _squares(committees, below, text), text)


def _bars_plot(committees: pd.DataFrame, below: pd.DataFrame, text: Text) -> charts.Plot:
    """One bar per committee, of its members."""
    rows = _with_words(committees.assign(total_members=committees["members"]), text)
    return charts.Plot(
        charts.structure.cells, rows[["row", "name", "name_narrow", "members", "says", "key"]], text
    )


def _level_plot(rows: pd.DataFrame, names: dict[str, str], text: Text) -> charts.Plot:
    """One bar per region or commune, of its members; a click goes down to it."""
    says = [
        text("common.no_data")
        if pd.isna(grassroots)
        else text(
            "structure.committees.inside",
            grassroots=text("structure.grassroots", n=int(grassroots)),
            members=wording.members(wording.or_none(members), not missing, text),
        )
        for grassroots, members, missing in zip(
            rows["grassroots"], rows["members"], rows["members_missing"], strict=True
        )
    ]
    frame = wording.numbered(rows).assign(
        name=rows["area"].map({**names, schema.OUTSIDE: text("code.outside_short")}),
        says=says,
        outside=rows["area"] == schema.OUTSIDE,
        key=opening(AREA, rows["area"]),
    )
    return charts.Plot(
        charts.structure.by_commune, frame[["row", "name", "members", "says", "outside", "key"]], text
    )


def _squares(committees: pd.DataFrame, below: pd.DataFrame, text: Text) -> pd.DataFrame:
    """One row per cell: its square's place on the lines of its committee; a committee without one has a
    row without a square."""
    bare = sorted(set(range(len(committees))) - set(below["line"]))
    below = pd.concat([below, pd.DataFrame({"line": bare, "name": ""})], ignore_index=True)
    place = below.groupby("line").cumcount()
    last = (below.groupby("line").size() - 1).reindex(range(len(committees)), fill_value=0)
    first_row = (last // charts.structure.SQUARES + 1).cumsum().shift(fill_value=0)
    x = place % charts.structure.SQUARES
    first = (place == 0).to_numpy()
    empty = below["level"].isna()
    words = _with_words(committees.assign(total_members=committees["members"]), text)
    heads = {
        name: below["line"].map(words[name]).where(first, "") for name in ("name", "name_narrow", "says")
    }
    return pd.DataFrame(
        {
            "row": below["line"].map(first_row) + place // charts.structure.SQUARES,
            "x": x.where(~empty),
            "x_end": (x + 1).where(~empty),
            "middle": x + 0.5,
            "members": below["own_members"],
            "label": [text.number(n) if pd.notna(n) else "–" for n in below["own_members"]],
            "cell": below["name"],
            "key": below["line"].map(committees["key"]),
            **heads,
        }
    )


def _tree(dataset: Dataset, selection: Selection, part: int) -> Exhibit:
    text = selection.text
    rows = measures.structure.selected(dataset, selection).reset_index(drop=True)
    found = part_of(rows, 5, text, part)
    shown = _with_words(found.rows, text)
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
            "name_narrow": narrow(list(shown["name"]), _NARROW),
            "says": [text.number(int(total)) if pd.notna(total) else "–" for total in shown["total_members"]],
            "level": [text(f"code.level.{level}") for level in shown["level"]],
        }
    )
    leaves = rows[rows["level"].isin(["cell", "subcell"])]
    counts = measures.structure.counts(dataset, selection)
    place_name = selection.place(dataset)
    if rows.empty:
        headline = text("structure.tree.empty", place=place_name)
    else:
        headline = text(
            "structure.tree.headline",
            grassroots=text("goals.unit.grassroots", n=counts["grassroots"]),
            cells=text("structure.subcells", n=counts["subcells"]),
            members=wording.members(
                counts["members"], wording.total(dataset, selection, "members").complete, text
            ),
        )
    return exhibit(
        dataset,
        selection,
        "structure.organizations",
        measure=text("structure.tree.measure"),
        headline=headline,
        takeaways=takeaways.by_members(_ranked(leaves), "structure.any_cells", text),
        plot=charts.Plot(charts.structure.tree, frame, text) if len(rows) else None,
        chart=drawn.icicle(dataset, selection),
        part=found,
        table=_organization_table(rows, text),
        notes=[wording.incomplete(dataset, selection, "members"), wording.scope(selection)],
    )


def _organization_table(rows: pd.DataFrame, text: Text) -> Table:
    return Table(
        pd.DataFrame(
            {
                text("column_short.organization"): rows["name"],
                text("column_short.level"): [text(f"code.level.{level}") for level in rows["level"]],
                text("count.members"): rows["total_members"],
                text("count.admitted"): rows["total_admitted"],
                **wording.without_figure(list(rows["missing_members"]), text),
            }
        )
    )


def _with_words(rows: pd.DataFrame, text: Text) -> pd.DataFrame:
    complete = rows["complete"] if "complete" in rows else [True] * len(rows)
    says = [
        wording.members(int(value), bool(all_), text) if pd.notna(value) else text("common.no_data")
        for value, all_ in zip(rows["total_members"], complete, strict=True)
    ]
    return wording.numbered(rows.assign(says=says, name_narrow=narrow(list(rows["name"]), _NARROW)))
