"""Charts as data: their classes, their look, their words."""

from dashboard.charts import model
from dashboard.charts.alt_text import chart_alt_text
from dashboard.charts.theme import MOST_MARKS

__all__ = ["MOST_MARKS", "chart_alt_text", "model"]
