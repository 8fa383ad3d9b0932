"""Rows of a chart that is too long: in columns beside each other, or over several screens."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from dashboard.outputs.pictures import svg
from dashboard.outputs.pictures.svg import Block

_GAP = 36  # between columns, px
_MAX_COLUMNS = 6
_MAX_SCREENS = 99
# A column that begins with a new group may be so much shorter for that.
_FULL = 0.62
_GAIN = 1.12  # times as large another column makes a chart at least
_STEPS = 7  # in which the best size is found
_SMALLEST = 0.2  # of its own size, however little room there is


@dataclass(frozen=True)
class Flow:
    """Rows of a chart in their own size, px.

    A column is `least` to `most` wide; `heights` are those of the rows in such a width, `head` of what is
    repeated above a column that begins with this row; `draw` makes such a column. A column begins with the
    first row of one of `groups` where that leaves no large gap, and never parts the first from the second.
    `above` and `below` are there once, as wide as the whole.
    """

    n: int
    least: float
    most: float
    heights: Callable[[float], Sequence[float]]
    head: Callable[[int, float], float]
    draw: Callable[[range, float], Block]
    groups: frozenset[int] = frozenset()
    above: Callable[[float], Block] = lambda _: Block()
    below: Callable[[float], Block] = lambda _: Block()


@dataclass(frozen=True)
class _Way:
    """A way to lay rows out: `zoom` px of the page per px of the chart, so many columns of this width beside
    each other."""

    zoom: float
    beside: int
    width: float


def screens(
    flow: Flow, room: float, height: float, zooms: tuple[float, float], max_screens: int = _MAX_SCREENS
) -> list[Block]:
    """The rows over as few screens of `room` × `height` px as it takes to draw them no smaller than the first
    of the `zooms`, and no larger than the second; smaller where `max_screens` do not do."""
    for count in range(1, max_screens + 1):
        way = _largest(flow, (room, height), zooms, count)
        if way is not None:
            break
    else:
        way = _largest(flow, (room, height), (_SMALLEST * zooms[0], zooms[0]), count)
    if way is None:
        way = _Way(_SMALLEST * zooms[0], 1, min(room / zooms[0] / _SMALLEST, flow.most))
    columns = _balanced(flow, way.width, way.beside * count)
    on_screens = [columns[n : n + way.beside] for n in range(0, len(columns), way.beside)]
    return [_beside(flow, part, way, (room, height)) for part in on_screens]


def _largest(flow: Flow, place: tuple[float, float], zooms: tuple[float, float], count: int) -> _Way | None:
    """The largest way in which the rows fit on so many screens; of more columns only if that is a gain."""
    best: _Way | None = None
    for beside in range(1, min(_MAX_COLUMNS, flow.n or 1) + 1):
        least = beside * (flow.least + _GAP) - _GAP
        low, top = zooms[0], min(zooms[1], place[0] / least)
        if best is not None:
            low = max(low, best.zoom * _GAIN)
        if top < low or not _fits(flow, place, low, beside, count):
            continue
        if not _fits(flow, place, top, beside, count):
            for _ in range(_STEPS):
                middle = (low + top) / 2
                low, top = (middle, top) if _fits(flow, place, middle, beside, count) else (low, middle)
            top = low
        best = _Way(top, beside, _width(flow, place[0], top, beside))
    return best


def _width(flow: Flow, room: float, zoom: float, beside: int) -> float:
    return min((room / zoom + _GAP) / beside - _GAP, flow.most)


def _fits(flow: Flow, place: tuple[float, float], zoom: float, beside: int, count: int) -> bool:
    width = _width(flow, place[0], zoom, beside)
    whole = beside * (width + _GAP) - _GAP
    free = place[1] / zoom - flow.above(whole).height - flow.below(whole).height
    columns = _filled(flow, flow.heights(width), width, free)
    return columns is not None and len(columns) <= beside * count


def _filled(flow: Flow, heights: Sequence[float], width: float, most: float) -> list[range] | None:
    """Columns, each as full as `most` px allow; None where a row is higher than that."""
    columns = []
    begin = 0
    while begin < flow.n:
        used, end, group = flow.head(begin, width), begin, 0
        while end < flow.n and used + heights[end] <= most:
            used += heights[end]
            end += 1
            if end in flow.groups and used >= _FULL * most:
                group = end
        if end < flow.n:
            end = group or (end - 1 if end - 1 in flow.groups else end)
        if end <= begin:
            return None
        columns.append(range(begin, end))
        begin = end
    return columns


def _balanced(flow: Flow, width: float, most: int) -> list[range]:
    """At most `most` columns, about equally high."""
    heights = flow.heights(width)
    top = sum(heights) + flow.head(0, width)
    results, low = [range(flow.n)], top / (most + 1)
    while top - low > 1:
        middle = (low + top) / 2
        columns = _filled(flow, heights, width, middle)
        if columns is not None and len(columns) <= most:
            results, top = columns or results, middle
        else:
            low = middle
    return results


def _beside(flow: Flow, columns: Sequence[range], way: _Way, place: tuple[float, float]) -> Block:
    """Columns under what is above all of them, as one block of the page."""
    width = len(columns) * (way.width + _GAP) - _GAP
    blocks = [flow.draw(rows, way.width) for rows in columns]
    moved = tuple(block.at(n * (way.width + _GAP), 0) for n, block in enumerate(blocks))
    middle = Block(moved, width, max((block.height for block in blocks), default=0))
    parts = [flow.above(width), middle, flow.below(width)]
    whole = svg.stacked([part for part in parts if part.height])
    zoom = min(way.zoom, place[0] / max(width, 1), place[1] / max(whole.height, 1))
    return Block((whole.at(0, 0, zoom),), width * zoom, whole.height * zoom)
