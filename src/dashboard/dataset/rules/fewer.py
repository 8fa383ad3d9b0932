"""Places that report less than they did, goals and figures that are gone: a copy that broke off must not pass
as news."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema
from dashboard.dataset import areas, collecting, villages
from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import Problem, written_date
from dashboard.dataset.sheet import Sheet

_ROWS_LOST_OF = ("goals", "published")
_MOST_NAMED = 8
# A rule, the later date, the area, and what else its sentence says.
Objects = npt.NDArray[np.object_]
_Finding = tuple[str, str, str, dict[str, Any]]


def check(dataset: Dataset, sheets: Mapping[str, Sheet]) -> list[Problem]:
    """One warning per area, date and kind of row, at the first row of the date in the `sheets` of `dataset`;
    none of areas that have not sent for the date being collected.

    An area is a commune within the boundaries of the later date, or the bodies outside every commune.
    """
    rows = dataset.organizations
    commune = areas.of_organizations(rows, areas.parents(rows))
    # The root is no report of the bodies outside every commune.
    below = (rows["parent_id"] != "").to_numpy()
    organizations = _Reported(dataset, rows[below], commune[below])
    posts = _Reported(dataset, dataset.officers, villages.communes_at(dataset.villages, dataset.officers))
    of_organizations = [
        *_fewer(dataset, "fewer_organizations", organizations),
        *_none(dataset, organizations.counts),
    ]
    return [
        *_problems(dataset, sheets["organizations"], of_organizations),
        *_problems(dataset, sheets["officers"], _fewer(dataset, "fewer_posts", posts)),
    ]


class _Reported:
    """Rows of organisations or officers, by date and by the place that they name (`places`)."""

    def __init__(self, dataset: Dataset, rows: pd.DataFrame, places: Objects) -> None:
        self.dataset = dataset
        self.rows = rows
        self.places = places
        self.counts = self._counted(rows["as_of"], places)

    def _counted(self, dates: pd.Series[str], places: Objects) -> pd.DataFrame:
        """How many there are by date (earliest first) and place, in display order."""
        frame = pd.DataFrame({"as_of": dates, "place": places})
        counts = frame.groupby(["as_of", "place"]).size().unstack(fill_value=0)
        order = (*self.dataset.communes["commune_id"], schema.OUTSIDE)
        return counts[[place for place in order if place in counts]]

    def of_both(self, earlier: str, day: str) -> pd.DataFrame:
        """The counts of two dates without the rows on villages that only one of them has; one that moved in
        between is at both where it is at the later."""
        rows_of = [villages.by_id(self.dataset, date) for date in (earlier, day)]
        if rows_of[0] == rows_of[1]:
            return self.counts
        ids = self.rows["village_id"]
        moved = {
            village
            for village in rows_of[0].keys() & rows_of[1]
            if rows_of[0][village] != rows_of[1][village]
        }
        lies_in = self.dataset.villages["commune_id"].array
        places = np.where(
            ids.isin(moved),
            ids.map({village: lies_in[rows_of[1][village]] for village in moved}),
            self.places,
        )
        kept = ids.isin({"", *(rows_of[0].keys() & rows_of[1])}) & self.rows["as_of"].isin((earlier, day))
        counts = self._counted(self.rows["as_of"][kept], places[kept])
        return counts.reindex([earlier, day], fill_value=0)


def _fewer(dataset: Dataset, rule: str, reported: _Reported) -> Iterator[_Finding]:
    """Areas with fewer rows at a date than at the one before.

    Where communes became one in between, their own organisations did too: these are not missing.
    """
    for earlier, day in pairwise(reported.counts.index):
        counts = reported.of_both(earlier, day)
        into = pd.Series(_area_of(dataset, day, counts), counts.columns)
        before, now = (counts.loc[date].groupby(into, sort=False).sum() for date in (earlier, day))
        then = pd.Series(_area_of(dataset, earlier, counts), counts.columns)
        became_one = then[counts.loc[earlier] > 0].groupby(into).nunique().reindex(before.index).fillna(1) - 1
        expected = before - became_one if rule == "fewer_organizations" else before
        for area in before.index[(now < expected) & ~before.index.isin(_not_in_force(dataset, day))]:
            numbers = {"n": int(now[area]), "before": int(before[area]), "earlier": written_date(earlier)}
            yield rule, day, area, numbers


def _none(dataset: Dataset, counts: pd.DataFrame) -> Iterator[_Finding]:
    """Communes with villages and without organisations where others have some, at this date and the one
    before: what was there before is fewer."""
    earlier: set[str] = set()
    for day in counts.index:
        into, at_last = (areas.successor(dataset, day, boundaries) for boundaries in areas.BOUNDARIES)
        reporting = set(counts.columns[counts.loc[day] > 0])
        now, before = ({into.get(place, place) for place in places} for places in (reporting, earlier))
        # Organisations may be written under what their commune is to become.
        to_come = now & _founded_after(dataset, day)
        exempt = now | before | _not_in_force(dataset, day)
        if now - {schema.OUTSIDE}:
            housed = pd.unique(areas.of_villages(dataset, day, areas.BOUNDARIES[0]))
            for area in filter(None, housed):
                if area not in exempt and at_last[area] not in to_come:
                    yield "commune_without_organizations", day, area, {}
        earlier = reporting


def _area_of(dataset: Dataset, day: str, counts: pd.DataFrame) -> list[str]:
    into = areas.successor(dataset, day, "then")
    return [into.get(place, place) for place in counts.columns]


def _founded_after(dataset: Dataset, day: str) -> set[str]:
    communes = dataset.communes
    return set(communes.loc[communes["valid_from"] > day, "commune_id"])


def _not_in_force(dataset: Dataset, day: str) -> set[str]:
    """The communes that are not founded yet, or have ended, at a date."""
    return _founded_after(dataset, day) | areas.ended(dataset, day)


def _problems(dataset: Dataset, sheet: Sheet, findings: Iterable[_Finding]) -> Iterator[Problem]:
    days = sheet.frame["as_of"].drop_duplicates()
    first = dict(zip(days, days.index, strict=True))
    names = _names(dataset)
    now = dataset.about.collecting
    awaited = {(now, area) for area in collecting.collected(dataset, now).missing} if now else ()
    for rule, day, area, numbers in findings:
        if (day, area) in awaited:
            continue
        values = {"date": written_date(day), **names[area], **numbers}
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


def removed_rows(
    earlier: Callable[[schema.Table], pd.DataFrame | None], dataset: Dataset
) -> Iterator[Problem]:
    """One warning per table that has lost rows; `earlier` gives what it was (None = not known)."""
    for table in map(schema.table, _ROWS_LOST_OF):
        (key,) = table.key
        was, now = earlier(table), getattr(dataset, table.name)[key]
        if was is None:
            continue
        removed = was.loc[~was[key].isin(now), key].tolist()
        if removed:
            names = ", ".join([*removed[:_MOST_NAMED], *["…"][: len(removed) > _MOST_NAMED]])
            numbers = {"n": len(now), "before": len(was), "names": names}
            yield Problem("rows_lost", table.file, warning=True, values=numbers)
