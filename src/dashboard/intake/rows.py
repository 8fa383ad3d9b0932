"""Rows of the tables of `schema`, each cell with the cell of the file that it came from, and what their cells
can name: the communes and villages that stand in the data or in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import TypeVar

import pandas as pd

from dashboard import schema, text
from dashboard.dataset import Dataset
from dashboard.dataset.read import cells as parse
from dashboard.dataset.sheet import as_text
from dashboard.intake import forms, names
from dashboard.intake.findings import Findings, Place, place_name
from dashboard.intake.forms import Form
from dashboard.intake.names import Named, Names
from dashboard.intake.sheets import Entry, Filled

# Stands before what could not be understood, and was said so: no rule takes it for an id.
UNREAD = "¿"
PERIOD = ("valid_from", "valid_to")


@dataclass(frozen=True)
class Row:
    """One row of a table as its CSV file will hold it; no places where it stood in the data before."""

    cells: Mapping[str, str]
    places: Mapping[str, Place] = field(default_factory=dict)


def coded(form: Form, name: str, entry: Entry, findings: Findings) -> str:
    """The code of a word; the word marked as unread, and a finding, where it is none."""
    written = entry.cells.get(name, "")
    column = form.field(name).column
    if not written:
        return ""
    known = forms.codes(column)
    if code := known.get(names.folded(written)) or known.get(written):
        return code
    words = ", ".join(forms.word(column, code, text.get()) for code in column.codes)
    findings.add("word_unknown", entry.place(name), written, known=words)
    return UNREAD + written


def looked_up(match: names.Match, rule: str, place: Place, written: str, findings: Findings) -> str:
    """The id that a name means; the name marked as unread, and a finding, where it means none or several."""
    if match.id is not None:
        return match.id
    if match.alike:
        findings.add(f"{rule}_near", place, written, meant=" / ".join(f"“{name}”" for name in match.alike))
    else:
        findings.add(f"{rule}_unknown", place, written)
    return UNREAD + written


def named_twice(name: str, entry: Entry, first: Entry, findings: Findings) -> None:
    """A finding on the field of a row that says again what an earlier row said."""
    at = place_name(first.place(name))
    findings.add("row_twice", entry.place(name), entry.cells.get(name, ""), first=at)


def new_id(wanted: str, taken: Set[str]) -> str:
    """A free id made of a name. The number behind it is found by halves: a file may give one name to all."""
    base = text.slug(wanted)[:56].strip("-") or "x"
    if base not in taken:
        return base
    low, high = 1, 2
    while f"{base}-{high}" in taken:
        low, high = high, 2 * high
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (middle, high) if f"{base}-{middle}" in taken else (low, middle)
    return f"{base}-{high}"


def compare_total(filled: Filled, rows: Iterable[Row], columns: Iterable[str], findings: Findings) -> None:
    """Says where the total row is not the sum of these rows; not where one of them is no count."""
    if filled.total is None:
        return
    kept = list(rows)
    for name in columns:
        written = filled.total.cells.get(name, "")
        counts = [_count(row.cells.get(name, "")) for row in kept]
        if written and None not in counts:
            expected = sum(count or 0 for count in counts)
            if _count(written) != expected:
                findings.add("total_differs", filled.total.place(name), written, total=expected)


def _count(written: str) -> int | None:
    """A count, 0 for a blank cell; None where it is none (and said elsewhere)."""
    try:
        return parse.count(written) if written else 0
    except parse.CellError:
        return None


def iso(written: str) -> str:
    """A date as ISO text; what is no date is found wrong later, and here as none."""
    try:
        return parse.iso_date(written) if written else ""
    except parse.CellError:
        return ""


def with_iso_dates(cells: Mapping[str, str]) -> dict[str, str]:
    """The row with the dates of its period as ISO text."""
    return {**cells, **{name: iso(cells.get(name, "")) for name in PERIOD}}


def standing(table: schema.Table, frame: pd.DataFrame) -> list[Row]:
    """The rows of a checked table as text."""
    rows = as_text(table, frame).itertuples(index=False, name=None)
    return [Row(dict(zip(table.column_names, cells, strict=True))) for cells in rows]


class World:
    """The current data set, and what the file adds to it as its sheets are read."""

    def __init__(self, base: Dataset, as_of: str) -> None:
        self.base = base
        self.as_of = as_of or (base.dates[-1] if base.dates else "")
        self.communes = Names(communes_named(base.communes.to_dict("records")))
        self.in_force = in_force(base.communes.to_dict("records"), self.as_of)
        villages = base.villages.to_dict("records")
        self.villages = Names(villages_named(at_date(villages, self.as_of)))
        self.villages_in_force = in_force(villages, self.as_of, "village_id")


def communes_named(rows: Iterable[Mapping[str, object]]) -> list[Named]:
    """Communes by name, labelled with their kind: "Xã Hương Sơn"."""
    column, words = schema.table("communes").column("kind"), text.get()
    result = []
    for row in rows:
        commune_id, name, kind = (str(row[key]) for key in ("commune_id", "name", "kind"))
        label = f"{forms.word(column, kind, words)} {name}" if kind in column.codes else name
        result.append(Named(commune_id, name, label, kind))
    return result


def in_force(rows: Iterable[Mapping[str, object]], as_of: str, key: str = "commune_id") -> frozenset[str]:
    """The communes, or villages, of that day; ISO dates as text sort by time."""
    return frozenset(
        str(row[key])
        for row in rows
        if str(row["valid_from"]) <= as_of and (not row["valid_to"] or as_of <= str(row["valid_to"]))
    )


_Of = TypeVar("_Of", bound=Mapping[str, object])


def at_date(rows: Iterable[_Of], as_of: str) -> list[_Of]:
    """Of every village the row that says at a date what it is: the last that has begun, else the first."""
    found: dict[object, _Of] = {}
    for row in sorted(rows, key=lambda row: str(row["valid_from"])):
        if row["village_id"] not in found or str(row["valid_from"]) <= as_of:
            found[row["village_id"]] = row
    return list(found.values())


def villages_named(rows: Iterable[Mapping[str, object]]) -> list[Named]:
    """Villages by name, each within its commune."""
    keys = ("village_id", "name", "name", "kind", "commune_id")
    return [Named(*(str(row[key]) for key in keys)) for row in rows]
