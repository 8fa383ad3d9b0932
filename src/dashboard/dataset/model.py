"""The checked data that all sessions share."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any

import pandas as pd

from dashboard import schema
from dashboard.dataset.problems import Problem


@dataclass(frozen=True)
class About:
    """What `dataset.toml` says, and the version: a hash of the files' bytes.

    `sample` is true as long as the figures are invented; `assumed_as_of` is the date at which published
    figures without a date are compared ("" = the last date of the data). What ends in `_en` is the same in
    English, "" where it is not given: `localized` chooses.
    """

    title: str
    publisher: str
    sample: bool
    root: str
    note: str
    assumed_as_of: str
    version: str
    title_en: str = ""
    publisher_en: str = ""
    root_en: str = ""
    note_en: str = ""

    def entry(self, name: str) -> str:
        """An entry as text: a truth value in small letters."""
        value = getattr(self, name)
        return str(value).lower() if isinstance(value, bool) else str(value)

    def localized(self, entry: str, lang: str) -> str:
        """The `title`, `publisher`, `root` or `note` in a language; as it is where it has no other form."""
        given: str = getattr(self, entry)
        return (getattr(self, f"{entry}_{lang}", "") if given else "") or given


@dataclass(frozen=True)
class Goal:
    """One row of `goals.csv`: `target` in percent, or of a count in its unit; None for "up"."""

    goal_id: str
    name_vi: str
    name_en: str
    measure: schema.Measure
    operator: str
    target: float | None
    deadline: str
    source: str

    def name(self, lang: str) -> str:
        """Its name in the reader's language."""
        return self.name_en if lang == "en" else self.name_vi

    @property
    def line(self) -> float | None:
        """The target on a share as a fraction; None without one, and for a count."""
        return self.target / 100 if self.target is not None and self.measure.percent else None


def today() -> str:
    """The day of the clock, ISO."""
    return date.today().isoformat()


@dataclass(frozen=True, eq=False)
class Dataset:
    """A checked data set. Nobody mutates it; sessions share it.

    Each frame has the columns of its table in `schema`, one row per key. Identifiers, names, codes and
    dates are text ("" where blank, dates ISO), counts `Int64`, decimal numbers `Float64`, flags `boolean`
    (<NA> where blank). Rows of communes and villages are in display order (by rank); a row of villages is one
    village in one period (see `dataset.villages`). `scope` are the areas
    that it holds where it was made for a reader of some communes (see `dataset.scope`); None = all. `today`
    is the day of which "now" is said of boundaries; no figure counts from it.
    """

    about: About
    communes: pd.DataFrame
    villages: pd.DataFrame
    organizations: pd.DataFrame
    officers: pd.DataFrame
    goals: pd.DataFrame
    published: pd.DataFrame
    warnings: tuple[Problem, ...] = field(default=())
    scope: tuple[str, ...] | None = None
    today: str = field(default_factory=today)

    def on(self, day: str) -> Dataset:
        """The data set of another day: a new one, of which nothing is remembered, only where a commune or a
        village began or ended between the two."""
        return self if self._in_force(day) == self._in_force(self.today) else replace(self, today=day)

    def _in_force(self, day: str) -> tuple[int, int]:
        """How many days on which anything begins are past by a day, and how many on which anything ends."""
        begun, ended = self._bounds
        return bisect_right(begun, day), bisect_left(ended, day)

    @cached_property
    def _bounds(self) -> tuple[list[str], list[str]]:
        begun, ended = (
            sorted({*self.communes[name].unique(), *self.villages[name].unique()} - {""})
            for name in ("valid_from", "valid_to")
        )
        return begun, ended

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The as-of dates of organisations and officers, oldest first."""
        both = pd.concat([self.organizations["as_of"], self.officers["as_of"]])
        return tuple(sorted(str(date) for date in both.unique()))

    @cached_property
    def goal(self) -> dict[str, Goal]:
        """The goals by their id, as written."""
        return {row["goal_id"]: _goal(row) for row in self.goals.to_dict("records")}

    def date_before(self, as_of: str) -> str | None:
        """The as-of date next before `as_of`; None for the first."""
        earlier = [date for date in self.dates if date < as_of]
        return earlier[-1] if earlier else None


def _goal(row: dict[str, Any]) -> Goal:
    measure = schema.parse_measure(row["measure"])
    assert measure is not None, "checked on reading"
    target = None if pd.isna(row["target"]) else float(row["target"])
    return Goal(**{**row, "measure": measure, "target": target})
