"""Dataset + Selection → small tidy frames. Counts are integers; shares come last, from counts."""

from dashboard.measures import changes, gap, goals, overlap, reconciliation, structure
from dashboard.measures.figures import figures

__all__ = ["changes", "figures", "gap", "goals", "overlap", "reconciliation", "structure"]
