"""Published figures against the same figures computed from the data set."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, memoize
from dashboard.measures import aggregates, families


@memoize(size=1)
def compare(dataset: Dataset) -> pd.DataFrame:
    """One row per published figure, as written; always for the whole data set.

    `figure_id`, `measure`, `published` and `denominator` (as printed; None where it states none),
    `computed`, `computed_denominator` (None where not computable), `difference` (computed − published),
    `as_of` (the date of the comparison: the figure's own, else the assumed one, else the last), `stated`
    (whether the source states that date), `status` (`agrees`, `differs`, `not_computable`), `complete` (bool:
    all that is computed from is reported), `source`, `quote`.
    """
    rows = [_row(dataset, figure) for figure in dataset.published.to_dict("records")]
    return pd.DataFrame(rows, dtype=object)


def _row(dataset: Dataset, figure: dict[Hashable, Any]) -> dict[str, Any]:
    as_of = figure["as_of"] or dataset.about.assumed_as_of or dataset.default_date
    value = float(figure["value"])
    published = int(value) if value.is_integer() else value
    denominator = None if pd.isna(figure["denominator"]) else int(figure["denominator"])
    count = _computed(dataset, figure["measure"], as_of)
    computed = (None, None) if count is None else (count.numerator, count.denominator)
    agrees = "agrees" if computed == (published, denominator) else "differs"
    return {
        "figure_id": figure["figure_id"],
        "measure": figure["measure"],
        "published": published,
        "denominator": denominator,
        "computed": computed[0],
        "computed_denominator": computed[1],
        "difference": None if computed[0] is None else computed[0] - published,
        "as_of": as_of,
        "stated": bool(figure["as_of"]),
        "status": "not_computable" if count is None else agrees,
        "complete": count is not None and count.complete,
        "source": figure["source"],
        "quote": figure["quote"],
    }


def _computed(dataset: Dataset, written: str, as_of: str) -> families.Count | None:
    if written in schema.PUBLISHED_ONLY or as_of not in dataset.dates:
        return None
    sums = aggregates.summed(aggregates.by_area(dataset, as_of, "then"))
    result = families.count(sums, schema.Measure.of(written))
    return result if result.known else None
