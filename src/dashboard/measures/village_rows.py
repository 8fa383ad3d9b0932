"""The villages of a selection as rows of `dataset.villages`, looked up in what was grouped once."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from dashboard.dataset import Dataset, Selection, areas, remembered

Rows = npt.NDArray[np.intp]
NONE: Rows = np.empty(0, dtype=np.intp)


def chosen(dataset: Dataset, selection: Selection) -> dict[str, Rows]:
    """For every chosen commune, by rank, its rows of `dataset.villages`; the district bodies have none."""
    every = by_area(dataset, selection.as_of, selection.boundaries)
    return every if selection.everything else {area: every.get(area, NONE) for area in selection.communes}


@remembered(size=8)
def by_area(dataset: Dataset, as_of: str, boundaries: str) -> dict[str, Rows]:
    """For every commune of the filter list, by rank, its rows of `dataset.villages`."""
    listed = areas.listed(dataset, as_of, boundaries)
    into = areas.successor(dataset, as_of, boundaries)
    area = pd.Index(listed).get_indexer(pd.Index(dataset.villages["commune_id"].map(into)))
    order = np.argsort(area, kind="stable")
    ends = np.cumsum(np.bincount(area, minlength=len(listed)))
    return dict(zip(listed, np.split(order, ends[:-1]), strict=False))
