"""The data folder that this server shows, shared by all sessions, and the warm-up before it is ready."""

from __future__ import annotations

import asyncio
import gc
import logging
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from functools import cache, partial
from threading import Event, Thread
from typing import Any

from dashboard import exhibits, store, text
from dashboard.access import HEADER, Readiness, User
from dashboard.dataset import Dataset, Source, areas, by_village, default_folder, select, villages
from dashboard.streamlit_host import session
from dashboard.ui import present

_LOG = logging.getLogger("dashboard")
_WARM, _BROKEN = Event(), Event()


@cache
def source() -> Source:
    """The one source of this process: the store where one is set up, else the plain folder."""
    place = store.default_store()
    return Source(default_folder() if place is None else partial(store.shown, place))


def readiness() -> Readiness:
    """Whether this process can show data to readers, and which."""
    if not _WARM.is_set():
        return Readiness("no page" if _BROKEN.is_set() else "starting")
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
    """Read the data, and begin to draw what a first reader will ask for; what a large data set leaves to draw
    after a moment is drawn beside the first readers, so that no slow drawing keeps the server from them.

    Then freeze the collector: Streamlit collects after every run, and walking the libraries' objects each
    time costs several times what a page does.
    """
    session.watch_no_files()
    present.warm_up()
    place = store.default_store()
    if place is not None:
        for name in store.prune(place):
            _LOG.warning("removed what an interrupted publish left in the store: %s", name)
    state = source().current()
    for problem in state.errors:
        _LOG.error("%s", problem.line(text.get()))
    drawings: Iterator[None] = iter(())
    if state.dataset is not None:
        _first_seen(state.dataset.about.version)
        drawings = _drawings(by_village(state.dataset))
    stopped = Event()
    drawing = Thread(target=_draw, args=(drawings, stopped), name="warm-up", daemon=True)
    drawing.start()
    await asyncio.to_thread(drawing.join, _BEFORE_READY_S)
    first_page = asyncio.create_task(_try_first_page())
    yield
    first_page.cancel()
    _WARM.clear()
    _BROKEN.clear()
    stopped.set()


async def _try_first_page() -> None:
    """Draw the first page as a reader would see it: a server is not ready before it can."""
    headers = {HEADER: User("", "viewer").to_header()}
    while not await session.first_page_is_drawn(headers):
        _BROKEN.set()
        _LOG.error("the first page cannot be drawn: readers are not sent here")
        await asyncio.sleep(_AGAIN_S)
    _WARM.set()


def _drawings(dataset: Dataset) -> Iterator[None]:
    """Draw each exhibit of the whole organisation, in the order of the pages, in the first language first;
    then the pages of one commune and one village, whose figures are grouped once for all communes."""
    builds = [(select(dataset, lang=lang), tuple(exhibits.known(dataset))) for lang in text.LANGUAGES]
    whole = builds[0][0]
    # As the filter lists them: a village's row may name a commune that was merged by then.
    for commune in areas.listed(dataset, whole.as_of, whole.boundaries)[:1]:
        of_commune = select(dataset, [commune])
        village_ids = list(villages.by_id(dataset, whole.as_of))[:1]
        builds += [
            (of_commune, page)
            for page in (exhibits.places.COMMUNE, *map(exhibits.places.of_village, village_ids))
        ]
    for selection, keys in builds:
        for key in keys:
            try:
                exhibits.build(dataset, selection, [key])
            except Exception:
                # One exhibit that fails must not keep the server, and with it every page, from starting.
                _LOG.exception("the warm-up could not draw %s", key)
            yield


def _draw(drawings: Iterator[None], stopped: Event) -> None:
    """Draw all, unless the server stops meanwhile, then freeze the collector."""
    for _ in drawings:
        if stopped.is_set():
            return
    gc.collect()
    gc.freeze()


# From one try to draw the first page to the next.
_AGAIN_S = 10
# What is drawn by then a first reader finds ready; the rest is drawn beside.
_BEFORE_READY_S = 0.25
