"""One commune among the others."""

from __future__ import annotations

import altair as alt
import pandas as pd

from dashboard.charts import rows, theme
from dashboard.text import Text

_STRIP = 14  # height of a strip, px
_WORDS = 20  # room under the strip for the line of words, px


def peers(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """One strip from 0 to 100% a measure: a dot where communes are, the commune itself marked.

    `frame`: one row per measure and share. `row`; `share` (fraction),
    `mine` (that of the commune itself, else of others). `name`, `name_narrow`, `says`, `full` (1,
    the track) and `together` (the share of all, a fraction) in the first of each measure ("" or null
    elsewhere).
    """
    chart = alt.Chart(frame)
    scale = alt.Scale(domain=[0, 1], nice=False)
    lower = rows.lower(_STRIP, _WORDS)
    y = rows.y()
    x = alt.X("share:Q", axis=None, scale=scale)
    track = rows.bars(chart, _STRIP, _WORDS, color=theme.TRACK).encode(
        x=alt.X("full:Q", axis=None, scale=scale)
    )
    dots = (
        chart.transform_filter(~alt.datum.mine)
        .mark_point(
            filled=True,
            size=80,
            color=theme.STEEL,
            opacity=1,
            yOffset=lower,
            **theme.EDGE,
        )
        .encode(x=x, y=y)
    )
    together = chart.mark_tick(
        orient="vertical", size=_STRIP + 6, thickness=2, color=theme.INK, opacity=1, yOffset=lower
    ).encode(x=alt.X("together:Q", axis=None, scale=scale), y=y)
    mine = (
        chart.transform_filter(alt.datum.mine)
        .mark_point(
            shape="diamond",
            filled=True,
            size=190,
            color=theme.RED,
            opacity=1,
            stroke=theme.WHITE,
            strokeWidth=1.5,
            yOffset=lower,
        )
        .encode(x=x, y=y)
    )
    words = chart.mark_text(align="left", baseline="bottom", dy=-10).encode(
        x=alt.value(0), y=rows.y(bandPosition=1), text="says:N"
    )
    layers = (track, dots, together, mine, rows.long_names(chart, beside=False), words)
    return theme.dress(*layers, text=text, step=rows.step(_STRIP, _WORDS))
