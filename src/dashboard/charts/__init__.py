"""Frames → charts: encodings only, no arithmetic."""

from dashboard.charts import changes, goals, model, overlap, places, structure
from dashboard.charts.describe import describe
from dashboard.charts.theme import MOST_MARKS, Plot

__all__ = ["MOST_MARKS", "Plot", "changes", "describe", "goals", "model", "overlap", "places", "structure"]
