"""Who reads: the reader that the gate let in, behind a session or a request."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import settings
from dashboard.access import HEADER, LOCAL, Reader


def reader() -> Reader:
    """The reader of this session. KeyError where the gate named none: nothing is shown to nobody."""
    return named(st.context.headers)


def named(headers: Mapping[str, str]) -> Reader:
    """The reader that the gate wrote into these headers; in mode local whoever sits at this computer."""
    return LOCAL if settings.current().mode == "local" else Reader.from_header(headers[HEADER])
