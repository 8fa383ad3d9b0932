"""Both dates side by side: posts, pairs of posts and goals, over what tells at both."""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import combinations

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, remembered
from dashboard.measures import goals, overlap, posts, tally
from dashboard.measures.changes import between

# The columns that `by_area` has per position beside `told` and `silent`, at either date.
_STATES = ("member", "filled", "vacant")
# What is counted from tables without dates: it is the same at every one.
_UNDATED = ("villages", "households", "population")


@dataclass(frozen=True)
class Sides:
    """What a measure counts at the earlier date and at the chosen one, over the posts or villages that tell
    at both; `unknown` do not. A side without data leaves nothing to compare."""

    before: goals.Count
    now: goals.Count
    unknown: int = 0

    @property
    def comparable(self) -> bool:
        """Whether both dates have anything to count."""
        return self.before.known and self.now.known

    @property
    def gained(self) -> int:
        """By how much the count grew."""
        return self.now.numerator - self.before.numerator

    @property
    def direction(self) -> int:
        """1 where the share (or the bare count) rose, -1 where it fell, 0 where it is the same."""
        now = self.now.numerator * (self.before.denominator or 1)
        before = self.before.numerator * (self.now.denominator or 1)
        return (now > before) - (now < before)


NOT_COMPARABLE = Sides(goals.NO_DATA, goals.NO_DATA)


def post_sides(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per position, over the chosen villages where the post is reported at both dates (`told`; at
    one of them it is not in `silent` further ones): posts held by a `member`, `filled` and `vacant` at the
    chosen date, and the same with `_before` at the earlier one. No row where there is no earlier date."""
    columns = ["told", "silent", *(f"{state}{date}" for state in _STATES for date in ("_before", ""))]
    rows = _chosen(dataset, selection)
    if rows is None:
        return pd.DataFrame(columns=["position", *columns])
    sums = tally.summed(rows)
    found = [
        {"position": position, **{name: sums[f"{position}:{name}"] for name in columns}}
        for position in schema.POSITIONS
    ]
    return pd.DataFrame(found)


def pairs(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per pair of `tally.PAIRS` as `pair` ("A+B"): the villages where one person has both posts at
    the earlier date (`before`) and `now`, of those that report both posts at both dates (`told`; `silent`
    others do not). No row where there is no earlier date."""
    columns = ["before", "now", "told", "silent"]
    rows = _chosen(dataset, selection)
    if rows is None:
        return pd.DataFrame(columns=["pair", *columns])
    sums = tally.summed(rows)
    names = [tally.pair_name(pair) for pair in tally.PAIRS]
    found = [{"pair": name, **{column: sums[f"{name}:{column}"] for column in columns}} for name in names]
    return pd.DataFrame(found)


def goal_sides(dataset: Dataset, selection: Selection, goal_id: str) -> tuple[Sides, dict[str, Sides]]:
    """A goal's measure for all that is chosen and for each chosen commune, by rank.

    Posts and villages count where they tell at both dates; other measures where every organisation reports
    the figure at both. The district bodies have no villages and are no commune.
    """
    written = dataset.goals.set_index("goal_id").at[goal_id, "measure"]
    measure = schema.parse_measure(written)
    assert measure is not None, "checked on reading"
    if measure.family in ("member_share", "overlap_share"):
        rows = _chosen(dataset, selection)
        if rows is None:
            return NOT_COMPARABLE, {}
        return _sides(tally.summed(rows), measure), {
            area: _sides(sums, measure) for area, sums in tally.each(rows).items()
        }
    before = between.sums_before(dataset, selection)
    if before is None:
        return NOT_COMPARABLE, {}
    now = tally.chosen(dataset, selection)
    then = tally.each(before)
    return _counted(tally.summed(before), tally.summed(now), measure), {
        area: _counted(then[area], sums, measure) if area in then else NOT_COMPARABLE
        for area, sums in tally.each(now).items()
        if area != schema.OUTSIDE
    }


def merged(dataset: Dataset, selection: Selection) -> dict[str, tuple[str, ...]]:
    """The chosen communes that were something else at the earlier date, each with the commune_ids that were
    then what it is at the chosen one, by rank."""
    since = selection.compared_with(dataset)
    if since is None:
        return {}
    parts = _parts(dataset, since, selection.as_of, selection.boundaries)
    return {area: then for area, then in parts.items() if selection.everything or area in selection.communes}


@remembered(size=16)
def _parts(dataset: Dataset, since: str, as_of: str, boundaries: str) -> dict[str, tuple[str, ...]]:
    into = areas.successor(dataset, as_of, boundaries)
    found: dict[str, list[str]] = {area: [] for area in areas.listed(dataset, as_of, boundaries)}
    for commune in areas.listed(dataset, since, "then"):
        found.setdefault(into[commune], []).append(commune)
    return {area: tuple(then) for area, then in found.items() if then and then != [area]}


def _sides(sums: tally.Sums, measure: schema.Measure) -> Sides:
    if measure.family == "member_share":
        before, now = (
            goals.Count(
                sum(sums[f"{position}:member{date}"] for position in measure.parts),
                sum(sums[f"{position}:filled{date}"] for position in measure.parts),
            )
            for date in ("_before", "")
        )
        return Sides(before, now, sum(sums[f"{position}:silent"] for position in measure.parts))
    first, second = sorted(measure.parts, key=schema.POSITIONS.index)
    pair = tally.pair_name((first, second))
    told = sums[f"{pair}:told"]
    before, now = (goals.Count(sums[f"{pair}:{date}"], told) for date in ("before", "now"))
    return Sides(before, now, sums[f"{pair}:silent"])


def _counted(before: tally.Sums, now: tally.Sums, measure: schema.Measure) -> Sides:
    """A measure that is counted from figures of organisations."""
    missing = any(sums.get(f"{part}_missing") for sums in (before, now) for part in measure.parts)
    if missing or set(measure.parts) & set(_UNDATED):
        return NOT_COMPARABLE
    return Sides(goals.count(before, measure), goals.count(now, measure))


def _chosen(dataset: Dataset, selection: Selection) -> pd.DataFrame | None:
    """The rows of `_by_area` of the chosen communes; None where there is no earlier date."""
    since = selection.compared_with(dataset)
    if since is None:
        return None
    table = _by_area(dataset, replace(selection, communes=(), lang="vi", since=since, by_region=False))
    if not selection.everything:
        table = table[table.index.isin(selection.communes)]
    return tally.summed_by_region(dataset, selection, table) if selection.by_region else table


@remembered(size=16)
def _by_area(dataset: Dataset, selection: Selection) -> pd.DataFrame:
    """One row per commune of the filter list (index `area`), with integer columns.

    Per position `P:told` and `P:silent` (posts reported at both dates, or not), and of those told
    `P:member`, `P:filled`, `P:vacant` and the same with `_before`; per pair of posts `A+B:told` and
    `A+B:silent` (villages that report both posts at both dates, or not), and of those told `A+B:before` and
    `A+B:now` (one person has both).
    """
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    both = between.villages(dataset, selection)
    assert both is not None, "asked for with an earlier date only"
    by_area = overlap.rows_by_area(dataset, selection.as_of, selection.boundaries)
    area = np.repeat(np.arange(len(listed)), [len(by_area[one]) for one in listed])
    counted = {
        name: np.bincount(area, weights=flags, minlength=len(listed)) for name, flags in _flags(both).items()
    }
    return pd.DataFrame(counted, index=pd.Index(listed, name="area")).astype("int64")


def _flags(both: between.Between) -> dict[str, posts.Flags]:
    """The columns of `_by_area` per village."""
    found: dict[str, posts.Flags] = {}
    reported = ~both.then.not_reported & ~both.now.not_reported
    for column, position in enumerate(schema.POSITIONS):
        told = reported[:, column]
        found |= {f"{position}:told": told, f"{position}:silent": ~told}
        for date, held in (("_before", both.then), ("", both.now)):
            found[f"{position}:member{date}"] = told & held.filled[:, column] & held.member[:, column]
            found[f"{position}:filled{date}"] = told & held.filled[:, column]
            found[f"{position}:vacant{date}"] = told & held.vacant[:, column]
    for first, second in combinations(schema.POSITIONS, 2):
        name = tally.pair_name((first, second))
        told = reported[:, schema.POSITIONS.index(first)] & reported[:, schema.POSITIONS.index(second)]
        found |= {f"{name}:told": told, f"{name}:silent": ~told}
        found[f"{name}:before"] = told & both.then.same_holder(first, second)
        found[f"{name}:now"] = told & both.now.same_holder(first, second)
    return found
