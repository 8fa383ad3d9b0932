"""A file that was filled from other data than those it is to change: a three-way merge, row by row.

A row is what a form shows as one: a village with all its posts at a date, since a holder's letter means
something among them only; a village with all its periods; of every other table one row.
"""

from __future__ import annotations

import tempfile
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import count
from pathlib import Path

from dashboard import schema
from dashboard.dataset import read
from dashboard.intake import forms, names
from dashboard.intake.merged import Merged
from dashboard.intake.rows import Row, table_rows

# The columns of a key that name a part of a row.
_PARTS = ("position", "valid_from")
_FIGURES = ("members", "admitted")
Key = tuple[str, ...]
# A row by its parts: {"": the one row}, posts by position, periods by their beginning.
Unit = Mapping[str, Row]
Units = dict[Key, Unit]


@dataclass(frozen=True)
class Contested:
    """A row that the file and others have changed since it was filled, each otherwise: as it was then, as it
    is `now` and as it is in the `file` (None = it is not there)."""

    table: str
    key: Key
    was: Unit | None
    now: Unit | None
    file: Unit | None


def three_way(
    file: Merged, was: Merged, now: Merged, taken: Collection[Key]
) -> tuple[Merged, list[Contested]]:
    """The current data with the rows that the file changed, and the rows that are contested: they stay as
    they are now, except those `taken` from the file (table and key)."""
    versions = [_with_own_ids(file, was, now), was, now]
    tables: dict[str, Units] = {}
    contested: list[Contested] = []
    for name in (*(table.name for table in schema.TABLES), forms.ABOUT):
        file_units, old_units, new_units = (units(version, name) for version in versions)
        if name == "organizations":
            file_units, old_units, new_units = _without_sums(file_units, old_units, new_units)
        result = tables[name] = dict(new_units)
        for key in {**old_units, **file_units}:
            in_file, before, current = file_units.get(key), old_units.get(key), new_units.get(key)
            if same(in_file, before) and not same(in_file, current):
                continue
            if not same(current, before) and not same(in_file, current):
                contested.append(Contested(name, key, before, current, in_file))
                if (name, *key) not in taken:
                    continue
            if in_file is None:
                del result[key]
            else:
                result[key] = in_file
    entries = {**now.entries}
    for key, unit in tables.pop(forms.ABOUT).items():
        cells = unit[""].cells
        entries |= {key[0]: cells["content"], **({f"{key[0]}_en": cells["en"]} if "en" in cells else {})}
    rows = {
        name: [row for unit in table_units.values() for row in unit.values()]
        for name, table_units in tables.items()
    }
    return Merged(rows, entries, file.entry_places), contested


def canonical(merged: Merged, table_names: Iterable[str]) -> Merged | None:
    """The same with the cells of these tables in the one form that checked data have; None where one
    of them cannot be read."""
    tables = dict(merged.tables)
    with tempfile.TemporaryDirectory(prefix="dashboard-") as folder:
        merged.write(Path(folder))
        for name in table_names:
            table = schema.table(name)
            sheet = read.table(Path(folder), table)
            if sheet is None or sheet.invalid or sheet.rejected:
                return None
            tables[name] = [
                replace(row, cells=cells)
                for row, cells in zip(tables[name], table_rows(table, sheet.frame), strict=True)
            ]
    return replace(merged, tables=tables)


def units(version: Merged, name: str) -> Units:
    """The rows of a table, or the entries of dataset.toml, by their keys."""
    if name == forms.ABOUT:
        return {(key,): {"": Row(_entry(version.entries, key))} for key in forms.ENTRIES}
    table = schema.table(name)
    columns = [column for column in table.key if column not in _PARTS]
    part = next((column for column in table.key if column in _PARTS), "")
    result: dict[Key, dict[str, Row]] = {}
    for row in version.tables[name]:
        result.setdefault(tuple(row.cells[column] for column in columns), {})[row.cells.get(part, "")] = row
    return {**result}


def same(one: Unit | None, other: Unit | None) -> bool:
    """Whether the cells are the same, wherever they are."""
    left, right = ({part: row.cells for part, row in (unit or {}).items()} for unit in (one, other))
    return left == right


def _entry(entries: Mapping[str, str], key: str) -> dict[str, str]:
    english = f"{key}_en"
    return {"entry": key, "content": entries[key], **({"en": entries[english]} if english in entries else {})}


def _with_own_ids(file: Merged, was: Merged, now: Merged) -> Merged:
    """The file with other ids for its new organisations that have one which another new one has got since:
    two communes may each have added a “Chi bộ Quân sự”."""
    rows = file.tables["organizations"]
    old_ids = {row.cells["org_id"] for row in was.tables["organizations"]}
    theirs = {row.cells["org_id"]: _identity(row) for row in now.tables["organizations"]}
    used = {*old_ids, *theirs, *(row.cells["org_id"] for row in rows)}
    new_ids: dict[str, str] = {}
    for row in rows:
        org_id = row.cells["org_id"]
        if (
            org_id not in old_ids
            and org_id not in new_ids
            and theirs.get(org_id, _identity(row)) != _identity(row)
        ):
            new_ids[org_id] = next(free for n in count(2) if (free := f"{org_id}-{n}") not in used)
            used.add(new_ids[org_id])
    if not new_ids:
        return file

    def renamed(row: Row) -> Row:
        ids = {name: new_ids.get(row.cells[name], row.cells[name]) for name in ("org_id", "parent_id")}
        return replace(row, cells={**row.cells, **ids})

    return replace(file, tables={**file.tables, "organizations": list(map(renamed, rows))})


def _identity(row: Row) -> tuple[str, str]:
    """What tells an organisation from others of its date."""
    return names.folded(row.cells["name"]), row.cells["commune_id"]


def _without_sums(file_units: Units, old_units: Units, new_units: Units) -> Sequence[Units]:
    """What organisations above changes of the file and above those of others state is the sum of
    neither: it is left out on all sides."""
    over = _above(file_units, old_units) & _above(new_units, old_units)

    def blank(units: Units) -> Units:
        figures = dict.fromkeys(_FIGURES, "")
        return units | {
            key: {"": replace(units[key][""], cells={**units[key][""].cells, **figures})}
            for key in over & units.keys()
        }

    return [blank(side) for side in (file_units, old_units, new_units)]


def _above(units: Units, old: Units) -> set[Key]:
    """The organisations above one that has changed, then or now."""
    result: set[Key] = set()
    waiting = [key for key in {**units, **old} if not same(units.get(key), old.get(key))]
    while waiting:
        key = waiting.pop()
        for unit in filter(None, (units.get(key), old.get(key))):
            above = (key[0], unit[""].cells["parent_id"])
            if above[1] and above not in result:
                result.add(above)
                waiting.append(above)
    return result
