"""What a session is told before its page is drawn, or where the page fails."""

from __future__ import annotations

import logging
import secrets
from contextlib import AbstractContextManager

import streamlit as st

from dashboard import text
from dashboard.registry import LANG

_LOG = logging.getLogger("dashboard")


def reading() -> AbstractContextManager[None]:
    """Say after half a second that the data are being read, which takes seconds where they are large; only
    the session that reads them says so, since the message costs more than the data of a run."""
    return st.spinner(_words()("data.reading"))


def explain_failure(error: Exception) -> bool:
    """Say in the reader's language that the page failed, with an id under which the log has the trace."""
    error_id = secrets.token_hex(4)
    _LOG.error("page failed, id %s", error_id, exc_info=error)
    st.error(_words()("data.failure", id=error_id))
    return True


def _words() -> text.Text:
    """The words of the session or its link: the choice of the language is not drawn yet."""
    lang = st.session_state.get(LANG.key) or st.query_params.get(LANG.key)
    return text.get(lang if lang in text.LANGUAGES else text.LANGUAGES[0])
