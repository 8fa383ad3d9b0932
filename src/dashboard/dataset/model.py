"""The checked data that all sessions share."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
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
    figures without a date are compared ("" = `Dataset.default_date`). `collecting` is the as-of date for
    which communes are still sending their figures ("" = none). `unit` is what the whole is called, one of
    `schema.UNITS` ("" = as its root tells). What ends in `_en` is the same in English, "" where it is not
    given: `localized` chooses.
    """

    title: str
    publisher: str
    sample: bool
    root: str
    note: str
    assumed_as_of: str
    version: str
    unit: str = ""
    collecting: str = ""
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
        value: str = getattr(self, entry)
        return (getattr(self, f"{entry}_{lang}", "") if value else "") or value


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
        return (self.name_en if lang == "en" else "") or self.name_vi

    @property
    def line(self) -> float | None:
        """The target on a share as a fraction; None without one, and for a count."""
        return self.target / 100 if self.target is not None and self.measure.percent else None


def today() -> str:
    """The day of the clock, ISO."""
    return date.today().isoformat()


@dataclass(frozen=True, eq=False)
class Dataset:
    """A checked data set. It is never changed; sessions share it.

    Each frame has the columns of its table in `schema`, one row per key. Identifiers, names, codes and
    dates are text ("" where blank, dates ISO), counts `Int64`, decimal numbers `Float64`, flags `boolean`
    (<NA> where blank). Rows of communes, villages and positions are in display order (by rank); a row of
    villages is one village in one period (see `dataset.villages`). `scope` are the areas that it holds where
    it was made for a reader of some communes (see `dataset.scope`); None = all. Of villages that went from
    these to others `left` has the last day here, by village_id; of those that came to these `came` has the
    periods (first and last day) that they were elsewhere. `area_kinds` are the kinds of areas that the
    sentences tell under the boundaries of then, `village_kinds` those of villages, () = its own; `by_village`
    says that its communes are villages (see `dataset.by_village`). `today` is the day of viewing: "now" is
    said of it of boundaries, and "passed" of deadlines; no figure counts from it.
    """

    about: About
    communes: pd.DataFrame
    villages: pd.DataFrame
    positions: pd.DataFrame
    organizations: pd.DataFrame
    officers: pd.DataFrame
    goals: pd.DataFrame
    published: pd.DataFrame
    warnings: tuple[Problem, ...] = field(default=())
    scope: tuple[str, ...] | None = None
    area_kinds: tuple[str, ...] = ()
    village_kinds: tuple[str, ...] = ()
    left: Mapping[str, str] = field(default_factory=dict)
    came: tuple[tuple[str, str], ...] = ()
    by_village: bool = False
    today: str = field(default_factory=today)

    def on(self, day: str) -> Dataset:
        """The data set of another day: a new one, of which nothing is remembered, only where a commune or a
        village began or ended, or a deadline passed, between the two."""
        return self if self._passed(day) == self._passed(self.today) else replace(self, today=day)

    def _passed(self, day: str) -> tuple[int, int]:
        """How many days are past by a day on which anything begins, and on which anything ends or is due."""
        begun, ended = self._bounds
        return bisect_right(begun, day), bisect_left(ended, day)

    @cached_property
    def _bounds(self) -> tuple[list[str], list[str]]:
        begun, ended = (
            {*self.communes[name].unique(), *self.villages[name].unique()} - {""}
            for name in ("valid_from", "valid_to")
        )
        return sorted(begun), sorted(ended | {*self.goals["deadline"].unique()} - {""})

    @cached_property
    def dates(self) -> tuple[str, ...]:
        """The as-of dates of organisations and officers, oldest first."""
        both = pd.concat([self.organizations["as_of"], self.officers["as_of"]])
        return tuple(sorted(str(date) for date in both.unique()))

    @cached_property
    def default_date(self) -> str:
        """The as-of date where none is chosen: the last one that is not being collected; "" without any."""
        complete = [date for date in self.dates if date != self.about.collecting]
        return (complete or self.dates or ("",))[-1]

    @cached_property
    def goal(self) -> dict[str, Goal]:
        """The goals by their id, as written."""
        return {row["goal_id"]: _goal(row) for row in self.goals.to_dict("records")}

    @cached_property
    def root_level(self) -> str:
        """The level of the organisation at the top, at the last date that has one; "" where none has."""
        tops = self.organizations.loc[self.organizations["parent_id"] == "", ["as_of", "level"]]
        return str(tops.loc[tops["as_of"].idxmax(), "level"]) if len(tops) else ""

    @cached_property
    def position_ids(self) -> tuple[str, ...]:
        """The posts of a village by their ids, in display order."""
        return tuple(self.positions["position_id"])

    def date_before(self, as_of: str) -> str | None:
        """The as-of date next before `as_of`; None for the first."""
        earlier = [date for date in self.dates if date < as_of]
        return earlier[-1] if earlier else None

    def date_until(self, as_of: str) -> str | None:
        """`as_of` where it is one of the dates, else the one next before it; None where there is none."""
        return as_of if as_of in self.dates else self.date_before(as_of)


def _goal(row: dict[str, Any]) -> Goal:
    target = None if pd.isna(row["target"]) else float(row["target"])
    return Goal(**{**row, "measure": schema.Measure.of(row["measure"]), "target": target})
