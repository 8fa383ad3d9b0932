"""Exhibits as pictures (SVG, PNG) that explain themselves when they stand alone."""

from dashboard.outputs.pictures.drawing import chart_svg, chart_svgs
from dashboard.outputs.pictures.page import SHAPES, picture_png, svg
from dashboard.outputs.pictures.raster import png
from dashboard.outputs.pictures.screens import ready, screens

__all__ = ["SHAPES", "chart_svg", "chart_svgs", "picture_png", "png", "ready", "screens", "svg"]
