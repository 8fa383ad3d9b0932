"""Rows of a chart on slides: what their names and words leave for the bars, and how many fit."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from pptx.slide import Slide

from dashboard.outputs.slides import measure
from dashboard.outputs.slides.looks import Style
from dashboard.outputs.slides.measure import Box

_ENOUGH = 0.35  # of the width for the bars
_NAMES = 0.4  # the most of the width that names take
_LEAST = 1.2  # the longest bar is at least so long, inches
BESIDE = 0.15  # room beside names and words, inches
_AIR = 0.07  # least room between the words of two rows
_HIGHEST = 1.1  # of a row

Draw = Callable[["Rows", Slide, Box, range], None]


@dataclass(frozen=True)
class Row:
    """What every class has: a name, words at the end (in lines), and from where on the words stand (of the
    scale, whose longest bar is 1)."""

    name: str
    says: str
    end: float = 0.0


@dataclass(frozen=True)
class Rows:
    """A chart of rows in words of so many `points`, as wide as its room: `names`, `long` are the inches of
    names and of the scale."""

    rows: tuple[Row, ...]
    points: int
    width: float
    names: float
    long: float
    draw_part: Draw

    @property
    def row(self) -> float:
        """The least height of a row, inches: a name may take two lines."""
        room = self.names - BESIDE
        lines = (
            max(min(measure.lines(one.name, self.points, room), 2), one.says.count("\n") + 1)
            for one in self.rows
        )
        return measure.height(max(lines, default=1), self.points) + _AIR

    @property
    def cramped(self) -> bool:
        """Whether smaller words would leave the bars more of the room that they need."""
        words = max((wide(one.says, self.points) for one in self.rows), default=0)
        return self.long - words < _ENOUGH * self.width

    @property
    def most(self) -> float:
        """The end of the scale, on which the longest bar is 1: there is room for the words behind each."""
        bars = (one for one in self.rows if one.end)
        units = ((self.long - wide(one.says, self.points) - BESIDE) / one.end for one in bars)
        return self.long / max(min(units, default=self.long), _LEAST)

    def parts(self, first: float, later: float) -> list[range]:
        """The rows of each slide, where the first has so much room and each later one so much: about equally
        many."""
        n = len(self.rows)
        on_first, on_later = (max(int(room / self.row + 1e-6), 1) for room in (first, later))
        slides = 1 if n <= on_first else 1 + -(-(n - on_first) // on_later)
        found: list[range] = []
        start = 0
        for left in range(slides, 0, -1):
            many = min(-(-(n - start) // left), on_later if found else on_first)
            found.append(range(start, start + many))
            start += many
        return found

    def taken(self, room: float, part: range) -> float:
        """The height of some rows, each as high as there is room for."""
        return min(room / len(part), _HIGHEST) * len(part)

    def draw(self, slide: Slide, box: Box, part: range) -> None:
        """Some rows, as high as the box."""
        self.draw_part(self, slide, replace(box, w=self.width), part)

    def name(self, row: int) -> str:
        """A name as long as there is room for."""
        name = measure.cut(self.rows[row].name, self.points, self.names - BESIDE, 2)
        return name or "\u00a0"  # what has no name at all is given one by some programs

    def says(self, part: range) -> tuple[str, ...]:
        """The words of some rows."""
        return tuple(self.rows[n].says for n in part)


def laid_out(rows: Sequence[Row], style: Style, width: float, draw: Draw) -> Rows:
    """The widths that the words ask for: names first, then what is said, the bars get the rest. Where the
    words take two lines, names may as well."""
    points = style.points
    widest = max((wide(one.says, points) for one in rows), default=0)
    most = max(min(_NAMES * width, width - widest - 3 * BESIDE - _LEAST), _LEAST)
    longest = max((measure.width(one.name, points) for one in rows), default=0)
    if any("\n" in one.says for one in rows):
        steps = (n / 10 for n in range(10, int(most * 10) + 1))
        fitting = (room for room in steps if all(measure.lines(one.name, points, room) <= 2 for one in rows))
        longest = min(longest, next(fitting, most))
    names = min(longest, most) + BESIDE
    return Rows(tuple(rows), points, width, names, width - names, draw)


def wide(says: str, points: int) -> float:
    """How wide the words are, with the space that parts them from the bar."""
    return max(measure.width(f"\u00a0{line}\u00a0", points) for line in says.split("\n"))
