"""Frames → charts: encodings only, no arithmetic."""

from dashboard.charts import changes, goals, overlap, places, structure
from dashboard.charts.theme import KEY, MOST_MARKS, PICK, Plot

__all__ = ["KEY", "MOST_MARKS", "PICK", "Plot", "changes", "goals", "overlap", "places", "structure"]
