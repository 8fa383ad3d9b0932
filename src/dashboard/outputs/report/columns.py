"""The columns of a printed table: how wide each is."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from dashboard.outputs import text_metrics
from dashboard.outputs.report.drawings import WIDTH_MM

# Letters of the bundled font that are as wide as those of Times New Roman in the cells (11 pt) and headings
# (10 pt), and what is left free beside them, in mm.
_CELL_MM, _HEAD_MM = 9.4 * 25.4 / 72, 8.8 * 25.4 / 72
_BESIDE_MM = 3.6
# A word longer than this (mm) is broken.
_MOST_WORD_MM = 40
# Lines of cells and of headings, the best first.
_LINES = ((1, 2), (1, 3), (1, 4), (2, 3), (2, 4), (3, 4))


def widths(head: Sequence[str], rows: Sequence[Sequence[str]]) -> tuple[float, ...]:
    """Widths in mm with which cells, and then headings, have as few lines as the page allows.

    Where that are more than a few, no word is broken as long as that is possible, and columns with much text
    get more of the rest.
    """
    columns = [(name, [row[n] for row in rows]) for n, name in enumerate(head)]
    wider: list[float] = []
    for lines, head_lines in _LINES:
        needed = [_needed(name, column, lines, head_lines) for name, column in columns]
        spare = WIDTH_MM - sum(needed)
        if spare >= 0:
            # What is left goes to the columns that would have had more, those first that lack least.
            lack = [height - low for low, height in zip(needed, wider or needed, strict=True)]
            for number in sorted(range(len(lack)), key=lambda number: lack[number]):
                more = min(lack[number], spare)
                needed[number] += more
                spare -= more
            return tuple(needed)
        wider = needed
    return _shared_out(columns)


def cut(words: str, limit: float) -> str:
    """The words, cut short with "…" where they would be wider than so many mm in a line of a cell."""
    if _width(words) <= limit:
        return words
    shortened = words[: next(n for n in range(len(words), 0, -1) if _width(words[:n]) <= limit)]
    before = shortened.rsplit(None, 1)[0]
    return f"{before if 2 * len(before) > len(shortened) else shortened}…"


def _needed(name: str, column: Sequence[str], lines: int, head_lines: int) -> float:
    """The least width with which every cell has at most so many lines, and the heading."""
    cells = max((_narrowest(cell, lines, _CELL_MM, text_metrics.REGULAR) for cell in column), default=0)
    return max(cells, _narrowest(name, head_lines, _HEAD_MM, text_metrics.BOLD)) + _BESIDE_MM


def _shared_out(columns: Sequence[tuple[str, Sequence[str]]]) -> tuple[float, ...]:
    least = [
        max(_longest_word(name, _HEAD_MM, text_metrics.BOLD), *(_longest_word(cell) for cell in column))
        + _BESIDE_MM
        for name, column in columns
    ]
    wished = [
        max(sum(map(_width, column)) / len(column) + _BESIDE_MM, low)
        for low, (_, column) in zip(least, columns, strict=True)
    ]
    return tuple(text_metrics.shared_out(WIDTH_MM, least, wished))


@lru_cache(10_000)
def _narrowest(words: str, lines: int, size: float, weight: int) -> float:
    """The least width in mm in which the words take so many lines."""
    parts = words.split()
    if lines == 1 or len(parts) < 2:
        return _width(words, size, weight)
    if _width(words, size, weight) > lines * WIDTH_MM:
        return WIDTH_MM  # in no column of any page
    return min(
        max(
            _width(" ".join(parts[:n]), size, weight),
            _narrowest(" ".join(parts[n:]), lines - 1, size, weight),
        )
        for n in range(1, len(parts))
    )


def _longest_word(words: str, size: float = _CELL_MM, weight: int = text_metrics.REGULAR) -> float:
    parts = words.replace("-", "- ").split()  # a line may end after a hyphen
    return max((min(_width(part, size, weight), _MOST_WORD_MM) for part in parts), default=0.0)


@lru_cache(10_000)
def _width(words: str, size: float = _CELL_MM, weight: int = text_metrics.REGULAR) -> float:
    return text_metrics.width(" ".join(words.split()), size, weight)
