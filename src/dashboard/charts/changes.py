"""Two dates side by side: a hollow circle for the earlier one, a dot for the later, a line between them."""

from __future__ import annotations

import altair as alt
import pandas as pd

from dashboard.charts import rows, theme
from dashboard.text import Text

_RING, _DOT = 150, 62  # of the circle and the dot in it, square px: both are seen where nothing changed
_LINE, _TRACK = 5, 2  # px


def shares(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """One row per post, pair of posts or commune: `row`, `name`, `says`, `before` and `now` (fractions, null
    where they cannot be compared), `full` (1, the track)."""
    return _dumbbell(frame, text, alt.Scale(domain=[0, 1], nice=False, padding=8))


def counts(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """The same for bare counts: `before`, `now`, and `full`, the largest of all."""
    return _dumbbell(frame, text, alt.Scale(zero=True, nice=False, padding=8))


def _dumbbell(frame: pd.DataFrame, text: Text, scale: alt.Scale) -> alt.LayerChart:
    chart = alt.Chart(frame)
    lower = rows.lower()

    def x(column: str) -> alt.X:
        return alt.X(f"{column}:Q", axis=None, stack=None, scale=scale)

    def line(size: int, colour: str) -> alt.Chart:
        return chart.mark_bar(height=size, yOffset=lower, color=colour).encode(y=rows.y())

    track = line(_TRACK, theme.TRACK).encode(x=x("full"))
    between = line(_LINE, theme.STEEL).encode(x=x("before"), x2="now:Q")
    ring = chart.mark_point(
        filled=True, fill=theme.WHITE, stroke=theme.INK, strokeWidth=2, size=_RING, opacity=1, yOffset=lower
    ).encode(x=x("before"), y=rows.y())
    dot = chart.mark_point(filled=True, color=theme.BLUE, size=_DOT, opacity=1, yOffset=lower).encode(
        x=x("now"), y=rows.y()
    )
    layers = (track, between, ring, dot, rows.names(chart), rows.words(chart))
    return theme.dress(*layers, text=text, step=rows.step())
