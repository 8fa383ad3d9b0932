"""What a file holds and what stands already → the files of one whole data set."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dashboard import schema
from dashboard.dataset import Dataset, villages
from dashboard.intake.convert import Converted
from dashboard.intake.findings import Place
from dashboard.intake.forms import ENTRIES
from dashboard.intake.rows import Row, iso, standing

_FIRST_ROW = 2
_ENTRIES = (*ENTRIES, *schema.ABOUT_IN_ENGLISH)


@dataclass(frozen=True)
class Merged:
    """Every table whole: its rows in the order in which they are written, and the entries of dataset.toml."""

    tables: Mapping[str, list[Row]]
    entries: Mapping[str, str]
    entry_places: Mapping[str, Place] = field(default_factory=dict)

    def row(self, table: str, number: int) -> Row | None:
        """The row that a spreadsheet shows under that number; the headings are row 1."""
        rows = self.tables[table]
        return rows[number - _FIRST_ROW] if 0 <= number - _FIRST_ROW < len(rows) else None

    def files(self) -> dict[str, bytes]:
        """The files of the data set by name."""
        found = {schema.ABOUT_FILE: _about(self.entries)}
        for table in schema.TABLES:
            found[table.file] = _csv(table, self.tables[table.name])
        return found

    def write(self, folder: Path) -> None:
        """Write the files into a folder."""
        for name, content in self.files().items():
            (folder / name).write_bytes(content)


def merged(given: Converted, base: Dataset) -> Merged:
    """The data set that the file makes of `base`.

    Organisations and officers of the file's date are replaced, other dates stay. The villages of the file are
    those in force at its date, see `_villages`. Tables that the file does not give stay. An entry of
    dataset.toml that the file changes loses its English form.
    """
    tables = {table.name: standing(table, getattr(base, table.name)) for table in schema.TABLES}
    for name, rows in given.tables.items():
        if name in ("organizations", "officers"):
            tables[name] = [row for row in tables[name] if row.cells["as_of"] != given.as_of] + rows
        elif name == "villages":
            tables[name] = rows + _villages(given, base, tables[name])
        else:
            tables[name] = rows
    before = _entries(base)
    entries = before | {key: row.cells["content"] for key, row in given.entries.items()}
    for key in schema.ABOUT_IN_ENGLISH:
        translated = key.removesuffix("_en")
        if entries[translated] != before[translated]:
            entries[key] = ""
    return Merged(tables, entries, {key: row.places["content"] for key, row in given.entries.items()})


def as_checked(dataset: Dataset) -> Merged:
    """A data set as its files hold it: dates, counts and flags in one form, whatever the clerk wrote."""
    tables = {table.name: standing(table, getattr(dataset, table.name)) for table in schema.TABLES}
    return Merged(tables, _entries(dataset))


def _villages(given: Converted, base: Dataset, standing: list[Row]) -> list[Row]:
    """The rows of villages that stay beside those of the file.

    Periods that are not of its date stay. Of those that are, one goes where the file says of its village
    that it begins otherwise, or leaves the village out; but not where another date names it, or it has a
    beginning: then the form may be older than the village.
    """
    keys = {(row.cells["village_id"], iso(row.cells["valid_from"])) for row in given.tables["villages"]}
    ids = {village for village, _ in keys}
    known = {(row.cells["village_id"], row.cells["valid_from"]) for row in standing}
    otherwise = {village for village, _ in keys - known}
    needed = _named_elsewhere(given, base)
    of_date = set(villages.by_id(base, given.as_of or (base.dates[-1] if base.dates else "")).values())

    def stays(place: int, village: str, begins: str) -> bool:
        if (village, begins) in keys:
            return False
        if place not in of_date:
            return True
        return village not in otherwise if village in ids else bool(village in needed or begins)

    return [
        row
        for place, row in enumerate(standing)
        if stays(place, row.cells["village_id"], row.cells["valid_from"])
    ]


def _named_elsewhere(given: Converted, base: Dataset) -> set[str]:
    """The villages that the rows name which the file does not replace."""
    named: set[str] = set()
    for name in ("organizations", "officers"):
        frame = getattr(base, name)
        kept = frame[frame["as_of"] != given.as_of] if name in given.tables else frame
        named.update(kept["village_id"])
    return named


def _entries(base: Dataset) -> dict[str, str]:
    return {key: base.about.entry(key) for key in _ENTRIES}


def _about(entries: Mapping[str, str]) -> bytes:
    lines = []
    for key in _ENTRIES:
        if key == "sample":
            lines.append(f"{key} = {'false' if entries[key] == 'false' else 'true'}\n")
        elif entries[key] or key in schema.ABOUT_REQUIRED:
            lines.append(f"{key} = {json.dumps(entries[key], ensure_ascii=False)}\n")
    return "".join(lines).encode()


def _csv(table: schema.Table, rows: list[Row]) -> bytes:
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\n")
    columns = table.written({name for row in rows for name, cell in row.cells.items() if cell})
    writer.writerow(columns)
    writer.writerows([row.cells.get(name, "") for name in columns] for row in rows)
    return written.getvalue().encode()
