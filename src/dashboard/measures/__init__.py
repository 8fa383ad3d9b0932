"""Dataset + Selection → small tidy frames. Counts are integers; shares come last, from counts."""

from dashboard.measures import gap, goals, overlap, reconciliation, structure
from dashboard.measures.figures import figures

__all__ = ["figures", "gap", "goals", "overlap", "reconciliation", "structure"]
