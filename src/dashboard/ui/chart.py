"""Charts, cards and tables as HTML, drawn by one component: the browser takes its time for each element."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from typing import Any

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from dashboard.charts.model import Chart, as_data
from dashboard.ui import open, what_if

_HTML = "<article data-part='card'></article>"


@cache
def _component() -> ComponentRenderer:
    """Made when first drawn: only then is it known where the package keeps its scripts."""
    return st.components.v2.component("dashboard.chart", html=_HTML, css="chart.css", js="chart.js")


def draw(chart: Chart, key: str) -> None:
    """Draw a chart without a card around it."""
    mount({"card": None, "chart": _chart(chart)}, key)


def mount(data: dict[str, Any], key: str, **answers: Callable[[str], None]) -> None:
    """Draw what the script chart.js takes; `answers` are called with what was clicked, by the name of the
    script's trigger. A name that opens a page and a line that is ticked are answered here."""
    known = {"open": _open, "tick": what_if.toggle, **answers}
    is_new = key not in st.session_state
    # The component wants every answer at its first run.
    drawn = _component()(
        data=data,
        key=key,
        on_open_change=lambda: _answer(key, "open", known),
        on_tick_change=lambda: _answer(key, "tick", known),
        on_more_change=lambda: _answer(key, "more", known),
        on_turn_change=lambda: _answer(key, "turn", known),
    )
    # A click that another process took over: this session has not drawn the card that was clicked.
    clicked = [trigger for trigger in known if is_new and getattr(drawn, trigger)]
    for trigger in clicked:
        known[trigger](str(getattr(drawn, trigger)))
    if clicked:
        st.rerun()


def _answer(key: str, trigger: str, answers: Mapping[str, Callable[[str], None]]) -> None:
    if (said := st.session_state[key][trigger]) and trigger in answers:
        answers[trigger](str(said))


def _open(link: str) -> None:
    open.page(*link.split(":", 1))


# A chart is one object per data version and selection: it is its own key.
@lru_cache(maxsize=64)
def _chart(chart: Chart) -> dict[str, Any]:
    return as_data(chart)
