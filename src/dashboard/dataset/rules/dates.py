"""As-of dates that only one of organisations and officers has."""

from __future__ import annotations

from collections.abc import Iterator

from dashboard.dataset.problems import Problem
from dashboard.dataset.sheet import Sheet


def check(organizations: Sheet, officers: Sheet) -> Iterator[Problem]:
    """One warning per date and table."""
    yield from _missing(organizations, officers, "date_without_officers")
    yield from _missing(officers, organizations, "date_without_organizations")


def _missing(there: Sheet, other: Sheet, rule: str) -> Iterator[Problem]:
    if other.unknown_keys("as_of"):
        return
    known = set(other.frame["as_of"].unique())
    rows = there.sound("as_of")
    for row, as_of in rows["as_of"].drop_duplicates().items():
        if as_of not in known:
            yield there.problem(rule, "as_of", row, warning=True)
