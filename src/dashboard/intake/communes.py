"""Communes by the names of either time: which one a cell means at a date, and what it counts under then."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import product

from dashboard import schema, text
from dashboard.dataset.villages import holds
from dashboard.intake import forms
from dashboard.intake.names import Match, Named, Names, folded


class Communes(Names):
    """The communes of the data, or of a file (`rows` with ISO dates), at a date; `in_force` are those of
    that day, which a name means first."""

    def __init__(
        self, rows: Sequence[Mapping[str, object]], as_of: str, former: Iterable[Named] = ()
    ) -> None:
        super().__init__(communes_named(rows), former)
        self._as_of = as_of
        self._rows = {str(row["commune_id"]): row for row in rows}
        self.in_force = in_force(rows, as_of)

    def match(self, cell: str) -> Match:
        """The commune that a cell names."""
        return self.find(cell, prefer=self.in_force)

    def area(self, commune: str) -> str:
        """What a commune counts under at the date: itself, or what it was merged into by then."""
        onward = self._onward(commune)
        for later in onward:
            ends = str(self._rows.get(later, {}).get("valid_to", ""))
            if not ends or self._as_of <= ends:
                return later
        return onward[-1]

    def same(self, commune: str, known: str) -> bool:
        """Whether what is written under one commune may be what the data have under the `known` one."""
        later = commune not in self.in_force and commune in self._onward(known)
        return later or self.area(commune) == self.area(known)

    def otherwise(self, commune: str) -> list[str]:
        """Where else a village may lie that a row has in a commune: in what that counts under, or in one of
        its name that is not in force."""
        alike = (
            self._by_name.get((None, folded(self.by_id[commune].label)), ()) if commune in self.by_id else ()
        )
        return [self.area(commune), *(commune.id for commune in alike if commune.id not in self.in_force)]

    def naming(self, lies_in: str, ever: Iterable[str]) -> tuple[str, ...]:
        """The communes that a village may be named with: the one that it counts under, then of those that it
        was `ever` in and of what these become the ones that are not in force."""
        former = (later for commune in ever for later in self._onward(commune) if later not in self.in_force)
        return tuple(dict.fromkeys((self.area(lies_in), lies_in, *former)))

    def _onward(self, commune: str) -> list[str]:
        """The commune and what it becomes, one after the other, whenever that is."""
        result: list[str] = []
        while commune and commune not in result:
            result.append(commune)
            commune = str(self._rows.get(commune, {}).get("merged_into", ""))
        return result or [""]


def communes_named(rows: Iterable[Mapping[str, object]]) -> list[Named]:
    """Communes by name, labelled with their kind, "Xã Hương Sơn"; one that ends also as "Hương Sơn cũ"."""
    column, words = schema.table("communes").column("kind"), text.get()
    former = [*product(map(text.get, text.LANGUAGES), ("village.former", "selection.former"))]
    result = []
    for row in rows:
        commune_id, name, kind = (str(row[key]) for key in ("commune_id", "name", "kind"))
        label = f"{forms.word(column, kind, words)} {name}" if kind in column.codes else name
        phrases = former if row.get("valid_to") else ()
        also = tuple(wording(key, name=spelling) for wording, key in phrases for spelling in (name, label))
        result.append(Named(commune_id, name, label, kind, also=also))
    return result


def in_words(rows: Iterable[Mapping[str, object]]) -> dict[str, str]:
    """What each commune is called, by its id."""
    return {commune.id: commune.label for commune in communes_named(rows)}


def in_force(rows: Iterable[Mapping[str, object]], as_of: str, key: str = "commune_id") -> frozenset[str]:
    """The communes, or villages, of that day."""
    return frozenset(
        str(row[key]) for row in rows if holds(str(row["valid_from"]), str(row["valid_to"]), as_of)
    )
