"""The bundled font: how wide a text is in it, and where its lines break."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path

import typst
from PIL import ImageFont

_FOLDER = Path(__file__).parents[1] / "static" / "fonts"
REGULAR, BOLD = 400, 700
_FILES = {REGULAR: "BeVietnamPro-Regular.ttf", BOLD: "BeVietnamPro-Bold.ttf"}
_NUMBER = re.compile(r"\(?\d[\d.,]*")
_RATE = re.compile(r"\(\d[\d.,]*%")
_ENDS = ".,;:·–"
_JOINER = "\u2060"  # keeps two letters on a line, and is not drawn
_SHORT = 4  # letters
_MEASURED = 100  # size in px at which letters are measured
# Lines are filled only so far: another font may be wider where this one is not installed.
_FILLED = 0.96


@cache
def bundled() -> typst.Fonts:
    """The bundled fonts, read once, and no others: whatever the machine has, a page looks the same."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(_FOLDER)])


@lru_cache(maxsize=10_000)
def _units(words: str, weight: int) -> float:
    # The basic engine sets letter beside letter, without pairs: a text is as wide as its letters.
    return sum(_letter(letter, weight) for letter in words if letter != _JOINER)


def width(words: str, size: float, weight: int = REGULAR) -> float:
    """The width of the words in px at `size` px (or in points at points)."""
    return _units(words, weight) * size / _MEASURED


def lines(words: str, size: float, room: float, weight: int = REGULAR) -> list[str]:
    """The words broken into lines of at most `room` px; a word that is longer is broken, too."""
    room = room * _FILLED
    rows: list[str] = []
    line = ""
    for word in together(words):
        longer = f"{line} {word}" if line else word
        if width(longer, size, weight) <= room:
            line = longer
            continue
        if line:
            rows.append(line)
        *full, line = _pieces(word, size, room, weight)
        rows.extend(full)
    return [*rows, line] if line else rows


def cut(lines: Sequence[str], limit: int) -> list[str]:
    """The first lines, at most `limit`; where that are not all, the last of them ends with "…"."""
    return list(lines) if len(lines) <= limit else [*lines[: limit - 1], lines[limit - 1][:-2] + "…"]


def unbroken(words: str, size: float, room: float, weight: int = REGULAR) -> list[str]:
    """What stays on a line: words, and those that belong together; pieces of one that is wider than `room`
    px."""
    return [
        piece
        for word in together(words)
        for piece in (_pieces(word, size, room, weight) if width(word, size, weight) > room else [word])
    ]


def together(words: str) -> list[str]:
    """The words; together a number and its neighbours ("Thôn 5", "cần thêm 9 xã"), a count and its rate, a
    short last word and the one before it, a dot and what is before it."""
    parts: list[str] = []
    counting = False
    for word in words.split():
        number = _NUMBER.fullmatch(word) is not None
        follows = number and bool(parts) and parts[-1][-1] not in _ENDS
        if parts and (word == "·" or _RATE.match(word) or follows or (counting and word[0] != "(")):
            parts[-1] += f" {word}"
        else:
            parts.append(word)
        counting = number and word[-1] not in _ENDS
    if len(parts) > 1 and len(parts[-1]) < _SHORT:
        parts[-2:] = [" ".join(parts[-2:])]
    return parts


def even(words: str, size: float, room: float, weight: int = REGULAR) -> list[str]:
    """As `lines`, and as few, but all about as long: no last word is alone."""
    best = lines(words, size, room, weight)
    narrow = room / 2
    while room - narrow > 1:
        middle = (narrow + room) / 2
        closer = lines(words, size, middle, weight)
        if len(closer) > len(best):
            narrow = middle
        else:
            room, best = middle, closer
    return best


def shared_out(room: float, least: Sequence[float], wanted: Sequence[float]) -> list[float]:
    """Widths of columns between the `least` and the `wanted` ones, each as near to what it wants as the
    others; parts of the least where not even these fit."""
    spare = room - sum(least)
    if spare < 0:
        return [room * low / sum(least) for low in least]
    part = spare / ((sum(wanted) - sum(least)) or 1)
    return [low + part * (width - low) for low, width in zip(least, wanted, strict=True)]


def _pieces(word: str, size: float, room: float, weight: int) -> list[str]:
    """A word cut into pieces of at most `room` px, one letter each at least."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and width(pieces[-1] + letter, size, weight) > room:
            pieces.append("")
        pieces[-1] += letter
    return pieces


@cache
def _letter(letter: str, weight: int) -> float:
    return float(_font(weight).getlength(letter))


@cache
def _font(weight: int) -> ImageFont.FreeTypeFont:
    # The basic engine is in every Pillow, so a text is as wide on every machine.
    return ImageFont.truetype(str(_FOLDER / _FILES[weight]), _MEASURED, layout_engine=ImageFont.Layout.BASIC)
