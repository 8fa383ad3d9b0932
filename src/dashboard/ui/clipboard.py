"""A button that copies a text or a picture: the one thing that Streamlit leaves to the browser."""

from __future__ import annotations

import base64
from typing import Literal

from dashboard.text import Text
from dashboard.ui.component import component

Width = Literal["stretch", "content"]
_HTML = '<button type="button"></button><span role="status"></span>'


def copy_text(label: str, copied: str, text: Text, key: str) -> None:
    """A button that copies a text."""
    _draw({"label": label, "text": copied, "failed": text("copy.text_failed")}, text, key, "stretch")


def copy_picture(label: str, png: bytes, text: Text, key: str) -> None:
    """A button that copies a picture; browsers allow it on this computer and over https."""
    picture = base64.b64encode(png).decode()
    _draw({"label": label, "png": picture, "failed": text("copy.picture_failed")}, text, key, "content")


def _draw(data: dict[str, str], text: Text, key: str, width: Width) -> None:
    component("copy", _HTML, styled=True)(data={**data, "done": text("copy.done")}, key=key, width=width)
