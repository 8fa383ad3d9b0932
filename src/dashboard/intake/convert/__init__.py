"""The forms as filled → rows of the tables, names become ids and words become codes."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dashboard.dataset import Dataset
from dashboard.dataset.read import cells
from dashboard.intake.convert import about, administration, officers, organizations, places
from dashboard.intake.convert.rows import Row
from dashboard.intake.convert.world import World
from dashboard.intake.findings import Findings, Place
from dashboard.intake.sheets import Filled

__all__ = ["Converted", "Row", "converted"]


class Converted:
    """What a file holds: rows by table (only of the tables that it gives), entries of dataset.toml, the
    as-of date ("" where it gives no dated table or the date cannot be read)."""

    def __init__(self, tables: dict[str, list[Row]], entries: dict[str, Row], as_of: str) -> None:
        self.tables = tables
        self.entries = entries
        self.as_of = as_of


_Work = Callable[[Filled, World, Findings], list[Row]]
# In the order in which they need each other.
_TABLES: dict[str, _Work] = {
    "communes": administration.communes,
    "villages": places.villages,
    "organizations": organizations.organizations,
    "officers": officers.officers,
    "goals": administration.goals,
    "published": administration.published,
}


def converted(filled: Mapping[str, Filled], base: Dataset, findings: Findings) -> Converted:
    """The rows of every form that has any. A form without rows gives nothing, and takes nothing away."""
    given = {name: form for name, form in filled.items() if form.entries}
    as_of = _as_of(given, findings)
    world = World(base, as_of)
    tables = {name: work(given[name], world, findings) for name, work in _TABLES.items() if name in given}
    entries = about.entries(given["about"], findings) if "about" in given else {}
    return Converted(tables, entries, as_of)


def _as_of(given: Mapping[str, Filled], findings: Findings) -> str:
    """The one as-of date of the dated forms, as ISO text."""
    found: dict[str, Place] = {}
    for form in given.values():
        if not form.form.dated or form.as_of_place is None:
            continue
        if not form.as_of:
            findings.add("as_of_missing", form.as_of_place)
            continue
        try:
            found.setdefault(cells.iso_date(form.as_of), form.as_of_place)
        except cells.CellError:
            findings.add("as_of_wrong", form.as_of_place, form.as_of)
    if len(found) > 1:
        first, *others = found
        for other in others:
            findings.add("as_of_differs", found[other], other, first=first)
    return next(iter(found), "")
