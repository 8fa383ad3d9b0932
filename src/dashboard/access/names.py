"""Names of accounts: what is one, and which spellings are the same."""

from __future__ import annotations

import unicodedata

LONGEST = 64
# Letters of any writing and their accents, digits, and what is in an address of electronic mail.
SIGNS = " -_.@+'"
_KINDS = ("L", "M", "N")


def key(name: str) -> str:
    """The one spelling of a name: "  LAN " and "Lan" are "lan". ValueError where it is no name."""
    return spelled(tidy(name))


def tidy(name: str) -> str:
    """A name as it is shown. ValueError where it is empty, too long, or holds what is not seen or typed."""
    parts = unicodedata.normalize("NFC", name).split(" ")
    text = " ".join(part for part in parts if part)
    odd = any(unicodedata.category(letter)[0] not in _KINDS and letter not in SIGNS for letter in text)
    if odd or not text or len(text) > LONGEST:
        raise ValueError("not a name")
    return text


def spelled(words: str) -> str:
    """Words without the difference of large and small letters, accents each in one way."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", words).casefold())
