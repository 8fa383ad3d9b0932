"""The charts of a report, one by one, so that a caller can draw each in another process."""

from __future__ import annotations

from dashboard.charts import model
from dashboard.charts.model import Chart
from dashboard.exhibits import Exhibit
from dashboard.outputs import pictures
from dashboard.outputs.briefing import Briefing

# The room for a chart on the page; one CSS px is 1/96 inch.
WIDTH_MM, HEIGHT_MM = 165, 190
# Lower ones, so that a chart and its table meet on a page.
_LOW_MM, _MIDDLE_MM = 90, 140
PX_A_MM = 96 / 25.4
DOTS_AN_INCH = 220
# The exhibit whose chart is in the report of a meeting: the goals, which the rest is about.
MEETING = "goals.progress"


def pictured(briefing: Briefing) -> tuple[Exhibit, ...]:
    """The exhibits whose chart is a picture, in their order; figures, names and lists are words. The report
    of a meeting has one."""
    return tuple(
        exhibit
        for exhibit in briefing.exhibits
        if _height(exhibit.chart) and (not briefing.meeting or exhibit.id == MEETING)
    )


def svg_of(exhibit: Exhibit) -> str:
    """The chart of a pictured exhibit as SVG for the PDF, at most 165 × 190 mm."""
    chart = exhibit.chart
    assert chart is not None
    return pictures.chart_svg(chart, exhibit.text, int(WIDTH_MM * PX_A_MM), int(_height(chart) * PX_A_MM))


def picture_of(exhibit: Exhibit) -> bytes:
    """The same chart as PNG for the DOCX, 220 dots an inch."""
    return both_of(exhibit)[1]


def both_of(exhibit: Exhibit) -> tuple[str, bytes]:
    """`svg_of` and `picture_of`, drawn once."""
    svg = svg_of(exhibit)
    return svg, pictures.png(svg, DOTS_AN_INCH / 96)


def _height(chart: Chart | None) -> float:
    """How high a chart may be in mm; 0 of what is no picture."""
    match chart:
        case None | model.Tiles() | model.Names() | model.Choices():
            return 0
        case model.Lines():
            return _LOW_MM
        case model.PostMatrix() | model.Icicle():
            return HEIGHT_MM
        case _:
            return _MIDDLE_MM
