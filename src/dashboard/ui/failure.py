"""An error in a page: a sentence for the reader, the details for the log."""

from __future__ import annotations

import logging
import secrets

import streamlit as st

from dashboard import text
from dashboard.registry import LANG

_LOG = logging.getLogger("dashboard")


def explain_failure(error: Exception) -> bool:
    """Say in the reader's language that the page failed, with an id under which the log has the trace."""
    error_id = secrets.token_hex(4)
    _LOG.error("page failed, id %s", error_id, exc_info=error)
    lang = st.session_state.get(LANG.key)
    words = text.get(lang if lang in text.LANGUAGES else text.LANGUAGES[0])
    st.error(words("data.failure", id=error_id))
    return True
