"""Villages, and organisations at the as-of date of the file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import pandas as pd

from dashboard import schema
from dashboard.intake import names
from dashboard.intake.findings import Findings
from dashboard.intake.names import Match, Named, Names
from dashboard.intake.rows import (
    PERIOD,
    UNREAD,
    Row,
    World,
    at_date,
    coded,
    compare_total,
    in_force,
    iso,
    looked_up,
    named_twice,
    new_id,
    standing,
    villages_named,
    with_iso_dates,
)
from dashboard.intake.sheets import Entry, Filled


def villages(filled: Filled, world: World, findings: Findings) -> list[Row]:
    """One row per row of the sheet. A village without an id is the known one of its name, or new."""
    rows_before = (row.cells for row in standing(schema.table("villages"), world.base.villages))
    known = {row["village_id"]: row for row in at_date(rows_before, world.as_of)}
    given = {entry.cells.get("village_id", "") for entry in filled.entries}
    taken = set(world.villages.by_id) | given
    rows = []
    for entry in filled.entries:
        commune = commune_of(entry, world, findings)
        village = entry.cells.get("village_id", "") or _known_village(entry, commune, world, given)
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
        cells |= {name: stands.get(name, "") for name in (*PERIOD, "merged_into") if name not in entry.places}
        rows.append(Row(cells, entry.places))
    _name_twice(filled, rows, findings)
    compare_total(filled, rows, ("households", "population"), findings)
    _known_from_now(rows, world)
    return [_merged(entry, row, world, findings) for entry, row in zip(filled.entries, rows, strict=True)]


def _known_from_now(rows: list[Row], world: World) -> None:
    """The other sheets name the villages of this one, and those that it leaves out."""
    dated = [with_iso_dates(row.cells) for row in rows]
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


def _known_village(entry: Entry, commune: str, world: World, given: set[str]) -> str:
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
            named_twice("name", entry, first[village], findings)
        first.setdefault(village, entry)


def organizations(filled: Filled, world: World, findings: Findings) -> list[Row]:
    """One row per organisation of the sheet. Without an id it is the known one of its name, or new."""
    communes = [commune_of(entry, world, findings) for entry in filled.entries]
    ids = _ids(filled, communes, world)
    latest = _latest(world)
    labels = (entry.cells.get("name", "") for entry in filled.entries)
    known = Names(_named(ids, labels), _named(latest["org_id"], latest["name"]))
    rows = []
    for own, commune, entry in zip(ids, communes, filled.entries, strict=True):
        cells = {
            **entry.cells,
            "as_of": filled.as_of,
            "org_id": own,
            "level": coded(filled.form, "level", entry, findings),
            "category": coded(filled.form, "category", entry, findings),
            "commune_id": commune,
            "village_id": village_of(entry, commune, world, findings),
            "parent_id": _parent(entry, known, findings),
        }
        places = dict(entry.places)
        places["org_id"] = places.get("org_id", entry.place("name"))
        places["as_of"] = filled.as_of_place or entry.place("name")
        rows.append(Row(cells, places))
    _compare_leaves(filled, rows, findings)
    return rows


def _named(ids: Iterable[str], labels: Iterable[str]) -> list[Named]:
    return [Named(own, label, label) for own, label in zip(ids, labels, strict=True)]


def _latest(world: World) -> pd.DataFrame:
    """The organisations at the date of the file, else at the one before, else at the last."""
    earlier = world.base.organizations
    dates = [day for day in world.base.dates if day <= world.as_of] or list(world.base.dates)
    return earlier[earlier["as_of"] == dates[-1]] if dates else earlier[:0]


def _ids(filled: Filled, communes: list[str], world: World) -> list[str]:
    """The id of every row: as given, else of the known organisation of that name and commune, else new."""
    by_name: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    latest = _latest(world)
    for own, name, commune in zip(latest["org_id"], latest["name"], latest["commune_id"], strict=True):
        by_name[names.folded(name), commune].append(own)
    given = {entry.cells.get("org_id", "") for entry in filled.entries}
    taken = set(world.base.organizations["org_id"]) | given
    found = []
    for entry, commune in zip(filled.entries, communes, strict=True):
        name = entry.cells.get("name", "")
        alike = by_name.get((names.folded(name), commune), [])
        own = entry.cells.get("org_id", "")
        if not own and len(alike) == 1 and alike[0] not in given:
            own = alike[0]
        own = own or new_id(name, taken)
        taken.add(own)
        found.append(own)
    return found


def _parent(entry: Entry, known: Names, findings: Findings) -> str:
    written = entry.cells.get("parent_id", "")
    if not written:
        return ""
    exact = known.called(written)
    match = Match(exact[0]) if len(exact) == 1 else known.find(written)
    if len(exact) > 1 and match.id is None:
        findings.add("parent_many", entry.place("parent_id"), written, ids=", ".join(exact[:5]))
        return UNREAD + written
    return looked_up(match, "parent", entry.place("parent_id"), written, findings)


def _compare_leaves(filled: Filled, rows: list[Row], findings: Findings) -> None:
    """The total row against the sum over the organisations with nothing under them."""
    if filled.total is None:
        return
    above = Counter(row.cells["parent_id"] for row in rows)
    leaves = [row for row in rows if not above[row.cells["org_id"]]]
    compare_total(filled, leaves, ("members", "admitted"), findings)
