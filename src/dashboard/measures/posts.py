"""Who holds which post at the chosen date, with the what-if changes that are chosen."""

from __future__ import annotations

from dashboard.dataset import Dataset, Selection, scenario
from dashboard.dataset.posts import NOT_REPORTED, VACANT, Flags, Posts, all_dates, none_reported

__all__ = ["NOT_REPORTED", "VACANT", "Flags", "Posts", "all_dates", "chosen", "none_reported"]


def chosen(dataset: Dataset, selection: Selection) -> Posts:
    """The posts of the chosen date with the scenario applied; the very object of `all_dates` without one.

    `all_dates` is what was reported: for the dates before, and for what must stay real.
    """
    return scenario.posts_with(dataset, selection.as_of, selection.scenario)
