"""The data folder that this server shows, shared by all sessions, and the warm-up before it is ready."""

from __future__ import annotations

import gc
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import cache
from typing import Any

from dashboard import exhibits, text
from dashboard.dataset import Source, default_folder, select

_LOG = logging.getLogger("dashboard")


@cache
def source() -> Source:
    """The one source of this process."""
    return Source(default_folder())


@asynccontextmanager
async def warm_up(_app: Any) -> AsyncIterator[None]:
    """Read the data and draw once what a first reader will ask for, before the server says it is ready.

    Then freeze the collector: Streamlit collects after every run, and walking the libraries' objects each
    time costs several times what a page does.
    """
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
