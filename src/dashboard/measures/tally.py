"""All counts by as-of date and area, grouped once per data set; every selection is a sum of its rows."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, remembered
from dashboard.measures import organizations, posts

Values = npt.NDArray[Any]

# Pairs of posts that one person may hold, as the overlap page counts them.
PAIRS = tuple(combinations(("secretary", "village_head", "front_head"), 2))

_LEVEL_OF = {"committees": "committee", "cells": "cell", "subcells": "subcell"}


def pair_name(pair: tuple[str, str]) -> str:
    """ "secretary+village_head": the column that counts villages where one person holds both."""
    return "+".join(pair)


@remembered(size=2)
def by_area(dataset: Dataset, boundaries: str) -> dict[str, pd.DataFrame]:
    """For every as-of date, one row per area of the filter list (index `area`; district bodies last).

    Integer columns: `dated` (1 where any organisation is reported at that date); `committees`, `cells`,
    `subcells` (organisations); `members`, `admitted` (persons), `units` (organisations with nothing under
    them) and `members_units`, `admitted_units` (those that report the figure), `members_missing`,
    `admitted_missing` (those whose figure nobody reports); `villages`, `households`,
    `population` and `*_units` alike; per position `POSITION:filled`, `:member`, `:vacant`,
    `:not_reported` (posts); per pair of posts `A+B` (villages where one person holds both) and
    `A+B:reported` (villages that report either post); and the columns of `combination_flags`
    and `pool_flags` (villages).
    """
    return {as_of: _one_date(dataset, as_of, boundaries) for as_of in dataset.dates}


def at_date(dataset: Dataset, selection: Selection, as_of: str) -> pd.DataFrame:
    """The rows of `by_area` of the chosen communes at a date: the chosen one, or one before it.

    At any date a commune is what it is at the chosen one: what was merged into it since counts in it.
    """
    if as_of not in dataset.dates:
        return _empty(dataset)
    table = _grouped_later(dataset, as_of, selection.boundaries, selection.as_of)
    return table if selection.everything else table[table.index.isin(selection.communes)]


@remembered(size=32)
def _grouped_later(dataset: Dataset, as_of: str, boundaries: str, later: str) -> pd.DataFrame:
    """The rows of `by_area` at one date, by the communes of that date or a later one."""
    table = by_area(dataset, boundaries)[as_of]
    into = {**areas.successor(dataset, later, boundaries), schema.OUTSIDE: schema.OUTSIDE}
    area = table.index.map(into).rename("area")
    index = pd.Index([*areas.listed(dataset, later, boundaries), schema.OUTSIDE], name="area")
    if area.equals(index):
        return table
    table = table.groupby(area, sort=False).sum()
    return table.reindex(index.union(table.index, sort=False), fill_value=0)


def chosen(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """The rows of `by_area` that a selection holds."""
    return at_date(dataset, selection, selection.as_of)


def chosen_before(dataset: Dataset, selection: Selection) -> pd.DataFrame | None:
    """The same communes at the as-of date before; None where there is none."""
    before = dataset.date_before(selection.as_of)
    return None if before is None else at_date(dataset, selection, before)


Sums = Mapping[str, int]


def summed(rows: pd.DataFrame) -> Sums:
    """The columns of `by_area` summed over its rows; one row of it as a mapping will do as well."""
    return {str(name): int(value) for name, value in rows.sum().items()}


def each(rows: pd.DataFrame) -> dict[str, Sums]:
    """Every row of `by_area` as a mapping, by its area."""
    counts = rows.to_numpy().tolist()  # ten times as fast as `to_dict`
    return {
        str(area): dict(zip(rows.columns, row, strict=True))
        for area, row in zip(rows.index, counts, strict=True)
    }


def totals(sums: Sums) -> dict[str, int | None]:
    """The counts of `schema.COUNTS` from summed rows of `by_area`.

    None where there are units that could report a figure but none does, and for all organisations at a
    date without any: a missing figure is never 0.
    """
    found: dict[str, int | None] = {name: sums[name] for name in (*_LEVEL_OF, "villages")}
    found["grassroots"] = sums["committees"] + sums["cells"]
    for name, units in _REPORTED.items():
        silent = sums[units] > 0 and sums[f"{name}_units"] == 0
        found[name] = None if silent else sums[name]
    if not sums["dated"]:
        found |= dict.fromkeys(("grassroots", *_LEVEL_OF, "members", "admitted"))
    return {name: found[name] for name in schema.COUNTS}


# Figures that a unit may leave blank, and the column that counts the units.
_REPORTED = {"members": "units", "admitted": "units", "households": "villages", "population": "villages"}


def _one_date(dataset: Dataset, as_of: str, boundaries: str) -> pd.DataFrame:
    index = pd.Index([*areas.listed(dataset, as_of, boundaries), schema.OUTSIDE], name="area")
    into = areas.successor(dataset, as_of, boundaries)
    village_area = index.get_indexer(pd.Index(dataset.villages["commune_id"].map(into)))
    units = organizations.at_date(dataset, as_of)
    into = {**into, schema.OUTSIDE: schema.OUTSIDE}
    org_area = index.get_indexer(pd.Index(units["area"].map(into)))
    columns = {
        name: np.bincount(org_area, weights=values, minlength=len(index))
        for name, values in _per_organization(units).items()
    }
    columns |= {
        name: np.bincount(village_area, weights=values, minlength=len(index))
        for name, values in _per_village(dataset, posts.all_dates(dataset)[as_of]).items()
    }
    columns["dated"] = np.full(len(index), len(units) > 0)
    return pd.DataFrame(columns, index=index).astype("int64")


def _per_organization(rows: pd.DataFrame) -> dict[str, Values]:
    found = {name: (rows["level"] == level).to_numpy() for name, level in _LEVEL_OF.items()}
    found["units"] = ~rows["org_id"].isin(rows["parent_id"]).to_numpy()
    for name in ("members", "admitted"):
        found |= _reported(name, rows[f"own_{name}"])
        found[f"{name}_missing"] = rows[f"missing_{name}"].to_numpy()
    return found


def _per_village(dataset: Dataset, held: posts.Posts) -> dict[str, Values]:
    found = {"villages": np.ones(len(dataset.villages), dtype=bool)}
    for name in ("households", "population"):
        found |= _reported(name, dataset.villages[name])
    for i, position in enumerate(schema.POSITIONS):
        found[f"{position}:filled"] = held.filled[:, i]
        found[f"{position}:member"] = held.filled[:, i] & held.member[:, i]
        found[f"{position}:vacant"] = held.vacant[:, i]
        found[f"{position}:not_reported"] = held.not_reported[:, i]
    for pair in combinations(schema.POSITIONS, 2):
        found[pair_name(pair)] = held.same_holder(*pair)
        found[f"{pair_name(pair)}:reported"] = held.reported(pair)
    return found | combination_flags(held) | pool_flags(held)


def combination_flags(held: posts.Posts) -> dict[str, Values]:
    """Per village (order of `dataset.villages`): which of the five exclusive combinations it has.

    `all_three`, `only:A+B` for each pair of `PAIRS`, and `none`; beside them `any`, the opposite of
    `none`, and `reported` (at least two of the three posts are: fewer tell nothing of overlap). Where one
    person holds all three posts every pair is shared too, so that village counts under `all_three` alone.
    """
    shared = {pair: held.same_holder(*pair) for pair in PAIRS}
    three = np.logical_and.reduce(list(shared.values()))
    some = np.logical_or.reduce(list(shared.values()))
    only = {f"only:{pair_name(pair)}": flags & ~three for pair, flags in shared.items()}
    three_posts = [schema.POSITIONS.index(post) for post in ("secretary", "village_head", "front_head")]
    reported = (~held.not_reported[:, three_posts]).sum(axis=1) >= 2
    return {"reported": reported, "all_three": three, **only, "any": some, "none": ~some}


def pool_flags(held: posts.Posts) -> dict[str, Values]:
    """Per village (order of `dataset.villages`): how far secretary and village head are from one person.

    `pool:same` (one person is both), `pool:ready` (the village head is a member, someone else or nobody is
    secretary), `pool:member_first` (the head is no member yet), `pool:no_head` (vacant or not reported).
    Every village is in one of them.
    """
    same = held.same_holder("secretary", "village_head")
    head = schema.POSITIONS.index("village_head")
    filled, member = held.filled[:, head], held.member[:, head]
    return {
        "pool:same": same,
        "pool:ready": filled & member & ~same,
        "pool:member_first": filled & ~member,
        "pool:no_head": ~filled,
    }


def _reported(name: str, values: pd.Series[int]) -> dict[str, Values]:
    return {
        name: values.fillna(0).to_numpy(dtype="float64"),
        f"{name}_units": values.notna().to_numpy(),
    }


def _empty(dataset: Dataset) -> pd.DataFrame:
    """No row, with the columns of `by_area`: a data set without any date."""
    names = [
        "dated",
        *_per_organization(organizations.at_date(dataset, "")),
        *_per_village(dataset, posts.none_reported(dataset)),
    ]
    return pd.DataFrame({name: pd.Series(dtype="int64") for name in names}, index=pd.Index([], name="area"))
