"""How much room words take on a slide, in inches.

The slides name Arial, which PowerPoint has. Where neither it nor its twin Liberation Sans is installed, an
office suite on Linux sets them in DejaVu Sans, the widest of the usual fonts: room is left for that one, so
that no line breaks unforeseen. Measured in the bundled font, whose metrics are at hand on every machine.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from dashboard.outputs import text_metrics

_LINE = 1.2  # height of a line of Arial in parts of its size, a little more than it has
_POINTS = 72  # points in an inch
# A line of DejaVu Sans in parts of one in the bundled font, and its weight there, by whether it is bold.
_WIDEST = {False: 1.08, True: 1.15}
_WEIGHTS = {False: text_metrics.REGULAR, True: text_metrics.BOLD}
_FREE = 0.96  # breaking lines fills them so far
_NEAR = 0.02  # so near a width is found, inches


@dataclass(frozen=True)
class Box:
    """A place on a slide, inches."""

    x: float
    y: float
    w: float
    h: float

    @property
    def bottom(self) -> float:
        """Where it ends."""
        return self.y + self.h

    def inside(self, margin: float) -> Box:
        """What is left inside a margin all around."""
        return Box(self.x + margin, self.y + margin, self.w - 2 * margin, self.h - 2 * margin)

    def below(self, used: float) -> Box:
        """What is left below its first `used` inches."""
        return Box(self.x, self.y + used, self.w, self.h - used)


@dataclass(frozen=True)
class Rooms:
    """The room of something that may go on: on its `first` slide, and on each `later` one."""

    first: Box
    later: Box

    def on(self, slide: int) -> Box:
        """The room on its slide of this number, from 0."""
        return self.later if slide else self.first


def width(words: str, points: float, bold: bool = False) -> float:
    """How wide the words are in one line."""
    return text_metrics.width(words, points, _WEIGHTS[bold]) * _WIDEST[bold] / _POINTS


def lines(words: str, points: float, room: float, bold: bool = False) -> int:
    """In how many lines they break where there is so much room."""
    return len(_broken(words, points, room, bold))


def narrowest(words: str, points: float, least: float, limit: int, bold: bool = False) -> float:
    """The least width, from `least` on, in which they take at most so many lines."""
    if lines(words, points, least, bold) <= limit:
        return least
    high = width(words, points, bold)
    while high - least > _NEAR:
        middle = (least + high) / 2
        if lines(words, points, middle, bold) <= limit:
            high = middle
        else:
            least = middle
    return high


def height(lines: float, points: float) -> float:
    """How high so many lines are."""
    return lines * points * _LINE / _POINTS


def fitted(words: str, room: float, sizes: Iterable[tuple[int, int]], bold: bool = False) -> tuple[int, str]:
    """The first of the `sizes`, (points, lines at most), at which the words fit, and the words.

    If none does they are cut short at the last one.
    """
    size = 0
    for size, limit in sizes:
        if lines(words, size, room, bold) <= limit:
            return size, words
    return size, cut(words, size, room, limit, bold)


def cut(words: str, points: float, room: float, limit: int, bold: bool = False) -> str:
    """The words in at most so many lines, cut short with "…" where they are longer."""
    rows = _broken(words, points, room, bold)
    if len(rows) <= limit:
        return words
    shortened = " ".join(words.split())[: sum(len(line) + 1 for line in rows[:limit])]
    while lines(f"{shortened}…", points, room, bold) > limit:
        shortened = shortened[:-1].rstrip()
    return f"{shortened}…"


def _broken(words: str, points: float, room: float, bold: bool) -> list[str]:
    room = room * _POINTS / _WIDEST[bold] / _FREE
    return text_metrics.lines(words, points, room, _WEIGHTS[bold])
