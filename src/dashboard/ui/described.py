"""What the charts of a page show in words, for who cannot see them. Told beside the charts: what Streamlit is
told with a chart becomes a part of its specification, and the browser would embed it anew at every change."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from dashboard.exhibits import Exhibit
from dashboard.text import Text


@cache
def _component() -> ComponentRenderer:
    """Made when first drawn: only then is it known where the package keeps its scripts."""
    return st.components.v2.component("dashboard.described", html="<span></span>", js="described.js")


def constant(exhibit: Exhibit, text: Text) -> str:
    """What an exhibit's chart is named whatever it shows: until the browser has its words."""
    return text(f"exhibit.{exhibit.id.partition(':')[0]}")


def charts(cards: Mapping[str, Exhibit]) -> None:
    """Name the chart of each card by its exhibit's `alt`; `cards` has the exhibits by their cards' keys."""
    named = {f"st-key-{key}": shown.alt for key, shown in cards.items() if shown.plot and not shown.chart}
    if named:
        _component()(data={"charts": named}, key="described")
