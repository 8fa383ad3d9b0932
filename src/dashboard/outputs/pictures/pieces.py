"""Words of a chart: figures in parts, signs of a status, what its colours mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.charts import theme
from dashboard.charts.model import Status
from dashboard.outputs.pictures import fonts, markup, words
from dashboard.outputs.pictures.markup import Block, Element
from dashboard.outputs.pictures.words import Style

SIZE, SMALL = theme.NORMAL, theme.SMALL
PLAIN = Style(SIZE)
STRONG = Style(SIZE, fonts.BOLD)
SOFT = Style(SIZE, colour=theme.SOFT_INK)
FINE = Style(SMALL, colour=theme.SOFT_INK)

# The shape of a status on a square of 12 px: told apart without colour, as on the screen.
_SHAPES: dict[Status, str] = {
    "met": "M6 1a5 5 0 1 0 .01 0z",
    "not_met": "M1 2h10L6 11z",
    "rising": "M1 10h10L6 1z",
    "falling": "M1 2h10L6 11z",
    "unchanged": "M1 5h10v2.5H1z",
    "whole_only": "M6 0l6 6-6 6-6-6z",
    "no_data": "M2 5h8v2H2z",
    "uncertain": "M6 1a5 5 0 1 0 .01 0zM6 2.6a3.4 3.4 0 1 1-.01 0z",
}
Anchor = Literal["start", "middle", "end"]
# How much of the room that words leave stands before them.
_BEFORE: dict[Anchor, float] = {"start": 0, "middle": 0.5, "end": 1}
_SIGN = 0.74  # of the size of letters
_SPACE = 0.32  # between pieces, in sizes
_SAMPLE = (15, 12)  # of a colour in a key, px
_LINE = 19  # of a key, px
_APART = 20  # between entries of a key, px


@dataclass(frozen=True)
class Piece:
    """Words in one look, after the sign of a status where there is one."""

    words: str
    style: Style = PLAIN
    status: Status = "none"

    @property
    def width(self) -> float:
        """How wide it is, px."""
        return _sign(self) + fonts.width(self.words, self.style.size, self.style.weight)


def _sign(piece: Piece) -> float:
    return piece.style.size * (_SIGN + 0.28) if piece.status in _SHAPES else 0


def sign(status: Status, size: float, colour: str = theme.INK) -> Element:
    """The shape of a status, so many px wide, from the corner at 0, 0."""
    shape = markup.element("path", d=_SHAPES[status], fill=colour, fill_rule="evenodd")
    return markup.group([shape], 0, 0, size / 12)


def width(line: Sequence[Piece]) -> float:
    """How wide pieces beside each other are, px."""
    said = [piece for piece in line if piece.width]
    return sum(piece.width + _SPACE * piece.style.size for piece in said) - (
        _SPACE * said[-1].style.size if said else 0
    )


def line(pieces: Sequence[Piece]) -> Block:
    """Pieces beside each other on one foot line."""
    elements: list[Element] = []
    x = tallest = 0.0
    for piece in pieces:
        if not piece.width:
            continue
        size = piece.style.size
        if piece.status in _SHAPES:
            shape = sign(piece.status, size * _SIGN, piece.style.colour)
            elements.append(markup.group([shape], x, size * (words.RISE - _SIGN)))
        if piece.words:
            said = words.written([piece.words], piece.style)
            elements.append(markup.group(said.elements, x + _sign(piece), 0))
        tallest = max(tallest, size * (words.RISE + words.BELOW))
        x += piece.width + _SPACE * size
    return Block(tuple(elements), width(pieces), tallest)


def text(lines: Sequence[Sequence[Piece]], anchor: Anchor, room: float) -> Block:
    """Lines of pieces below each other, at the left, in the middle or at the right of a room."""
    elements = []
    y = high = 0.0
    for one in map(line, lines):
        elements.append(markup.group(one.elements, _BEFORE[anchor] * (room - one.width), y))
        y, high = y + one.height / (words.RISE + words.BELOW) * words.LEADING, y + one.height
    return Block(tuple(elements), room, high)


def wrapped(said: Sequence[Piece], room: float) -> list[list[Piece]]:
    """Pieces one after the other in lines of at most `room` px, broken between words where they can be."""
    if width(said) <= room:
        return [list(said)]
    lines: list[list[Piece]] = [[]]
    for piece in said:
        part = replace(piece, words="")
        for word in fonts.unbroken(piece.words, piece.style.size, room, piece.style.weight):
            longer = replace(part, words=f"{part.words} {word}".strip())
            if width([*lines[-1], longer]) > room and (part.words or lines[-1]):
                lines[-1] += [part] if part.words else []
                lines.append([])
                longer = replace(part, words=word, status="none" if part.words else part.status)
            part = longer
        lines[-1].append(part)
    return lines


def look(pieces: Sequence[Piece], *, strong: bool = False, soft: bool = False) -> list[Piece]:
    """The pieces of a row that stands out, or of one that stands back."""
    changed = list(pieces)
    if strong:
        changed = [replace(one, style=replace(one.style, weight=fonts.BOLD)) for one in changed]
    if soft:
        back = Style(0, fonts.REGULAR, theme.SOFT_INK)
        changed = [replace(one, style=replace(back, size=one.style.size)) for one in changed]
    return changed


def sample(kind: str) -> Block:
    """How a kind is filled, for a key."""
    fill, edge = theme.KINDS[kind]
    wide, high = _SAMPLE
    box = markup.element(
        "rect",
        x="0.6",
        y="0.6",
        width=wide - 1.2,
        height=high - 1.2,
        fill=theme.COLOURS[fill],
        stroke=theme.COLOURS[edge or fill],
    )
    if kind in theme.UNKNOWN:
        box.set("stroke-dasharray", "3 2")
    return Block((box,), wide, high)


def key(entries: Sequence[tuple[Block, str]], room: float) -> Block:
    """What the signs of a chart mean, in as few lines as `room` px allow."""
    elements = []
    x = y = widest = 0.0
    for shape, said in entries:
        wide = shape.width + 6 + fonts.width(said, SMALL)
        if x and x + wide > room:
            x, y = 0, y + _LINE
        elements.append(markup.group(shape.elements, x, y + (_LINE - 3 - shape.height) / 2))
        block = words.paragraph(said, Style(SMALL), max(room - shape.width - 6, 60), most=1)
        elements.append(markup.group(block.elements, x + shape.width + 6, y - 0.5))
        widest = max(widest, x + wide)
        x += wide + _APART
    return Block(tuple(elements), widest, y + _LINE + 6) if entries else Block((), 0, 0)


def note(said: str, room: float) -> Block:
    """How to read a chart, below it."""
    if not said:
        return Block((), 0, 0)
    written = words.paragraph(said, FINE, room)
    return Block((markup.group(written.elements, 0, 6),), written.width, written.height + 6)
