"""Charts as HTML: the rows of `charts.model` go to one component, which draws cards and tiles with them.

A card is one element, not five: the browser takes its time for each.
"""

from __future__ import annotations

from functools import cache, lru_cache, partial
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from dashboard.charts import theme
from dashboard.charts.model import Chart, as_data
from dashboard.exhibits import Exhibit
from dashboard.text import Text
from dashboard.ui import open, what_if

_COLOURS = "".join(f"--{name}: {colour};" for name, colour in theme.COLOURS.items())
_HTML = f"<style>:host {{ {_COLOURS} }}</style><article data-part='card'></article>"


@cache
def _component() -> ComponentRenderer:
    """Made when first drawn: only then is it known where the package keeps its scripts."""
    return st.components.v2.component("dashboard.chart", html=_HTML, css="chart.css", js="chart.js")


def draw(chart: Chart, key: str) -> None:
    """Draw a chart without a card around it."""
    _mount({"card": None, "chart": _chart(chart)}, key)


def card(exhibit: Exhibit, key: str, text: Text) -> None:
    """Draw the headline of an exhibit, its chart, what explains it, and where it is from."""
    _mount(_card(exhibit, text), key)


def _mount(data: dict[str, Any], key: str) -> None:
    _component()(
        data=data, key=key, on_open_change=partial(_opened, key), on_tick_change=partial(_ticked, key)
    )


def _opened(key: str) -> None:
    """Follow the link of what was clicked."""
    if link := st.session_state[key]["open"]:
        open.page(*str(link).split(":", 1))


def _ticked(key: str) -> None:
    """Take a change into the what-if, or out of it."""
    if written := st.session_state[key]["tick"]:
        what_if.toggle(str(written))


# An exhibit, and the chart in it, is one object per data version and selection: each is its own key.
@lru_cache(maxsize=256)
def _card(exhibit: Exhibit, text: Text) -> dict[str, Any]:
    measure = exhibit.subtitle.partition(" · ")[0]
    sentences = exhibit.sentences if exhibit.chart is not None else ()
    lines = [*exhibit.takeaways, *sentences, measure, *exhibit.notes]
    return {
        "card": {
            "headline": exhibit.headline,
            "mark": exhibit.mark(text),
            "foot": exhibit.foot,
            "sentences": [] if sentences else list(exhibit.sentences),
            "more": {"label": text("card.explained"), "lines": [line for line in lines if line]},
        },
        "chart": None if exhibit.chart is None else as_data(exhibit.chart),
    }


@lru_cache(maxsize=64)
def _chart(chart: Chart) -> dict[str, Any]:
    return as_data(chart)
