"""The data folder that this server shows, shared by all sessions, and the warm-up before it is ready."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache, partial
from typing import Any

from dashboard import exhibits, store, text
from dashboard.dataset import Source, default_folder, select

_LOG = logging.getLogger("dashboard")


@cache
def source() -> Source:
    """The one source of this process: the store where one is set up, else the plain folder."""
    kept = store.default_store()
    return Source(default_folder() if kept is None else partial(store.shown, kept))


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
    yield
