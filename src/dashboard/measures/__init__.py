"""Dataset + Selection → small tidy frames. Counts are integers; shares come last, from counts."""

from dashboard.measures import (
    changes,
    families,
    gap,
    goals,
    overlap,
    pace,
    periods,
    places,
    reconciliation,
    structure,
    what_if,
)
from dashboard.measures.figures import figures

__all__ = [
    "changes",
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
    "what_if",
]
