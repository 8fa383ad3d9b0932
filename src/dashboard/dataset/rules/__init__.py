"""Everything that is checked about tables once they are read."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.dataset.problems import Problem
from dashboard.dataset.rules import between, organizations, periods, positions, within
from dashboard.dataset.sheet import Sheet


def broken(read: Mapping[str, Sheet]) -> list[Problem]:
    """What is wrong within the tables and between them; a table that could not be read is passed over."""
    problems: list[Problem] = []
    sheets: dict[str, Sheet] = {}
    for name, sheet in read.items():
        # In their order: the posts are checked before the tables that name them.
        sheets[name], wrong = within.check(sheet, positions.known(sheets))
        problems += wrong
    sheets, wrong = between.links(sheets)
    problems += wrong
    if "positions" in sheets:
        problems += positions.check(sheets["positions"])
    if "communes" in sheets:
        problems += periods.communes(sheets["communes"])
    if "villages" in sheets:
        problems += periods.villages(sheets["villages"])
        if "communes" in sheets:
            problems += periods.left_behind(sheets["communes"], sheets["villages"])
        for name in ("organizations", "officers"):
            if name in sheets:
                problems += periods.out_of_period(sheets[name], sheets["villages"])
    if "officers" in sheets:
        problems += between.holders(sheets["officers"])
    if "organizations" in sheets:
        problems += _organizations(sheets)
    return problems


def _organizations(sheets: Mapping[str, Sheet]) -> list[Problem]:
    sheet = sheets["organizations"]
    tree, problems = organizations.hierarchy(sheet)
    problems += organizations.numbers(sheet, tree)
    if "villages" in sheets and "communes" in sheets:
        problems += organizations.places(sheet, tree, sheets["villages"], sheets["communes"])
    if "officers" in sheets:
        problems += between.dates(sheet, sheets["officers"])
    return problems
