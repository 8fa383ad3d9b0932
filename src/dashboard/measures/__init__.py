"""Dataset + Selection → small tidy frames. Counts are integers; shares come last, from counts."""

from dashboard.measures import (
    changes,
    comparison,
    families,
    gap,
    goals,
    overlap,
    pace,
    periods,
    places,
    reconciliation,
    structure,
    two_dates,
    what_if,
)
from dashboard.measures.figures import figures

__all__ = [
    "changes",
    "comparison",
    "families",
    "figures",
    "gap",
    "goals",
    "overlap",
    "pace",
    "periods",
    "places",
    "reconciliation",
    "structure",
    "two_dates",
    "what_if",
]
