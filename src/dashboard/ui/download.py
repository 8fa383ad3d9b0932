"""The files of a card: pictures and figures, made when they are asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache, partial

import streamlit as st

from dashboard.exhibits import Exhibit
from dashboard.outputs import pictures, workbook, worker
from dashboard.ui import exports, present
from dashboard.ui.clipboard import copy_picture
from dashboard.ui.markdown import escape_markdown

_LOG = logging.getLogger("dashboard")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The shape of the picture that is copied, and of the SVG.
_FIRST = next(iter(pictures.SHAPES))


def dialog(exhibit: Exhibit, key: str, on_dismiss: Callable[[], None]) -> None:
    """Draw the dialog with the files of an exhibit."""
    title = escape_markdown(f"{exhibit.text('download.label')}: {exhibit.name}")
    st.dialog(title, on_dismiss=on_dismiss)(_entries)(exhibit, key, on_dismiss)


def _entries(exhibit: Exhibit, key: str, close: Callable[[], None]) -> None:
    """A button for each file, and for the picture to copy, which is drawn at once."""
    text, png = exhibit.text, partial(_made, pictures.picture_png, exhibit)
    # What the audit log calls it, the end of its name, its kind, what makes it, its label.
    files = [
        (f"png {shape}", f"_{shape}.png", "image/png", partial(png, shape), f"png.{shape}")
        for shape in pictures.SHAPES
    ]
    files += [
        ("svg", ".svg", "image/svg+xml", partial(_made, pictures.picture_svg, exhibit, _FIRST), "svg"),
        ("xlsx", ".xlsx", _XLSX, partial(_made, workbook.exhibit_xlsx, exhibit), "xlsx"),
    ]
    with st.container(horizontal=True, gap="small", key=f"files-{key}"):
        if present.entry(exhibit, key):
            close()
            st.rerun()
        for form, ending, mime, make, label in files:
            st.download_button(
                text(f"download.{label}"),
                exports.of_exhibit(exhibit, form, make),
                exhibit.stem + ending,
                mime,
                key=f"file-{key}-{form.removeprefix('png ')}",
                on_click="ignore",
            )
        with st.spinner(text("download.drawing")):
            try:
                copy_picture(text("copy.picture"), png(_FIRST), text, f"copy-{key}")
            except worker.WorkError:
                _LOG.exception("no picture of %s", exhibit.id)
                st.caption(text("download.no_picture"))


# An exhibit is one object per data version and selection: it is its own key.
@lru_cache(maxsize=128)
def _made(make: Callable[..., bytes | str], exhibit: Exhibit, *shape: str) -> bytes:
    content = worker.workers().run(make, exhibit, *shape)
    return content.encode() if isinstance(content, str) else content
