"""The data folder that this server shows, shared by all sessions, and the warm-up before it is ready."""

from __future__ import annotations

import gc
import logging
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, partial
from threading import Event
from typing import Any

from dashboard import exhibits, store, text
from dashboard.access import Readiness
from dashboard.dataset import Source, default_folder, select

_LOG = logging.getLogger("dashboard")
_WARM = Event()


@cache
def source() -> Source:
    """The one source of this process: the store where one is set up, else the plain folder."""
    kept = store.default_store()
    return Source(default_folder() if kept is None else partial(store.shown, kept))


def readiness() -> Readiness:
    """Whether this process can show data to readers, and which."""
    if not _WARM.is_set():
        return Readiness("starting")
    dataset = source().current().dataset
    if dataset is None:
        return Readiness("no data")
    version = dataset.about.version
    return Readiness("ready", version, int(time.monotonic() - _first_seen(version)))


@cache
def _first_seen(_version: str) -> float:
    """When this process first showed a version, in seconds of the clock that never goes back."""
    return time.monotonic()


@asynccontextmanager
async def warm_up(_app: Any) -> AsyncIterator[None]:
    """Read the data and draw once what a first reader will ask for, before the server says it is ready.

    Then freeze the collector: Streamlit collects after every run, and walking the libraries' objects each
    time costs several times what a page does.
    """
    kept = store.default_store()
    if kept is not None:
        for name in store.prune(kept):
            _LOG.warning("removed what an interrupted publish left in the store: %s", name)
    state = source().current()
    for problem in state.errors:
        _LOG.error("%s", problem.line(text.get()))
    dataset = state.dataset
    if dataset is not None:
        _first_seen(dataset.about.version)
        try:
            for lang in text.LANGUAGES:
                for exhibit in exhibits.every(dataset, select(dataset, lang=lang)):
                    if exhibit.plot is not None:
                        _ = exhibit.plot.spec
        except Exception:
            # One exhibit that fails must not keep the server, and with it every other page, from starting.
            _LOG.exception("the warm-up did not finish")
    gc.collect()
    gc.freeze()
    _WARM.set()
    yield
    _WARM.clear()
