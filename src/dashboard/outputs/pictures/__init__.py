"""Exhibits as pictures (SVG, PNG) that explain themselves when they stand alone."""

from dashboard.outputs.pictures.charts import chart_svg, chart_svgs
from dashboard.outputs.pictures.page import SHAPES, picture_png, picture_svg, ready, screens
from dashboard.outputs.pictures.svg import png

__all__ = ["SHAPES", "chart_svg", "chart_svgs", "picture_png", "picture_svg", "png", "ready", "screens"]
