"""Horizontal bars that read the same on a wide screen and on a phone.

Each row has its name, and its figures in words at the right, above the bar, so that no label is squeezed
beside it. Rows are placed by the whole number `row`, from 0 down. `lines` says how many lines a name may
take where the place is narrow: frames hold it as `name` and, broken into lines, as `name_narrow`.
"""

from __future__ import annotations

from typing import Any

import altair as alt

BAR = 14
# A chart narrower than this (px) is on a phone.
NARROW = 480
_LINE = 16
_GAP_TO_BAR = 5
_GAP_TO_NEXT = 11


def step(lines: int = 1, size: int = BAR, below: int = 0) -> int:
    """The height of a row in px; `below` is kept free under the bar."""
    return lines * _LINE + _GAP_TO_BAR + size + below + _GAP_TO_NEXT


def y(**options: Any) -> alt.Y:
    """The row's place; `bandPosition=0` is its upper edge."""
    return alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0, paddingOuter=0), **options)


def names(chart: alt.Chart, lines: int = 1, most: float = 0.62) -> alt.Chart:
    """The row's name, at the left above the bar, in at most this share of the width."""
    return chart.mark_text(
        align="left",
        baseline="bottom",
        dy=_last_line(lines),
        fontWeight="bold",
        lineBreak="\n",
        lineHeight=_LINE,
        limit=alt.ExprRef(expr=f"width * {most}"),
        text=alt.ExprRef(expr=f"width < {NARROW} ? datum.name_narrow : datum.name"),
    ).encode(x=alt.value(0), y=y(bandPosition=0))


def words(chart: alt.Chart, lines: int = 1, before_end: int = 0) -> alt.Chart:
    """The row's figures in words, at the right above the bar; `before_end` px are left free for a sign."""
    return chart.mark_text(align="right", baseline="bottom", dx=-before_end, dy=lines * _LINE).encode(
        x=alt.value(alt.expr("width")), y=y(bandPosition=0), text="says:N"
    )


def lower(lines: int = 1, size: int = BAR, below: int = 0) -> float:
    """How far the bar's middle lies below the middle of its row (px)."""
    return lines * _LINE + _GAP_TO_BAR + size / 2 - step(lines, size, below) / 2


def bars(chart: alt.Chart, lines: int = 1, size: int = BAR, below: int = 0, **mark: Any) -> alt.Chart:
    """The bar itself; the caller adds x."""
    return chart.mark_bar(height=size, yOffset=lower(lines, size, below), **mark).encode(y=y())


def _last_line(lines: int) -> Any:
    """Where the first line of a name ends, so that its last line stands on the bar."""
    if lines == 1:
        return _LINE
    two = f"width < {NARROW} && indexof(datum.name_narrow, '\\n') >= 0"
    return alt.ExprRef(expr=f"{two} ? {(lines - 1) * _LINE} : {lines * _LINE}")
