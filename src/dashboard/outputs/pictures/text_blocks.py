"""Words in a picture: paragraphs and lists, the figures of a chart in parts with the signs of their status,
what its colours mean. Sizes are px."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.charts import theme
from dashboard.charts.model import Status
from dashboard.outputs import text_metrics
from dashboard.outputs.pictures import svg
from dashboard.outputs.pictures.svg import Block, Element
from dashboard.outputs.text_metrics import BOLD, REGULAR
from dashboard.text import Text

LEADING = 1.4  # from line to line, in sizes
# From the upper edge of the first line to its foot, in sizes: room for the accents of a capital (Ổ).
RISE = 1.17
BELOW = 0.3  # under the foot of the last line
_MAX_LINES = 12
# Sizes of a list: the first at which it fits.
_LARGEST = 30
_LIST_SIZES = (_LARGEST, 28, 26, 24, 22, 20, 18, 17, 16, 15, 14)
_BULLET = 7
_INDENT = 0.9  # of the words beside it, in sizes
# From sentence to sentence, in sizes: the least, and how much more where there is room.
_APART, _FURTHER = 0.3, 0.6

# The shape of a status on a square of 12 px: told apart without colour, as on the screen.
_SHAPES: dict[Status, str] = {
    "met": "M6 1a5 5 0 1 0 .01 0z",
    "not_met": "M1 2h10L6 11z",
    "rising": "M1 10h10L6 1z",
    "falling": "M1 2h10L6 11z",
    "unchanged": "M1 5h10v2.5H1z",
    "whole_only": "M6 0l6 6-6 6-6-6z",
    "uncertain": "M6 1a5 5 0 1 0 .01 0zM6 2.6a3.4 3.4 0 1 1-.01 0z",
}
Anchor = Literal["start", "middle", "end"]
# How much of the room that words leave is before them.
_BEFORE: dict[Anchor, float] = {"start": 0, "middle": 0.5, "end": 1}
_SIGN = 0.74  # of the size of letters
_SPACE = 0.32  # between pieces, in sizes
_SAMPLE = (15, 12)  # of a colour in a legend
_LINE = 19  # of a legend
_ENTRY_GAP = 20  # between entries of a legend


@dataclass(frozen=True)
class Style:
    """How words look: size, weight and colour."""

    size: float
    weight: int = REGULAR
    colour: str = theme.INK


SIZE, SMALL = theme.NORMAL, theme.SMALL
PLAIN = Style(SIZE)
STRONG = Style(SIZE, BOLD)
SOFT = Style(SIZE, colour=theme.SOFT_INK)
FINE = Style(SMALL, colour=theme.SOFT_INK)


@dataclass(frozen=True)
class Piece:
    """Words in one look, after the sign of a status where there is one."""

    words: str
    style: Style = PLAIN
    status: Status = "none"

    @property
    def sign_width(self) -> float:
        """The width of the sign with the space behind it."""
        return self.style.size * (_SIGN + 0.28) if self.status in _SHAPES else 0

    @property
    def width(self) -> float:
        """The width of sign and words."""
        return self.sign_width + text_metrics.width(self.words, self.style.size, self.style.weight)


def paragraph(words: str, style: Style, room: float, limit: int = _MAX_LINES) -> Block:
    """Words in lines of at most `room` px; of a text longer than `limit` lines the first ones and "…".

    What is bold is a title: its lines are about equally long.
    """
    broken = text_metrics.even if style.weight == BOLD else text_metrics.lines
    rows = text_metrics.cut(broken(words, style.size, room, style.weight), limit)
    return lines(rows, style) if rows else Block()


def lines(rows: Sequence[str], style: Style, anchor: str = "start") -> Block:
    """Lines as they are, as one text."""
    size = style.size
    text = svg.element(
        "text",
        font_family=theme.FONT,
        font_size=size,
        font_weight=str(style.weight),
        fill=style.colour,
        text_anchor=anchor,
    )
    for n, line in enumerate(rows):
        part = svg.element("tspan", line, x="0", y=size * (RISE + n * LEADING))
        part.tail = " " if n + 1 < len(rows) else None  # lines are words apart when the text is copied
        text.append(part)
    width = max(text_metrics.width(line, size, style.weight) for line in rows)
    return Block((text,), width, size * (RISE + (len(rows) - 1) * LEADING + BELOW))


def sentences(
    rows: Sequence[str], room: float, height: float, text: Text, largest: float = _LARGEST
) -> Block:
    """Sentences as a list as large as fits; if it cannot, the first ones and how many there are.

    Where `largest`, the largest size of letters, is less than it can be, they are close together.
    """
    further = _FURTHER if largest == _LARGEST else 0
    for size in (size for size in _LIST_SIZES if size <= largest):
        whole = bullets(rows, size, room)
        if whole.height <= height:
            spare = (height - whole.height) / len(rows)
            return bullets(rows, size, room, _APART + min(spare / size, further))
    n = len(rows)
    more = paragraph(text("picture.sentences", n=n, all=n), Style(size), room)
    height -= size + more.height
    while n > 1 and bullets(rows[:n], size, room).height > height:
        n -= 1
    first = rows[:n] if n > 1 else [_shortened(rows[0], size, room, height)]
    more = paragraph(text("picture.sentences", n=n, all=len(rows)), Style(size, colour=theme.SOFT_INK), room)
    return svg.stacked([bullets(first, size, room), more], size)


def sentence_screens(rows: Sequence[str], room: float, height: float, least: float) -> list[Block]:
    """Sentences as a list over as many screens of `height` px as it takes with letters of `least` px or
    larger, about as many on each; one that is longer than a screen is cut short."""
    for count in range(1, len(rows) + 1):
        per_screen = -(-len(rows) // count)
        parts = [rows[n : n + per_screen] for n in range(0, len(rows), per_screen)]
        for size in (size for size in _LIST_SIZES if size >= least):
            highest = max(bullets(part, size, room).height for part in parts)
            if highest <= height:
                apart = _APART + min((height - highest) / per_screen / size, _FURTHER)
                return [bullets(part, size, room, apart) for part in parts]
    return [bullets([_shortened(row, least, room, height)], least, room) for row in rows]


def _shortened(sentence: str, size: float, room: float, height: float) -> str:
    """As much of a sentence as fits; ends with "…" where that is not all."""
    rows = text_metrics.lines(sentence, size, room - _INDENT * size)
    limit = max(int(height / (size * LEADING)), 1)
    return sentence if len(rows) <= limit else " ".join(rows[:limit])[:-2] + "…"


def bullets(rows: Sequence[str], size: float, room: float, apart: float = _APART) -> Block:
    """Sentences below each other, a small square before each, `apart` sizes between them."""
    indent = _INDENT * size
    items = []
    for sentence in rows:
        words = paragraph(sentence, Style(size), room - indent)
        square = svg.rect(_BULLET, _BULLET, theme.RED, y=size * RISE - size * 0.33 - _BULLET / 2)
        items.append(Block((square, words.at(indent, 0)), words.width + indent, words.height))
    return svg.stacked(items, size * apart)


def mark(words: str, size: float) -> Block:
    """Words in a red frame."""
    inside = lines([words], Style(size, BOLD, theme.RED), anchor="middle")
    width, height = inside.width + 2.2 * size, inside.height + 0.44 * size
    frame = svg.rect(width - 2, height - 2, "none", x="1", y="1", rx="4", stroke=theme.RED, stroke_width="2")
    return Block((frame, inside.at(width / 2, 0.22 * size)), width, height)


def width(line: Sequence[Piece]) -> float:
    """The width of pieces beside each other."""
    pieces = [piece for piece in line if piece.width]
    return sum(piece.width + _SPACE * piece.style.size for piece in pieces) - (
        _SPACE * pieces[-1].style.size if pieces else 0
    )


def line(pieces: Sequence[Piece]) -> Block:
    """Pieces beside each other on one foot line."""
    elements: list[Element] = []
    x = height = 0.0
    for piece in (piece for piece in pieces if piece.width):
        size, colour = piece.style.size, piece.style.colour
        if piece.status in _SHAPES:
            shape = svg.element("path", d=_SHAPES[piece.status], fill=colour, fill_rule="evenodd")
            elements.append(svg.group([shape], x, size * (RISE - _SIGN), size * _SIGN / 12))
        if piece.words:
            elements.append(lines([piece.words], piece.style).at(x + piece.sign_width, 0))
        height = max(height, size * (RISE + BELOW))
        x += piece.width + _SPACE * size
    return Block(tuple(elements), width(pieces), height)


def aligned(rows: Sequence[Sequence[Piece]], anchor: Anchor, room: float) -> Block:
    """Lines of pieces below each other, at the left, in the middle or at the right of a room."""
    elements = []
    y = height = 0.0
    for row in map(line, rows):
        elements.append(row.at(_BEFORE[anchor] * (room - row.width), y))
        y, height = y + row.height / (RISE + BELOW) * LEADING, y + row.height
    return Block(tuple(elements), room, height)


def wrapped(pieces: Sequence[Piece], room: float) -> list[list[Piece]]:
    """Pieces one after the other in lines of at most `room` px, broken between words where they can be."""
    if width(pieces) <= room:
        return [list(pieces)]
    rows: list[list[Piece]] = [[]]
    for piece in pieces:
        part = replace(piece, words="")
        for word in text_metrics.unbroken(piece.words, piece.style.size, room, piece.style.weight):
            longer = replace(part, words=f"{part.words} {word}".strip())
            if width([*rows[-1], longer]) > room and (part.words or rows[-1]):
                rows[-1] += [part] if part.words else []
                rows.append([])
                longer = replace(part, words=word, status="none" if part.words else part.status)
            part = longer
        rows[-1].append(part)
    return rows


def emphasized(pieces: Sequence[Piece], *, strong: bool = False, soft: bool = False) -> list[Piece]:
    """The pieces of a row that stands out, or of one that stands back."""
    if soft:
        return [replace(piece, style=Style(piece.style.size, colour=theme.SOFT_INK)) for piece in pieces]
    if strong:
        return [replace(piece, style=replace(piece.style, weight=BOLD)) for piece in pieces]
    return list(pieces)


def sample(kind: str) -> Block:
    """How a kind is filled, for a legend."""
    fill, edge = theme.KINDS[kind]
    width, height = _SAMPLE
    dashes = {"stroke_dasharray": "3 2"} if kind in theme.UNKNOWN else {}
    stroke = theme.COLOURS[edge or fill]
    box = svg.rect(width - 1.2, height - 1.2, theme.COLOURS[fill], x="0.6", y="0.6", stroke=stroke, **dashes)
    return Block((box,), width, height)


def legend(entries: Sequence[tuple[Block, str]], room: float) -> Block:
    """What the signs of a chart mean, in as few lines as `room` px allow."""
    elements = []
    x = y = widest = 0.0
    for shape, words in entries:
        entry = shape.width + 6 + text_metrics.width(words, SMALL)
        if x and x + entry > room:
            x, y = 0, y + _LINE
        elements.append(shape.at(x, y + (_LINE - 3 - shape.height) / 2))
        block = paragraph(words, Style(SMALL), max(room - shape.width - 6, 60), limit=1)
        elements.append(block.at(x + shape.width + 6, y - 0.5))
        widest = max(widest, x + entry)
        x += entry + _ENTRY_GAP
    return Block(tuple(elements), widest, y + _LINE + 6) if entries else Block()


def note(words: str, room: float) -> Block:
    """How to read a chart, below it."""
    if not words:
        return Block()
    block = paragraph(words, FINE, room)
    return Block((block.at(0, 6),), block.width, block.height + 6)
