"""Which commune a village or an organisation counts under, then or now, and what it is called."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

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
    return _successor(dataset, day_of(dataset, as_of, boundaries))


def day_of(dataset: Dataset, as_of: str, boundaries: str) -> str:
    """The day whose communes are meant; of data of a later date than today it is that date."""
    return as_of if boundaries == "then" else max(as_of, dataset.today)


@memoize(size=32)
def ended(dataset: Dataset, day: str) -> frozenset[str]:
    """The communes that have ended by a day."""
    return frozenset(dataset.communes.loc[villages.has_ended(dataset.communes, day), "commune_id"])


@memoize(size=32)
def _successor(dataset: Dataset, day: str) -> dict[str, str]:
    rows = dataset.communes.set_index("commune_id")[["valid_to", "merged_into"]].to_dict("index")

    def follow(commune: str) -> str:
        while (row := rows[commune])["merged_into"] and row["valid_to"] < day:
            commune = row["merged_into"]
        return commune

    return {commune: follow(commune) for commune in rows}


@memoize(size=32)
def of_villages(dataset: Dataset, as_of: str, boundaries: str, later: str = "") -> npt.NDArray[np.object_]:
    """Per row of `dataset.villages` the commune_id that the village counts under; "" where it is not in force
    at `as_of`, or is in none that the data set holds.

    `now` is where its last period, or what it was merged into, lies today. With a `later` date the communes
    are those of that date; `then` follows a village only out of a commune that has ended by it.
    """
    rows = np.flatnonzero(villages.in_force(dataset.villages, as_of))
    day = day_of(dataset, later or as_of, boundaries)
    communes = dataset.villages["commune_id"].to_numpy(dtype=object)
    last = rows
    if boundaries != "then" or later:
        last = villages.became(dataset, day)[rows]
        if boundaries == "then":
            last = np.where(pd.Index(communes[rows]).isin(ended(dataset, day)), last, rows)
    result = np.full(len(communes), "", dtype=object)
    in_data = last >= 0
    result[rows[in_data]] = (
        pd.Series(communes[last[in_data]], dtype=object).map(_successor(dataset, day)).to_numpy()
    )
    return result


@memoize(size=32)
def places_of_villages(dataset: Dataset, as_of: str, boundaries: str, later: str = "") -> Places:
    """The same as a place in `listed`, of the `later` date if one is given; -1 where the village is not in
    force."""
    areas = pd.Index(of_villages(dataset, as_of, boundaries, later))
    return pd.Index(listed(dataset, later or as_of, boundaries), dtype=object).get_indexer(areas)


def parents(organizations: pd.DataFrame) -> Places:
    """The place of the parent of each organisation at its date; -1 for a root, and where it is not there."""
    dates, _ = pd.factorize(organizations["as_of"])
    ids, names = pd.factorize(pd.concat([organizations["org_id"], organizations["parent_id"]]))
    org, above = np.split(ids, 2)
    base = dates * len(names)
    return pd.Index(base + org).get_indexer(pd.Index(base + above))


def inherited(values: npt.NDArray[Any], blank: object, parent: Places) -> npt.NDArray[Any]:
    """Per organisation its own value, or where that is blank that of the nearest above it that has one."""
    result, above = values.copy(), parent
    while (open_rows := (result == blank) & (above >= 0)).any():
        result[open_rows] = values[above[open_rows]]
        above = np.where(above >= 0, parent[above], -1)
    return result


def of_organizations(organizations: pd.DataFrame, parent: Places) -> npt.NDArray[np.object_]:
    """The commune_id of each organisation, or of the nearest above it that has one; else `OUTSIDE`."""
    area = inherited(organizations["commune_id"].to_numpy(dtype=object), "", parent)
    area[area == ""] = schema.OUTSIDE
    return area


@dataclass(frozen=True, eq=False)
class Homes:
    """Where the organisations of one date belong, in the order of their rows: the place of the `parent` of
    each (-1 for the root), the `commune` that it or the nearest above it names (else `OUTSIDE`), and the row
    of the `village` in force that it or the nearest above it names (else -1)."""

    parent: Places
    commune: npt.NDArray[np.object_]
    village: Places


@memoize(size=8)
def homes(dataset: Dataset, as_of: str) -> Homes:
    """Where the organisations of one date belong."""
    rows = dataset.organizations[dataset.organizations["as_of"] == as_of]
    parent = pd.Index(rows["org_id"]).get_indexer(pd.Index(rows["parent_id"]))
    village = villages.rows_at(dataset.villages, rows["as_of"], rows["village_id"])
    return Homes(parent, of_organizations(rows, parent), inherited(village, -1, parent))


@memoize(size=32)
def of_homes(dataset: Dataset, as_of: str, boundaries: str, later: str = "") -> npt.NDArray[np.object_]:
    """Per organisation of a date (order of `homes`) the area that it counts under; `later` as for villages.

    One of a village, and what is under it, counts where that village does, as far as boundaries have
    changed. What belongs to a commune as a whole counts where that was merged into: under its own name, where
    that is not stated.
    """
    home, day = homes(dataset, as_of), day_of(dataset, later or as_of, boundaries)
    into = {**_successor(dataset, day), schema.OUTSIDE: schema.OUTSIDE}
    result = pd.Series(home.commune, dtype=object).map(into).to_numpy(dtype=object)
    follows = home.village >= 0
    if boundaries == "then":
        follows &= pd.Index(home.commune).isin(ended(dataset, day))
    result[follows] = of_villages(dataset, as_of, boundaries, later)[home.village[follows]]
    return result


@memoize(size=32)
def divided(dataset: Dataset, as_of: str, boundaries: str, later: str = "") -> dict[str, str]:
    """The communes of a date that have ended since and of which not all villages count where the commune
    itself does: each with the area where its organisations without a village do, "" where it has none."""
    day = day_of(dataset, later or as_of, boundaries)
    into = _successor(dataset, day)
    then, now = of_villages(dataset, as_of, "then"), of_villages(dataset, as_of, boundaries, later)
    ended_rows = np.flatnonzero(pd.Index(then).isin(ended(dataset, day)))
    apart = {
        commune
        for commune, area in zip(then[ended_rows], now[ended_rows], strict=True)
        if area != into[commune]
    }
    if not apart:
        return {}
    home = homes(dataset, as_of)
    whole = _successor(dataset, as_of)
    with_own_bodies = {whole.get(commune) for commune in pd.unique(home.commune[home.village < 0])}
    return {
        commune: into[commune] if commune in with_own_bodies else ""
        for commune in dataset.communes["commune_id"]
        if commune in apart
    }


@memoize(size=32)
def listed(dataset: Dataset, as_of: str, boundaries: str) -> tuple[str, ...]:
    """The communes to choose from, by rank: those in force, and others that the date's data fall under."""
    day = day_of(dataset, as_of, boundaries)
    result = {*pd.unique(of_homes(dataset, as_of, boundaries))}
    result |= {*pd.unique(of_villages(dataset, as_of, boundaries))}
    result |= {*dataset.communes["commune_id"][villages.in_force(dataset.communes, day)]}
    if not result - {"", schema.OUTSIDE} and dataset.scope is not None:
        # Communes of a later time: they are all that there is to choose from, and have no figures here.
        result = set(_successor(dataset, day).values())
    return tuple(commune for commune in dataset.communes["commune_id"] if commune in result)


def boundaries_key(dataset: Dataset, as_of: str, boundaries: str) -> str:
    """By which words boundaries are called: "then", "now", or "date" where those of then are today's, too."""
    return "date" if boundaries == BOUNDARIES[0] and not changed(dataset, as_of) else boundaries


@memoize(size=32)
def changed(dataset: Dataset, as_of: str) -> bool:
    """Whether communes or where villages lie have changed since a date."""
    then, now = ((listed(dataset, as_of, kind), *of_villages(dataset, as_of, kind)) for kind in BOUNDARIES)
    return then != now


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

    A commune that is not in that list becomes the one that it was merged into and those that its villages
    came to, or the ones that came to it. One that leads to nothing in the list stays as it is: its choice is
    not dropped here. A region that is not in that list becomes its communes first.
    """
    in_list = listed(dataset, as_of, boundaries)
    into, at_last = leads(dataset, as_of, boundaries), _leads(dataset, _AT_LAST)
    result: list[str] = []
    for commune in _of_regions(dataset, communes, as_of, boundaries):
        if commune in (*in_list, schema.OUTSIDE) or commune not in into:
            result.append(commune)
        elif reached := into[commune].intersection(in_list):
            result += reached
        else:
            came = [candidate for candidate in in_list if not at_last[candidate].isdisjoint(at_last[commune])]
            result += came or [commune]
    if not result:
        return ()
    order = _ranks(dataset)
    return tuple(sorted(dict.fromkeys(result), key=lambda commune: order.get(commune, len(order))))


def leads(dataset: Dataset, as_of: str, boundaries: str) -> dict[str, frozenset[str]]:
    """For every commune_id the communes that it became, as a whole or with some of its villages."""
    return _leads(dataset, day_of(dataset, as_of, boundaries))


@memoize(size=8)
def _leads(dataset: Dataset, day: str) -> dict[str, frozenset[str]]:
    into, rows = _successor(dataset, day), dataset.villages
    ends = dict(zip(dataset.communes["commune_id"], dataset.communes["valid_to"], strict=True))
    result = {commune: {area} for commune, area in into.items()}
    has_ended = rows["commune_id"].isin(ended(dataset, day)).to_numpy()
    last = rows["commune_id"].where(has_ended, "").map({**ends, "": ""})
    at_end = (
        has_ended & (rows["valid_from"] <= last) & ((rows["valid_to"] == "") | (rows["valid_to"] >= last))
    )
    now = villages.became(dataset, day)
    at_end &= now >= 0
    communes = rows["commune_id"].array
    for commune, later in {(communes[row], communes[now[row]]) for row in np.flatnonzero(at_end)}:
        result[commune].add(into[later])
    return {
        commune: frozenset(
            areas if len(areas) == 1 or commune not in ended(dataset, day) else areas - {commune}
        )
        for commune, areas in result.items()
    }


def _of_regions(dataset: Dataset, chosen: Iterable[str], as_of: str, boundaries: str) -> Iterator[str]:
    """The choices, with all communes ever of a region in the place of one that is not in the list."""
    in_list = regions(dataset, as_of, boundaries)
    for choice in chosen:
        if not choice.startswith(schema.REGION) or choice in in_list:
            yield choice
        else:
            inside = dataset.communes["region"] == choice.removeprefix(schema.REGION)
            yield from dataset.communes.loc[inside, "commune_id"] if inside.any() else (choice,)


@memoize(size=32)
def regions(dataset: Dataset, as_of: str, boundaries: str) -> dict[str, tuple[str, ...]]:
    """The listed communes of every region, by its id ("region:" and its name), in display order.

    The region of a commune is that of its own row: where a commune counts under another, that one's. Communes
    without a region come last, under `schema.REGION` alone; no entry at all where none has one.
    """
    names = dict(zip(dataset.communes["commune_id"], dataset.communes["region"], strict=True))
    result: dict[str, list[str]] = {}
    for commune in listed(dataset, as_of, boundaries):
        result.setdefault(schema.REGION + names[commune], []).append(commune)
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
    with_name = {region: communes for region, communes in every.items() if region != schema.REGION}
    return [commune for choice in chosen for commune in with_name.get(choice, (choice,))]


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
    twice = {name for name, count in Counter(result.values()).items() if count > 1}
    return {area: f"{name} ({area})" if name in twice else name for area, name in result.items()}


@memoize(size=32)
def labels(dataset: Dataset, as_of: str, boundaries: str, text: Text) -> dict[str, str]:
    """For every choice of the filter its unique name: "Xã Hương Sơn"; the district bodies come last.

    Where two communes of the list have one name, one that has ended says so; else the region follows it, or
    the id where that does not tell them apart.
    """
    rows = dataset.communes
    kinds_and_names = {
        commune: (kind, name)
        for commune, kind, name in zip(rows["commune_id"], rows["kind"], rows["name"], strict=True)
    }
    names = {}
    for commune in listed(dataset, as_of, boundaries):
        kind, name = kinds_and_names[commune]
        names[commune] = text(f"code.commune_kind.{kind}", name=name)
    if schema.OUTSIDE in choices(dataset, as_of, boundaries):
        names[schema.OUTSIDE] = text("code.outside")
    former = former_names(dataset, day_of(dataset, as_of, boundaries), text)
    names |= {commune: name for commune, name in former.items() if commune in names}
    regions_of = region_of(dataset, as_of, boundaries)
    for behind in (lambda area: regions_of.get(area, "").removeprefix(schema.REGION), str):
        twice = {name for name, count in Counter(names.values()).items() if count > 1}
        names |= {
            area: f"{name} ({behind(area)})" for area, name in names.items() if name in twice and behind(area)
        }
    return names


@memoize(size=32)
def former_names(dataset: Dataset, day: str, text: Text) -> dict[str, str]:
    """The communes that ended before a day and whose name another one of that day has: "Xã Khe Tre cũ"."""
    rows = dataset.communes
    alike = pd.MultiIndex.from_frame(rows[["kind", "name", "region"]])
    former = rows[villages.has_ended(rows, day) & alike.isin(alike[villages.in_force(rows, day)])]
    return {
        commune: text("selection.former", name=text(f"code.commune_kind.{kind}", name=name))
        for commune, kind, name in zip(former["commune_id"], former["kind"], former["name"], strict=True)
    }
