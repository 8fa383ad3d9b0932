"""How each family of measures is counted; `schema.FAMILIES` says what may be written."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.measures import aggregates

# Summed rows of `aggregates.by_area`, or its columns whole: the same arithmetic counts one place or all of
# them.
Counted = Any
# Numerator, denominator (None for a count), whether there is anything to count, unreported units, how
# many places report no organisation, vacant posts: numbers, or columns.
_Columns = tuple[Any, Any, Any, Any, Any, Any]


@dataclass(frozen=True)
class Count:
    """What a measure counts: `numerator` of `denominator`, in `schema.Measure.unit`.

    For `count` the numerator is the count and the denominator None. A denominator of 0 is "no data", never
    0%. A `flow` is compared with its denominator, no part of it. `unreported` are the units that it counts
    (posts, villages, organisations) and of which nothing is reported; `unreported_areas` are the places that
    report no organisation, so that it is unknown how many units those are. `vacant` posts are reported, and
    in neither number.
    """

    numerator: int
    denominator: int | None
    flow: bool = field(default=False, compare=False)
    unreported: int = field(default=0, compare=False)
    unreported_areas: int = field(default=0, compare=False)
    vacant: int = field(default=0, compare=False)

    @property
    def known(self) -> bool:
        """Whether there is anything to count."""
        return self.denominator != 0

    @property
    def complete(self) -> bool:
        """Whether all that it counts is reported."""
        return not self.unreported and not self.unreported_areas

    @property
    def value(self) -> int | None:
        """The numerator; None where there is nothing to count."""
        return self.numerator if self.known else None

    @property
    def stated(self) -> int | None:
        """The numerator where all that it counts is reported; else None."""
        return self.numerator if self.known and self.complete else None


NO_DATA = Count(0, 0)


def count(sums: aggregates.Sums, measure: schema.Measure) -> Count:
    """A measure counted from summed rows of `aggregates.by_area`.

    `member_share`: posts held by members / filled posts of those positions, pooled; unreported are the posts
    without a row. `overlap_share`: villages where one holder has both posts / villages; unreported are those
    that lack a row for either; no data where all do. `cell_share`: villages that have a cell of their own /
    villages; unreported are those of which `aggregates.own_cells` does not know it; no data where no cell of
    the date names its village. `admission_rate`: admitted in the year / members one year earlier to the day;
    no data where the data set does not have that date or a unit does not report either. `admitting_share`:
    grassroots organisations that admitted anyone in the year / those of which it is known. `count`: as
    `aggregates.total`.
    """
    return _count_of(measure, COUNTED[measure.family](sums, measure.parts))


def by_area(rows: pd.DataFrame, measure: schema.Measure) -> dict[str, Count]:
    """The same for every row of `aggregates.by_area` by itself, by its area."""
    if rows.empty:
        return {}
    part, whole, *further = COUNTED[measure.family](rows, measure.parts)
    wholes = [None] * len(rows) if whole is None else whole.tolist()
    columns = (part.tolist(), wholes, *(np.broadcast_to(column, len(rows)).tolist() for column in further))
    return {
        str(area): _count_of(measure, counted)
        for area, counted in zip(rows.index, zip(*columns, strict=True), strict=True)
    }


def _count_of(measure: schema.Measure, counted: _Columns) -> Count:
    part, whole, known, unreported, unreported_areas, vacant = counted
    flow = schema.FAMILIES[measure.family].flow
    left_out = (int(unreported), int(unreported_areas), int(vacant))
    return Count(part if known else 0, whole if known else 0, flow, *left_out)


def _member_share(sums: Counted, parts: tuple[str, ...]) -> _Columns:
    filled = sum(sums[f"{position}:filled"] for position in parts)
    unreported = sum(sums[f"{position}:not_reported"] for position in parts)
    vacant = sum(sums[f"{position}:vacant"] for position in parts)
    members = sum(sums[f"{position}:member"] for position in parts)
    return members, filled, filled > 0, unreported, 0, vacant


def _overlap_share(sums: Counted, parts: tuple[str, ...]) -> _Columns:
    pair = aggregates.pair_name(parts)
    reported = sums[f"{pair}:reported"]
    return sums[pair], sums["villages"], reported > 0, sums["villages"] - reported, 0, 0


def _cell_share(sums: Counted, parts: tuple[str, ...]) -> _Columns:
    known = sums["cells_known"]
    return sums["own_cell"], sums["villages"], known > 0, sums["villages"] - known, 0, 0


def _admission_rate(sums: Counted, parts: tuple[str, ...]) -> _Columns:
    unreported = sums["start:missing"] + sums["admitted_missing"]
    all_report = (unreported == 0) & (sums["unreported_areas"] + sums["start:unreported_areas"] == 0)
    known = (sums["start:dated"] > 0) & (sums["organizations"] > 0) & all_report
    return sums["admitted"], sums["start:members"], known, unreported, sums["unreported_areas"], 0


def _admitting_share(sums: Counted, parts: tuple[str, ...]) -> _Columns:
    known = sums["admitting_known"]
    unreported = sums["committees"] + sums["cells"] - known
    return sums["admitting"], known, known > 0, unreported, sums["unreported_areas"], 0


def _count(sums: Counted, parts: tuple[str, ...]) -> _Columns:
    value, known = aggregates.total(sums, parts[0])
    unreported_areas = sums["unreported_areas"] * (parts[0] not in aggregates.OF_VILLAGES)
    return value, None, known, aggregates.missing(sums, parts[0]), unreported_areas, 0


COUNTED: dict[str, Callable[[Counted, tuple[str, ...]], _Columns]] = {
    "member_share": _member_share,
    "overlap_share": _overlap_share,
    "cell_share": _cell_share,
    "admission_rate": _admission_rate,
    "admitting_share": _admitting_share,
    "count": _count,
}
