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
        same = "" if commune in world.communes.by_id else _known_commune(name, kind, world)
        if same and same not in ids.given:
            if commune:
                world.findings.add("id_changed", entry.place("commune_id"), commune)
            commune = same
        commune = ids.take(commune, name)
        # A sheet without the column says nothing of regions: those of the data stay.
        region = entry.get("region") if "region" in entry.places else regions.get(commune, "")
        rows.append({**entry.cells, "name": name, "commune_id": commune, "kind": kind, "region": region})
    own = {row["commune_id"] for row in rows}
    # One that the sheet leaves out is missing there, not on every sheet that names it.
    left_out = [row for row in world.base.communes.to_dict("records") if row["commune_id"] not in own]
    known = Names(communes_named([*rows, *left_out]), world.communes.things)
    unended = frozenset(cells["commune_id"] for cells in rows if not cells.get("valid_to"))
    for entry, cells in zip(filled.entries, rows, strict=True):
        if written := cells.get("merged_into", ""):
            match = known.find(written, prefer=unended - {cells["commune_id"]})
            cells["merged_into"] = world.id(match, "commune", entry, "merged_into")
    world.take_communes([*map(with_iso_dates, rows), *left_out], world.communes.things)
    return [Row(cells, entry.places) for entry, cells in zip(filled.entries, rows, strict=True)]


def _known_commune(name: str, kind: str, world: World) -> str:
    """The commune of that name and kind in the data."""
    frame = world.base.communes
    same_name = frame["name"].map(names.folded) == names.folded(name)
    same = frame[same_name & (frame["kind"] == kind)]
    return str(same["commune_id"].iloc[0]) if len(same) == 1 else ""


def villages(filled: Filled, world: World) -> list[Row]:
    """One row per row of the sheet. A village without an id is the known one of its name, or new."""
    before = table_rows(schema.table("villages"), world.base.villages)
    known = {row["village_id"]: row for row in at_date(before, world.as_of)}
    ids = Ids(filled, "village_id", world.villages.by_id)
    rows, named = [], []
    for entry in filled.entries:
        commune, village = world.commune(entry), entry.get("village_id")
        if village not in world.villages.by_id and (same := _known_village(entry, commune, world, ids.given)):
            if village:
                world.findings.add("id_changed", entry.place("village_id"), village)
            village = same
        name = world.plain(entry.get("name"), village, commune)
        village = ids.take(village, f"{commune} {name}" if name else commune)
        row = known.get(village, {})
        kind, lies_in = world.code(filled, "kind", entry), _lies_in(entry, commune, row, world)
        own = {"commune_id": lies_in, "village_id": village, "name": name, "kind": kind}
        cells = {**entry.cells, **own}
        named.append(commune)
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
        for entry, cells, commune in zip(filled.entries, rows, named, strict=True)
    ]


def _known_village(entry: Entry, commune: str, world: World, given: set[str]) -> str:
    """The village in force of that name: one that has ended may have left its name to a new one. Of several
    none is taken, nor is a new one made."""
    if not entry.get("name") or not commune:
        return ""
    match = world.village_named(entry.get("name"), commune)
    if match.several and not entry.get("village_id") and not given.issuperset(one.id for one in match.meant):
        return world.id(match, "village", entry, "name")
    return match.id if match.id in world.villages_in_force - given else ""


def _lies_in(entry: Entry, commune: str, known: Mapping[str, str], world: World) -> str:
    """The commune of a village: as the data have it, where the row names one of either time of its period
    there; else, unless the period has ended, what counts for the named one at the date."""
    begins = iso(entry.get("valid_from")) if "valid_from" in entry.places else known.get("valid_from", "")
    if (
        known
        and begins == known["valid_from"]
        and commune in world.villages.by_id[known["village_id"]].within
    ):
        return known["commune_id"]
    return commune if entry.get("valid_to") else world.communes.area(commune)


def _known_from_now(rows: list[dict[str, str]], world: World) -> None:
    """The other sheets name the villages of this one, and those that it leaves out."""
    dated: list[dict[str, Any]] = [{**with_iso_dates(row)} for row in rows]
    own = {row["village_id"] for row in dated}
    others = [named for named in world.villages.things if named.id not in own]
    for row in dated:
        # What told them apart tells them apart on the other sheets, too.
        known = world.villages.by_id.get(row["village_id"])
        here = row["name"], world.communes.area(row["commune_id"])
        if known and known.also and (known.name, known.within[0]) == here:
            row |= {"mark": known.mark, "also": known.also}
    world.villages = Names([*world.villages_named(dated), *others], world.villages.things)
    world.villages_in_force = in_force(dated, world.as_of, "village_id") | (world.villages_in_force - own)


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
    known = Names(
        map(Named, ids, labels, labels), map(Named, latest["org_id"], latest["name"], latest["name"])
    )
    rows = []
    for own, commune, village, entry in zip(ids, communes, villages, filled.entries, strict=True):
        # As the data have it, where the row names one of either time.
        same = own in before and world.communes.same(commune, before[own])
        cells = {
            **entry.cells,
            "as_of": filled.as_of,
            "org_id": own,
            "level": world.code(filled, "level", entry),
            "category": world.code(filled, "category", entry),
            "commune_id": before[own] if same else world.communes.area(commune),
            "village_id": village,
            "parent_id": _parent(entry, known, latest, world),
        }
        name = entry.place("name")
        own_place = entry.places.get("org_id", name)
        own_places = {**entry.places, "org_id": own_place, "as_of": filled.as_of_place or name}
        rows.append(Row(cells, own_places, commune))
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
    for name, *known in zip(*columns, strict=True):
        by_name[names.folded(name)].append((known[0], known[1], known[2]))
    existing = set(world.base.organizations["org_id"])
    ids = Ids(filled, "org_id", existing)
    result = []
    for entry, *place in zip(filled.entries, communes, villages, strict=True):
        alike = by_name.get(names.folded(entry.get("name")), [])
        alike = [one for one in alike if world.communes.same(place[0], one[1])]
        for at in (0, 1):
            alike = [one for one in alike if one[at + 1] == place[at]] or alike
        own, same = entry.get("org_id"), alike[0][0] if len(alike) == 1 else ""
        same = "" if same in ids.given else same
        if own and same and own not in existing:
            world.findings.add("id_changed", entry.place("org_id"), own)
            own = same
        result.append(ids.take(own or same, entry.get("name")))
    return result


def _parent(entry: Entry, known: Names, latest: pd.DataFrame, world: World) -> str:
    """The organisation above, by its name on the sheet; else in the data: whom a commune stands under need
    not be on its sheet."""
    written = entry.get("parent_id")
    if not written:
        return ""
    exact = known.called(written) or latest.loc[latest["name"] == names.tidy(written), "org_id"].to_list()
    match = Match(exact[0]) if len(exact) == 1 else known.find(written)
    if len(exact) > 1 and match.id is None:
        world.findings.add("parent_many", entry.place("parent_id"), written)
        return UNREAD + written
    return world.id(match, "parent", entry, "parent_id")
