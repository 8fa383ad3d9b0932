"""The sheets of communes, villages and organisations → rows of their tables."""

from __future__ import annotations

from collections import Counter, defaultdict

import pandas as pd

from dashboard import schema
from dashboard.intake import names
from dashboard.intake.names import Match, Named, Names
from dashboard.intake.rows import (
    PERIOD,
    UNREAD,
    Ids,
    Row,
    World,
    at_date,
    communes_named,
    in_force,
    iso,
    table_rows,
    villages_named,
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
        commune = entry.get("commune_id") or _known_commune(entry, kind, world)
        commune = ids.take(commune, entry.get("name"))
        # A sheet without the column says nothing of regions: those of the data stay.
        region = entry.get("region") if "region" in entry.places else regions.get(commune, "")
        rows.append({**entry.cells, "commune_id": commune, "kind": kind, "region": region})
    world.communes = Names(communes_named(rows), world.communes.things)
    world.communes_in_force = in_force(map(with_iso_dates, rows), world.as_of)
    unended = frozenset(cells["commune_id"] for cells in rows if not cells.get("valid_to"))
    for entry, cells in zip(filled.entries, rows, strict=True):
        if written := cells.get("merged_into", ""):
            match = world.communes.find(written, prefer=unended - {cells["commune_id"]})
            cells["merged_into"] = world.id(match, "commune", entry, "merged_into")
    return [Row(cells, entry.places) for entry, cells in zip(filled.entries, rows, strict=True)]


def _known_commune(entry: Entry, kind: str, world: World) -> str:
    """The commune of that name and kind in the data."""
    frame = world.base.communes
    same_name = frame["name"].map(names.folded) == names.folded(entry.get("name"))
    same = frame[same_name & (frame["kind"] == kind)]
    return str(same["commune_id"].iloc[0]) if len(same) == 1 else ""


def villages(filled: Filled, world: World) -> list[Row]:
    """One row per row of the sheet. A village without an id is the known one of its name, or new."""
    before = table_rows(schema.table("villages"), world.base.villages)
    known = {row["village_id"]: row for row in at_date(before, world.as_of)}
    ids = Ids(filled, "village_id", world.villages.by_id)
    rows = []
    for entry in filled.entries:
        commune, name = world.commune(entry), entry.get("name")
        village = entry.get("village_id") or _known_village(name, commune, world, ids.given)
        village = ids.take(village, f"{commune} {name}" if name else commune)
        kind = world.code(filled, "kind", entry)
        cells = {**entry.cells, "commune_id": commune, "village_id": village, "kind": kind}
        row = known.get(village, {})
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
    return [Row(cells, entry.places) for entry, cells in zip(filled.entries, rows, strict=True)]


def _known_village(name: str, commune: str, world: World, given: set[str]) -> str:
    """The village in force of that name: one that has ended may have left its name to a new one."""
    if not name:
        return ""
    match = world.villages.find(name, within=commune, prefer=world.villages_in_force)
    return match.id if match.id in world.villages_in_force - given else ""


def _known_from_now(rows: list[dict[str, str]], world: World) -> None:
    """The other sheets name the villages of this one, and those that it leaves out."""
    dated = [with_iso_dates(row) for row in rows]
    own = {row["village_id"] for row in dated}
    others = [named for named in world.villages.things if named.id not in own]
    named = villages_named(at_date(dated, world.as_of))
    world.villages = Names([*named, *others], world.villages.things)
    world.villages_in_force = in_force(dated, world.as_of, "village_id") | (world.villages_in_force - own)


def organizations(filled: Filled, world: World) -> list[Row]:
    """One row per organisation of the sheet. Without an id it is the known one of its name, or new."""
    latest = _latest(world)
    communes = [world.commune(entry) for entry in filled.entries]
    ids = _organization_ids(filled, communes, latest, world)
    labels = [entry.get("name") for entry in filled.entries]
    known = Names(
        map(Named, ids, labels, labels), map(Named, latest["org_id"], latest["name"], latest["name"])
    )
    rows = []
    for own, commune, entry in zip(ids, communes, filled.entries, strict=True):
        cells = {
            **entry.cells,
            "as_of": filled.as_of,
            "org_id": own,
            "level": world.code(filled, "level", entry),
            "category": world.code(filled, "category", entry),
            "commune_id": commune,
            "village_id": world.village(entry, commune),
            "parent_id": _parent(entry, known, world),
        }
        name = entry.place("name")
        own_place = entry.places.get("org_id", name)
        rows.append(Row(cells, {**entry.places, "org_id": own_place, "as_of": filled.as_of_place or name}))
    above = Counter(row.cells["parent_id"] for row in rows)
    leaves = [row for row in rows if not above[row.cells["org_id"]]]
    world.compare_total(filled, leaves, ("members", "admitted"))
    return rows


def _latest(world: World) -> pd.DataFrame:
    """The organisations at the date of the file, else at the one before, else at the last."""
    earlier = world.base.organizations
    dates = [day for day in world.base.dates if day <= world.as_of] or list(world.base.dates)
    return earlier[earlier["as_of"] == dates[-1]] if dates else earlier[:0]


def _organization_ids(filled: Filled, communes: list[str], latest: pd.DataFrame, world: World) -> list[str]:
    """The id of every row: as given, else of the known organisation of that name and commune, else new."""
    by_name: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for own, name, commune in zip(latest["org_id"], latest["name"], latest["commune_id"], strict=True):
        by_name[names.folded(name), commune].append(own)
    ids = Ids(filled, "org_id", world.base.organizations["org_id"])
    result = []
    for entry, commune in zip(filled.entries, communes, strict=True):
        same = by_name.get((names.folded(entry.get("name")), commune), [])
        known = same[0] if len(same) == 1 and same[0] not in ids.given else ""
        result.append(ids.take(entry.get("org_id") or known, entry.get("name")))
    return result


def _parent(entry: Entry, known: Names, world: World) -> str:
    written = entry.get("parent_id")
    if not written:
        return ""
    exact = known.called(written)
    match = Match(exact[0]) if len(exact) == 1 else known.find(written)
    if len(exact) > 1 and match.id is None:
        world.findings.add("parent_many", entry.place("parent_id"), written, ids=", ".join(exact[:5]))
        return UNREAD + written
    return world.id(match, "parent", entry, "parent_id")
