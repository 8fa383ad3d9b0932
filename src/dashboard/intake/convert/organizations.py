"""Organisations at the as-of date of the file."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

import pandas as pd

from dashboard.intake import names
from dashboard.intake.convert.places import commune_of, village_of
from dashboard.intake.convert.rows import UNREAD, Row, coded, compare_total, looked_up, new_id
from dashboard.intake.convert.world import World
from dashboard.intake.findings import Findings
from dashboard.intake.names import Match, Named, Names
from dashboard.intake.sheets import Entry, Filled

_COUNTED = ("members", "admitted")


def organizations(filled: Filled, world: World, findings: Findings) -> list[Row]:
    """One row per organisation of the sheet. Without an id it is the known one of its name, or new."""
    communes = [commune_of(entry, world, findings) for entry in filled.entries]
    ids = _ids(filled, communes, world)
    known = Names(_named(ids, (entry.cells.get("name", "") for entry in filled.entries)), _earlier(world))
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
    _total(filled, rows, findings)
    return rows


def _named(ids: Iterable[str], labels: Iterable[str]) -> list[Named]:
    return [Named(own, label, label) for own, label in zip(ids, labels, strict=True)]


def _earlier(world: World) -> list[Named]:
    """The organisations as they were last called."""
    rows = _latest(world)
    return _named(rows["org_id"], rows["name"])


def _latest(world: World) -> pd.DataFrame:
    """The organisations at the date of the file, else at the one before, else at the last."""
    earlier = world.base.organizations
    dates = [day for day in world.base.dates if day <= world.as_of] or list(world.base.dates)
    return earlier[earlier["as_of"] == dates[-1]] if dates else earlier[:0]


def _ids(filled: Filled, communes: list[str], world: World) -> list[str]:
    """The id of every row: as given, else of the known organisation of that name and commune, else new."""
    standing: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    latest = _latest(world)
    for own, name, commune in zip(latest["org_id"], latest["name"], latest["commune_id"], strict=True):
        standing[names.folded(name), commune].append(own)
    taken = set(world.base.organizations["org_id"]) | {
        entry.cells.get("org_id", "") for entry in filled.entries
    }
    given = {entry.cells.get("org_id", "") for entry in filled.entries}
    found = []
    for entry, commune in zip(filled.entries, communes, strict=True):
        name = entry.cells.get("name", "")
        alike = standing.get((names.folded(name), commune), [])
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


def _total(filled: Filled, rows: list[Row], findings: Findings) -> None:
    """The total row against the sum over the organisations with nothing under them."""
    if filled.total is None:
        return
    above = Counter(row.cells["parent_id"] for row in rows)
    leaves = [row for row in rows if not above[row.cells["org_id"]]]
    compare_total(filled, leaves, _COUNTED, findings)
