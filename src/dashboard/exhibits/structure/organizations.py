"""Who is under whom: regions or communes, their committees with the cells, the tree of a commune."""

from __future__ import annotations

import pandas as pd

from dashboard import measures
from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import peers, published
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.parts import part_of
from dashboard.exhibits.structure import drawn, takeaways, wording
from dashboard.text import Text


@exhibit("structure.organizations")
def organizations(dataset: Dataset, selection: Selection) -> Content:
    """What is under what: the tree of one commune, else all committees and grassroots cells, or regions."""
    return (_of_commune if selection.only is not None else _committees)(dataset, selection)


@exhibit("structure.cells")
def cells(dataset: Dataset, selection: Selection, part: int = 1) -> Content | None:
    """The grassroots cells directly under the district, one row each; None where there are none."""
    text = selection.text
    rows = measures.structure.selected(dataset, selection)
    rows = rows[rows["level"] == "cell"]
    if rows.empty:
        return None
    found = part_of(rows, text, part)
    return Content(
        headline=text("structure.cells.headline", n=len(rows), members=_members(rows, text)),
        takeaways=takeaways.by_members(_ranked(rows), "structure.cells_count", text),
        chart=drawn.cells(found.rows, text),
        table=_organization_table(rows, text),
        notes=[
            wording.incomplete(dataset, selection, "members"),
            published.note(dataset, selection, "count:cells"),
            wording.scope(selection),
        ],
        part=found,
    )


def _committees(dataset: Dataset, selection: Selection) -> Content:
    text = selection.text
    rows = measures.structure.selected(dataset, selection)
    below = rows[rows["level"] == "subcell"]
    committees = measures.structure.committees(dataset, selection)
    inside = rows[rows["level"].isin(["committee", "section", "subcell"])]
    silent = inside.loc[inside["missing_members"], "committee"]
    committees = committees.assign(complete=~committees["org_id"].isin(silent))
    silent_communes = measures.structure.silent(dataset, selection) > 0
    whole = committees[committees["chosen"]]
    by_region = peers.among(dataset, selection).by_region
    return Content(
        measure=text(f"structure.committees.{'levels' if by_region else 'measure'}"),
        headline=text(
            "structure.committees.headline" if len(rows) else "structure.tree.empty",
            place=selection.place(dataset),
            n=int(committees["chosen"].sum()),
            cells=text("structure.subcells", n=len(below)),
            members=_members(inside, text, silent=silent_communes),
        ),
        takeaways=() if silent_communes else takeaways.by_members(whole, "structure.committees_count", text),
        chart=drawn.icicle(dataset, selection),
        table=_organization_table(rows[rows["level"] != "district"], text),
        notes=[
            text("structure.committees.open") if by_region else "",
            wording.incomplete(dataset, selection, "members"),
            published.note(dataset, selection, "count:committees", "count:subcells"),
            wording.scope(selection),
        ],
        by_region=by_region,
    )


def _members(rows: pd.DataFrame, text: Text, *, silent: bool = False) -> str:
    """Their sum, as a lower bound where one of them states no figure or a commune is `silent`."""
    complete = not (silent or rows["missing_members"].any())
    return wording.members(wording.known_sum(rows["own_members"]), complete, text)


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Organisations as `takeaways.by_members` reads them."""
    return rows.assign(members=rows["total_members"], complete=~rows["missing_members"])


def _of_commune(dataset: Dataset, selection: Selection) -> Content:
    text = selection.text
    rows = measures.structure.selected(dataset, selection)
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
    return Content(
        measure=text("structure.tree.measure"),
        headline=headline,
        takeaways=takeaways.by_members(_ranked(leaves), "structure.any_cells", text),
        chart=drawn.icicle(dataset, selection),
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
