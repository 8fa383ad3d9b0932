"""Streamlit's own controls: their words and names in the language of the page."""

from __future__ import annotations

from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from dashboard import text
from dashboard.text import Text

# The words as Streamlit writes them, with a star for what is named; `text` has them under `control`.
ENGLISH = {
    "skip": "Skip to main content",
    "sidebar": "Sidebar",
    "pages": "App pages",
    "expand": "Expand sidebar",
    "collapse": "Collapse sidebar",
    "open": "Open",
    "choose": "Choose an option",
    "dismiss": "Dismiss",
    "close": "Close",
    "remove": "Remove *",
    "running": "Running...",
    "upload": "Upload",
    "upload_region": "file upload",
    "add_files": "Add files",
    "drop": "Drag and drop a file here",
    "no_page": "Page not found",
    "no_such_page": "The page that you have requested does not seem to exist*",
    "error": "Error: ",
    "wrong_kind": "* files are not allowed.",
    "too_large": "File must be * or smaller.",
    "connection_error": "Connection error",
    "no_answer": "Streamlit server is not responding. Are you connected to the internet?",
    "stopped": (
        "Is Streamlit still running? If you accidentally stopped Streamlit, just restart it in your terminal:"
    ),
    "timed_out": "Connection timed out.",
    "failed_with": "Connection failed with status *.",
    "failed_with_answer": "Connection failed with status *, and response:",
}


@cache
def _component() -> ComponentRenderer:
    """Made when first drawn: only then is it known where the package keeps its scripts."""
    return st.components.v2.component("dashboard.localize", html="<span></span>", js="localize.js")


def localize_controls(words: Text) -> None:
    """Tell the browser the language that is chosen, which may change without a new page."""
    _component()(data=_data(words), key="localize")


@cache
def _data(words: Text) -> dict[str, object]:
    others = [text.get(lang) for lang in text.LANGUAGES if lang != words.lang]
    pairs = [
        [english, other(f"control.{name}"), words(f"control.{name}")]
        for name, english in ENGLISH.items()
        for other in others
    ]
    return {"lang": words.lang, "words": pairs}
