"""Which commune a village or an organisation counts under, then or now, and what it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema
from dashboard.dataset import villages
from dashboard.dataset.memo import memoize
from dashboard.dataset.model import Dataset
from dashboard.text import Text

BOUNDARIES = ("then", "now")

Places = npt.NDArray[np.intp]


# After every merger that the data may know of.
_AT_LAST = "9999-12-31"


def successor(dataset: Dataset, as_of: str, boundaries: str) -> dict[str, str]:
    """For every commune_id the commune_id that it counts under.

    `then` follows `merged_into` as far as it was in force at `as_of`, `now` as far as it is today: mergers of
    the future are not followed. A commune founded after that day stays itself: data that name it cannot be
    led back to what was before.
    """
    return _successor(dataset, _day(dataset, as_of, boundaries))


def _day(dataset: Dataset, as_of: str, boundaries: str) -> str:
    """The day whose communes are meant; of data of a later date than today it is that date."""
    return as_of if boundaries == "then" else max(as_of, dataset.today)


@memoize(size=32)
def _successor(dataset: Dataset, day: str) -> dict[str, str]:
    rows = dataset.communes.set_index("commune_id")[["valid_to", "merged_into"]].to_dict("index")

    def follow(commune: str) -> str:
        while (row := rows[commune])["merged_into"] and row["valid_to"] < day:
            commune = row["merged_into"]
        return commune

    return {commune: follow(commune) for commune in rows}


@memoize(size=32)
def of_villages(dataset: Dataset, as_of: str, boundaries: str) -> npt.NDArray[np.object_]:
    """Per row of `dataset.villages` the commune_id that the village counts under; "" where it is not in force
    at `as_of`. `now` is where its last period, or what it was merged into, lies today."""
    rows = np.flatnonzero(villages.in_force(dataset.villages, as_of))
    day = _day(dataset, as_of, boundaries)
    last = rows if boundaries == "then" else villages.became(dataset, day)[rows]
    result = np.full(len(dataset.villages), "", dtype=object)
    result[rows] = dataset.villages["commune_id"].iloc[last].map(_successor(dataset, day)).to_numpy()
    return result


@memoize(size=32)
def places_of_villages(dataset: Dataset, as_of: str, boundaries: str) -> Places:
    """The same as a place in `listed`; -1 where the village is not in force."""
    areas = pd.Index(of_villages(dataset, as_of, boundaries))
    return pd.Index(listed(dataset, as_of, boundaries), dtype=object).get_indexer(areas)


def parents(organizations: pd.DataFrame) -> Places:
    """The place of the parent of each organisation at its date; -1 for a root."""
    keys = pd.MultiIndex.from_frame(organizations[["as_of", "org_id"]])
    return keys.get_indexer(pd.MultiIndex.from_frame(organizations[["as_of", "parent_id"]]))


def of_organizations(organizations: pd.DataFrame, parent: Places) -> npt.NDArray[np.object_]:
    """The commune_id of each organisation, or of the nearest above it that has one; else `OUTSIDE`."""
    own = organizations["commune_id"].to_numpy(dtype=object, copy=True)
    area, above = own.copy(), parent
    while (open_rows := (area == "") & (above >= 0)).any():
        area[open_rows] = own[above[open_rows]]
        above = np.where(above >= 0, parent[above], -1)
    area[area == ""] = schema.OUTSIDE
    return area


@memoize(size=32)
def listed(dataset: Dataset, as_of: str, boundaries: str) -> tuple[str, ...]:
    """The communes to choose from, by rank: those in force, and others that the date's data fall under."""
    into, day = successor(dataset, as_of, boundaries), _day(dataset, as_of, boundaries)
    organizations = dataset.organizations
    # Only the one column of the rows of the date: rows are many.
    used = organizations.loc[organizations["as_of"] == as_of, "commune_id"]
    result = {into[commune] for commune in used.unique() if commune}
    result |= {*pd.unique(of_villages(dataset, as_of, boundaries))} - {""}
    for row in dataset.communes.itertuples():
        if row.valid_from <= day and (not row.valid_to or day <= row.valid_to):
            result.add(row.commune_id)
    if not result and dataset.scope is not None:
        # Communes of a later time: they are all that there is to choose from, and have no figures here.
        result = set(into.values())
    return tuple(commune for commune in dataset.communes["commune_id"] if commune in result)


def choices(dataset: Dataset, as_of: str, boundaries: str) -> tuple[str, ...]:
    """Every choice of the filter: the listed communes, then the district bodies where the data hold them."""
    outside = dataset.scope is None or schema.OUTSIDE in dataset.scope
    return (*listed(dataset, as_of, boundaries), *((schema.OUTSIDE,) if outside else ()))


@memoize(size=1)
def _ranks(dataset: Dataset) -> dict[str, int]:
    """The place of every commune in display order; the district bodies come last."""
    return {commune: place for place, commune in enumerate((*dataset.communes["commune_id"], schema.OUTSIDE))}


def carried(dataset: Dataset, communes: Iterable[str], as_of: str, boundaries: str) -> tuple[str, ...]:
    """The same places in the list of another date or other boundaries, by rank.

    A commune that is not in that list becomes the one that it was merged into, or the ones that were
    merged into it. One that leads to nothing in the list stays as it is: its choice is not dropped here. A
    region that is not in that list becomes its communes first.
    """
    known = listed(dataset, as_of, boundaries)
    into = successor(dataset, as_of, boundaries)
    at_last = _successor(dataset, _AT_LAST)
    result: list[str] = []
    for commune in _of_regions(dataset, communes, as_of, boundaries):
        if commune in (*known, schema.OUTSIDE) or commune not in into:
            result.append(commune)
        elif into[commune] in known:
            result.append(into[commune])
        else:
            result += [other for other in known if at_last[other] == at_last[commune]] or [commune]
    if not result:
        return ()
    order = _ranks(dataset)
    return tuple(sorted(dict.fromkeys(result), key=lambda commune: order.get(commune, len(order))))


def _of_regions(dataset: Dataset, chosen: Iterable[str], as_of: str, boundaries: str) -> Iterator[str]:
    """The choices, with all communes ever of a region in the place of one that is not in the list."""
    known = regions(dataset, as_of, boundaries)
    for one in chosen:
        if not one.startswith(schema.REGION) or one in known:
            yield one
        else:
            inside = dataset.communes["region"] == one.removeprefix(schema.REGION)
            yield from dataset.communes.loc[inside, "commune_id"] if inside.any() else (one,)


@memoize(size=32)
def regions(dataset: Dataset, as_of: str, boundaries: str) -> dict[str, tuple[str, ...]]:
    """The listed communes of every region, by its id ("region:" and its name), in display order.

    The region of a commune is that of its own row: where a commune counts under another, that one's. Communes
    without a region come last, under `schema.REGION` alone; no entry at all where none has one.
    """
    of = dict(zip(dataset.communes["commune_id"], dataset.communes["region"], strict=True))
    result: dict[str, list[str]] = {}
    for commune in listed(dataset, as_of, boundaries):
        result.setdefault(schema.REGION + of[commune], []).append(commune)
    without = result.pop(schema.REGION, [])
    if result and without:
        result[schema.REGION] = without
    return {region: tuple(communes) for region, communes in result.items()}


@memoize(size=32)
def region_of(dataset: Dataset, as_of: str, boundaries: str) -> dict[str, str]:
    """The id of the region of every listed commune that is in one of `regions`."""
    return {
        commune: region
        for region, communes in regions(dataset, as_of, boundaries).items()
        for commune in communes
    }


def region_names(dataset: Dataset, as_of: str, boundaries: str, text: Text) -> dict[str, str]:
    """The regions by name, and what the communes without one are called together."""
    return {
        region: region.removeprefix(schema.REGION) or text("selection.no_region")
        for region in regions(dataset, as_of, boundaries)
    }


def expanded(dataset: Dataset, chosen: Iterable[str], as_of: str, boundaries: str) -> list[str]:
    """The choices with the communes of each region in its place; what is unknown stays as it is."""
    every = regions(dataset, as_of, boundaries)
    named = {region: communes for region, communes in every.items() if region != schema.REGION}
    return [commune for one in chosen for commune in named.get(one, (one,))]


def gathered(dataset: Dataset, communes: Sequence[str], as_of: str, boundaries: str) -> tuple[str, ...]:
    """The communes, in display order, with a region in the place of the first of its communes where all of
    them, two or more, are among these: the shortest way to say and to write a choice."""
    chosen = set(communes)
    whole = {
        commune: region
        for region, inside in regions(dataset, as_of, boundaries).items()
        if region != schema.REGION and len(inside) > 1 and chosen.issuperset(inside)
        for commune in inside
    }
    return tuple(dict.fromkeys(whole.get(commune, commune) for commune in communes))


@memoize(size=32)
def choice_names(dataset: Dataset, as_of: str, boundaries: str, text: Text) -> dict[str, str]:
    """Everything that the filter takes by its unique name: each region as a whole, followed by its communes,
    then those without a region and the district bodies."""
    names = labels(dataset, as_of, boundaries, text)
    result: dict[str, str] = {}
    for region, communes in regions(dataset, as_of, boundaries).items():
        if region != schema.REGION:
            result[region] = text("selection.whole_region", name=region.removeprefix(schema.REGION))
        result |= {commune: names[commune] for commune in communes}
    result |= names
    twice = {name for name, many in Counter(result.values()).items() if many > 1}
    return {area: f"{name} ({area})" if name in twice else name for area, name in result.items()}


@memoize(size=32)
def labels(dataset: Dataset, as_of: str, boundaries: str, text: Text) -> dict[str, str]:
    """For every choice of the filter its unique name: "Xã Hương Sơn"; the district bodies come last.

    Where two communes of the list have one name, the region follows it, or the id where that does not
    tell them apart.
    """
    rows = dataset.communes
    known = {
        commune: (kind, name)
        for commune, kind, name in zip(rows["commune_id"], rows["kind"], rows["name"], strict=True)
    }
    names = {}
    for commune in listed(dataset, as_of, boundaries):
        kind, name = known[commune]
        names[commune] = text(f"code.commune_kind.{kind}", name=name)
    if schema.OUTSIDE in choices(dataset, as_of, boundaries):
        names[schema.OUTSIDE] = text("code.outside")
    regions_of = region_of(dataset, as_of, boundaries)
    for behind in (lambda area: regions_of.get(area, "").removeprefix(schema.REGION), str):
        twice = {name for name, many in Counter(names.values()).items() if many > 1}
        names |= {
            area: f"{name} ({behind(area)})" for area, name in names.items() if name in twice and behind(area)
        }
    return names
