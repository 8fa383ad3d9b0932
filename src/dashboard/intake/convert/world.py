"""What a cell can name: the communes, villages and organisations that stand in the data or in the file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TypeVar

from dashboard.dataset import Dataset
from dashboard.intake import forms
from dashboard.intake.names import Named, Names
from dashboard.schema import table
from dashboard.text import get


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

    def commune_label(self, commune_id: str) -> str:
        """How a commune is written in full; the id where nobody knows it."""
        known = self.communes.by_id.get(commune_id)
        return known.label if known else commune_id


def communes_named(rows: Iterable[Mapping[str, object]]) -> list[Named]:
    """Communes by name: "Xã Hương Sơn", and the id behind it where two are written alike."""
    words = get()
    kind = table("communes").column("kind")
    found = []
    for row in rows:
        label = (
            f"{forms.word(kind, str(row['kind']), words)} {row['name']}" if row["kind"] in kind.codes else ""
        )
        found.append(
            Named(str(row["commune_id"]), str(row["name"]), label or str(row["name"]), str(row["kind"]))
        )
    return found


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
    return [
        Named(
            str(row["village_id"]),
            str(row["name"]),
            str(row["name"]),
            str(row["kind"]),
            str(row["commune_id"]),
        )
        for row in rows
    ]
