"""A kept version of the data that a link names: shown as it was, said on every page, left with one click."""

from __future__ import annotations

import logging
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import lru_cache

import streamlit as st

from dashboard import store
from dashboard.dataset import Dataset, State, model
from dashboard.registry import VERSION
from dashboard.text import Text
from dashboard.ui import loading, scope
from dashboard.ui.markdown import escape_markdown

_LOG = logging.getLogger("dashboard")
_PINNED = "pinned_version"


def shown(state: State) -> State:
    """What this session looks at: the version that its link named, where the store keeps it, else the data
    of today. A link that names none, or the current one, follows every publish."""
    if _PINNED not in st.session_state:
        version = st.query_params.get(VERSION.key, "")
        current = state.dataset is not None and version == state.dataset.about.version
        st.session_state[_PINNED] = "" if current or kept(version) is None else version
    old = kept(st.session_state[_PINNED])
    return state if old is None else State(scope.shown(old))


def active() -> bool:
    """Whether this session looks at an older version: nothing can be published from there."""
    return bool(st.session_state.get(_PINNED))


def kept(
    data_version: str, reading: Callable[[], AbstractContextManager[None]] = loading.reading
) -> Dataset | None:
    """The data of a version that the store keeps, by the `About.version` that a link names; None where there
    is no such version, or the rules of today refuse its data. `reading` is what is said meanwhile."""
    place = store.default_store()
    if place is None or not data_version:
        return None
    try:
        with reading():
            return _on(place, data_version, model.today())
    except store.StoreError as error:
        _LOG.warning("version %s cannot be shown: %s", data_version, error)
        return None


def notice(state: State, today: State, text: Text) -> None:
    """Draw that an older version is shown, and the way back; nothing where the data of today are."""
    if state is today or state.dataset is None:
        return
    with st.container(horizontal=True, vertical_alignment="center", key="pinned"):
        st.warning(escape_markdown(text("versions.pinned", version=state.dataset.about.version)))
        st.button(text("versions.unpin"), on_click=_leave, key="unpin")


def _leave() -> None:
    st.session_state[_PINNED] = ""
    st.query_params.pop(VERSION.key, None)


# The boundaries of now and deadlines depend on the day.
@lru_cache(maxsize=4)
def _on(place: store.Store, data_version: str, day: str) -> Dataset:
    return _read(place, data_version).on(day)


# A version never changes: what was read once stays right; what was not found is looked for again.
@lru_cache(maxsize=4)
def _read(place: store.Store, data_version: str) -> Dataset:
    version = store.find(place, data_version)
    if version is None:
        raise store.StoreError("unknown", id=data_version)
    return store.read(place, version.number)
