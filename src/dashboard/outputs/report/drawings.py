"""The charts of a report, one by one, so that a caller can draw each in another process."""

from __future__ import annotations

from dashboard.charts import Plot
from dashboard.exhibits import Exhibit
from dashboard.outputs import pictures
from dashboard.outputs.briefing import Briefing
from dashboard.outputs.pictures.columns import rows_of

# The room for a chart on the page; one CSS px is 1/96 inch.
WIDTH_MM, HEIGHT_MM = 165, 190
# Lower ones, so that a chart and its table meet on a page: for charts over time, and for those whose rows fit
# below each other on a page.
_LOW_MM, _MIDDLE_MM = 68, 140
PX_A_MM = 96 / 25.4
DOTS_AN_INCH = 220


def pictured(briefing: Briefing) -> tuple[Exhibit, ...]:
    """The exhibits that have a chart, in their order."""
    return tuple(exhibit for exhibit in briefing.exhibits if exhibit.plot is not None)


def svg_of(exhibit: Exhibit) -> str:
    """The chart of a pictured exhibit as SVG for the PDF, at most 165 × 190 mm."""
    assert exhibit.plot is not None
    return pictures.plot_svg(exhibit.plot, int(WIDTH_MM * PX_A_MM), int(_height(exhibit.plot) * PX_A_MM))


def picture_of(exhibit: Exhibit) -> bytes:
    """The same chart as PNG for the DOCX, 220 dots an inch."""
    return _png(svg_of(exhibit))


def both_of(exhibit: Exhibit) -> tuple[str, bytes]:
    """`svg_of` and `picture_of`, drawn once."""
    svg = svg_of(exhibit)
    return svg, _png(svg)


def _png(svg: str) -> bytes:
    return pictures.png(svg, DOTS_AN_INCH / 96)


def _height(plot: Plot) -> float:
    """How high a chart may be, in mm."""
    height = plot.spec["height"]
    if not isinstance(height, dict):
        return _LOW_MM
    high = rows_of(plot.frame).n * height["step"]
    return _MIDDLE_MM if high <= HEIGHT_MM * PX_A_MM else HEIGHT_MM
