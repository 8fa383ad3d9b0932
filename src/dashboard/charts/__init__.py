"""Frames → charts: encodings only, no arithmetic."""

from dashboard.charts import goals, overlap, structure
from dashboard.charts.theme import MOST_MARKS, Plot

__all__ = ["MOST_MARKS", "Plot", "goals", "overlap", "structure"]
