"""Charts of the goals: bars on a 0–100% track with the target, and the path over the as-of dates."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from dashboard.charts import rows, theme
from dashboard.text import Text

# Met is dark, not met light: told apart in grey print too; the word stands beside it. A goal without a
# target is neither: only its shape says which way it goes.
STATUS_COLOURS = {
    "met": theme.BLUE,
    "not_met": theme.AMBER,
    "rising": theme.STEEL,
    "unchanged": theme.STEEL,
    "falling": theme.STEEL,
    "whole_only": theme.STEEL,
    "no_data": theme.PALE,
}

# The word of a status has a shape beside it: the bundled font has no such signs.
STATUS_SHAPES = {
    "met": "circle",
    "not_met": "triangle-down",
    "rising": "triangle-up",
    "unchanged": "square",
    "falling": "triangle-down",
    "whole_only": "diamond",
    "no_data": "stroke",
}
_SHARES = alt.Scale(domain=[0, 1], nice=False)
_SIGN = 16  # room for the shape, px
_LETTER = 6.3  # a letter of the line of words on a phone, px
_WORDS = 20  # room under the bar for the line of words, px


def progress(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """One row per goal: the name, the bar, below it the figures in words.

    `frame`: `row`, `name`, `name_narrow`, `says`, `share` and `target` (fractions, null where there is
    none), `status`, `full` (1, the track); `says_narrow`, the words for a phone.
    """
    return theme.dress(*_with_words(alt.Chart(frame)), text=text, step=rows.step(below=_WORDS))


def moved(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """One row per goal or pair of posts: columns as in `progress`, and a ring at its share `before`."""
    chart = alt.Chart(frame)
    before = alt.X("before:Q", axis=None, scale=_SHARES)
    ring = chart.mark_point(
        size=110,
        fill=theme.WHITE,
        stroke=theme.INK,
        strokeWidth=2,
        opacity=1,
        yOffset=rows.lower(below=_WORDS),
    ).encode(x=before, y=rows.y())
    return theme.dress(*_with_words(chart), ring, text=text, step=rows.step(below=_WORDS))


def by_commune(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """One row per commune: columns as in `progress`; the figures stand beside the name."""
    chart = alt.Chart(frame)
    signs = rows.signs(chart, _SIGN).encode(shape=_status_shape(), color=_status_colour())
    layers = (*_bullet(chart), rows.names(chart), rows.words(chart, sign=_SIGN), signs)
    return theme.dress(*layers, text=text, step=rows.step())


def changes(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """The fewest changes in each commune: `row`, `name`, `changes`, `says`."""
    chart = alt.Chart(frame)
    bars = rows.bars(chart, color=theme.AMBER).encode(
        x=alt.X("changes:Q", axis=None, stack=None, scale=alt.Scale(zero=True, nice=False))
    )
    return theme.dress(bars, rows.names(chart), rows.words(chart), text=text, step=rows.step())


def path(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """The share at each as-of date.

    `frame`: `row` (order), `date` with the figures on further lines, `share` and `target` (fractions).
    """
    chart = alt.Chart(frame)
    x = alt.X(
        "date:N",
        sort=alt.EncodingSortField("row", op="min"),
        axis=theme.dates_axis(),
        scale=alt.Scale(padding=0.6),
    )
    y = alt.Y(
        "share:Q",
        axis=alt.Axis(format="%", title=None, values=[0, 0.2, 0.4, 0.6, 0.8, 1]),
        scale=alt.Scale(domain=[0, 1]),
    )
    line = chart.mark_line(
        color=theme.BLUE, strokeWidth=2.5, point=alt.OverlayMarkDef(size=70, filled=True)
    ).encode(x=x, y=y)
    target = chart.mark_rule(color=theme.RED, strokeDash=[5, 4], strokeWidth=1.5).encode(y=alt.Y("target:Q"))
    return theme.dress(target, line, text=text, height=300)


def _with_words(chart: alt.Chart) -> list[Any]:
    """Name, bar, and below it the figures in words with the sign of their status."""
    y = rows.y(bandPosition=1)
    # Where there is no room for it the bar alone tells the percentage, and the table.
    all_of_it = "datum.says_narrow"
    without = f"substring({all_of_it}, 0, indexof({all_of_it}, ' (')) + "
    without += f"substring({all_of_it}, indexof({all_of_it}, '%)') + 2)"
    short = f"(indexof({all_of_it}, '%)') < 0 ? {all_of_it} : {without})"
    cramped = f"length({all_of_it}) * {_LETTER} + {_SIGN} > width"
    said = f"width < {theme.NARROW} ? ({cramped} ? {short} : {all_of_it}) : datum.says"
    words = chart.mark_text(
        text=alt.ExprRef(expr=said),
        fontSize=rows.size_of_long(),
        align="left",
        baseline="bottom",
        dx=_SIGN,
        dy=-10,
    ).encode(x=alt.value(0), y=y)
    signs = chart.mark_point(filled=True, size=80, opacity=1, yOffset=-18, **theme.EDGE).encode(
        x=alt.value(6), y=y, shape=_status_shape(), color=_status_colour()
    )
    return [*_bullet(chart, below=_WORDS), rows.long_names(chart, beside=False), words, signs]


def _bullet(chart: alt.Chart, below: int = 0) -> list[Any]:
    track = rows.bars(chart, below=below, color=theme.TRACK).encode(
        x=alt.X("full:Q", axis=None, scale=_SHARES)
    )
    bar = rows.bars(chart, below=below).encode(
        x=alt.X("share:Q", axis=None, stack=None, scale=_SHARES),
        color=_status_colour(),
    )
    lower = rows.lower(below=below)
    marks = [
        chart.mark_tick(
            orient="vertical", size=rows.BAR + 6, thickness=thickness, color=colour, yOffset=lower, opacity=1
        ).encode(x=alt.X("target:Q", axis=None, scale=_SHARES), y=rows.y())
        # A white edge keeps the mark visible on a dark bar.
        for thickness, colour in ((5, theme.WHITE), (2, theme.INK))
    ]
    return [track, bar, *marks]


def _status_colour() -> alt.Color:
    return alt.Color(
        "status:N",
        legend=None,
        scale=alt.Scale(domain=list(STATUS_COLOURS), range=list(STATUS_COLOURS.values())),
    )


def _status_shape() -> alt.Shape:
    return alt.Shape(
        "status:N",
        legend=None,
        scale=alt.Scale(domain=list(STATUS_SHAPES), range=list(STATUS_SHAPES.values())),
    )
