"""What a screen reader is told beside the words on the screen: the language of the page, and the names of
Streamlit's own controls, with the words that Streamlit writes on them."""

from __future__ import annotations

from functools import cache

import streamlit as st
from streamlit.components.v2.types import ComponentRenderer

from dashboard import text
from dashboard.text import Text

# The words as Streamlit writes them, with a star for what is named; `text` has them under `spoken`.
THEIRS = {
    "skip": "Skip to main content",
    "sidebar": "Sidebar",
    "pages": "App pages",
    "expand": "Expand sidebar",
    "collapse": "Collapse sidebar",
    "open": "Open",
    "choose": "Choose an option",
    "choose_some": "Choose options",
    "clear": "Clear all",
    "dismiss": "Dismiss",
    "close": "Close",
    "selected": "Selected values",
    "remove": "Remove *",
    "running": "Running...",
    "upload": "Upload",
    "upload_region": "file upload",
    "add_files": "Add files",
    "drop": "Drag and drop a file here",
    "error": "Error: ",
    "wrong_kind": "* files are not allowed.",
    "too_large": "File must be * or smaller.",
}


@cache
def _component() -> ComponentRenderer:
    """Made when first drawn: only then is it known where the package keeps its scripts."""
    return st.components.v2.component("dashboard.spoken", html="<span></span>", js="spoken.js")


def speak(words: Text) -> None:
    """Tell the browser the language that is chosen, which may change without a new page."""
    _component()(data=_data(words), key="spoken")


@cache
def _data(words: Text) -> dict[str, object]:
    others = [text.get(lang) for lang in text.LANGUAGES if lang != words.lang]
    pairs = [
        [theirs, other(f"spoken.{name}"), words(f"spoken.{name}")]
        for name, theirs in THEIRS.items()
        for other in others
    ]
    return {"lang": words.lang, "words": pairs}
