"""Reading new data takes seconds where they are large: the session that reads them says so, and only that
one, since what says it costs more than the data of a run."""

from __future__ import annotations

from contextlib import AbstractContextManager

import streamlit as st

from dashboard import text
from dashboard.registry import LANG


def reading() -> AbstractContextManager[None]:
    """Say after half a second that the data are being read. This stands before the choice of the language,
    so that is taken from the session or the link."""
    named = st.session_state.get(LANG.key) or st.query_params.get(LANG.key)
    words = text.get(named if named in text.LANGUAGES else text.LANGUAGES[0])
    return st.spinner(words("data.reading"))
