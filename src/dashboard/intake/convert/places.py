"""Villages and residential groups."""

from __future__ import annotations

from collections import Counter

from dashboard import schema
from dashboard.intake.convert.rows import UNREAD, Row, coded, compare_total, looked_up, new_id, standing
from dashboard.intake.convert.world import World, villages_named
from dashboard.intake.findings import Findings, place_name
from dashboard.intake.names import Match, Names
from dashboard.intake.sheets import Entry, Filled


def villages(filled: Filled, world: World, findings: Findings) -> list[Row]:
    """One row per village of the sheet. A village without an id is the known one of its name, or new."""
    ranks = {row.cells["village_id"]: row.cells["rank"] for row in _standing(world)}
    given = {entry.cells.get("village_id", "") for entry in filled.entries}
    taken = set(world.villages.by_id) | given
    rows = []
    for entry in filled.entries:
        commune = commune_of(entry, world, findings)
        village = entry.cells.get("village_id", "") or _known(entry, commune, world, given)
        if not village:
            village = new_id(
                f"{commune} {entry.cells['name']}" if entry.cells.get("name") else commune, taken
            )
        taken.add(village)
        cells = {**entry.cells, "commune_id": commune, "village_id": village}
        cells["kind"] = coded(filled.form, "kind", entry, findings)
        if not cells.get("rank"):
            cells["rank"] = ranks.get(village, "")
        rows.append(Row(cells, entry.places))
    _name_twice(filled, rows, findings)
    compare_total(filled, rows, ("households", "population"), findings)
    own = {row.cells["village_id"] for row in rows}
    kept = [named for named in world.villages.things if named.id not in own]
    world.villages = Names([*villages_named(row.cells for row in rows), *kept], world.villages.things)
    return rows


def _standing(world: World) -> list[Row]:
    return standing(schema.table("villages"), world.base.villages)


def commune_of(entry: Entry, world: World, findings: Findings) -> str:
    """The id of the commune that a row names; "" where it names none."""
    written = entry.cells.get("commune_id", "")
    if not written:
        return ""
    match = world.communes.find(written, prefer=world.in_force)
    return looked_up(match, "commune", entry.place("commune_id"), written, findings)


def village_of(entry: Entry, commune: str, world: World, findings: Findings) -> str:
    """The id of the village that a row names, looked for in the row's commune."""
    written = entry.cells.get("village_id", "")
    if not written:
        return ""
    if commune.startswith(UNREAD):
        return commune  # of a commune that is not known, no village can be
    match = world.villages.find(written, within=commune or None)
    if match.id is None and written in world.villages.by_id:
        return written
    if match.id is None and commune:
        elsewhere = _elsewhere(written, commune, world)
        match = match if match.alike or not elsewhere else Match(None, elsewhere)
    return looked_up(match, "village", entry.place("village_id"), written, findings)


def _elsewhere(written: str, commune: str, world: World) -> tuple[str, ...]:
    """What the commune has, where the name is not alike any: a short list helps to see the mistake."""
    own = [named.label for named in world.villages.things if named.within == commune]
    return tuple(own) if len(own) <= 12 else ()


def _known(entry: Entry, commune: str, world: World, given: set[str]) -> str:
    name = entry.cells.get("name", "")
    match = world.villages.find(name, within=commune) if name else Match(None)
    return match.id if match.id and match.id not in given else ""


def _name_twice(filled: Filled, rows: list[Row], findings: Findings) -> None:
    """Two rows of one village: the name is the cell to mend."""
    many = Counter(row.cells["village_id"] for row in rows)
    first: dict[str, Entry] = {}
    for entry, row in zip(filled.entries, rows, strict=True):
        village = row.cells["village_id"]
        if many[village] > 1 and village in first:
            at = first[village].place("name")
            findings.add("row_twice", entry.place("name"), entry.cells.get("name", ""), first=place_name(at))
        first.setdefault(village, entry)
