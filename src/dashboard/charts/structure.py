"""Charts of the organisation: committees and their cells, one commune as a tree, counts, years."""

from __future__ import annotations

import altair as alt
import pandas as pd

from dashboard.charts import rows, theme
from dashboard.text import Text

# Squares of cells on one line; a committee with more goes on below.
SQUARES = 14
_SQUARE = 20  # height of a square, px
_THIN = 7  # height of a bar in a long list, px

LEVEL_COLOURS = {
    "district": theme.RED,
    "committee": theme.RED,
    "section": theme.STEEL,
    "cell": theme.BLUE,
    "subcell": theme.AMBER,
}
LEVEL_SHAPES = {
    "district": "diamond",
    "committee": "square",
    "section": "triangle-up",
    "cell": "circle",
    "subcell": "circle",
}


def committees(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """One line per committee with a square per cell and its members in it.

    `frame`: one row per cell; `row`, `x`, `middle` and `x_end` place the square, `label` (the `members`) is
    written in it; `name`, `name_narrow` and `says` stand above the first square of a committee (""
    elsewhere); `cell` names the cell.
    """
    chart = alt.Chart(frame)
    scale = alt.Scale(domain=[0, SQUARES], nice=False)
    squares = rows.bars(chart, _SQUARE, color=theme.AMBER, **rows.APART).encode(
        x=alt.X("x:Q", axis=None, scale=scale),
        x2="x_end:Q",
        tooltip=[
            alt.Tooltip("cell:N", title=text("structure.cell")),
            alt.Tooltip("members:Q", title=text("count.members")),
        ],
    )
    numbers = chart.mark_text(fontSize=theme.SMALL, yOffset=rows.lower(_SQUARE), baseline="middle").encode(
        x=alt.X("middle:Q", axis=None, scale=scale), y=rows.y(), text="label:N"
    )
    # Most squares have no words above them: the browser need not draw what is empty.
    heads = chart.transform_filter(alt.datum.name != "")
    layers = (squares, numbers, rows.long_names(heads), rows.short_words(heads))
    return theme.dress(*layers, text=text, step=rows.step(_SQUARE))


def cells(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """One row per grassroots cell: `row`, `name`, `name_narrow`, `members`, `says`."""
    chart = alt.Chart(frame)
    bars = rows.bars(chart, _THIN, color=theme.BLUE).encode(x=_from_zero("members"))
    layers = (bars, rows.long_names(chart), rows.short_words(chart))
    return theme.dress(*layers, text=text, step=rows.step(_THIN))


def tree(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """One row per organisation, indented under the one above it.

    `frame`: `row` and `x` (depth) place it, `parent_row` and `parent_x` the one above (the same for the
    top), `name`, `says`, `level`.
    """
    chart = alt.Chart(frame)
    x = alt.Scale(domain=[0, 12], nice=False)
    y = rows.y()
    down = chart.mark_rule(color=theme.STEEL).encode(
        x=alt.X("parent_x:Q", axis=None, scale=x), y=alt.Y("parent_row:O", axis=None), y2="row:O"
    )
    across = chart.mark_rule(color=theme.STEEL).encode(
        x=alt.X("parent_x:Q", axis=None, scale=x), x2="x:Q", y=y
    )
    points = chart.mark_point(filled=True, size=110, opacity=1, **theme.EDGE).encode(
        x=alt.X("x:Q", axis=None, scale=x),
        y=y,
        color=_levels(text),
        shape=alt.Shape(
            "level:N",
            scale=alt.Scale(domain=_names(text), range=list(LEVEL_SHAPES.values())),
        ),
    )
    two = f"width < {theme.NARROW} && indexof(datum.name_narrow, '\\n') >= 0"
    names = chart.mark_text(
        align="left",
        baseline="middle",
        dx=10,
        dy=alt.ExprRef(expr=f"{two} ? -7 : 0"),
        lineBreak="\n",
        lineHeight=14,
        limit=alt.ExprRef(expr="width * 0.84"),
        text=alt.ExprRef(expr=f"width < {theme.NARROW} ? datum.name_narrow : datum.name"),
    ).encode(x=alt.X("x:Q", axis=None, scale=x), y=y)
    words = chart.mark_text(align="right", baseline="middle", color=theme.SOFT_INK).encode(
        x=alt.value(alt.expr("width")), y=y, text="says:N"
    )
    return theme.dress(down, across, points, names, words, text=text, step=31)


def by_commune(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """Members per commune: `row`, `name`, `members`, `says`, `outside` (district bodies)."""
    chart = alt.Chart(frame)
    bars = rows.bars(chart).encode(
        x=_from_zero("members"),
        color=alt.condition(alt.datum.outside, alt.value(theme.STEEL), alt.value(theme.BLUE)),
    )
    return theme.dress(bars, rows.names(chart), rows.words(chart), text=text, step=rows.step())


def over_time(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """A column per as-of date from 0: `row` (order), `date` as written, `value`, `says` above it."""
    chart = alt.Chart(frame)
    x = alt.X(
        "date:N",
        sort=alt.EncodingSortField("row", op="min"),
        axis=theme.dates_axis(),
        scale=alt.Scale(paddingInner=0.45, paddingOuter=0.2),
    )
    y = alt.Y("value:Q", axis=None, scale=alt.Scale(zero=True))
    columns = chart.mark_bar(color=theme.BLUE).encode(x=x, y=y)
    words = chart.mark_text(baseline="bottom", dy=-5, fontWeight="bold").encode(x=x, y=y, text="says:N")
    return theme.dress(columns, words, text=text, height=220)


def _from_zero(field: str) -> alt.X:
    return alt.X(f"{field}:Q", axis=None, stack=None, scale=alt.Scale(zero=True, nice=False))


def _names(text: Text) -> list[str]:
    return [text(f"code.level.{level}") for level in LEVEL_COLOURS]


def _levels(text: Text) -> alt.Color:
    return alt.Color(
        "level:N",
        scale=alt.Scale(domain=_names(text), range=list(LEVEL_COLOURS.values())),
        legend=theme.legend(columns=3),
    )
