"""Data shown as the text that it is: a name that looks like markdown stays a name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

import streamlit as st

from dashboard.text import Text

# Everything that Streamlit's markdown gives a meaning: emphasis, links, html, $math$, :icons:, lists.
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&=^])")
# Bare addresses, icons and signs that become another one ("->") are found after the escapes are gone: an
# invisible word joiner parts them.
_LATER = re.compile(r"(?<=:)(?=//|material)|(?<=www)(?=\.)|(?=@)|(?<=(?<!\S)[-<>~])(?=[-=>]+(?!\S))")
_WORD_JOINER = "\u2060"


# A page says a hundred sentences, most of them again at every run.
@lru_cache(maxsize=4096)
def escape_markdown(text: str) -> str:
    """Markdown that shows exactly `text`, on one line."""
    return _SPECIAL.sub(r"\\\1", _LATER.sub(_WORD_JOINER, " ".join(text.split())))


def section(title: str, body: str) -> None:
    """Draw a heading and what is below it, as one element."""
    st.markdown(f"## {escape_markdown(title)}\n\n{escape_markdown(body)}", anchors=False)


def bullets(lines: Iterable[str]) -> str:
    """Markdown of a list; its lines are markdown already."""
    return "\n".join(f"- {line}" for line in lines)


def limited_list(lines: Sequence[str], limit: int, more: str, text: Text) -> None:
    """Draw the first lines as a list, and under the word `more` how many are left out."""
    if lines:
        st.markdown(bullets(map(escape_markdown, lines[:limit])))
    if len(lines) > limit:
        st.caption(escape_markdown(text(more, n=len(lines) - limit)))
