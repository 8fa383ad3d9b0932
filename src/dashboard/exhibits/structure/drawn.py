"""The organisation as charts: what is under what, what each commune has, and the as-of dates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import pandas as pd

from dashboard import measures, schema
from dashboard.charts import MOST_MARKS
from dashboard.charts.model import BarRow, Bars, Icicle, Label, Node, Segment, Status
from dashboard.dataset import Dataset, Selection, areas
from dashboard.exhibits import empty, orders, peers
from dashboard.exhibits.goals.wording import records
from dashboard.exhibits.names import AREA, area_names, opening
from dashboard.exhibits.structure import wording
from dashboard.text import Text

# More organisations than these are one box with how many they are.
_MOST_BOXES = 180
# Committees that are drawn with their cells: more are boxes beside each other.
_MOST_ROWS = 26
# Bars of one chart, besides those of what is chosen.
_MOST_BARS = 40


def icicle(dataset: Dataset, selection: Selection) -> Icicle | None:
    """What is under what: of one commune its organisations, else all organisations by kind with what is
    chosen marked, or where these are too many regions with their communes; None without organisations."""
    if selection.only is not None:
        return _of_commune(dataset, selection)
    # The district bodies are no commune: alone they have no peers.
    among = selection if empty.outside_only(selection) else peers.among(dataset, selection)
    if among.by_region:
        return _of_regions(dataset, among)
    rows = measures.structure.selected(dataset, among)
    if rows.empty:
        return None
    text = selection.text
    mark = _marks(among, selection)
    groups = []
    committees = measures.structure.committees(dataset, among)
    silent = set(rows.loc[rows["missing_members"], "committee"])
    inside = rows[rows["committee"].isin(committees["org_id"]) & (rows["level"] != "committee")]
    below = {org: records(found) for org, found in inside[inside["childless"]].groupby("committee")}
    links = opening(AREA, committees["area"])
    heads = [
        Node(
            row["name"],
            float(wording.or_none(row["members"]) or 0),
            _persons(wording.or_none(row["members"]), row["org_id"] not in silent, text),
            link,
            row["area"] in mark,
            tuple(_cell(cell, text) for cell in below.get(row["org_id"], [])),
        )
        for row, link in zip(records(committees), links, strict=True)
    ]
    if len(heads) > _MOST_ROWS or len(rows) > MOST_MARKS:
        heads = [replace(one, children=()) for one in heads]
    outside = committees["area"] == schema.OUTSIDE
    cells = rows[rows["level"] == "cell"]
    single = [_cell(cell, text, chosen=cell["area"] in mark) for cell in records(cells)]
    missing = rows["missing_members"]
    for kind, nodes, complete in (
        ("communes", [one for one, out in zip(heads, outside, strict=True) if not out], ~outside),
        ("others", [one for one, out in zip(heads, outside, strict=True) if out], outside),
    ):
        whole = not silent.intersection(committees.loc[complete, "org_id"])
        groups += [_group(kind, nodes, text, complete=whole)] if nodes else []
    if single:
        groups.append(_group("cells", single, text, complete=not missing[cells.index].any()))
    sized = any(one.children for one in heads)
    return Icicle(_root(dataset, among, groups), _key(dataset, among, text, sized=sized))


def _marks(among: Selection, selection: Selection) -> set[str]:
    """The areas to be marked among the others; none where all are chosen."""
    return set() if among.communes == selection.communes else set(selection.communes)


def _root(dataset: Dataset, selection: Selection, children: Sequence[Node]) -> Node:
    text = selection.text
    members = measures.structure.counts(dataset, selection)["members"]
    complete = wording.total(dataset, selection, "members").complete
    name = dataset.about.said("root", text.lang) if selection.everything else selection.place(dataset)
    return Node(name, float(members or 0), wording.members(members, complete, text), children=tuple(children))


def _group(kind: str, nodes: Sequence[Node], text: Text, *, complete: bool) -> Node:
    """Organisations of one kind; those that are too many to be drawn as one box."""
    size = sum(one.size for one in nodes)
    shown = tuple(nodes[:_MOST_BOXES])
    if left := nodes[_MOST_BOXES:]:
        many = sum(one.size for one in left)
        rest = text("structure.drawn.rest", n=len(left))
        shown = (*shown, Node(rest, many, _persons(int(many), complete, text)))
    says = wording.members(int(size), complete, text)
    return Node(text(f"structure.drawn.{kind}", n=len(nodes)), size, says, children=shown)


def _cell(row: dict[str, Any], text: Text, *, chosen: bool = False) -> Node:
    members = wording.or_none(row["total_members"])
    return Node(row["name"], float(members or 0), _persons(members, True, text), chosen=chosen)


def _persons(members: int | None, complete: bool, text: Text) -> str:
    """ "156", "ít nhất 140"; "–" where nobody reports."""
    return "–" if members is None else wording.persons(members, complete, text)


def _key(dataset: Dataset, selection: Selection, text: Text, *, sized: bool) -> str:
    """How to read it: whether the boxes are `sized`, and what is not reported."""
    lacking = wording.incomplete(dataset, selection, "members")
    how = text(f"structure.drawn.{'key' if sized else 'boxes'}")
    said = [how, lacking, text("structure.drawn.unreported") if lacking else ""]
    return " ".join(part for part in said if part)


def _of_regions(dataset: Dataset, among: Selection) -> Icicle | None:
    """Regions, and their communes where all of them can be drawn."""
    text = among.text
    names = area_names(dataset, among) | {schema.OUTSIDE: text("code.outside_short")}
    rows = records(measures.structure.by_commune(dataset, among))
    plain = measures.structure.by_commune(dataset, replace(among, by_region=False))
    inside = areas.regions(dataset, among.as_of, among.boundaries)
    of = {commune: region for region, communes in inside.items() for commune in communes}
    below: dict[str, list[Node]] = {}
    if len(plain) <= _MOST_BOXES:
        for row in records(plain):
            below.setdefault(of.get(row["area"], ""), []).append(_area(row, names, text))
    nodes = [_area(row, names, text, below.get(row["area"], [])) for row in rows]
    if not nodes:
        return None
    return Icicle(_root(dataset, among, nodes), _key(dataset, among, text, sized=False))


def _area(row: dict[str, Any], names: dict[str, str], text: Text, below: Sequence[Node] = ()) -> Node:
    """A commune, a region, or the district bodies. `row` of `measures.structure.by_commune`."""
    members = wording.or_none(row["members"])
    return Node(
        names[row["area"]],
        float(members or 0),
        _persons(members, not row["members_missing"], text),
        opening(AREA, [row["area"]])[0],
        children=tuple(below),
    )


def _of_commune(dataset: Dataset, selection: Selection) -> Icicle | None:
    """The organisations of one commune, its cells by name with members and admissions."""
    text = selection.text
    rows = measures.structure.selected(dataset, selection)
    if rows.empty:
        return None
    tops = rows[~rows["parent_id"].isin(rows["org_id"])]
    leaves = rows[rows["childless"]]
    nodes = []
    for top in records(tops):
        inside = leaves[(leaves["committee"] == top["org_id"]) & (leaves["org_id"] != top["org_id"])]
        silent = bool(rows.loc[rows["committee"] == top["org_id"], "missing_members"].any())
        members = wording.or_none(top["total_members"])
        cells = tuple(_with_admissions(cell, text) for cell in records(inside))
        if cells:
            says = wording.members(members, not silent, text)
            nodes.append(Node(top["name"], float(members or 0), says, children=cells))
        else:
            nodes.append(_with_admissions(top, text))
    root = nodes[0] if len(nodes) == 1 else _root(dataset, selection, nodes)
    lacking = wording.incomplete(dataset, selection, "members", "admitted")
    return Icicle(root, f"{text('structure.drawn.of_commune')} {lacking}".strip())


def _with_admissions(row: dict[str, Any], text: Text) -> Node:
    members, admitted = (wording.or_none(row[f"total_{name}"]) for name in ("members", "admitted"))
    says = f"{_persons(members, True, text)} · {text('structure.drawn.admitted', n=admitted)}"
    link = opening("village", [row["village_id"]])[0] if row["village_id"] else ""
    return Node(row["name"], float(members or 0), says, link)


def bars(dataset: Dataset, selection: Selection) -> Bars | None:
    """Members and admissions of every commune, what is chosen marked, the district bodies in grey; or by
    region. None where nothing is reported."""
    text = selection.text
    among = peers.among(dataset, selection)
    rows = records(measures.structure.by_commune(dataset, among))
    if not any(pd.notna(row["members"]) for row in rows):
        return None
    names = area_names(dataset, among) | {schema.OUTSIDE: text("code.outside_short")}
    mark = _marks(among, selection)
    links = opening("commune", [row["area"] for row in rows])
    drawn = tuple(
        BarRow(
            names[row["area"]],
            (Segment(_kind(row), float(wording.or_none(row["members"]) or 0)),),
            _label(row, "members", text),
            link,
            row["area"] in mark,
            Segment(_kind(row), float(wording.or_none(row["admitted"]) or 0)),
            _label(row, "admitted", text),
        )
        for row, link in zip(rows, links, strict=True)
    )
    shown = [one for n, one in enumerate(drawn) if n < _MOST_BARS or one.chosen]
    heads = (text("count.members"), text("count.admitted"))
    key = text("structure.drawn.first", n=len(shown), all=len(drawn)) if len(shown) < len(drawn) else ""
    most = {
        name: [-(bar.value if bar is not None else 0.0) for bar in bars]
        for name, bars in (
            ("members", [one.segments[0] for one in shown]),
            ("admitted", [one.beside for one in shown]),
        )
    }
    by = orders.orders(text, "official", **most)
    return Bars(tuple(shown), whole=_whole(dataset, among), key=key, heads=heads, orders=by)


def _kind(row: dict[str, Any]) -> str:
    return "outside" if row["area"] == schema.OUTSIDE else "value"


def _label(row: dict[str, Any], name: str, text: Text) -> Label:
    n, missing = wording.or_none(row[name]), row[f"{name}_missing"]
    said = text("goals.brief.unreported", n=missing) if missing else ""
    return Label(_persons(n, True, text), status="none" if n is not None else "no_data", unreported=said)


def _whole(dataset: Dataset, among: Selection) -> BarRow:
    text = among.text
    counts = measures.structure.counts(dataset, among)
    said = [
        Label(_persons(counts[name], wording.total(dataset, among, name).complete, text))
        for name in ("members", "admitted")
    ]
    name = text("chart.whole") if among.everything else among.place(dataset)
    return BarRow(name, (), said[0], beside_label=said[1])


def cells(rows: pd.DataFrame, text: Text) -> Bars:
    """One bar per organisation of `rows` (as of `measures.structure.selected`), of its members."""
    drawn = []
    for row in records(rows):
        n = wording.or_none(row["total_members"])
        said = Label(text.number(n)) if n is not None else Label("–", status="no_data")
        drawn.append(BarRow(row["name"], (Segment("value", float(n or 0)),), said))
    return Bars(tuple(drawn))


def dates(dataset: Dataset, selection: Selection, measure: str) -> Bars | None:
    """A figure at each as-of date, with its change where it and the date before are complete."""
    text = selection.text
    rows = records(measures.structure.over_time(dataset, selection))
    if not any(pd.notna(row[measure]) for row in rows):
        return None
    found = []
    before = None
    for row in rows:
        n, missing = wording.or_none(row[measure]), row[f"{measure}_missing"]
        change = text.change(n - before) if n is not None and before is not None and not missing else ""
        lacking = text("goals.brief.unreported", n=missing) if missing else ""
        status: Status = "none" if n is not None else "no_data"
        label = Label(_persons(n, True, text), status=status, says=change, unreported=lacking)
        found.append(BarRow(text.date(row["as_of"]), (Segment("value", float(n or 0)),), label))
        before = None if missing else n
    return Bars(tuple(found), over_dates=True)
