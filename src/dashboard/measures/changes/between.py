"""The chosen villages and communes at the earlier date and at the chosen one: what is compared."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from dashboard.dataset import Dataset, Selection
from dashboard.measures import posts, tally
from dashboard.measures.overlap import Rows, rows_by_area

_NONE: Rows = np.empty(0, dtype=np.intp)


@dataclass(frozen=True, eq=False)
class Between:
    """The chosen villages (`rows` of `dataset.villages`), their posts at the earlier date and at the chosen
    one."""

    rows: Rows
    then: posts.Posts
    now: posts.Posts


def villages(dataset: Dataset, selection: Selection) -> Between | None:
    """The chosen villages at both dates; None where there is no earlier date."""
    since = selection.compared_with(dataset)
    if since is None:
        return None
    every = rows_by_area(dataset, selection.as_of, selection.boundaries)
    chosen = every if selection.everything else {area: every.get(area, _NONE) for area in selection.communes}
    rows = np.concatenate([_NONE, *chosen.values()])
    then, now = (
        posts.Posts(held.holder[rows], held.member[rows])
        for held in (posts.all_dates(dataset)[since], posts.chosen(dataset, selection))
    )
    return Between(rows, then, now)


def sums_before(dataset: Dataset, selection: Selection) -> pd.DataFrame | None:
    """The chosen communes as of `tally.at_date` at the earlier date; None where there is none."""
    since = selection.compared_with(dataset)
    return None if since is None else tally.at_date(dataset, selection, since)
