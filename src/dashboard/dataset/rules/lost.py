"""Goals and published figures that an earlier version of the data has and a later one does not."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pandas as pd

from dashboard import schema
from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import Problem

_TABLES = ("goals", "published")
_MOST_NAMED = 8


def check(earlier: Callable[[schema.Table], pd.DataFrame | None], dataset: Dataset) -> Iterator[Problem]:
    """One warning per table that has lost rows; `earlier` gives what it was (None = not known)."""
    for table in map(schema.table, _TABLES):
        (key,) = table.key
        was, now = earlier(table), getattr(dataset, table.name)[key]
        if was is None:
            continue
        gone = was.loc[~was[key].isin(now), key].tolist()
        if gone:
            names = ", ".join([*gone[:_MOST_NAMED], *["…"][: len(gone) > _MOST_NAMED]])
            numbers = {"n": len(now), "before": len(was), "names": names}
            yield Problem("rows_lost", table.file, warning=True, values=numbers)
