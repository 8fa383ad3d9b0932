"""Rows of the tables of `schema`, each cell with the cell of the file that it came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass, field

import pandas as pd

from dashboard import schema, text
from dashboard.dataset.read import cells as parse
from dashboard.intake import forms, names
from dashboard.intake.findings import Findings, Place
from dashboard.intake.forms import Form
from dashboard.intake.sheets import Entry, Filled

# Stands before what could not be understood, and was said so: no rule takes it for an id.
UNREAD = "¿"


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


def standing(table: schema.Table, frame: pd.DataFrame) -> list[Row]:
    """The rows of a checked table as text."""
    columns = [_text(column, frame[column.name]) for column in table.columns]
    return [Row(dict(zip(table.column_names, cells, strict=True))) for cells in zip(*columns, strict=True)]


def _text(column: schema.Column, values: pd.Series) -> list[str]:
    written = values.astype("str").where(values.notna(), "")
    if column.kind is schema.Kind.FLAG:
        written = written.str.lower()
    if column.kind is schema.Kind.NUMBER:
        written = written.str.removesuffix(".0")
    return [str(cell) for cell in written]
