"""The projector: the exhibits of a page one by one, each as large as the screen.

The link carries it: `?chieu=overlap.matrix~2` is the second screen of that exhibit, any other value the first
exhibit of the page. The page below keeps its filter and its choices; it draws no cards meanwhile.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from contextlib import suppress
from functools import cache, lru_cache, partial
from threading import Thread

import streamlit as st

from dashboard.exhibits import Exhibit
from dashboard.outputs import pictures, worker
from dashboard.registry import SCREEN
from dashboard.text import Text
from dashboard.ui.component import component

_LOG = logging.getLogger("dashboard")
_KEY = "present"
_START, _LEAVE = "1", "-"
_LABELS = ("present", "before", "after", "full", "leave")
# A screen after every other one: the last.
_LAST = 999
_HTML = """
<dialog><div data-part="stage" tabindex="-1">
  <div data-part="screen"></div>
  <div data-part="said" role="status"></div>
  <nav><span data-part="place"></span>
    <button type="button" data-part="before"></button><button type="button" data-part="after"></button>
    <button type="button" data-part="full"></button><button type="button" data-part="leave"></button></nav>
</div></dialog>
"""


def presenting() -> bool:
    """Whether the link asks for the projector."""
    return SCREEN.key in st.query_params


def linked_ids() -> tuple[str, str]:
    """What the link may name an exhibit by: with the number of a screen behind it, or without."""
    value = st.query_params[SCREEN.key]
    return value.rpartition("~")[0], value


def button(text: Text) -> None:
    """Draw the button that starts with the first exhibit of the page."""
    st.button(text("present.present"), key="present-start", on_click=_go, args=[_START], width="stretch")


def entry(exhibit: Exhibit, key: str) -> bool:
    """Draw the button that starts with an exhibit; whether it was pressed."""
    return st.button(exhibit.text("present.this"), key=f"present-{key}", on_click=_go, args=[exhibit.id])


def screen(exhibits: Sequence[Exhibit], text: Text) -> None:
    """Draw the screen that the link names, of these exhibits of the page."""
    part = st.query_params[SCREEN.key].rpartition("~")[2]
    n = next((i for i, exhibit in enumerate(exhibits) if exhibit.id in linked_ids()), 0)
    exhibit = exhibits[n] if exhibits else None
    screens: list[str] = []
    if exhibit is not None:
        with st.spinner(text("present.drawing")):
            screens = _screens_or_none(exhibit)
    at = min(max(int(part), 1), len(screens)) - 1 if part.isdecimal() and screens else 0
    ways = _ways(exhibits, n, at, len(screens))
    message = text("present.failed" if exhibits else "present.nothing")
    component("present", _HTML, styled=True)(
        data={
            "svg": screens[at] if screens else "",
            "message": "" if screens else message,
            "said": exhibit.description if exhibit and screens else message,
            "place": text("present.place", n=n + 1, of=len(exhibits)) if exhibits else "",
            "labels": {name: text(f"present.{name}") for name in _LABELS},
            **ways,
        },
        key=_KEY,
        on_to_change=lambda: _go(st.session_state[_KEY]["to"]),
    )
    if n + 1 < len(exhibits):
        # So that the next key finds it ready.
        Thread(target=partial(_screens_or_none, exhibits[n + 1]), name="next screen", daemon=True).start()


def _ways(exhibits: Sequence[Exhibit], n: int, at: int, of: int) -> dict[str, str]:
    """What the keys ask for from screen `at` of the exhibit number `n`; "" where there is nothing further."""
    if not exhibits:
        return dict.fromkeys(("first", "before", "after", "last"), "")
    before = f"{exhibits[n].id}~{at}" if at else f"{exhibits[n - 1].id}~{_LAST}" if n else ""
    after = f"{exhibits[n].id}~{at + 2}" if at + 1 < of else ""
    if not after and n + 1 < len(exhibits):
        after = exhibits[n + 1].id
    return {"first": exhibits[0].id, "before": before, "after": after, "last": f"{exhibits[-1].id}~{_LAST}"}


@cache
def warm_up() -> Thread:
    """Start a worker that loads what it draws with, with the server: loading takes it longer than drawing a
    first screen."""
    thread = Thread(target=_load, name="first worker", daemon=True)
    thread.start()
    return thread


def _load() -> None:
    with suppress(worker.WorkError):  # the first screen tells
        worker.workers().run(pictures.ready)


# An exhibit is one object per data version and selection: it is its own key.
@lru_cache(maxsize=64)
def _screens(exhibit: Exhibit) -> list[str]:
    warm_up().join()
    return worker.workers().run(pictures.screens, exhibit)


def _screens_or_none(exhibit: Exhibit) -> list[str]:
    """The screens of an exhibit; none where they cannot be drawn, which the log explains."""
    try:
        return _screens(exhibit)
    except worker.WorkError:
        _LOG.exception("no screens of %s", exhibit.id)
        return []


def _go(to: str) -> None:
    if to == _LEAVE:
        del st.query_params[SCREEN.key]
    elif to:
        st.query_params[SCREEN.key] = to
