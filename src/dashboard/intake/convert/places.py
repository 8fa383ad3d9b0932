"""Villages and residential groups."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from dashboard import schema
from dashboard.intake.convert.rows import (
    UNREAD,
    Row,
    coded,
    compare_total,
    iso,
    looked_up,
    new_id,
    standing,
)
from dashboard.intake.convert.world import World, at_date, in_force, villages_named
from dashboard.intake.findings import Findings, place_name
from dashboard.intake.names import Match, Names
from dashboard.intake.sheets import Entry, Filled


def villages(filled: Filled, world: World, findings: Findings) -> list[Row]:
    """One row per row of the sheet. A village without an id is the known one of its name, or new."""
    known = {row["village_id"]: row for row in at_date(_standing(world), world.as_of)}
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
        stands = known.get(village, {})
        if not cells.get("rank"):
            cells["rank"] = stands.get("rank", "")
        # A sheet without the columns says nothing of periods: what stands there stays.
        cells |= {name: stands.get(name, "") for name in _PERIOD if name not in entry.places}
        rows.append(Row(cells, entry.places))
    _name_twice(filled, rows, findings)
    compare_total(filled, rows, ("households", "population"), findings)
    _known_from_now(rows, world)
    return [_merged(entry, row, world, findings) for entry, row in zip(filled.entries, rows, strict=True)]


_PERIOD = ("valid_from", "valid_to", "merged_into")


def _standing(world: World) -> list[Mapping[str, str]]:
    return [row.cells for row in standing(schema.table("villages"), world.base.villages)]


def _known_from_now(rows: list[Row], world: World) -> None:
    """The other sheets name the villages of this one, and those that it leaves out."""
    dated = [
        {**row.cells, "valid_from": iso(row.cells["valid_from"]), "valid_to": iso(row.cells["valid_to"])}
        for row in rows
    ]
    own = {row["village_id"] for row in dated}
    kept = [named for named in world.villages.things if named.id not in own]
    named = villages_named(at_date(dated, world.as_of))
    world.villages = Names([*named, *kept], world.villages.things)
    world.villages_in_force = in_force(dated, world.as_of, "village_id") | (world.villages_in_force - own)


def _merged(entry: Entry, row: Row, world: World, findings: Findings) -> Row:
    """The row with the id of what the village was merged into, where the sheet names it."""
    if not entry.cells.get("merged_into"):
        return row
    into = village_of(entry, row.cells["commune_id"], world, findings, "merged_into")
    return Row({**row.cells, "merged_into": into}, row.places)


def commune_of(entry: Entry, world: World, findings: Findings) -> str:
    """The id of the commune that a row names; "" where it names none."""
    written = entry.cells.get("commune_id", "")
    if not written:
        return ""
    match = world.communes.find(written, prefer=world.in_force)
    return looked_up(match, "commune", entry.place("commune_id"), written, findings)


def village_of(
    entry: Entry, commune: str, world: World, findings: Findings, field: str = "village_id"
) -> str:
    """The id of the village that a cell of a row names, looked for in the row's commune. Of several of one
    name it is the one in force."""
    written = entry.cells.get(field, "")
    if not written:
        return ""
    if commune.startswith(UNREAD):
        return commune  # of a commune that is not known, no village can be
    match = world.villages.find(written, within=commune or None, prefer=world.villages_in_force)
    if match.id is None and written in world.villages.by_id:
        return written
    if match.id is None and commune:
        elsewhere = _elsewhere(written, commune, world)
        match = match if match.alike or not elsewhere else Match(None, elsewhere)
    return looked_up(match, "village", entry.place(field), written, findings)


def _elsewhere(written: str, commune: str, world: World) -> tuple[str, ...]:
    """What the commune has, where the name is not alike any: a short list helps to see the mistake."""
    own = [named.label for named in world.villages.things if named.within == commune]
    return tuple(own) if len(own) <= 12 else ()


def _known(entry: Entry, commune: str, world: World, given: set[str]) -> str:
    """The village in force of that name: one that has ended may have left its name to a new one."""
    name = entry.cells.get("name", "")
    match = world.villages.find(name, within=commune, prefer=world.villages_in_force) if name else Match(None)
    return match.id if match.id in world.villages_in_force - given else ""


def _name_twice(filled: Filled, rows: list[Row], findings: Findings) -> None:
    """Two rows of one village that begin alike: the name is the cell to mend."""
    begins = [(row.cells["village_id"], iso(row.cells["valid_from"])) for row in rows]
    many = Counter(begins)
    first: dict[tuple[str, str], Entry] = {}
    for entry, village in zip(filled.entries, begins, strict=True):
        if many[village] > 1 and village in first:
            at = first[village].place("name")
            findings.add("row_twice", entry.place("name"), entry.cells.get("name", ""), first=place_name(at))
        first.setdefault(village, entry)
