"""What is wrong with a piece of text that is otherwise free."""

from __future__ import annotations

import re

# "H??ng" or "?ông": letters that a program without Unicode replaced; a link may hold "?id=1".
_LOST = re.compile(r"(?<!\S)(?!\S*[/=])\S*(?:\w\?+\w|(?<!\S)\?+\w)|\ufffd")
# Symbols between letters: the fonts before Unicode ("nh©n d©n"), or UTF-8 read as something else ("ThÃ´n").
_OLD_FONT = re.compile(r"[^\W\d_][©®¬¨¸µ¶¹»«¼½¾¦¡™´±°¤§]+[^\W\d_]")
# Letters and marks that count as printable and are not seen: two names that look alike would differ by them.
_UNSEEN = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2800\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]"
)
# The one that turns a sign into a picture may be behind a sign, where keyboards put it.
_PICTURE = re.compile(r"(?<=[^\w\s])\ufe0f|(?<=[0-9#*])\ufe0f(?=\u20e3)")

_LONGEST = {"source": 1000, "quote": 1000, "note": 1000, "note_en": 1000}


def longest(column: str) -> int:
    """The most characters that the text of a column may have."""
    return _LONGEST.get(column, 200)


def fault(text: str, column: str) -> str | None:
    """The rule that a text breaks, the first one to mend; None where it is fine."""
    if len(text) > longest(column):
        return "text_long"
    # Control characters, and marks that turn the direction of writing or take no width.
    visible = _PICTURE.sub("", text) if "\ufe0f" in text else text
    if not text.isprintable() or _UNSEEN.search(visible):
        return "text_hidden"
    # Asked first: the pattern alone takes most of the time of a hundred thousand names.
    if ("?" in text or "\ufffd" in text) and _LOST.search(text):
        return "text_lost"
    return "text_font" if _OLD_FONT.search(text) else None


def is_unseen(letter: str) -> bool:
    """Whether a reader of the text cannot see that this character is there."""
    return not letter.isprintable() or _UNSEEN.match(letter) is not None
