"""The organisations as a tree: regions or communes, their committees with the cells, one commune."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from dashboard import measures, schema
from dashboard.charts import MOST_MARKS
from dashboard.charts.model import BarRow, Bars, Icicle, Label, Node, Segment
from dashboard.dataset import Dataset, Selection, areas
from dashboard.exhibits import empty, peers, published, takeaways
from dashboard.exhibits.model import Content, Table, exhibit
from dashboard.exhibits.names import AREA, link, named_cells, row_names
from dashboard.exhibits.rows import Record, or_none, records
from dashboard.exhibits.structure import wording
from dashboard.exhibits.structure.wording import dashed
from dashboard.text import Text, capital

# More organisations than these are one box with how many they are.
_MOST_BOXES = 180
# Committees that are drawn with their cells: more are boxes beside each other.
_MOST_ROWS = 26


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
    shown = peers.part_of(rows, text, part)
    unreported_communes = measures.structure.unreported_areas(dataset, selection) > 0
    members = _members(rows, text, unreported=unreported_communes)
    headline = text("structure.cells.headline", n=len(rows), members=members)
    return Content(
        headline=capital(wording.at_least(dataset, selection, headline)),
        takeaways=[_extremes(_ranked(rows), "cells_count", text)],
        chart=Bars(tuple(_bar(row, text) for row in records(shown.rows))),
        table=_table(rows, text),
        notes=[
            wording.incomplete(dataset, selection, "members"),
            published.note(dataset, selection, "count:cells"),
            wording.scope(selection),
        ],
        part=shown,
    )


def _committees(dataset: Dataset, selection: Selection) -> Content:
    text = selection.text
    rows = measures.structure.selected(dataset, selection)
    committees = measures.structure.committees(dataset, selection)
    inside = rows[rows["level"].isin(["committee", "section", "subcell"])]
    unreported = inside.loc[inside["missing_members"], "committee"]
    committees = committees.assign(complete=~committees["org_id"].isin(unreported))
    unreported_communes = measures.structure.unreported_areas(dataset, selection) > 0
    chosen = committees[committees["chosen"]]
    headline = text(
        "structure.committees.headline",
        n=len(chosen),
        cells=text("structure.subcells", n=int((rows["level"] == "subcell").sum())),
        members=_members(inside, text, unreported=unreported_communes),
    )
    by_region = peers.among(dataset, selection).by_region
    return Content(
        measure=text(f"structure.committees.{'levels' if by_region else 'measure'}"),
        headline=_headline(dataset, selection)
        if chosen.empty or dataset.root_level == "province"
        else capital(wording.at_least(dataset, selection, headline)),
        takeaways=() if unreported_communes else [_extremes(chosen, "committees_count", text)],
        chart=_icicle(dataset, selection),
        table=_table(rows[rows["depth"] > 0], text),
        notes=[
            text("structure.committees.open") if by_region else "",
            wording.incomplete(dataset, selection, "members"),
            published.note(dataset, selection, "count:committees", "count:subcells"),
            wording.scope(selection),
        ],
        by_region=by_region,
    )


def _of_commune(dataset: Dataset, selection: Selection) -> Content:
    text = selection.text
    rows = named_cells(dataset, selection, measures.structure.selected(dataset, selection))
    leaves = rows[rows["level"].isin(["cell", "subcell"])]
    return Content(
        measure=text("structure.tree.measure"),
        headline=_headline(dataset, selection),
        takeaways=[_extremes(_ranked(leaves), "any_cells", text)],
        chart=_tree(dataset, selection, rows),
        table=_table(rows, text),
        notes=[wording.incomplete(dataset, selection, "members"), wording.scope(selection)],
    )


def _headline(dataset: Dataset, selection: Selection) -> str:
    """How many organisations and members there are; or that there is nothing reported."""
    text, counts = selection.text, measures.structure.counts(dataset, selection)
    if measures.structure.selected(dataset, selection).empty:
        return text("structure.tree.empty", place=selection.place(dataset))
    headline = text(
        "structure.tree.headline",
        grassroots=text("goals.unit.grassroots", n=counts["grassroots"]),
        cells=text("structure.subcells", n=counts["subcells"]),
        members=wording.headcount(dataset, selection),
    )
    return capital(wording.at_least(dataset, selection, headline))


def _members(rows: pd.DataFrame, text: Text, *, unreported: bool = False) -> str:
    """Their sum, as a lower bound where one of them states no figure or communes are `unreported`."""
    known = rows["own_members"].dropna()
    total = int(known.sum()) if len(known) or rows.empty else None
    return wording.members(total, not (unreported or rows["missing_members"].any()), text)


def _ranked(rows: pd.DataFrame) -> pd.DataFrame:
    """Organisations as `_extremes` reads them."""
    return rows.assign(members=rows["total_members"], complete=~rows["missing_members"])


def _extremes(rows: pd.DataFrame, unit: str, text: Text) -> str:
    """The organisations with most and fewest members; those not `complete` are left out."""
    standings = takeaways.standings(rows, "members", complete=rows["complete"])
    return takeaways.leading(text, f"structure.extremes.{unit}", standings, f"structure.{unit}")


def _bar(row: Record, text: Text) -> BarRow:
    n = or_none(row["total_members"])
    label = Label(text.number(n)) if n is not None else Label("–", status="no_data")
    return BarRow(row["name"], (Segment("value", float(n or 0)),), label)


def _table(rows: pd.DataFrame, text: Text) -> Table:
    return Table(
        pd.DataFrame(
            {
                text("column_short.organization"): rows["name"],
                text("column_short.level"): [text(f"code.level.{level}") for level in rows["level"]],
                text("count.members"): rows["total_members"],
                text("count.admitted"): rows["total_admitted"],
                **wording.without_figure(list(rows["lacking_members"]), text),
            }
        )
    )


def _icicle(dataset: Dataset, selection: Selection) -> Icicle | None:
    """All organisations by kind with what is chosen marked, or of too many regions and communes."""
    # The district bodies are no commune: alone they have no peers.
    among = selection if empty.outside_only(selection) else peers.among(dataset, selection)
    if among.by_region:
        return _regions(dataset, among)
    rows = measures.structure.selected(dataset, among)
    if rows.empty:
        return None
    text, marked = selection.text, peers.marked(among, selection)
    if dataset.root_level == "province":
        groups = _of_province(rows, marked, text)
        sized = any(child.children for group in groups for child in group.children)
        return Icicle(
            _root(dataset, among, groups), _key(dataset, among, "key_of_province" if sized else "boxes")
        )
    committees = measures.structure.committees(dataset, among)
    unreported = set(rows.loc[rows["missing_members"], "committee"])
    inside = rows[rows["committee"].isin(committees["org_id"]) & (rows["level"] != "committee")]
    below = {org: records(group) for org, group in inside[inside["childless"]].groupby("committee")}
    heads = [
        replace(
            _node(row["name"], row["members"], text, complete=row["org_id"] not in unreported),
            link=link(AREA, row["area"]),
            chosen=row["area"] in marked,
            children=tuple(_cell(cell, text) for cell in below.get(row["org_id"], [])),
        )
        for row in records(committees)
    ]
    if len(heads) > _MOST_ROWS or len(rows) > MOST_MARKS:
        heads = [replace(node, children=()) for node in heads]
    groups = []
    outside = committees["area"] == schema.OUTSIDE
    for kind, of_kind in (("communes", ~outside), ("all" if outside.all() else "others", outside)):
        complete = unreported.isdisjoint(committees.loc[of_kind, "org_id"])
        nodes = [node for node, is_of_kind in zip(heads, of_kind, strict=True) if is_of_kind]
        groups += [_group(kind, nodes, text, complete=complete)] if nodes else []
    rows = rows[rows["level"] == "cell"]
    if len(rows):
        single = [_cell(cell, text, chosen=cell["area"] in marked) for cell in records(rows)]
        groups.append(_group("cells", single, text, complete=not rows["missing_members"].any()))
    sized = any(node.children for node in heads)
    return Icicle(_root(dataset, among, groups), _key(dataset, among, "key" if sized else "boxes"))


def _regions(dataset: Dataset, among: Selection) -> Icicle | None:
    """Regions, and their communes where all of them can be drawn."""
    text, names = among.text, row_names(dataset, among)
    inside = areas.regions(dataset, among.as_of, among.boundaries)
    communes = records(measures.structure.by_commune(dataset, replace(among, by_region=False)))
    below = {row["area"]: row for row in communes} if len(communes) <= _MOST_BOXES else {}

    def node(row: Record) -> Node:
        children = tuple(node(below[commune]) for commune in inside.get(row["area"], ()) if commune in below)
        area = _node(names[row["area"]], row["members"], text, complete=not row["members_missing"])
        return replace(area, link=link(AREA, row["area"]), children=children)

    nodes = [node(row) for row in records(measures.structure.by_commune(dataset, among))]
    return Icicle(_root(dataset, among, nodes), _key(dataset, among, "boxes")) if nodes else None


def _tree(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> Icicle | None:
    """The organisations of one commune, its cells by name with members and admissions."""
    if rows.empty:
        return None
    text, nodes = selection.text, []
    leaves = rows[rows["childless"]]
    for top in records(rows[~rows["parent_id"].isin(rows["org_id"])]):
        if top["level"] == "superior":
            nodes.append(_superior(top, rows, set(), text))
            continue
        below = leaves[(leaves["committee"] == top["org_id"]) & (leaves["org_id"] != top["org_id"])]
        cells = tuple(_with_admissions(cell, text) for cell in records(below))
        node = _with_admissions(top, text)
        if cells:
            unreported = rows.loc[rows["committee"] == top["org_id"], "missing_members"].any()
            label = wording.members(or_none(top["total_members"]), not unreported, text)
            node = Node(node.name, node.size, label, children=cells)
        nodes.append(node)
    root = nodes[0] if len(nodes) == 1 else _root(dataset, selection, nodes)
    return Icicle(root, _key(dataset, selection, "of_commune"))


def _node(name: str, members: object, text: Text, *, complete: bool = True) -> Node:
    n = or_none(members)
    return Node(name, float(n or 0), dashed(n, complete, text))


def _of_row(row: Record, text: Text) -> Node:
    """An organisation with the members of all under it."""
    return _node(row["name"], row["total_members"], text, complete=not row["lacking_members"])


def _of_province(rows: pd.DataFrame, marked: set[str], text: Text) -> list[Node]:
    """The committees of communes and others above grassroots organisations, with these where they are few;
    then the grassroots organisations that are under none of them."""
    superiors = rows[rows["level"] == "superior"]
    grassroots = rows[rows["level"].isin(["committee", "cell"])]
    direct = grassroots[~grassroots["parent_id"].isin(superiors["org_id"])]
    shown = grassroots if len(grassroots) <= _MOST_BOXES else grassroots.head(0)
    outside = superiors["area"] == schema.OUTSIDE
    groups = []
    for kind, of_kind in (
        ("communes", superiors[~outside]),
        ("others", superiors[outside]),
        ("rest", direct),
    ):
        nodes = [_superior(row, shown, marked, text) for row in records(of_kind)]
        complete = not of_kind["lacking_members"].any()
        groups += [_group(kind, nodes, text, complete=complete)] if nodes else []
    return groups


def _superior(row: Record, rows: pd.DataFrame, marked: set[str], text: Text) -> Node:
    """A committee above grassroots organisations, with these."""
    below = tuple(_cell(cell, text) for cell in records(rows[rows["parent_id"] == row["org_id"]]))
    node = _of_row(row, text)
    return replace(node, link=link(AREA, row["area"]), chosen=row["area"] in marked, children=below)


def _cell(row: Record, text: Text, *, chosen: bool = False) -> Node:
    return replace(_of_row(row, text), chosen=chosen)


def _with_admissions(row: Record, text: Text) -> Node:
    node = _of_row(row, text)
    admitted = text("structure.drawn.admitted", n=or_none(row["total_admitted"]))
    return replace(node, label=f"{node.label} · {admitted}", link=link("village", row["village_id"]))


def _root(dataset: Dataset, selection: Selection, children: Sequence[Node]) -> Node:
    members = measures.structure.counts(dataset, selection)["members"] or 0
    root = dataset.about.localized("root", selection.lang)
    name = root if selection.everything else selection.place(dataset)
    return Node(name, float(members), wording.headcount(dataset, selection), children=tuple(children))


def _group(kind: str, nodes: Sequence[Node], text: Text, *, complete: bool) -> Node:
    """Organisations of one kind; those that are too many to be drawn as one box."""
    size = sum(node.size for node in nodes)
    shown = tuple(nodes[:_MOST_BOXES])
    if left := nodes[_MOST_BOXES:]:
        rest = text("structure.drawn.rest", n=len(left))
        shown = (*shown, _node(rest, sum(node.size for node in left), text, complete=complete))
    known = complete or any(node.size for node in nodes)
    label = wording.members(int(size) if known else None, complete, text)
    return Node(text(f"structure.drawn.{kind}", n=len(nodes)), size, label, children=shown)


def _key(dataset: Dataset, selection: Selection, kind: str) -> str:
    """How to read it, and what is not reported."""
    text, of_commune = selection.text, kind == "of_commune"
    names = ("members", "admitted") if of_commune else ("members",)
    lacking = wording.incomplete(dataset, selection, *names)
    unreported = text("structure.drawn.unreported") if lacking and not of_commune else ""
    return " ".join(filter(None, (text(f"structure.drawn.{kind}"), lacking, unreported)))
