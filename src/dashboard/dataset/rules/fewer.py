"""Places that report less than they did: a copy that broke off must not pass as news."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import pandas as pd

from dashboard import schema, text
from dashboard.dataset import areas
from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import Problem
from dashboard.dataset.sheet import Sheet

# A rule, the later date, the area, and what else its sentence says.
_Finding = tuple[str, str, str, dict[str, Any]]


def check(dataset: Dataset, sheets: Mapping[str, Sheet]) -> list[Problem]:
    """One warning per area, date and kind of row, at the first row of the date in the `sheets` of `dataset`.

    An area is a commune within the boundaries of the later date, or the bodies outside every commune.
    """
    rows = dataset.organizations
    commune = areas.of_organizations(rows, areas.parents(rows))
    # The root is no report of the bodies outside every commune.
    below = (rows["parent_id"] != "").to_numpy()
    organizations = _counts(dataset, rows["as_of"][below], commune[below])
    lies_in = dataset.villages.set_index("village_id")["commune_id"]
    of_post = lies_in.reindex(dataset.officers["village_id"]).to_numpy(dtype=object)
    posts = _counts(dataset, dataset.officers["as_of"], of_post)
    silent = [*_fewer(dataset, "fewer_organizations", organizations), *_none(dataset, organizations)]
    return [
        *_problems(dataset, sheets["organizations"], silent),
        *_problems(dataset, sheets["officers"], _fewer(dataset, "fewer_posts", posts)),
    ]


def _counts(dataset: Dataset, dates: pd.Series[str], places: Any) -> pd.DataFrame:
    """Rows by date (earliest first) and by the place that they name, in display order."""
    found = pd.DataFrame({"as_of": dates, "place": places}).groupby(["as_of", "place"]).size()
    named = found.unstack(fill_value=0)
    return named[[place for place in (*dataset.communes["commune_id"], schema.OUTSIDE) if place in named]]


def _fewer(dataset: Dataset, rule: str, counts: pd.DataFrame) -> Iterator[_Finding]:
    """Areas with fewer rows at a date than at the one before.

    Where communes became one in between, their own organisations did too: these are not missing.
    """
    for earlier, day in pairwise(counts.index):
        into = pd.Series(_area_of(dataset, day, counts), counts.columns)
        before, now = (counts.loc[date].groupby(into, sort=False).sum() for date in (earlier, day))
        then = pd.Series(_area_of(dataset, earlier, counts), counts.columns)
        became_one = then[counts.loc[earlier] > 0].groupby(into).nunique().reindex(before.index).fillna(1) - 1
        expected = before - became_one if rule == "fewer_organizations" else before
        for area in before.index[(now < expected) & ~before.index.isin(_not_in_force(dataset, day))]:
            numbers = {"n": int(now[area]), "before": int(before[area]), "earlier": _written(earlier)}
            yield rule, day, area, numbers


def _none(dataset: Dataset, counts: pd.DataFrame) -> Iterator[_Finding]:
    """Communes with villages and without organisations where others have some, at this date and the one
    before: what was there before is fewer."""
    housed = dataset.villages["commune_id"].unique()
    earlier: set[str] = set()
    for day in counts.index:
        into, at_last = (areas.successor(dataset, day, boundaries) for boundaries in areas.BOUNDARIES)
        named = set(counts.columns[counts.loc[day] > 0])
        there, before = ({into.get(place, place) for place in places} for places in (named, earlier))
        # Organisations may be written under what their commune is to become.
        to_come = there & _founded_after(dataset, day)
        told = there | before | _not_in_force(dataset, day)
        if there - {schema.OUTSIDE}:
            for area in dict.fromkeys(into[commune] for commune in housed):
                if area not in told and at_last[area] not in to_come:
                    yield "commune_without_organizations", day, area, {}
        earlier = named


def _area_of(dataset: Dataset, day: str, counts: pd.DataFrame) -> list[str]:
    into = areas.successor(dataset, day, "then")
    return [into.get(place, place) for place in counts.columns]


def _founded_after(dataset: Dataset, day: str) -> set[str]:
    communes = dataset.communes
    return set(communes.loc[communes["valid_from"] > day, "commune_id"])


def _not_in_force(dataset: Dataset, day: str) -> set[str]:
    """The communes that are not founded yet, or have ended, at a date."""
    communes = dataset.communes
    ended = (communes["valid_to"] != "") & (communes["valid_to"] < day)
    return _founded_after(dataset, day) | set(communes.loc[ended, "commune_id"])


def _problems(dataset: Dataset, sheet: Sheet, findings: Iterable[_Finding]) -> Iterator[Problem]:
    days = sheet.frame["as_of"].drop_duplicates()
    first = dict(zip(days, days.index, strict=True))
    names = _names(dataset)
    for rule, day, area, numbers in findings:
        values = {"date": _written(day), **names[area], **numbers}
        yield sheet.problem(rule, "as_of", first[day], warning=True, **values)


def _names(dataset: Dataset) -> dict[str, dict[str, str]]:
    """What `problems.worded` makes the name of each area of; the id behind a name that another one has."""
    communes = dataset.communes
    alike = communes.duplicated(["kind", "name"], keep=False)
    names = communes["name"].where(~alike, communes["name"] + " (" + communes["commune_id"] + ")")
    return {schema.OUTSIDE: {"area_kind": schema.OUTSIDE, "area_name": ""}} | {
        commune: {"area_kind": kind, "area_name": name}
        for commune, kind, name in zip(communes["commune_id"], communes["kind"], names, strict=True)
    }


def _written(day: str) -> str:
    """A date as it is written in every language."""
    return text.get().date(day)
