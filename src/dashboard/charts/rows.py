"""Horizontal bars that read the same on a wide screen and on a phone.

Each row has a head of two lines above its bar, so that no label is squeezed beside it. Rows are placed by
the whole number `row`, from 0 down; frames hold the `name` and, in `says`, the figures in words.
"""

from __future__ import annotations

from typing import Any

import altair as alt

from dashboard.charts import theme

BAR = 14
_LINE = 16
_HEAD = 2 * _LINE
_GAP_TO_BAR = 5
_GAP_TO_NEXT = 8
# Vega cannot measure the words beside a name: this is what their letters take at most, in px.
_BESIDE = "max(60, width - 16 - 6.2 * length(datum.says))"
# Neighbours in one bar have a strip of the page between them (px).
APART: dict[str, Any] = {"xOffset": 1, "x2Offset": -1}
_NARROW = f"width < {theme.NARROW}"


def step(size: int = BAR, below: int = 0) -> int:
    """The height of a row in px; `below` is kept free under the bar."""
    return _HEAD + _GAP_TO_BAR + size + below + _GAP_TO_NEXT


def y(**options: Any) -> alt.Y:
    """The row's place; `bandPosition=0` is its upper edge."""
    return alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0), **options)


def names(chart: alt.Chart) -> alt.Chart:
    """The row's name; on a phone on the line above its words."""
    return _head(
        chart,
        text=alt.ExprRef(expr="datum.name"),
        dy=alt.ExprRef(expr=f"{_NARROW} ? {_LINE} : {_HEAD}"),
        limit=alt.ExprRef(expr=f"{_NARROW} ? width : {_BESIDE}"),
    )


def words(chart: alt.Chart, sign: int = 0) -> alt.Chart:
    """The row's figures in words: right of the name, on a phone below it; `sign` px are free for a sign."""
    return chart.mark_text(
        align=alt.ExprRef(expr=f"{_NARROW} ? 'left' : 'right'"),
        baseline="bottom",
        dx=alt.ExprRef(expr=f"{_NARROW} ? {sign} : -{sign}"),
        dy=_HEAD,
    ).encode(x=alt.value(alt.expr(f"{_NARROW} ? 0 : width")), y=y(bandPosition=0), text="says:N")


def signs(chart: alt.Chart, size: int) -> alt.Chart:
    """A sign at the end of the words, on a phone before them; the caller adds shape and colour."""
    return chart.mark_point(
        filled=True, size=80, opacity=1, yOffset=_HEAD - size / 2 + 1, **theme.EDGE
    ).encode(x=alt.value(alt.expr(f"{_NARROW} ? 6 : width - 6")), y=y(bandPosition=0))


def size_of_long() -> alt.ExprRef:
    """The size of words that are long: smaller where there is least room."""
    return alt.ExprRef(expr=f"width < {theme.NARROWEST} ? {theme.SMALL} : {theme.NORMAL}")


def long_names(chart: alt.Chart, beside: bool = True) -> alt.Chart:
    """Names too long for a phone's line, there broken into two (`name_narrow`); `beside` them short words."""
    two = f"{_NARROW} && indexof(datum.name_narrow, '\\n') >= 0"
    return _head(
        chart,
        text=alt.ExprRef(expr=f"{_NARROW} ? datum.name_narrow : datum.name"),
        dy=alt.ExprRef(expr=f"{two} ? {_LINE} : {_HEAD}"),
        limit=alt.ExprRef(expr=_BESIDE if beside else "width"),
    )


def short_words(chart: alt.Chart) -> alt.Chart:
    """A few words at the right of a long name, on a phone too."""
    return chart.mark_text(align="right", baseline="bottom", dy=_HEAD).encode(
        x=alt.value(alt.expr("width")), y=y(bandPosition=0), text="says:N"
    )


def lower(size: int = BAR, below: int = 0) -> float:
    """How far the bar's middle lies below the middle of its row (px)."""
    return _HEAD + _GAP_TO_BAR + size / 2 - step(size, below) / 2


def bars(chart: alt.Chart, size: int = BAR, below: int = 0, **mark: Any) -> alt.Chart:
    """The bar itself, with an edge; the caller adds x."""
    look = {**theme.EDGE, **mark}
    return chart.mark_bar(height=size, yOffset=lower(size, below), **look).encode(y=y())


def _head(chart: alt.Chart, **mark: Any) -> alt.Chart:
    return chart.mark_text(
        align="left",
        baseline="bottom",
        fontWeight="bold",
        fontSize=size_of_long(),
        lineBreak="\n",
        lineHeight=_LINE,
        **mark,
    ).encode(x=alt.value(0), y=y(bandPosition=0))
