"""Components of our own, which run a script in the browser."""

from __future__ import annotations

from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer


@cache
def component(name: str, html: str = "<span></span>", *, styled: bool = False) -> ComponentRenderer:
    """The component of `components/NAME.js`, with NAME.css where it is `styled`; made when first drawn: only
    then Streamlit knows where the package keeps its scripts."""
    css = f"{name}.css" if styled else None
    return st.components.v2.component(f"dashboard.{name}", html=html, css=css, js=f"{name}.js")
