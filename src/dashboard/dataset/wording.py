"""What is wrong with a piece of text that is otherwise free."""

from __future__ import annotations

import re

# "H??ng" or "?ông": letters that a program without Unicode replaced; a link may hold "?id=1".
_LOST = re.compile(r"(?<!\S)(?![^\s]*/)\S*(?:\w\?+\w|(?<!\S)\?+\w)|\ufffd")
# Symbols between letters: the fonts before Unicode ("nh©n d©n"), or UTF-8 read as something else ("ThÃ´n").
_OLD_FONT = re.compile(r"[^\W\d_][©®¬¨¸µ¶¹»«¼½¾¦¡™´±°¤§]+[^\W\d_]")

LONGEST = 200
LONGEST_BY_COLUMN = {"source": 1000, "quote": 1000, "note": 1000}


def longest(column: str) -> int:
    """The most characters that the text of a column may have."""
    return LONGEST_BY_COLUMN.get(column, LONGEST)


def is_seen(text: str) -> bool:
    """Whether every character shows: no control characters, no marks that turn the direction of writing."""
    return text.isprintable()


def is_whole(text: str) -> bool:
    """Whether no letter was lost on the way."""
    return not _LOST.search(text)


def is_unicode(text: str) -> bool:
    """Whether the letters are those of Unicode, not of a font from before it."""
    return not _OLD_FONT.search(text)


# Rule → what a text must be, in the order in which a reader would mend them.
RULES = {"text_hidden": is_seen, "text_lost": is_whole, "text_font": is_unicode}
