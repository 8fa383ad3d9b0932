"""The administrator's sheets: communes, goals, published figures."""

from __future__ import annotations

from dashboard.intake import names
from dashboard.intake.convert.rows import Row, coded, iso, looked_up, new_id
from dashboard.intake.convert.world import World, communes_named, in_force
from dashboard.intake.findings import Findings
from dashboard.intake.names import Names
from dashboard.intake.sheets import Entry, Filled


def communes(filled: Filled, world: World, findings: Findings) -> list[Row]:
    """One row per commune of the sheet; the other sheets name communes by it."""
    taken = {entry.cells.get("commune_id", "") for entry in filled.entries} | set(world.communes.by_id)
    prepared = []
    regions = dict(zip(world.base.communes["commune_id"], world.base.communes["region"], strict=True))
    for entry in filled.entries:
        kind = coded(filled.form, "kind", entry, findings)
        own = entry.cells.get("commune_id", "") or _known(entry, kind, world)
        own = own or new_id(entry.cells.get("name", ""), taken)
        taken.add(own)
        # A sheet without the column says nothing of regions: what stands there stays.
        region = entry.cells["region"] if "region" in entry.places else regions.get(own, "")
        prepared.append((entry, {**entry.cells, "commune_id": own, "kind": kind, "region": region}))
    known = communes_named(cells for _, cells in prepared)
    by_name = Names(known, world.communes.things)
    world.communes = by_name
    world.in_force = in_force(_dated(prepared), world.as_of)
    rows = []
    for entry, cells in prepared:
        if written := cells.get("merged_into", ""):
            later = frozenset(by_name.by_id) - {cells["commune_id"]}
            match = by_name.find(written, prefer=later & _unended(prepared))
            place = entry.place("merged_into")
            cells["merged_into"] = looked_up(match, "commune", place, written, findings)
        rows.append(Row(cells, entry.places))
    return rows


def _known(entry: Entry, kind: str, world: World) -> str:
    """The commune of that name, kind and beginning that stands in the data."""
    frame = world.base.communes
    alike = frame[
        (frame["name"].map(names.folded) == names.folded(entry.cells.get("name", "")))
        & (frame["kind"] == kind)
    ]
    return str(alike["commune_id"].iloc[0]) if len(alike) == 1 else ""


def _dated(prepared: list[tuple[Entry, dict[str, str]]]) -> list[dict[str, str]]:
    """The communes with dates as ISO text."""
    return [
        {**cells, "valid_from": iso(cells.get("valid_from", "")), "valid_to": iso(cells.get("valid_to", ""))}
        for _, cells in prepared
    ]


def _unended(prepared: list[tuple[Entry, dict[str, str]]]) -> frozenset[str]:
    return frozenset(cells["commune_id"] for _, cells in prepared if not cells.get("valid_to"))


def goals(filled: Filled, world: World, findings: Findings) -> list[Row]:
    """One row per goal."""
    taken = set(world.base.goals["goal_id"])
    rows = _with_ids(filled, "goal_id", "name_en", taken)
    return [
        Row({**row.cells, "operator": coded(filled.form, "operator", entry, findings)}, row.places)
        for row, entry in zip(rows, filled.entries, strict=True)
    ]


def published(filled: Filled, world: World, findings: Findings) -> list[Row]:
    """One row per published figure."""
    return _with_ids(filled, "figure_id", "measure", set(world.base.published["figure_id"]))


def _with_ids(filled: Filled, key: str, named: str, taken: set[str]) -> list[Row]:
    taken |= {entry.cells.get(key, "") for entry in filled.entries}
    rows = []
    for entry in filled.entries:
        own = entry.cells.get(key, "") or new_id(entry.cells.get(named, ""), taken)
        taken.add(own)
        rows.append(Row({**entry.cells, key: own}, entry.places))
    return rows
