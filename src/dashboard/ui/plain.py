"""Data shown as the text that it is: a name that looks like markdown stays a name."""

import re

# Everything that Streamlit's markdown gives a meaning: emphasis, links, html, $math$, :icons:, lists.
_SPECIAL = re.compile(r"([\\`*_{}\[\]()<>#+\-.!|~$:&=^])")


def plain(text: str) -> str:
    """Markdown that shows exactly `text`, on one line."""
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
