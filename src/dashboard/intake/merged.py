"""The whole data set that a file makes of the current one: which rows its sheets replace, and which stay."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dashboard import schema
from dashboard.dataset import Dataset, areas, positions, villages
from dashboard.intake.communes import in_force
from dashboard.intake.convert import Converted
from dashboard.intake.findings import Place
from dashboard.intake.rows import UNREAD, Row, iso, table_rows

_FIRST_ROW = 2
_ENTRIES = (*schema.ABOUT_REQUIRED, *schema.ABOUT_OPTIONAL, *schema.ABOUT_IN_ENGLISH)


@dataclass(frozen=True)
class Merged:
    """Every table whole: its rows in the order in which they are written, and the entries of dataset.toml."""

    tables: Mapping[str, list[Row]]
    entries: Mapping[str, str]
    entry_places: Mapping[str, Place] = field(default_factory=dict)
    left_out: Sequence[Row] = ()  # villages of its communes that the file has no row of, and that stay

    def row(self, table: str, number: int) -> Row | None:
        """The row that a spreadsheet shows under that number; the headings are row 1."""
        rows = self.tables[table]
        return rows[number - _FIRST_ROW] if 0 <= number - _FIRST_ROW < len(rows) else None

    def write(self, folder: Path) -> None:
        """Write the files of the data set into a folder."""
        (folder / schema.ABOUT_FILE).write_bytes(_about_file(self.entries))
        for table in schema.TABLES:
            if not table.optional or self.tables[table.name]:
                (folder / table.file).write_bytes(_csv(table, self.tables[table.name]))


def merged(content: Converted, base: Dataset) -> Merged:
    """The data set that the file makes of `base`.

    Of the communes that its sheets name organisations and officers of its date are replaced, other dates
    stay. The villages of the file are those in force at its date in these. Tables that the file does not give
    stay. An entry of dataset.toml that the file changes loses its English form.
    """
    before = as_checked(base)
    merge, left_out = _Merge(base, content), list[Row]()
    tables = {**before.tables}
    for name, rows in content.tables.items():
        if name == "officers":
            tables[name] = merge.officers(tables[name])
        elif name == "organizations":
            tables[name] = merge.organizations(tables[name])
        elif name == "villages":
            stay = merge.villages(tables[name])
            tables[name] = rows + stay
            left_out = merge.left_out(stay)
        else:
            tables[name] = rows
    entries = {**before.entries, **{key: row.cells["content"] for key, row in content.entries.items()}}
    for key in schema.ABOUT_IN_ENGLISH:
        translated = key.removesuffix("_en")
        if entries[translated] != before.entries[translated]:
            entries[key] = ""
    places = {key: row.places["content"] for key, row in content.entries.items()}
    return Merged(tables, entries, places, left_out)


def as_checked(dataset: Dataset) -> Merged:
    """A data set as its files hold it: dates, counts and flags in one form, whatever the clerk wrote."""
    tables = {
        table.name: [Row(cells) for cells in table_rows(table, getattr(dataset, table.name))]
        for table in schema.TABLES
    }
    if positions.is_default(dataset.positions):
        tables["positions"] = []
    return Merged(tables, {key: dataset.about.entry(key) for key in _ENTRIES})


@dataclass(frozen=True)
class _Merge:
    """The rows of the sheets of a date beside those that stay.

    The communes that they name are replaced; what several of them became counts as named with all of these.
    `schema.OUTSIDE` are the bodies of no commune, named by any of them that is not above others: a file of
    one commune also names the bodies above it.
    """

    base: Dataset
    content: Converted

    def officers(self, before: Sequence[Row]) -> list[Row]:
        """The rows of officers: those that stay, then those of the sheet."""
        file_rows, lies_in = self.content.tables["officers"], self._lies_in()
        of_date, others = self._by_date(before)
        ids = {row.cells["village_id"] for row in file_rows}
        communes = self._with_former(
            row.commune or lies_in.get(row.cells["village_id"], "") for row in file_rows
        )
        ids |= {village for village, commune in lies_in.items() if commune in communes}
        return [*others, *(row for row in of_date if row.cells["village_id"] not in ids), *file_rows]

    def organizations(self, before: Sequence[Row]) -> list[Row]:
        """The rows of organisations: those that stay, those of the sheet, and the bodies above these where
        neither has them."""
        file_rows = self.content.tables["organizations"]
        of_date, others = self._by_date(before)
        by_id: dict[str, Row] = {}
        for row in (*file_rows, *(of_date or self._latest(others))):
            by_id.setdefault(row.cells["org_id"], row)
        ids, parents = ({row.cells[name] for row in file_rows} for name in ("org_id", "parent_id"))
        communes = self._with_former(_area(org, by_id) for org in ids - parents)
        stay = [
            row
            for row in of_date
            if row.cells["org_id"] not in ids and _area(row.cells["org_id"], by_id) not in communes
        ]
        above = self._above(parents - ids, by_id)
        # A body above a changed commune no longer states its sum.
        stay = [above.pop(row.cells["org_id"], row) for row in stay]
        return [*others, *stay, *above.values(), *file_rows]

    def villages(self, before: Sequence[Row]) -> list[Row]:
        """The rows of villages that stay beside those of the file.

        Periods that are not of its date stay, and those of villages in other communes that the file leaves
        out. Of the others one goes where the file says of its village that it begins otherwise, or leaves the
        village out; but not where another date names it, or it has a beginning: then the form may be older
        than the village.
        """
        file_rows = self.content.tables["villages"]
        keys = {(row.cells["village_id"], iso(row.cells["valid_from"])) for row in file_rows}
        ids = {village for village, _ in keys}
        in_data = {(row.cells["village_id"], row.cells["valid_from"]) for row in before}
        begin_otherwise = {village for village, _ in keys - in_data}
        named_elsewhere, communes = self._named_elsewhere(), self._communes_of_villages()
        as_of = self.content.as_of or max(self.base.dates, default="")
        of_date = set(villages.by_id(self.base, as_of).values())

        def stays(place: int, row: Row) -> bool:
            village, begins = row.cells["village_id"], row.cells["valid_from"]
            if (village, begins) in keys:
                return False
            if place not in of_date or (village not in ids and row.cells["commune_id"] not in communes):
                return True
            return (
                village not in begin_otherwise
                if village in ids
                else bool(village in named_elsewhere or begins)
            )

        return [row for place, row in enumerate(before) if stays(place, row)]

    def left_out(self, stay: Sequence[Row]) -> list[Row]:
        """The villages in force in the communes of the sheet that stay although no row of it is theirs."""
        village_ids = {row.cells["village_id"] for row in self.content.tables["villages"]}
        periods, communes = (row.cells for row in stay), self._communes_of_villages()
        missing = in_force(periods, self.content.as_of, "village_id") - village_ids
        return [
            row for row in stay if row.cells["village_id"] in missing and row.cells["commune_id"] in communes
        ]

    def _communes_of_villages(self) -> set[str]:
        """The communes of the sheet of villages."""
        return self._with_former(row.commune for row in self.content.tables["villages"])

    def _by_date(self, rows: Iterable[Row]) -> tuple[list[Row], list[Row]]:
        """The rows of the date of the file, and the others."""
        of_date, others = list[Row](), list[Row]()
        for row in rows:
            (of_date if row.cells["as_of"] == self.content.as_of else others).append(row)
        return of_date, others

    def _lies_in(self) -> dict[str, str]:
        """The commune of every village at the date, as the file says, else as the data do."""
        communes = self.base.villages["commune_id"].array
        row_numbers = villages.telling(self.base, self.content.as_of)
        file_rows = self.content.tables.get("villages", ())
        return {village: str(communes[row]) for village, row in row_numbers.items()} | {
            row.cells["village_id"]: row.cells["commune_id"] for row in file_rows
        }

    def _named_elsewhere(self) -> set[str]:
        """The villages that the rows name which the file does not replace."""
        result: set[str] = set()
        for name in ("organizations", "officers"):
            frame = getattr(self.base, name)
            stays = frame[frame["as_of"] != self.content.as_of] if name in self.content.tables else frame
            result.update(stays["village_id"])
        return result

    def _with_former(self, communes: Iterable[str]) -> set[str]:
        """With all that was merged into one of them by the date."""
        targets = {*communes}
        into = areas.successor(self.base, self.content.as_of, areas.BOUNDARIES[0])
        return targets | {former for former, became in into.items() if became in targets}

    def _latest(self, rows: Collection[Row]) -> list[Row]:
        """The rows of the date before, the oldest where there is none."""
        dates = sorted({row.cells["as_of"] for row in rows})
        day = next((day for day in reversed(dates) if day < self.content.as_of), dates[0] if dates else "")
        return [row for row in rows if row.cells["as_of"] == day]

    def _above(self, parents: Iterable[str], by_id: Mapping[str, Row]) -> dict[str, Row]:
        """The bodies above the rows of the sheet, as known at the date or the one before, without figures."""
        result: dict[str, Row] = {}
        waiting = list(parents)
        while waiting:
            org = waiting.pop()
            if org in by_id and org not in result and not by_id[org].places:
                blank = {"as_of": self.content.as_of, "members": "", "admitted": ""}
                result[org] = Row({**by_id[org].cells, **blank})
                waiting.append(by_id[org].cells["parent_id"])
        return result


def _area(org: str, by_id: Mapping[str, Row]) -> str:
    """The commune of an organisation, or of the nearest above it that has one."""
    seen: set[str] = set()
    while org in by_id and org not in seen:
        seen.add(org)
        commune = by_id[org].commune
        if commune and not commune.startswith(UNREAD):
            return commune
        org = by_id[org].cells["parent_id"]
    return schema.OUTSIDE


def _about_file(entries: Mapping[str, str]) -> bytes:
    lines = []
    for key in _ENTRIES:
        if key == "sample":
            lines.append(f"{key} = {'false' if entries[key] == 'false' else 'true'}\n")
        elif entries[key] or key in schema.ABOUT_REQUIRED:
            lines.append(f"{key} = {json.dumps(entries[key], ensure_ascii=False)}\n")
    return "".join(lines).encode()


def _csv(table: schema.Table, rows: list[Row]) -> bytes:
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    columns = table.written({name for row in rows for name, cell in row.cells.items() if cell})
    writer.writerow(columns)
    writer.writerows([row.cells.get(name, "") for name in columns] for row in rows)
    return file.getvalue().encode()
