"""Passwords: which are taken, and how they are kept (argon2id)."""

from __future__ import annotations

import unicodedata
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SHORTEST, LONGEST = 10, 200
# 32 MB and some 60 ms each: two at once, in two processes, leave the readers their memory.
_HASHER = PasswordHasher(time_cost=4, memory_cost=32 * 1024, parallelism=1)
# Of zxcvbn's 0 to 4: from here on more than 10^8 guesses are needed.
_SCORE = 3
# What zxcvbn looks at: more takes it seconds where signs stand for letters, and a password that is strong so
# far is strong.
_LOOKED_AT = 24
# Words that people here would try first.
_LOCAL = ("matkhau", "mat khau", "dashboard", "dang bo", "dangbo", "dang uy", "danguy", "viet nam", "vietnam")


def guessable(password: str, name: str) -> bool:
    """Whether it is a common password, or easily made of common words, the name, dates or rows of keys."""
    # Its lists take a moment and some memory: loaded where a password is chosen.
    from zxcvbn import zxcvbn  # noqa: PLC0415

    # Accents left out: "Mật khẩu" is as easily guessed as "mat khau".
    plain, plain_name = (_ascii(words)[:_LOOKED_AT] for words in (password, name))
    return (
        zxcvbn(plain, user_inputs=[plain_name.replace(" ", ""), *plain_name.split(), *_LOCAL])["score"]
        < _SCORE
    )


def hashed(password: str) -> str:
    """How a password is kept."""
    return _HASHER.hash(_normalized(password))


def matches(stored: str | None, password: str) -> bool:
    """Whether it is the password that is kept; takes as long where none is (None)."""
    try:
        right = _HASHER.verify(stored or _of_nobody(), _normalized(password))
    except (VerificationError, InvalidHashError):
        return False
    return right and stored is not None


def outdated(stored: str) -> bool:
    """Whether a hash was made with other parameters than those of today."""
    return _HASHER.check_needs_rehash(stored)


def is_hash(text: str) -> bool:
    """Whether a text can be what is kept of a password."""
    try:
        _HASHER.check_needs_rehash(text)
    except InvalidHashError:
        return False
    return True


@cache
def _of_nobody() -> str:
    return hashed("")


def _normalized(password: str) -> str:
    """Keyboards write accents as a letter or as a mark behind it: one password, either way."""
    return unicodedata.normalize("NFC", password)


def _ascii(words: str) -> str:
    plain = unicodedata.normalize("NFD", words.casefold().replace("đ", "d"))
    return "".join(sign for sign in plain if not unicodedata.combining(sign))
