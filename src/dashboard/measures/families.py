"""How each family of measures is counted; what may be written stands in `schema.FAMILIES`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd

from dashboard import schema
from dashboard.measures import tally

# Summed rows of `tally.by_area`, or its columns whole: the same arithmetic counts one place or all of them.
Counted = Any


@dataclass(frozen=True)
class Count:
    """What a measure counts: `numerator` of `denominator`, in `schema.Measure.unit`.

    For `count` the numerator is the count and the denominator None. A denominator of 0 is "no data", never
    0%. A `flow` is compared with its denominator, no part of it.
    """

    numerator: int
    denominator: int | None
    flow: bool = field(default=False, compare=False)

    @property
    def known(self) -> bool:
        """Whether there is anything to count."""
        return self.denominator != 0


NO_DATA = Count(0, 0)


def count(sums: tally.Sums, measure: schema.Measure) -> Count:
    """A measure counted from summed rows of `tally.by_area`.

    `member_share`: posts held by members / filled posts of those positions, pooled. `overlap_share`: villages
    where one holder has both posts / villages; no data where none reports either post. `cell_share`: villages
    that have a cell of their own / villages; no data where no cell of the date names its village.
    `admission_rate`: admitted in the year / members one year earlier to the day; no data where the data set
    does not have that date or a unit does not report either. `admitting_share`: grassroots organisations
    that admitted anyone in the year / those of which it is known. `count`: as `tally.total`.
    """
    part, whole, known = COUNTED[measure.family](sums, measure.parts)
    return Count(part, whole, schema.FAMILIES[measure.family].flow) if known else NO_DATA


def by_area(rows: pd.DataFrame, measure: schema.Measure) -> dict[str, Count]:
    """The same for every row of `tally.by_area` by itself, by its area."""
    if rows.empty:
        return {}
    flow = schema.FAMILIES[measure.family].flow
    part, whole, known = COUNTED[measure.family](rows, measure.parts)
    wholes = [None] * len(rows) if whole is None else whole.tolist()
    return {
        str(area): Count(numerator, denominator, flow) if there else NO_DATA
        for area, numerator, denominator, there in zip(
            rows.index, part.tolist(), wholes, known.tolist(), strict=True
        )
    }


def _member_share(sums: Counted, parts: tuple[str, ...]) -> tuple[Any, Any, Any]:
    filled = sum(sums[f"{position}:filled"] for position in parts)
    return sum(sums[f"{position}:member"] for position in parts), filled, filled > 0


def _overlap_share(sums: Counted, parts: tuple[str, ...]) -> tuple[Any, Any, Any]:
    first, second = sorted(parts, key=schema.POSITIONS.index)
    pair = tally.pair_name((first, second))
    return sums[pair], sums["villages"], sums[f"{pair}:reported"] > 0


def _cell_share(sums: Counted, parts: tuple[str, ...]) -> tuple[Any, Any, Any]:
    return sums["own_cell"], sums["villages"], sums["cells_placed"] > 0


def _admission_rate(sums: Counted, parts: tuple[str, ...]) -> tuple[Any, Any, Any]:
    told = (sums["start:dated"] > 0) & (sums["start:missing"] == 0) & (sums["admitted_missing"] == 0)
    return sums["admitted"], sums["start:members"], told & (sums["dated"] > 0)


def _admitting_share(sums: Counted, parts: tuple[str, ...]) -> tuple[Any, Any, Any]:
    known = sums["admitting_known"]
    return sums["admitting"], known, known > 0


def _count(sums: Counted, parts: tuple[str, ...]) -> tuple[Any, Any, Any]:
    value, known = tally.total(sums, parts[0])
    return value, None, known


COUNTED: dict[str, Callable[[Counted, tuple[str, ...]], tuple[Any, Any, Any]]] = {
    "member_share": _member_share,
    "overlap_share": _overlap_share,
    "cell_share": _cell_share,
    "admission_rate": _admission_rate,
    "admitting_share": _admitting_share,
    "count": _count,
}
