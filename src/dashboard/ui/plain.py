"""Data shown as the text that it is: a name that looks like markdown stays a name."""

import re
from functools import lru_cache

import streamlit as st

# Everything that Streamlit's markdown gives a meaning: emphasis, links, html, $math$, :icons:, lists.
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&=^])")
# Bare addresses, icons and signs that become another one ("->") are found after the escapes are gone: an
# invisible word joiner parts them.
_LATER = re.compile(r"(?<=:)(?=//|material)|(?<=www)(?=\.)|(?=@)|(?<=(?<!\S)[-<>~])(?=[-=>]+(?!\S))")
_WORD_JOINER = "\u2060"


# A page says a hundred sentences, most of them again at every run.
@lru_cache(maxsize=4096)
def plain(text: str) -> str:
    """Markdown that shows exactly `text`, on one line."""
    return _SPECIAL.sub(r"\\\1", _LATER.sub(_WORD_JOINER, " ".join(text.split())))


def section(title: str, said: str) -> None:
    """Draw a heading and what stands below it, as one element."""
    st.markdown(f"## {plain(title)}\n\n{plain(said)}", anchors=False)
