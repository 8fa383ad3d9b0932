"""The sheets of communes, villages and organisations → rows of their tables."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from typing import Any

import pandas as pd

from dashboard import schema
from dashboard.intake import names
from dashboard.intake.communes import communes_named, in_force
from dashboard.intake.names import Match, Named, Names
from dashboard.intake.rows import (
    PERIOD,
    UNREAD,
    Ids,
    Row,
    World,
    at_date,
    iso,
    table_rows,
    with_iso_dates,
)
from dashboard.intake.sheets import Entry, Filled


def communes(filled: Filled, world: World) -> list[Row]:
    """One row per commune of the sheet; the other sheets name communes by it."""
    ids = Ids(filled, "commune_id", world.communes.by_id)
    regions = dict(zip(world.base.communes["commune_id"], world.base.communes["region"], strict=True))
    rows = []
    for entry in filled.entries:
        kind = world.code(filled, "kind", entry)
        name = names.without_kind(entry.get("name"), kind)
        commune = entry.get("commune_id")
        known_id = "" if commune in world.communes.by_id else _known_commune(name, kind, world)
        if known_id and known_id not in ids.in_sheet:
            if commune:
                world.findings.add("id_changed", entry.place("commune_id"), commune)
            commune = known_id
        commune = ids.take(commune, name)
        # A sheet without the column says nothing of regions: those of the data stay.
        region = entry.get("region") if "region" in entry.places else regions.get(commune, "")
        rows.append({**entry.cells, "name": name, "commune_id": commune, "kind": kind, "region": region})
    in_sheet = {row["commune_id"] for row in rows}
    # One that the sheet leaves out is missing there, not on every sheet that names it.
    left_out = [row for row in world.base.communes.to_dict("records") if row["commune_id"] not in in_sheet]
    by_name = Names(communes_named([*rows, *left_out]), world.communes.all)
    unended = frozenset(cells["commune_id"] for cells in rows if not cells.get("valid_to"))
    for entry, cells in zip(filled.entries, rows, strict=True):
        if cell := cells.get("merged_into", ""):
            match = by_name.find(cell, prefer=unended - {cells["commune_id"]})
            cells["merged_into"] = world.id(match, "commune", entry, "merged_into")
    world.take_communes([*map(with_iso_dates, rows), *left_out], world.communes.all)
    return [Row(cells, entry.places) for entry, cells in zip(filled.entries, rows, strict=True)]


def _known_commune(name: str, kind: str, world: World) -> str:
    """The commune of that name and kind in the data."""
    frame = world.base.communes
    same_name = frame["name"].map(names.folded) == names.folded(name)
    matches = frame[same_name & (frame["kind"] == kind)]
    return str(matches["commune_id"].iloc[0]) if len(matches) == 1 else ""


def villages(filled: Filled, world: World) -> list[Row]:
    """One row per row of the sheet. A village without an id is the known one of its name, or new."""
    before = table_rows(schema.table("villages"), world.base.villages)
    current = {row["village_id"]: row for row in at_date(before, world.as_of)}
    ids = Ids(filled, "village_id", world.villages.by_id)
    rows, row_communes = [], []
    for entry in filled.entries:
        commune, village = world.commune(entry), entry.get("village_id")
        if village not in world.villages.by_id and (
            known_id := _known_village(entry, commune, world, ids.in_sheet)
        ):
            if village:
                world.findings.add("id_changed", entry.place("village_id"), village)
            village = known_id
        name = world.plain(entry.get("name"), village, commune)
        village = ids.take(village, f"{commune} {name}" if name else commune)
        row = current.get(village, {})
        kind, lies_in = world.code(filled, "kind", entry), _lies_in(entry, commune, row, world)
        converted = {"commune_id": lies_in, "village_id": village, "name": name, "kind": kind}
        cells = {**entry.cells, **converted}
        row_communes.append(commune)
        cells["rank"] = cells.get("rank") or row.get("rank", "")
        # A sheet without the columns says nothing of periods: those of the data stay.
        cells |= {name: row.get(name, "") for name in (*PERIOD, "merged_into") if name not in entry.places}
        rows.append(cells)
    first: dict[tuple[str, str], Entry] = {}
    for entry, cells in zip(filled.entries, rows, strict=True):
        # Two rows of one village with the same beginning: the name is the cell to mend.
        period = cells["village_id"], iso(cells["valid_from"])
        if period in first:
            world.named_twice(entry, "name", first[period])
        first.setdefault(period, entry)
    world.compare_total(filled, map(Row, rows), ("households", "population"))
    _known_from_now(rows, world)
    for entry, cells in zip(filled.entries, rows, strict=True):
        if entry.get("merged_into"):
            cells["merged_into"] = world.village(entry, cells["commune_id"], "merged_into")
    return [
        Row(cells, entry.places, commune)
        for entry, cells, commune in zip(filled.entries, rows, row_communes, strict=True)
    ]


def _known_village(entry: Entry, commune: str, world: World, in_sheet: set[str]) -> str:
    """The village in force of that name: one that has ended may have left its name to a new one. Of several
    none is taken, nor is a new one made."""
    if not entry.get("name") or not commune:
        return ""
    match = world.village_named(entry.get("name"), commune)
    if (
        match.several
        and not entry.get("village_id")
        and not in_sheet.issuperset(village.id for village in match.candidates)
    ):
        return world.id(match, "village", entry, "name")
    return match.id if match.id in world.villages_in_force - in_sheet else ""


def _lies_in(entry: Entry, commune: str, row: Mapping[str, str], world: World) -> str:
    """The commune of a village: as the data have it, where the row names one of either time of its period
    there; else, unless the period has ended, what counts for the named one at the date."""
    begins = iso(entry.get("valid_from")) if "valid_from" in entry.places else row.get("valid_from", "")
    if row and begins == row["valid_from"] and commune in world.villages.by_id[row["village_id"]].within:
        return row["commune_id"]
    return commune if entry.get("valid_to") else world.communes.area(commune)


def _known_from_now(rows: list[dict[str, str]], world: World) -> None:
    """The other sheets name the villages of this one, and those that it leaves out."""
    dated: list[dict[str, Any]] = [{**with_iso_dates(row)} for row in rows]
    in_sheet = {row["village_id"] for row in dated}
    left_out = [village for village in world.villages.all if village.id not in in_sheet]
    for row in dated:
        # What told them apart tells them apart on the other sheets, too.
        before = world.villages.by_id.get(row["village_id"])
        name_and_commune = row["name"], world.communes.area(row["commune_id"])
        if before and before.also and (before.name, before.within[0]) == name_and_commune:
            row |= {"mark": before.mark, "also": before.also}
    world.villages = Names([*world.villages_named(dated), *left_out], world.villages.all)
    world.villages_in_force = in_force(dated, world.as_of, "village_id") | (
        world.villages_in_force - in_sheet
    )


def organizations(filled: Filled, world: World) -> list[Row]:
    """One row per organisation of the sheet. Without an id it is the known one of its name, or new."""
    latest = _latest(world)
    communes = [world.commune(entry) for entry in filled.entries]
    villages = [
        world.village(entry, commune) for entry, commune in zip(filled.entries, communes, strict=True)
    ]
    ids = _organization_ids(filled, communes, villages, latest, world)
    before = dict(zip(latest["org_id"], latest["commune_id"], strict=True))
    labels = [entry.get("name") for entry in filled.entries]
    by_name = Names(
        map(Named, ids, labels, labels), map(Named, latest["org_id"], latest["name"], latest["name"])
    )
    rows = []
    for org_id, commune, village, entry in zip(ids, communes, villages, filled.entries, strict=True):
        # As the data have it, where the row names one of either time.
        unmoved = org_id in before and world.communes.same(commune, before[org_id])
        cells = {
            **entry.cells,
            "as_of": filled.as_of,
            "org_id": org_id,
            "level": world.code(filled, "level", entry),
            "category": world.code(filled, "category", entry),
            "commune_id": before[org_id] if unmoved else world.communes.area(commune),
            "village_id": village,
            "parent_id": _parent(entry, by_name, latest, world),
        }
        name = entry.place("name")
        id_place = entry.places.get("org_id", name)
        cell_places = {**entry.places, "org_id": id_place, "as_of": filled.as_of_place or name}
        rows.append(Row(cells, cell_places, commune))
    above = Counter(row.cells["parent_id"] for row in rows)
    leaves = [row for row in rows if not above[row.cells["org_id"]]]
    world.compare_total(filled, leaves, ("members", "admitted"))
    return rows


def _latest(world: World) -> pd.DataFrame:
    """The organisations at the date of the file, else at the one before, else at the last."""
    earlier = world.base.organizations
    dates = [day for day in world.base.dates if day <= world.as_of] or list(world.base.dates)
    return earlier[earlier["as_of"] == dates[-1]] if dates else earlier[:0]


def _organization_ids(
    filled: Filled, communes: list[str], villages: list[str], latest: pd.DataFrame, world: World
) -> list[str]:
    """The id of every row: as given, else of the known organisation of that name and commune, of several
    that of the same village, else new."""
    by_name: defaultdict[str, list[tuple[str, str, str]]] = defaultdict(list)
    columns = (latest[name] for name in ("name", "org_id", "commune_id", "village_id"))
    for name, *cells in zip(*columns, strict=True):
        by_name[names.folded(name)].append((cells[0], cells[1], cells[2]))
    existing = set(world.base.organizations["org_id"])
    ids = Ids(filled, "org_id", existing)
    result = []
    for entry, *place in zip(filled.entries, communes, villages, strict=True):
        alike = by_name.get(names.folded(entry.get("name")), [])
        alike = [candidate for candidate in alike if world.communes.same(place[0], candidate[1])]
        for column in (0, 1):
            alike = [candidate for candidate in alike if candidate[column + 1] == place[column]] or alike
        org_id, known_id = entry.get("org_id"), alike[0][0] if len(alike) == 1 else ""
        known_id = "" if known_id in ids.in_sheet else known_id
        if org_id and known_id and org_id not in existing:
            world.findings.add("id_changed", entry.place("org_id"), org_id)
            org_id = known_id
        result.append(ids.take(org_id or known_id, entry.get("name")))
    return result


def _parent(entry: Entry, by_name: Names, latest: pd.DataFrame, world: World) -> str:
    """The organisation above, by its name on the sheet; else in the data: the one above a commune need
    not be on its sheet."""
    cell = entry.get("parent_id")
    if not cell:
        return ""
    exact = by_name.called(cell) or latest.loc[latest["name"] == names.tidy(cell), "org_id"].to_list()
    match = Match(exact[0]) if len(exact) == 1 else by_name.find(cell)
    if len(exact) > 1 and match.id is None:
        world.findings.add("parent_many", entry.place("parent_id"), cell)
        return UNREAD + cell
    return world.id(match, "parent", entry, "parent_id")
