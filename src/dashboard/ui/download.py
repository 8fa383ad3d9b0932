"""The files of a card: pictures and figures, made when they are asked for."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import lru_cache, partial

import streamlit as st

from dashboard.exhibits import Exhibit
from dashboard.outputs import pictures, workbook, worker
from dashboard.text import Text
from dashboard.ui import exports, present
from dashboard.ui.clipboard import copy_picture
from dashboard.ui.plain import plain

_LOG = logging.getLogger("dashboard")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
# The shape of the picture that is copied, and of the SVG.
_FIRST = next(iter(pictures.SHAPES))


def dialog(exhibit: Exhibit, key: str, text: Text, on_dismiss: Callable[[], None]) -> None:
    """Draw the dialog with the files of an exhibit."""
    name = text(f"{exhibit.id.partition(':')[0]}.name")
    st.dialog(plain(f"{text('download.label')}: {name}"), on_dismiss=on_dismiss)(_entries)(
        exhibit, key, text, on_dismiss
    )


def _entries(exhibit: Exhibit, key: str, text: Text, close: Callable[[], None]) -> None:
    """A button for each file, and for the picture to copy, which is drawn at once."""
    with st.container(horizontal=True, gap="small", key=f"files-{key}"):
        if present.entry(exhibit, key, text):
            close()
            st.rerun()
        for shape in pictures.SHAPES:
            _entry(
                text(f"download.png.{shape}"),
                f"{exhibit.stem}_{shape}.png",
                "image/png",
                exports.of_exhibit(exhibit, f"png {shape}", text, partial(_png, exhibit, text, shape)),
                f"{key}-{shape}",
            )
        _entry(
            text("download.svg"),
            f"{exhibit.stem}.svg",
            "image/svg+xml",
            exports.of_exhibit(exhibit, "svg", text, partial(_svg, exhibit, text)),
            f"{key}-svg",
        )
        _entry(
            text("download.xlsx"),
            f"{exhibit.stem}.xlsx",
            _XLSX,
            exports.of_exhibit(exhibit, "xlsx", text, partial(_xlsx, exhibit, text)),
            f"{key}-xlsx",
        )
        with st.spinner(text("download.drawing")):
            try:
                copy_picture(text("copy.picture"), _png(exhibit, text, _FIRST), text, f"copy-{key}")
            except worker.WorkError:
                _LOG.exception("no picture of %s", exhibit.id)
                st.caption(text("download.no_picture"))


def _entry(label: str, name: str, mime: str, make: Callable[[], bytes], key: str) -> None:
    st.download_button(label, make, name, mime, key=f"file-{key}", on_click="ignore")


# An exhibit is one object per data version and selection: it is its own key.
@lru_cache(maxsize=128)
def _png(exhibit: Exhibit, text: Text, shape: str) -> bytes:
    return worker.workers().run(pictures.picture_png, exhibit, text, shape)


@lru_cache(maxsize=128)
def _svg(exhibit: Exhibit, text: Text) -> bytes:
    return worker.workers().run(pictures.picture_svg, exhibit, text, _FIRST).encode()


def _xlsx(exhibit: Exhibit, text: Text) -> bytes:
    return worker.workers().run(workbook.exhibit_xlsx, exhibit, text)
