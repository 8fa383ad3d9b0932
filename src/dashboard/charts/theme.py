"""One look for every chart: colours, font, number forms; and the chart as something a page can send.

The look is put on each chart by `dress`; Altair's own theme switch is global to the process and would be
shared by all sessions.
"""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any, Protocol

import altair as alt
import pandas as pd
import pyarrow as pa

from dashboard.charts import wire
from dashboard.text import Text

# A chart of more marks is slow in the browser and unreadable anyway: exhibits show the level above.
MOST_MARKS = 2000

# A chart narrower than this (px) is on a phone.
NARROW = 480
# One narrower than this is on the narrowest, of 320 to 360 px.
NARROWEST = 300

# From these widths on (px) a key stands in two columns, in as many as it wants.
_TWO_KEYS, _ALL_KEYS = 560, 780

FONT = "Be Vietnam Pro, sans-serif"  # the generic must end the list, else exports lose all text
SMALL = 12
NORMAL = 13

# Told apart by the colour-blind, and in grey by steps of lightness (tests/charts/test_colours.py).
RED = "#B3261E"
BLUE = "#173F6F"
AMBER = "#E0A038"
STEEL = "#718DB2"
PALE = "#D3DAE3"
TRACK = "#E9EDF1"
INK = "#1F2430"
SOFT_INK = "#525B6B"
WHITE = "#FFFFFF"
# One meaning per colour, for every renderer: BLUE a value, AMBER what is missing, RED the chosen place, the
# mark of sample data and the band on top of what is ours, the greens overlap, greys structure.
COLOURS = {
    "white": WHITE,
    "ink": INK,
    "soft": SOFT_INK,
    "line": "#D5DBE2",
    "track": TRACK,
    "back": "#F4F6F8",
    "value": BLUE,
    "missing": AMBER,
    "missing-line": "#A86A00",
    "party": RED,
    "chosen": RED,
    "chosen-pale": "#FBE9E7",
    "wrong": "#F4B6B0",
    "overlap": "#1B7F73",
    "overlap-dark": "#0C4A43",
    "overlap-mid": "#7FC0B5",
    "overlap-pale": "#C9E4DF",
    "overlap-line": "#1B7F73",
    "neutral": "#8793A6",
    "neutral-pale": "#B9C3D0",
    "neutral-back": "#DEE5EF",
}
# How a part of a bar or a square of its kind is filled, and its edge where it has one of its own.
KINDS = {
    "value": ("value", ""),
    "member": ("value", ""),
    "not_member": ("missing", "missing-line"),
    "member_first": ("missing", "missing-line"),
    "outside": ("neutral", ""),
    "all_three": ("overlap-dark", ""),
    "head": ("overlap", ""),
    "same": ("overlap", ""),
    "front": ("overlap-mid", "overlap-line"),
    "ready": ("overlap-pale", "overlap-line"),
    "pair": ("overlap-pale", "overlap-line"),
    "none": ("white", "neutral"),
    "no_head": ("white", "neutral"),
    "vacant": ("white", "soft"),
    "silent": ("track", "soft"),
    "not_reported": ("track", "soft"),
}
# These have a dashed edge: nobody said what they are.
UNKNOWN = ("silent", "not_reported")
# Around what is filled: amber, pale and white alone have too little contrast to the page.
EDGE: dict[str, Any] = {"stroke": SOFT_INK, "strokeWidth": 1}
# Colours on which writing is white.
DARK = (RED, BLUE)


class Draw(Hashable, Protocol):
    """A chart function: encodings only. What it returns may depend on the language, not on the rows."""

    __name__: str

    def __call__(self, frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
        """The chart of these rows."""
        ...


@dataclass(frozen=True, eq=False)
class Plot:
    """A chart function with the rows that it draws; `ranked` where they are all complete, so that words may
    say which is the most and which way they go."""

    draw: Draw
    frame: pd.DataFrame
    text: Text
    ranked: bool = True

    @cached_property
    def spec(self) -> dict[str, Any]:
        """The Vega-Lite specification without its rows: built once per chart function and language.

        A spec that stays the same lets the browser exchange the rows and keep the picture. Do not change it.
        """
        return _spec(self.draw, self.text, tuple(self.frame.columns))

    @cached_property
    def rows(self) -> pa.Table:
        """The rows as they go to a browser: turned into Arrow once, not at every rerun."""
        return wire.compact(self.frame)

    def chart(self) -> alt.LayerChart:
        """The chart with its rows, for a notebook or an export."""
        return self.draw(self.frame, text=self.text)


@cache
def _spec(draw: Draw, text: Text, columns: tuple[str, ...]) -> dict[str, Any]:
    spec: dict[str, Any] = draw(pd.DataFrame(columns=list(columns)), text=text).to_dict(validate=True)
    for rows in ("data", "datasets"):
        spec.pop(rows, None)
    return spec


def dress(
    *layers: alt.Chart, text: Text, step: int | None = None, height: int | None = None
) -> alt.LayerChart:
    """The layers as one chart in the look of the house, as wide as its place.

    `step` is the height of one row in px where the rows set the height; else `height` is the whole.
    """
    # The chart as a whole has its alt text, the table behind it every figure: marks are not read out.
    for layer in layers:
        layer.mark.aria = False
        if isinstance(layer.mark.point, alt.OverlayMarkDef):
            layer.mark.point.aria = False
    number = {"vi": (",", "."), "en": (".", ",")}[text.lang]
    return (
        alt.LayerChart(layer=list(layers))
        .properties(
            width="container",
            height=alt.Step(step) if step else height,
            autosize=alt.AutoSizeParams(type="fit-x", contains="padding"),
            padding={"top": 14, "left": 6, "right": 6, "bottom": 6},
            background=WHITE,
        )
        .configure(
            font=FONT,
            aria=False,
            locale=alt.Locale(
                number=alt.NumberLocale(
                    decimal=number[0], thousands=number[1], grouping=[3], currency=["", ""]
                )
            ),
        )
        .configure_view(stroke=None)
        # Streamlit's own look would show the names of columns on every mark.
        .configure_mark(tooltip=None)
        .configure_axis(
            labelFontSize=SMALL,
            labelColor=SOFT_INK,
            titleFontSize=SMALL,
            titleColor=SOFT_INK,
            titleFontWeight="normal",
            domain=False,
            ticks=False,
            gridColor=PALE,
        )
        .configure_text(fontSize=NORMAL, color=INK)
    )


# Nothing around the marks: no margin, no frame.
BARE: dict[str, Any] = {
    "autosize": alt.AutoSizeParams(type="none", contains="padding"),
    "padding": 0,
    "config": alt.Config(aria=False, background=WHITE, view=alt.ViewConfig(stroke=None)),
}


def dates_axis() -> alt.Axis:
    """The axis of as-of dates, in words; further lines stand below the date."""
    return alt.Axis(
        labelAngle=0,
        labelOverlap="parity",  # of many dates every other one is written
        labelSeparation=4,
        title=None,
        labelPadding=8,
        labelExpr="split(datum.label, '\\n')",
        labelColor=INK,
        labelLineHeight=16,
    )


def legend(columns: int) -> alt.Legend:
    """The key above a chart: so many columns, two in a window half as wide, one on a phone."""
    return alt.Legend(
        orient="top",
        direction="vertical",
        columns=alt.ExprRef(expr=f"width < {_TWO_KEYS} ? 1 : width < {_ALL_KEYS} ? 2 : {columns}"),
        labelFontSize=SMALL,
        labelColor=INK,
        labelLimit=280,
        symbolType="square",
        symbolSize=130,
        symbolStrokeColor=SOFT_INK,
        symbolStrokeWidth=1,
        rowPadding=5,
        columnPadding=18,
        title=None,
        offset=12,
    )


def mixed(colour: str, depth: float) -> str:
    """A colour of which only a part from 0 to 1 is seen, on white."""
    parts = (int(colour[n : n + 2], 16) for n in (1, 3, 5))
    return "#" + "".join(f"{round(255 + depth * (part - 255)):02X}" for part in parts)


def css() -> str:
    """The colours as properties of CSS: `var(--value)` in every style sheet."""
    return " ".join(f"--{name}: {colour};" for name, colour in COLOURS.items())
