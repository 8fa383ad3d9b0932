"""Charts of role overlap: villages per combination, and who holds what in each village."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from dashboard import schema
from dashboard.charts import rows, theme
from dashboard.text import Text

COMBINATION_COLOURS = {
    "all_three": theme.RED,
    "only:secretary+village_head": theme.BLUE,
    "only:secretary+front_head": theme.AMBER,
    "only:village_head+front_head": theme.STEEL,
    "none": theme.PALE,
    "silent": theme.WHITE,
}
POOL_COLOURS = {
    "same": theme.BLUE,
    "ready": theme.STEEL,
    "member_first": theme.AMBER,
    "no_head": theme.PALE,
}
_BAR = 18  # height of a stacked bar, px
# A number stands in its segment only where there is room for it.
_WIDE_ENOUGH = "scale('x', datum.end) - scale('x', datum.start) > 9 * length('' + datum.count)"
# Width of the column of village names, in widths of a post's column.
NAMES = 2.9
# Persons with several posts in one village are joined by lines at different heights.
LINES = 3
# Light: rings, signs and red lines stand on them.
STATE_COLOURS = {
    "member": "#D3DFEE",
    "not_member": "#EBB45A",
    "vacant": theme.WHITE,
    "not_reported": "#8E949E",
}


def by_commune(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """One stacked bar per commune: columns as in `_stacked`, `part` is the combination."""
    return theme.dress(
        *_stacked(frame, text, "combination", COMBINATION_COLOURS), text=text, step=rows.step(_BAR)
    )


def combinations(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """One bar per combination: `row`, `part` and `name` (as written), `villages`, `says`."""
    chart = alt.Chart(frame)
    bars = rows.bars(chart).encode(
        x=alt.X("villages:Q", axis=None, stack=None, scale=alt.Scale(zero=True, nice=False)),
        color=_parts(text, "combination", COMBINATION_COLOURS).legend(None),
    )
    layers = (bars, rows.names(chart), rows.words(chart))
    return theme.dress(*layers, text=text, step=rows.step())


def pool(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """One stacked bar per commune: columns as in `_stacked`, `part` is the part of the pool."""
    return theme.dress(*_stacked(frame, text, "pool", POOL_COLOURS), text=text, step=rows.step(_BAR))


def post_states(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """One stacked bar per position: columns as in `_stacked`, `part` is the state of the posts."""
    return theme.dress(*_stacked(frame, text, "state", STATE_COLOURS), text=text, step=rows.step(_BAR))


def matrix(frame: pd.DataFrame, *, text: Text) -> alt.LayerChart:
    """Villages × posts: one cell per post with its state, a line joining the posts of one person.

    `frame`: one row per mark; `row` and `x` place it, `kind` says which it is: "heading", "commune" and
    "village" (`label`; `label_narrow` for a village on a phone), "post" (up to `x_end`; `state` as
    written), "ring" (on a post whose holder is no member), "sign" (`label`, on a post without a holder),
    "join0" … (up to `x_end`, from the first to the last post of one person) and "held0" … (a post on that
    line).
    """
    chart = alt.Chart(frame)
    columns = NAMES + len(schema.POSITIONS)
    narrow = f"width < {theme.NARROW}"
    scale = alt.Scale(domain=[0, columns], nice=False)
    x = alt.X("x:Q", axis=None, scale=scale)
    y = rows.y()
    states = [text(f"overlap.state.{state}") for state in STATE_COLOURS]

    def only(kind: str) -> alt.Chart:
        return chart.transform_filter(alt.datum.kind == kind)

    def labels(kind: str, **mark: Any) -> alt.Chart:
        words = only(kind).mark_text(baseline="middle", lineBreak="\n", **mark).encode(x=x, y=y)
        return words if "text" in mark else words.encode(text="label:N")

    layers: list[alt.Chart] = [
        labels("heading", fontSize=theme.SMALL, lineHeight=14, dy=-14),
        labels("commune", align="left", fontWeight="bold", limit=alt.ExprRef(expr="width")),
        labels(
            "village",
            align="right",
            dx=-5,
            dy=alt.ExprRef(expr=f"{narrow} && indexof(datum.label_narrow, '\\n') >= 0 ? -6 : 0"),
            fontSize=theme.SMALL,
            lineHeight=12,
            limit=alt.ExprRef(expr=f"width * {NAMES / columns}"),
            text=alt.ExprRef(expr=f"{narrow} ? datum.label_narrow : datum.label"),
        ),
        only("post")
        .mark_rect(stroke=theme.WHITE, strokeWidth=2)
        .encode(
            x=x,
            x2="x_end:Q",
            y=y,
            color=alt.Color(
                "state:N",
                scale=alt.Scale(domain=states, range=list(STATE_COLOURS.values())),
                legend=theme.legend(columns=4),
            ),
        ),
        only("ring").mark_point(size=55, color=theme.INK, strokeWidth=1.3, opacity=1).encode(x=x, y=y),
        labels("sign"),
    ]
    for line in range(LINES):
        shift = (0, -5, 5)[line]
        layers.append(
            only(f"join{line}")
            .mark_rule(color=theme.RED, strokeWidth=2.5, yOffset=shift)
            .encode(x=x, x2="x_end:Q", y=y)
        )
        layers.append(
            only(f"held{line}")
            .mark_point(filled=True, size=70, color=theme.RED, opacity=1, yOffset=shift)
            .encode(x=x, y=y)
        )
    return theme.dress(*layers, text=text, step=28)


def _stacked(frame: pd.DataFrame, text: Text, group: str, colours: dict[str, str]) -> tuple[alt.Chart, ...]:
    """One stacked bar a row.

    `frame`: one row per segment: `row`, `part` (as written), `start`, `middle`, `end` and `count` (units);
    `name` and `says` in the first segment of each row, "" elsewhere.
    """
    chart = alt.Chart(frame)
    scale = alt.Scale(nice=False, zero=True)
    bars = rows.bars(chart, _BAR, **rows.APART).encode(
        x=alt.X("start:Q", axis=None, scale=scale), x2="end:Q", color=_parts(text, group, colours)
    )
    dark = [text(f"overlap.{group}.{name}") for name, colour in colours.items() if colour in theme.DARK]
    numbers = chart.mark_text(
        fontSize=theme.SMALL, fontWeight="bold", yOffset=rows.lower(_BAR), baseline="middle"
    ).encode(
        x=alt.X("middle:Q", axis=None, scale=scale),
        y=rows.y(),
        text=alt.Text("count:Q", format=",d"),
        opacity=alt.condition(_WIDE_ENOUGH, alt.value(1), alt.value(0)),
        color=alt.condition(
            alt.FieldOneOfPredicate(field="part", oneOf=dark), alt.value(theme.WHITE), alt.value(theme.INK)
        ),
    )
    return bars, numbers, rows.names(chart), rows.words(chart)


def _parts(text: Text, group: str, colours: dict[str, str]) -> alt.Color:
    names = [text(f"overlap.{group}.{name}") for name in colours]
    return alt.Color(
        "part:N",
        scale=alt.Scale(domain=names, range=list(colours.values())),
        legend=theme.legend(columns=4 if len(colours) == 4 else 3),
    )
