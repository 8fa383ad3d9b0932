"""Everything that is checked about tables once they are read."""

from __future__ import annotations

from collections.abc import Mapping

from dashboard.dataset.problems import Problem
from dashboard.dataset.rules import (
    communes,
    dates,
    links,
    members,
    officers,
    organizations,
    places,
    villages,
)
from dashboard.dataset.sheet import Sheet


def broken(read: Mapping[str, Sheet]) -> list[Problem]:
    """What is wrong within the tables and between them; a table that could not be read is passed over."""
    # pandera is loaded with the first folder that is checked: a restart reads the checked copy.
    from dashboard.dataset.rules import within  # noqa: PLC0415

    problems: list[Problem] = []
    sheets: dict[str, Sheet] = {}
    for name, sheet in read.items():
        sheets[name], wrong = within.check(sheet)
        problems += wrong
    sheets, wrong = links.check(sheets)
    problems += wrong
    if "communes" in sheets:
        problems += communes.check(sheets["communes"])
    if "villages" in sheets:
        problems += villages.check(sheets["villages"])
        for name in ("organizations", "officers"):
            if name in sheets:
                problems += villages.out_of_period(sheets[name], sheets["villages"])
    if "officers" in sheets:
        problems += officers.check(sheets["officers"])
    if "organizations" in sheets:
        problems += _organizations(sheets)
    return problems


def _organizations(sheets: Mapping[str, Sheet]) -> list[Problem]:
    sheet = sheets["organizations"]
    tree, problems = organizations.check(sheet)
    problems += members.check(sheet, tree)
    if "villages" in sheets and "communes" in sheets:
        problems += places.check(sheet, tree, sheets["villages"], sheets["communes"])
    if "officers" in sheets:
        problems += dates.check(sheet, sheets["officers"])
    return problems
