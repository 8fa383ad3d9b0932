"""What the reader of this session may see, and that nothing stays of a reader before."""

from __future__ import annotations

from dataclasses import replace

import streamlit as st

from dashboard.dataset import Dataset, State, scoped
from dashboard.text import Text
from dashboard.ui import loading
from dashboard.ui.markdown import escape_markdown
from dashboard.ui.reader import reader

_READER = "reader"


def begin() -> None:
    """Start a new session where another reader, or one with other rights, takes it over: it may hold
    files and choices that are not for this one."""
    user = replace(reader(), session="")
    if st.session_state.get(_READER, user) != user:
        st.session_state.clear()
    st.session_state[_READER] = user


def seen(state: State) -> State:
    """The state as this reader may see it: of some communes only their data, and of the errors of newer
    files, which quote rows of others, only since when there are some."""
    if reader().communes is None:
        return state
    return State(None if state.dataset is None else shown(state.dataset), since=state.since)


def shown(dataset: Dataset) -> Dataset:
    """The data set as this reader may see it."""
    if reader().communes is None:
        return dataset
    with loading.reading():
        return scoped(dataset, reader().communes)


def empty(dataset: Dataset) -> bool:
    """Whether the data hold nothing that this reader may see."""
    return dataset.scope == ()


def nothing(text: Text) -> None:
    """The page in place of every other for a reader whose communes are not in the data."""
    st.title(escape_markdown(text("scope.nothing")), anchor=False)
    st.markdown(escape_markdown(text("scope.nothing_how")))
