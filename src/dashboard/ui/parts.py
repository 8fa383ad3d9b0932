"""Which part is chosen of a chart that is too long to be shown at once."""

from __future__ import annotations

from zlib import crc32

import streamlit as st

from dashboard.dataset import Selection


def key(name: str, selection: Selection, *of: object) -> str:
    """What the chosen part of a chart is kept under: another selection begins with the first one."""
    return f"part-{name}-{crc32(repr((selection, of)).encode()):x}"


def chosen(kept: str) -> int:
    """The part that is chosen, counted from 1."""
    return int(st.session_state.get(kept, 1))
