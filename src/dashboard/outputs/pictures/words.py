"""Sentences in a picture: paragraphs, lists, the mark of sample data."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from dashboard.charts import theme
from dashboard.outputs.pictures import fonts, markup
from dashboard.outputs.pictures.markup import Block
from dashboard.text import Text

LEADING = 1.4  # from line to line, in sizes
# From the upper edge of the first line to its foot, in sizes: room for the accents of a capital (Ổ).
RISE = 1.17
BELOW = 0.3  # under the foot of the last line
_MOST_LINES = 12
# Sizes of a list, px: the first at which it fits.
_LARGEST = 30
_LIST_SIZES = (_LARGEST, 28, 26, 24, 22, 20, 18, 17, 16, 15, 14)
_BULLET = 7  # px
_INDENT = 0.9  # of the words beside it, in sizes
# From sentence to sentence, in sizes: the least, and how much more where there is room.
_APART, _FURTHER = 0.3, 0.6


@dataclass(frozen=True)
class Style:
    """How words look: size in px, weight and colour."""

    size: float
    weight: int = fonts.REGULAR
    colour: str = theme.INK


def paragraph(words: str, style: Style, room: float, most: int = _MOST_LINES) -> Block:
    """Words in lines of at most `room` px; of a text longer than `most` lines the first ones and "…".

    What is bold is a title: its lines are about equally long.
    """
    broken = fonts.even if style.weight == fonts.BOLD else fonts.lines
    lines = broken(words, style.size, room, style.weight)
    if len(lines) > most:
        lines = [*lines[: most - 1], lines[most - 1][:-2] + "…"]
    return written(lines, style) if lines else Block((), 0, 0)


def written(lines: Sequence[str], style: Style, anchor: str = "start") -> Block:
    """Lines as they are, as one text."""
    size = style.size
    text = markup.element(
        "text",
        font_family=fonts.FAMILY,
        font_size=size,
        font_weight=str(style.weight),
        fill=style.colour,
        text_anchor=anchor,
    )
    for n, line in enumerate(lines):
        part = markup.element("tspan", line, x="0", y=size * (RISE + n * LEADING))
        part.tail = " " if n + 1 < len(lines) else None  # lines are words apart for who copies the text
        text.append(part)
    wide = max(fonts.width(line, size, style.weight) for line in lines)
    return Block((text,), wide, size * (RISE + (len(lines) - 1) * LEADING + BELOW))


def sentences(said: Sequence[str], room: float, high: float, text: Text, largest: float = _LARGEST) -> Block:
    """Sentences as a list as large as fits; if it cannot, the first ones and how many there are.

    `largest` is the largest size of letters in px; smaller than it can be, they stand close together.
    """
    further = _FURTHER if largest == _LARGEST else 0
    for size in (size for size in _LIST_SIZES if size <= largest):
        whole = bullets(said, size, room)
        if whole.height <= high:
            spare = (high - whole.height) / len(said)
            return bullets(said, size, room, _APART + min(spare / size, further))
    n = len(said)
    more = paragraph(text("picture.sentences", n=n, all=n), Style(size), room)
    high -= size + more.height
    while n > 1 and bullets(said[:n], size, room).height > high:
        n -= 1
    first = said[:n] if n > 1 else [_shortened(said[0], size, room, high)]
    more = paragraph(text("picture.sentences", n=n, all=len(said)), Style(size, colour=theme.SOFT_INK), room)
    return markup.stacked([bullets(first, size, room), more], size)


def screens(said: Sequence[str], room: float, high: float, least: float) -> list[Block]:
    """Sentences as a list over as many screens of `high` px as it takes with letters of `least` px or larger,
    about as many on each; one that is longer than a screen is cut short."""
    for many in range(1, len(said) + 1):
        each = -(-len(said) // many)
        parts = [said[n : n + each] for n in range(0, len(said), each)]
        for size in (size for size in _LIST_SIZES if size >= least):
            found = [bullets(part, size, room) for part in parts]
            highest = max(block.height for block in found)
            if highest <= high:
                apart = _APART + min((high - highest) / each / size, _FURTHER)
                return [bullets(part, size, room, apart) for part in parts]
    return [bullets([_shortened(one, least, room, high)], least, room) for one in said]


def _shortened(sentence: str, size: float, room: float, high: float) -> str:
    """As much of a sentence as fits; ends with "…" where that is not all."""
    lines = fonts.lines(sentence, size, room - _INDENT * size)
    most = max(int(high / (size * LEADING)), 1)
    return sentence if len(lines) <= most else " ".join(lines[:most])[:-2] + "…"


def bullets(said: Sequence[str], size: float, room: float, apart: float = _APART) -> Block:
    """Sentences below each other, a small square before each, `apart` sizes between them."""
    indent = _INDENT * size
    items = []
    for sentence in said:
        words = paragraph(sentence, Style(size), room - indent)
        square = markup.element(
            "rect", y=size * RISE - size * 0.33 - _BULLET / 2, width=_BULLET, height=_BULLET, fill=theme.RED
        )
        elements = (square, markup.group(words.elements, indent, 0))
        items.append(Block(elements, words.width + indent, words.height))
    return markup.stacked(items, size * apart)


def mark(words: str, size: float) -> Block:
    """Words in a red frame that nobody overlooks."""
    inside = written([words], Style(size, fonts.BOLD, theme.RED), anchor="middle")
    wide, high = inside.width + 2.2 * size, inside.height + 0.44 * size
    frame = markup.element(
        "rect", x="1", y="1", width=wide - 2, height=high - 2, rx="4", fill="none", stroke=theme.RED
    )
    frame.set("stroke-width", "2")
    return Block((frame, markup.group(inside.elements, wide / 2, 0.22 * size)), wide, high)
