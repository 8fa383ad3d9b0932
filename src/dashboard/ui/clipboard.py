"""A button that copies a text or a picture: the one thing that Streamlit leaves to the browser."""

from __future__ import annotations

import base64
from pathlib import Path

import streamlit as st

from dashboard.text import Text

_FOLDER = Path(__file__).parent
_button = st.components.v2.component(
    "dashboard_copy",
    html='<button type="button"></button><span role="status"></span>',
    css=(_FOLDER / "copy.css").read_text("utf-8"),
    js=(_FOLDER / "copy.js").read_text("utf-8"),
)


def copy_text(label: str, copied: str, text: Text, key: str) -> None:
    """A button that copies a text."""
    _draw({"label": label, "text": copied, "failed": text("copy.text_failed")}, text, key)


def copy_picture(label: str, png: bytes, text: Text, key: str) -> None:
    """A button that copies a picture; browsers allow it on this computer and over https."""
    picture = base64.b64encode(png).decode()
    _draw({"label": label, "png": picture, "failed": text("copy.picture_failed")}, text, key)


def _draw(data: dict[str, str], text: Text, key: str) -> None:
    _button(data={**data, "done": text("copy.done")}, key=key)
