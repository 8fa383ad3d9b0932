"""Published figures against the same figures computed from the data set."""

from __future__ import annotations

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
    return pd.DataFrame(
        [_row(dataset, row) for _, row in dataset.published.iterrows()], columns=_COLUMNS, dtype=object
    )


_COLUMNS = [
    "figure_id",
    "measure",
    "published",
    "denominator",
    "computed",
    "computed_denominator",
    "difference",
    "as_of",
    "stated",
    "status",
    "complete",
    "source",
    "quote",
]


def _row(dataset: Dataset, figure: pd.Series[str]) -> dict[str, object]:
    stated = bool(figure["as_of"])
    as_of = figure["as_of"] or dataset.about.assumed_as_of or dataset.default_date
    value = float(figure["value"])
    published = int(value) if value.is_integer() else value
    denominator = None if pd.isna(figure["denominator"]) else int(figure["denominator"])
    result = _computed(dataset, figure["measure"], as_of)
    row: dict[str, object] = {
        "figure_id": figure["figure_id"],
        "measure": figure["measure"],
        "published": published,
        "denominator": denominator,
        "as_of": as_of,
        "stated": stated,
        "status": "not_computable",
        "computed": None,
        "computed_denominator": None,
        "difference": None,
        "complete": result is not None and result.complete,
        "source": figure["source"],
        "quote": figure["quote"],
    }
    if result is not None:
        same = result == families.Count(int(published), denominator) and published == int(published)
        row["computed"] = result.numerator
        row["computed_denominator"] = result.denominator
        row["difference"] = result.numerator - published
        row["status"] = "agrees" if same else "differs"
    return row


def _computed(dataset: Dataset, written: str, as_of: str) -> families.Count | None:
    if written in schema.PUBLISHED_ONLY or as_of not in dataset.dates:
        return None
    sums = aggregates.summed(aggregates.by_area(dataset, as_of, "then"))
    result = families.count(sums, schema.Measure.of(written))
    return result if result.known else None
