"""Rows of the tables of `schema`, each cell with the cell of the file that it came from, and what their cells
can name: the communes and villages of the data or of the file."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeVar

import pandas as pd

from dashboard import schema, text
from dashboard.dataset import Dataset
from dashboard.dataset.read import cells as parse
from dashboard.dataset.sheet import as_text
from dashboard.intake import forms, names
from dashboard.intake.findings import Findings, Place, place_name
from dashboard.intake.names import Match, Named, Names
from dashboard.intake.sheets import Entry, Filled

# Begins what could not be understood, and has a finding: no rule takes it for an id.
UNREAD = "¿"
PERIOD = ("valid_from", "valid_to")
_MAX_LISTED = 12
Cells = Mapping[str, str]
_Parsed = TypeVar("_Parsed")
_Of = TypeVar("_Of", bound=Mapping[str, object])


@dataclass(frozen=True)
class Row:
    """One row of a table as its CSV file will hold it; no places where the data had it before."""

    cells: Cells
    places: Mapping[str, Place] = field(default_factory=dict)


class World:
    """The current data set, what the file adds to it as its sheets are read, and what is wrong there."""

    def __init__(self, base: Dataset, as_of: str, findings: Findings | None = None) -> None:
        self.base = base
        self.as_of = as_of or (base.dates[-1] if base.dates else "")
        self.findings = findings or Findings()
        self.communes = Names(communes_named(base.communes.to_dict("records")))
        self.communes_in_force = in_force(base.communes.to_dict("records"), self.as_of)
        villages = base.villages.to_dict("records")
        self.villages = Names(villages_named(at_date(villages, self.as_of)))
        self.villages_in_force = in_force(villages, self.as_of, "village_id")

    def code(self, filled: Filled, name: str, entry: Entry) -> str:
        """The code of a word; the word marked as unread, and a finding, where it is none."""
        written = entry.get(name)
        column = filled.form.field(name).column
        if not written:
            return ""
        known = forms.codes(column)
        if code := known.get(names.folded(written)) or known.get(written):
            return code
        words = ", ".join(forms.word(column, code, text.get()) for code in column.codes)
        self.findings.add("word_unknown", entry.place(name), written, known=words)
        return UNREAD + written

    def id(self, match: Match, rule: str, entry: Entry, name: str) -> str:
        """The id that a cell names; the name marked as unread, and a finding, where it names none."""
        if match.id is not None:
            return match.id
        place, written = entry.place(name), entry.get(name)
        if match.suggestions:
            meant = " / ".join(f"“{label}”" for label in match.suggestions)
            self.findings.add(f"{rule}_near", place, written, meant=meant)
        else:
            self.findings.add(f"{rule}_unknown", place, written)
        return UNREAD + written

    def commune(self, entry: Entry) -> str:
        """The id of the commune that a row names; "" where it names none."""
        written = entry.get("commune_id")
        if not written:
            return ""
        return self.id(
            self.communes.find(written, prefer=self.communes_in_force), "commune", entry, "commune_id"
        )

    def village(self, entry: Entry, commune: str, name: str = "village_id") -> str:
        """The id of the village that a cell of a row names, looked for in the row's commune. Of several of
        one name it is the one in force."""
        written = entry.get(name)
        if not written:
            return ""
        if commune.startswith(UNREAD):
            return commune  # of a commune that is not known, no village can be
        match = self.villages.find(written, within=commune or None, prefer=self.villages_in_force)
        if match.id is None and written in self.villages.by_id:
            return written
        if match.id is None and commune and not match.suggestions:
            # A short list of what the commune has helps to see the mistake.
            own = [named.label for named in self.villages.things if named.within == commune]
            match = Match(None, tuple(own) if len(own) <= _MAX_LISTED else ())
        return self.id(match, "village", entry, name)

    def named_twice(self, entry: Entry, name: str, first: Entry) -> None:
        """A finding on the field of a row that says again what an earlier row said."""
        place = place_name(first.place(name))
        self.findings.add("row_twice", entry.place(name), entry.get(name), first=place)

    def compare_total(self, filled: Filled, rows: Iterable[Row], columns: Iterable[str]) -> None:
        """Says where the total row is not the sum of these rows; not where one of them is no count."""
        if filled.total is None:
            return
        counted = list(rows)
        for name in columns:
            written = filled.total.get(name)
            counts = [parsed(parse.count, row.cells.get(name, ""), 0, None) for row in counted]
            if written and None not in counts:
                expected = sum(count or 0 for count in counts)
                if parsed(parse.count, written, 0, None) != expected:
                    self.findings.add("total_differs", filled.total.place(name), written, total=expected)


class Ids:
    """The ids of the rows of a sheet, no new one like another: `given` has those that the sheet names."""

    def __init__(self, filled: Filled, key: str, known: Iterable[str]) -> None:
        self.given = {entry.get(key) for entry in filled.entries}
        self._taken = {*known, *self.given}

    def take(self, own: str, name: str) -> str:
        """An id; where it is "", a free one made of a name."""
        own = own or self._free(text.slug(name)[:56].strip("-") or "x")
        self._taken.add(own)
        return own

    def _free(self, base: str) -> str:
        """The number behind it is found by halves: a file may give one name to all."""
        if base not in self._taken:
            return base
        low, high = 1, 2
        while f"{base}-{high}" in self._taken:
            low, high = high, 2 * high
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if f"{base}-{middle}" in self._taken else (low, middle)
        return f"{base}-{high}"


def parsed(parse_cell: Callable[[str], _Parsed], written: str, blank: _Parsed, wrong: _Parsed) -> _Parsed:
    """The value of a cell, or what a blank one and a wrong one (which has its finding elsewhere) count as."""
    try:
        return parse_cell(written) if written else blank
    except parse.CellError:
        return wrong


def iso(written: str) -> str:
    """A date as ISO text; "" for what is no date."""
    return parsed(parse.iso_date, written, "", "")


def with_iso_dates(cells: Cells) -> dict[str, str]:
    """The row with the dates of its period as ISO text."""
    return {**cells, **{name: iso(cells.get(name, "")) for name in PERIOD}}


def table_rows(table: schema.Table, frame: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a checked table as text."""
    rows = as_text(table, frame).itertuples(index=False, name=None)
    return [dict(zip(table.column_names, cells, strict=True)) for cells in rows]


def communes_named(rows: Iterable[Mapping[str, object]]) -> list[Named]:
    """Communes by name, labelled with their kind: "Xã Hương Sơn"."""
    column, words = schema.table("communes").column("kind"), text.get()
    result = []
    for row in rows:
        commune_id, name, kind = (str(row[key]) for key in ("commune_id", "name", "kind"))
        label = f"{forms.word(column, kind, words)} {name}" if kind in column.codes else name
        result.append(Named(commune_id, name, label, kind))
    return result


def villages_named(rows: Iterable[Mapping[str, object]]) -> list[Named]:
    """Villages by name, each within its commune."""
    keys = ("village_id", "name", "name", "kind", "commune_id")
    return [Named(*(str(row[key]) for key in keys)) for row in rows]


def in_force(rows: Iterable[Mapping[str, object]], as_of: str, key: str = "commune_id") -> frozenset[str]:
    """The communes, or villages, of that day; ISO dates as text sort by time."""
    return frozenset(
        str(row[key])
        for row in rows
        if str(row["valid_from"]) <= as_of and (not row["valid_to"] or as_of <= str(row["valid_to"]))
    )


def at_date(rows: Iterable[_Of], as_of: str) -> list[_Of]:
    """Of every village the row that says at a date what it is: the last that has begun, else the first."""
    result: dict[object, _Of] = {}
    for row in sorted(rows, key=lambda row: str(row["valid_from"])):
        if row["village_id"] not in result or str(row["valid_from"]) <= as_of:
            result[row["village_id"]] = row
    return list(result.values())
