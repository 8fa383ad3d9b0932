"""Rows of the tables of `schema`, each cell with the cell of the file that it came from, and what their cells
can name: the communes and villages of the data or of the file."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from typing import Any, TypeVar

import numpy as np
import pandas as pd

from dashboard import schema, text
from dashboard.dataset import Dataset, areas, texts, village_names
from dashboard.dataset.problems import shown
from dashboard.dataset.read import cells as parse
from dashboard.dataset.sheet import as_text
from dashboard.intake import forms, names
from dashboard.intake.communes import Communes, in_force
from dashboard.intake.findings import Findings, Place, place_name
from dashboard.intake.names import Match, Named, Names
from dashboard.intake.sheets import Entry, Filled

# Begins what could not be understood, and has a finding: no rule takes it for an id.
UNREAD = "¿"
PERIOD = ("valid_from", "valid_to")
_MAX_LISTED = 12
# "Thôn 1 (Xã Hương Sơn)", "Thôn 1 (Hương Sơn cũ, Xã Nam Đông)".
_IN_COMMUNE = re.compile(r"(.+?) \((?:(.+), )?([^,()]+)\)")
Cells = Mapping[str, str]
_Parsed = TypeVar("_Parsed")
_Of = TypeVar("_Of", bound=Mapping[str, object])


@dataclass(frozen=True)
class Row:
    """One row of a table as its CSV file will hold it; no places where the data had it before."""

    cells: Cells
    places: Mapping[str, Place] = field(default_factory=dict)
    named_commune: str = (
        ""  # the commune that it names, where the data may have it under another of either time
    )

    @property
    def commune(self) -> str:
        """The commune that it names, or that its table has."""
        return self.named_commune or self.cells.get("commune_id", "")


class World:
    """The current data set, what the file adds to it as its sheets are read, and what is wrong there."""

    def __init__(self, base: Dataset, as_of: str, findings: Findings | None = None) -> None:
        self.base = base
        self.as_of = as_of or (base.dates[-1] if base.dates else "")
        self.findings = findings or Findings()
        self._villages = _marked_villages(base, self.as_of)
        self.villages_in_force = in_force(self._villages, self.as_of, "village_id")
        self.take_communes(base.communes.to_dict("records"))

    def take_communes(self, rows: Sequence[Mapping[str, object]], former: Iterable[Named] = ()) -> None:
        """From now on these are the communes; the `former` names count besides."""
        self.communes = Communes(rows, self.as_of, former)
        self.villages = Names(self.villages_named(self._villages))

    def villages_named(self, rows: Sequence[Mapping[str, Any]]) -> list[Named]:
        """Villages, of rows with ISO dates, by name, each within its commune; with what tells them apart
        there where the rows have it."""
        ever: defaultdict[str, list[str]] = defaultdict(list)
        for row in (*rows, *self._villages):
            ever[row["village_id"]].append(row["commune_id"])
        result = []
        for row in at_date(rows, self.as_of):
            village, name, kind, commune = (row[key] for key in ("village_id", "name", "kind", "commune_id"))
            also, mark = row.get("also", ()), row.get("mark", "")
            within = self.communes.naming(commune, ever[village])
            result.append(Named(village, name, also[0] if mark else name, kind, within, also, mark))
        return result

    def code(self, filled: Filled, name: str, entry: Entry) -> str:
        """The code of a word; the word marked as unread, and a finding, where it is none."""
        cell = entry.get(name)
        column = filled.form.field(name).column
        if not cell:
            return ""
        codes = forms.codes(self.base, column)
        if code := codes.get(names.folded(cell)) or codes.get(cell):
            return code
        words = ", ".join(forms.word(column, code, texts(self.base)["vi"]) for code in column.codes)
        self.findings.add("word_unknown", entry.place(name), cell, known=words)
        return UNREAD + cell

    def id(self, match: Match, rule: str, entry: Entry, name: str) -> str:
        """The id that a cell names; the name marked as unread, and a finding, where it names none."""
        if match.id is not None:
            return match.id
        place, cell = entry.place(name), entry.get(name)
        if match.candidates:
            suggestions = " / ".join(
                dict.fromkeys(f"“{self._suggested(item, entry)}”" for item in match.candidates)
            )
            self.findings.add(f"{rule}_near", place, cell, meant=suggestions, name=shown(cell))
        else:
            self.findings.add(f"{rule}_unknown", place, cell, name=shown(cell))
        return UNREAD + cell

    def _suggested(self, item: Named, entry: Entry) -> str:
        """An item as the cell may name it: a village with its id where another one is written alike, and with
        its commune where the row names none."""
        if not item.within:
            return item.label
        mark = item.mark or ("" if self.villages.unique(item) else item.id)
        lies_in = self.communes.by_id.get(item.within[0])
        commune = lies_in.label if lies_in and not entry.get("commune_id") else ""
        return village_names.marked(item.name, mark, text.get(), commune)

    def commune(self, entry: Entry) -> str:
        """The id of the commune that a row names; "" where it names none."""
        cell = entry.get("commune_id")
        if not cell:
            return ""
        return self.id(self.communes.match(cell), "commune", entry, "commune_id")

    def village(self, entry: Entry, commune: str, name: str = "village_id") -> str:
        """The id of the village that a cell of a row names, looked for in the row's commune. Of several of
        one name it is the one in force."""
        cell = entry.get(name)
        if not cell:
            return ""
        if commune.startswith(UNREAD):
            return commune  # of a commune that is not known, no village can be
        match = self.village_named(cell, commune)
        if match.id is None and cell in self.villages.by_id:
            return cell
        if match.id is None and commune and not match.candidates:
            # A short list of what the commune has helps to see the mistake.
            villages = [village for village in self.villages.all if commune in village.within]
            match = Match(None, tuple(villages) if len(villages) <= _MAX_LISTED else ())
        return self.id(match, "village", entry, name)

    def village_named(self, cell: str, commune: str) -> Match:
        """What a cell names in a commune, or in what that has become or what had its name before; where the
        commune is "", the suggestions name it. The cell may name it too, and a former one beside it."""
        match = self.villages.find(cell, within=commune or None, prefer=self.villages_in_force)
        if match.id is None and (inside := _IN_COMMUNE.fullmatch(names.tidy(cell))):
            name, mark, within = inside.groups()
            if (exact := self.villages.by_id.get(within)) and commune in ("", *exact.within):
                return Match(exact.id)
            lies_in = self.communes.match(within).id
            if lies_in is not None:
                found = self.village_named(f"{name} ({mark})" if mark else name, lies_in)
                if not commune or (found.id and commune in self.villages.by_id[found.id].within):
                    return found
        for other_commune in () if match.id or match.several else self.communes.otherwise(commune):
            found = self.villages.find(cell, other_commune, self.villages_in_force)
            if found.id or found.several:
                return found
        return match

    def plain(self, cell: str, village: str, commune: str) -> str:
        """The name of a village without what the form has behind it to tell it from another of that name."""
        village_known = self.villages.by_id.get(village)
        if village_known is None:
            return cell
        inside = _IN_COMMUNE.fullmatch(cell)
        marked = names.folded(cell) in map(names.folded, village_known.also) or (
            inside is not None
            and names.folded(inside[1]) == names.folded(village_known.name)
            and self.village_named(cell, commune).id == village
        )
        return village_known.name if marked else cell

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
            total = filled.total.get(name)
            counts = [parsed(parse.count, row.cells.get(name, ""), 0, None) for row in counted]
            if total and None not in counts:
                expected = sum(count or 0 for count in counts)
                if parsed(parse.count, total, 0, None) != expected:
                    self.findings.add("total_differs", filled.total.place(name), total, total=expected)


class Ids:
    """The ids of the rows of a sheet, no new one like another: `in_sheet` has those that the sheet names."""

    def __init__(self, filled: Filled, key: str, known: Iterable[str]) -> None:
        self.in_sheet = {entry.get(key) for entry in filled.entries}
        self._taken = {*known, *self.in_sheet}
        self._numbers: defaultdict[str, Iterator[int]] = defaultdict(lambda: count(2))

    def take(self, row_id: str, name: str) -> str:
        """An id; where it is "", a free one made of a name."""
        row_id = row_id or self._free(text.slug(name)[:56].strip("-") or "x")
        self._taken.add(row_id)
        return row_id

    def _free(self, base: str) -> str:
        """Numbers go on where the last one was found: a file may give one name to all."""
        if base not in self._taken:
            return base
        return next(row_id for n in self._numbers[base] if (row_id := f"{base}-{n}") not in self._taken)


def parsed(parse_cell: Callable[[str], _Parsed], cell: str, blank: _Parsed, wrong: _Parsed) -> _Parsed:
    """The value of a cell, or what a blank one and a wrong one (which has its finding elsewhere) count as."""
    try:
        return parse_cell(cell) if cell else blank
    except parse.CellError:
        return wrong


def iso(cell: str) -> str:
    """A date as ISO text; "" for what is no date."""
    return parsed(parse.iso_date, cell, "", "")


def with_iso_dates(cells: Cells) -> dict[str, str]:
    """The row with the dates of its period as ISO text."""
    return {**cells, **{name: iso(cells.get(name, "")) for name in PERIOD}}


def table_rows(table: schema.Table, frame: pd.DataFrame) -> list[dict[str, str]]:
    """The rows of a checked table as text."""
    rows = as_text(table, frame).itertuples(index=False, name=None)
    return [dict(zip(table.column_names, cells, strict=True)) for cells in rows]


def _marked_villages(base: Dataset, as_of: str) -> list[dict[str, Any]]:
    """The rows of villages, those of one name in one commune with the `mark` that tells them apart; `also`
    are their names with it, in each language and as at the last date, of which a form may be filled."""
    rows: list[dict[str, Any]] = base.villages.to_dict("records")
    for day in dict.fromkeys((as_of, *base.dates[-1:])):
        for words in map(text.get, text.LANGUAGES):
            marks = village_names.marks(base, day, areas.BOUNDARIES[0], words)
            for number in np.flatnonzero(marks != ""):
                row, mark = rows[number], marks[number]
                if day == as_of:
                    row.setdefault("mark", mark)
                row["also"] = (*row.get("also", ()), village_names.marked(row["name"], mark, words))
    return rows


def at_date(rows: Iterable[_Of], as_of: str) -> list[_Of]:
    """Of every village the row that says at a date what it is: the last that has begun, else the first."""
    result: dict[object, _Of] = {}
    for row in sorted(rows, key=lambda row: str(row["valid_from"])):
        if row["village_id"] not in result or str(row["valid_from"]) <= as_of:
            result[row["village_id"]] = row
    return list(result.values())
