"""All counts by as-of date and area, grouped once per data set; every selection is a sum of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema
from dashboard.dataset import Change, Dataset, Selection, areas, memoize, posts, scenario, villages
from dashboard.measures import organizations

Values = npt.NDArray[Any]
Rows = npt.NDArray[np.intp]
Areas = npt.NDArray[np.object_]

# Pairs of posts that one person may hold, as the overlap page counts them.
PAIRS = tuple(combinations(schema.OVERLAP_POSITIONS, 2))

_LEVEL_OF = {"committees": "committee", "cells": "cell", "subcells": "subcell"}


def pair_name(pair: tuple[str, ...]) -> str:
    """ "secretary+village_head": the column that counts villages where one person holds both."""
    return "+".join(schema.pair(pair))


PAIR_NAMES = tuple(map(pair_name, PAIRS))


@memoize(size=64)
def by_area(dataset: Dataset, as_of: str, boundaries: str, later: str = "") -> pd.DataFrame:
    """At one as-of date, one row per area of the filter list (index `area`; district bodies last), of that of
    a `later` date if one is given; further areas that figures of the date count under follow.

    Integer columns: `organizations` (rows at that date; where there are none the area has no data);
    `unreported_areas` (places, see `unreported_areas`, that report no organisation); `committees`, `cells`,
    `subcells` (organisations); `members`, `admitted` (persons), `units` (organisations with nothing under
    them) and `members_units`, `admitted_units` (those that report the figure), `members_missing`,
    `admitted_missing` (those whose figure is not reported); `villages`, `households`, `population` and
    `*_units` alike; `start:members`, `start:missing` and `start:unreported_areas` (as `members`,
    `members_missing` and `unreported_areas` one year earlier, in the areas of this date) and `start:dated` (1
    where that date can be compared); `admitting` (grassroots organisations that admitted anyone in the year)
    of `admitting_known` (those of which it is known); `own_cell` (villages with a cell of their own) and
    `cells_known` (villages of which it is known, see `own_cells`); per position `POSITION:filled`, `:member`,
    `:vacant`, `:not_reported` (posts); per pair of posts `A+B` (villages where one person holds both) and
    `A+B:reported` (villages that report both posts); and the columns of `combination_flags` and `merge_flags`
    (villages).
    """
    counted, earlier, day = _counted(dataset, as_of), _year_before(as_of), later or as_of
    groups = [
        (areas.of_homes(dataset, as_of, boundaries, later)[counted.order], counted.organizations),
        (areas.of_villages(dataset, as_of, boundaries, later)[counted.rows], counted.villages),
    ]
    for name, of_date in (("unreported_areas", as_of), ("start:unreported_areas", earlier)):
        unreported = _unreported_places(dataset, of_date, boundaries, day)
        groups.append((unreported, {name: np.ones(len(unreported))}))
    index = pd.Index([*areas.listed(dataset, day, boundaries), schema.OUTSIDE], name="area")
    # An organisation of a commune that is nowhere in today's list leaves nothing to compare with.
    start = areas.of_homes(dataset, earlier, boundaries, day)[counted.start_order]
    dated = len(start) > 0 and bool(pd.Index(start).isin(index).all())
    further = [pd.unique(area) for area, _ in groups]
    index = index.append(pd.Index(np.concatenate(further)).unique().difference(index.append(pd.Index([""]))))
    columns: dict[str, Values] = {}
    for area, values in (*groups, (start, counted.start)):
        place = index.get_indexer(pd.Index(area))
        here = place >= 0
        for name, weights in values.items():
            columns[name] = np.bincount(place[here], weights[here], len(index))
    columns["start:dated"] = np.full(len(index), dated)
    return pd.DataFrame(columns, index=index.rename("area")).astype("int64")


@dataclass(frozen=True, eq=False)
class _Counted:
    """What every organisation (`order`: their rows in `areas.homes`), every village in force (`rows` of
    `dataset.villages`) and every organisation of a year earlier counts for, column by column."""

    order: Rows
    organizations: dict[str, Values]
    rows: Rows
    villages: dict[str, Values]
    start_order: Rows
    start: dict[str, Values]


# As many dates as a page compares.
@memoize(size=4)
def _counted(dataset: Dataset, as_of: str) -> _Counted:
    units, start = (organizations.at_date(dataset, date) for date in (as_of, _year_before(as_of)))
    rows = np.flatnonzero(villages.in_force(dataset.villages, as_of))
    held = posts.at(dataset, as_of)
    return _Counted(
        units["row"].to_numpy(),
        _per_organization(units),
        rows,
        _per_village(dataset, as_of, held, rows),
        start["row"].to_numpy(),
        {
            "start:members": _reported("members", start["own_members"])["members"],
            "start:missing": start["missing_members"].to_numpy(),
        },
    )


# Many exhibits of a page ask for the same rows.
@memoize(size=16)
def at_date(dataset: Dataset, selection: Selection, as_of: str) -> pd.DataFrame:
    """The rows of `by_area` of the chosen communes at a date: the chosen one, or one before it.

    At any date a commune is what it is at the chosen one: what was merged into it since counts in it. A
    selection by region has one row per region, the sum of its chosen communes.
    """
    if as_of not in dataset.dates:
        # No row, with the columns: a data set without any date.
        return by_area(dataset, "", areas.BOUNDARIES[0]).head(0)
    later = selection.as_of if as_of != selection.as_of else ""
    table = by_area(dataset, as_of, selection.boundaries, later)
    if selection.scenario and as_of == selection.as_of:
        table = _what_if(dataset, as_of, selection.boundaries, selection.scenario)
    if not selection.everything:
        # Looked up, not sought among all: there may be thousands.
        rows = table.index.get_indexer(pd.Index(selection.communes))
        table = table.take(np.sort(rows[rows >= 0]))
    return summed_by_region(dataset, selection, table) if selection.by_region else table


def summed_by_region(dataset: Dataset, selection: Selection, table: pd.DataFrame) -> pd.DataFrame:
    """Rows by area summed to those of their regions, in display order; an area without one stays itself."""
    of = areas.region_of(dataset, selection.as_of, selection.boundaries)
    region = pd.Index([of.get(area, area) for area in table.index], name=table.index.name)
    return table.groupby(region, sort=False).sum()


@memoize(size=16)
def _what_if(dataset: Dataset, as_of: str, boundaries: str, changes: tuple[Change, ...]) -> pd.DataFrame:
    """The rows of `by_area` at one date with a scenario: the difference of its few villages is added."""
    table = by_area(dataset, as_of, boundaries)
    rows = scenario.rows_of(dataset, as_of, changes)
    real, assumed = (
        _per_post(held.of(rows))
        for held in (posts.all_dates(dataset)[as_of], scenario.posts_with(dataset, as_of, changes))
    )
    area = table.index.get_indexer(pd.Index(areas.of_villages(dataset, as_of, boundaries)[rows]))
    return table.assign(
        **{
            name: table[name].to_numpy()
            + np.bincount(area, assumed[name].astype("int8") - flags, len(table)).astype("int64")
            for name, flags in real.items()
        }
    )


def chosen(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The rows of `by_area` that a selection holds."""
    return at_date(dataset, selection, selection.as_of)


Sums = Mapping[str, int]


def summed(rows: pd.DataFrame) -> Sums:
    """The columns of `by_area` summed over its rows; one row of it as a mapping will do as well."""
    return dict(zip(rows.columns.tolist(), rows.to_numpy().sum(axis=0).tolist(), strict=True))


def each(rows: pd.DataFrame) -> dict[str, Sums]:
    """Every row of `by_area` as a mapping, by its area."""
    # Plain lists: `to_dict`, or names taken from the index for each row, take ten times as long.
    names, counts = rows.columns.tolist(), rows.to_numpy().tolist()
    return {
        str(area): dict(zip(names, row, strict=True))
        for area, row in zip(rows.index.tolist(), counts, strict=True)
    }


def totals(sums: Sums) -> dict[str, int | None]:
    """The counts of `schema.COUNTS` from summed rows of `by_area`; None where `total` does not know one."""
    result = {name: total(sums, name) for name in schema.COUNTS}
    return {name: value if known else None for name, (value, known) in result.items()}


def total(sums: Any, name: str) -> tuple[Any, Any]:
    """A count of `schema.COUNTS` and whether it is known, from `Sums` or from whole columns of `by_area`.

    It is not known where there are units that could report a figure but none does, and for all counts of
    organisations where an area has none at that date: a missing figure is never 0.
    """
    value = sums["committees"] + sums["cells"] if name == "grassroots" else sums[name]
    known = sums["organizations"] >= (name not in OF_VILLAGES)
    if name in _REPORTED:
        known &= (sums[_REPORTED[name]] == 0) | (sums[f"{name}_units"] > 0)
    return value, known


def missing(sums: Any, name: str) -> Any:
    """How many units leave the figure of a count out: organisations for members and those admitted, villages
    for households and population; 0 for what is counted, not stated."""
    if name in OF_VILLAGES:
        return sums["villages"] - sums[f"{name}_units"] if name != "villages" else 0 * sums["villages"]
    return sums[f"{name}_missing"] if name in _REPORTED else 0 * sums["organizations"]


# Counts of villages, which no row of organisations is needed for.
OF_VILLAGES = ("villages", "households", "population")
# Figures that a unit may leave blank, and the column that counts the units.
_REPORTED = {"members": "units", "admitted": "units", "households": "villages", "population": "villages"}


def _year_before(as_of: str) -> str:
    """The same day one year earlier; "" where there is none."""
    try:
        day = date.fromisoformat(as_of)
        return day.replace(year=day.year - 1).isoformat()
    except ValueError:
        return ""


def _per_organization(rows: pd.DataFrame) -> dict[str, Values]:
    result = {name: (rows["level"] == level).to_numpy() for name, level in _LEVEL_OF.items()}
    result["organizations"] = np.ones(len(rows), dtype=bool)
    result["units"] = rows["childless"].to_numpy()
    for name in ("members", "admitted"):
        result |= _reported(name, rows[f"own_{name}"])
        result[f"{name}_missing"] = rows[f"missing_{name}"].to_numpy()
    return result | admitting(rows)


def admitting(rows: pd.DataFrame) -> dict[str, Values]:
    """Per organisation (rows of `organizations.at_date`) whether it is a grassroots one that admitted anyone
    in the year (`admitting`), and whether that is known (`admitting_known`)."""
    grassroots = rows["level"].isin(("committee", "cell")).to_numpy()
    admitted = rows["total_admitted"].to_numpy(dtype="float64", na_value=np.nan)
    # Where a cell under a committee is unreported, a committee whose other cells admitted no one is unknown.
    unreported = np.zeros(len(rows), dtype=bool)
    committee = rows.loc[rows["missing_admitted"] & (rows["committee"] != ""), "committee"]
    unreported[pd.Index(rows["org_id"]).get_indexer(pd.Index(committee))] = True
    return {
        "admitting": grassroots & (admitted > 0),
        "admitting_known": grassroots & ((admitted > 0) | ((admitted == 0) & ~unreported)),
    }


@memoize(size=8)
def unreported_areas(dataset: Dataset, as_of: str) -> tuple[str, ...]:
    """The communes of a date, and `OUTSIDE` for the district bodies, that report no organisation then though
    they have villages, or reported organisations before. The root is no organisation of theirs.

    Of one commune by its villages all of them, at a date without any organisation, else none: a village need
    not have one of its own.
    """
    if as_of not in dataset.dates or (dataset.by_village and _reporting(dataset, as_of)):
        return ()
    into = {**areas.successor(dataset, as_of, areas.BOUNDARIES[0]), schema.OUTSIDE: schema.OUTSIDE}
    expected = {*pd.unique(areas.of_villages(dataset, as_of, areas.BOUNDARIES[0]))}
    expected.update(*(_reporting(dataset, date) for date in dataset.dates if date < as_of))
    reporting = {into[area] for area in _reporting(dataset, as_of)}
    listed = [*areas.listed(dataset, as_of, areas.BOUNDARIES[0]), schema.OUTSIDE]
    return tuple(area for area in listed if area in expected and area not in reporting)


def _unreported_places(dataset: Dataset, as_of: str, boundaries: str, later: str) -> Areas:
    """The areas that each of `unreported_areas` counts under: those of its villages. A place that was divided
    counts in each of them, since each lacks what it did not report."""
    places = unreported_areas(dataset, as_of)
    then = areas.of_villages(dataset, as_of, areas.BOUNDARIES[0])
    now = areas.of_villages(dataset, as_of, boundaries, later)
    here = np.flatnonzero(pd.Index(then).isin(places))
    pairs = set(zip(then[here], now[here], strict=True))
    into = areas.successor(dataset, later, boundaries)
    pairs |= {(place, into.get(place, place)) for place in {*places}.difference(then[here])}
    return np.array([area for _, area in sorted(pairs) if area], dtype=object)


def _reporting(dataset: Dataset, as_of: str) -> set[str]:
    """The areas with an organisation below the root."""
    rows = organizations.at_date(dataset, as_of)
    return set(rows.loc[rows["depth"] > 0, "area"])


@memoize(size=8)
def own_cells(dataset: Dataset, as_of: str) -> tuple[Values, Values]:
    """Per row of `dataset.villages` whether the village has a cell of its own, and whether it is known.

    It is known where the commune has organisations, cells of the date name their villages, and the village
    has any row then: one without has not reported. At a date without posts of any village the organisations
    alone decide.
    """
    units = organizations.at_date(dataset, as_of)
    with_village = units[units["village_id"] != ""]
    row = villages.rows_at(dataset.villages, with_village["as_of"], with_village["village_id"])
    is_cell = with_village["level"].isin(("cell", "subcell")).to_numpy()
    own_cell, has_row = np.zeros((2, len(dataset.villages)), dtype=bool)
    own_cell[row[is_cell]], has_row[row] = True, True
    held = posts.at(dataset, as_of)
    reports = ~held.not_reported.all(axis=1)
    area = pd.Series(areas.of_villages(dataset, as_of, areas.BOUNDARIES[0]))
    unreported = area.isin(("", *unreported_areas(dataset, as_of))).to_numpy()
    return own_cell, ~unreported & bool(is_cell.any()) & (has_row | reports | ~reports.any())


def _per_village(
    dataset: Dataset, as_of: str, held: posts.Posts, rows: npt.NDArray[np.intp]
) -> dict[str, Values]:
    """What each of these rows of `dataset.villages` counts for."""
    held = held.of(rows)
    own_cell, cells_known = (flags[rows] for flags in own_cells(dataset, as_of))
    result = {
        "villages": np.ones(len(rows), dtype=bool),
        "own_cell": own_cell,
        "cells_known": cells_known,
        "villages_unheard": held.not_reported.all(axis=1) & ~own_cell,
    }
    for name in ("households", "population"):
        result |= _reported(name, dataset.villages[name].iloc[rows])
    return result | _per_post(held)


def _per_post(held: posts.Posts) -> dict[str, Values]:
    """Per village of `held` what its posts count for."""
    result: dict[str, Values] = {}
    for i, position in enumerate(held.positions):
        result[f"{position}:filled"] = held.filled[:, i]
        result[f"{position}:member"] = held.filled[:, i] & held.member[:, i]
        result[f"{position}:vacant"] = held.vacant[:, i]
        result[f"{position}:not_reported"] = held.not_reported[:, i]
        result[f"{position}:unknown"] = held.unknown[:, i]
    for pair in combinations(held.positions, 2):
        result[pair_name(pair)] = held.same_holder(*pair)
        result[f"{pair_name(pair)}:reported"] = held.reported(pair)
    return result | combination_flags(held) | merge_flags(held)


def combination_flags(held: posts.Posts) -> dict[str, Values]:
    """Per village (order of `dataset.villages`): which of the five exclusive combinations it has.

    `policy` (the secretary is village head or Front head, as the published policy has it) and
    `policy:reported` (whether that is known); `all_three` and `all_three:reported` alike; `only:A+B` for each
    pair of `PAIRS` (nothing is known of the third being that person's, too) and `none:reported`, of the
    villages that are `reported` (it is known of all three posts which one person holds); beside them `any`
    (two of them are known to be one person's) and `none`, its opposite. Where one person holds all three
    posts every pair is shared too, so that village counts under `all_three` alone.
    """
    shared = {pair: held.same_holder(*pair) for pair in PAIRS}
    three = np.logical_and.reduce(list(shared.values()))
    some = np.logical_or.reduce(list(shared.values()))
    reported = held.reported(schema.OVERLAP_POSITIONS)
    only = {f"only:{pair_name(pair)}": flags & ~three for pair, flags in shared.items()}
    apart = np.logical_or.reduce([held.reported(pair) & ~flags for pair, flags in shared.items()])
    policy = shared[PAIRS[0]] | shared[PAIRS[1]]
    known = {"policy": policy, "policy:reported": policy | reported, "none:reported": ~some & reported}
    known |= {"all_three": three, "all_three:reported": three | apart, "reported": reported}
    return {**known, **only, "any": some, "none": ~some}


def merge_flags(held: posts.Posts) -> dict[str, Values]:
    """Per village (order of `dataset.villages`): how far secretary and village head are from one person.

    `merge:same` (one person is both), `merge:ready` (the village head is a member, someone else or no one is
    secretary), `merge:member_first` (the head is no member yet), `merge:no_head` (no head, or it is not known
    if one person holds both: nothing can be said of joining them). Every village is in one of them.
    """
    same = held.same_holder("secretary", "village_head")
    (head,) = held.columns(("village_head",))
    filled = held.filled[:, head] & held.reported(("secretary", "village_head"))
    member = held.member[:, head]
    return {
        "merge:same": same,
        "merge:ready": filled & member & ~same,
        "merge:member_first": filled & ~member,
        "merge:no_head": ~filled,
    }


def _reported(name: str, values: pd.Series[int]) -> dict[str, Values]:
    return {
        name: values.fillna(0).to_numpy(dtype="float64"),
        f"{name}_units": values.notna().to_numpy(),
    }
