"""Charts as data: their classes, their look, their words."""

from dashboard.charts import model
from dashboard.charts.describe import describe
from dashboard.charts.theme import MOST_MARKS

__all__ = ["MOST_MARKS", "describe", "model"]
