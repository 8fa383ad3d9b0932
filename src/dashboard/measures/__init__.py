"""Dataset + Selection → small tidy frames. Counts are integers; shares come last, from counts."""

from dashboard.measures import (
    between,
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
    what_if,
)
from dashboard.measures.figures import figures

__all__ = [
    "between",
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
    "what_if",
]
