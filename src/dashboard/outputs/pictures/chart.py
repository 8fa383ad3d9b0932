"""A chart alone: rows in as many columns beside each other as its place asks for."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from dashboard.charts import Plot, theme
from dashboard.outputs.pictures import fonts, key, marks, markup, vega
from dashboard.outputs.pictures.columns import Rows, rows_of
from dashboard.outputs.pictures.markup import Block

_PADDING = {"top": 14, "left": 2, "right": 2, "bottom": 6}
_GAP = 44  # between columns, px
_MOST_COLUMNS = 6
# Least widths of a column that are tried (px); a chart is drawn no wider than the last.
_WIDTHS = (400, 430, 490, 620, 760, 900, 1100)
# Rows as on a phone, in narrow columns, read worse: they are worth so much of their size.
_AS_ON_A_PHONE = 0.85
# Above the rows, px: free, below a key, and about the height of a key.
_TOP, _BELOW_KEY, _KEY = 4, 10, 30
# So many ways to lay rows out are drawn, none much smaller than the first, to find one that cuts no name.
_TRIES = 3
_SMALLEST = 0.7
# Height of the plot where rows do not set it, px: a lower one is drawn smaller, a higher one never.
_LOW, _HIGH = 200, 420
_BESIDE = 24  # between a name and its figures, px


@dataclass(frozen=True)
class _Way:
    """A way to lay rows out: `zoom` px of the picture per px of the chart, the runs of rows beside each
    other, the width of each in px of the chart."""

    zoom: float
    columns: tuple[range, ...]
    width: float


def plot_svg(plot: Plot, width: int, height: int) -> str:
    """The chart alone as a whole SVG document of at most `width` × `height` px.

    Rows that do not fit below each other stand in several columns; what does not fit even then is drawn
    smaller.
    """
    block = draw(plot, width, height)
    return markup.document(block.elements, block.width, block.height)


def draw(plot: Plot, width: float, height: float, most_zoom: float = 1) -> Block:
    """The chart in at most `width` × `height` px, as large as fits and `most_zoom` times its size at most."""
    if isinstance(plot.spec["height"], dict):
        return _of_rows(plot, (width, height), most_zoom)
    return _of_dates(plot, (width, height), most_zoom)


def screens(plot: Plot, width: float, height: float, zooms: tuple[float, float]) -> list[Block]:
    """The chart over as many screens of `width` × `height` px as it takes to draw it no smaller than the
    first of the `zooms`, and no larger than the second. Bars keep one scale over all of them."""
    if not isinstance(plot.spec["height"], dict):
        return [_of_dates(plot, (width, height), zooms[1])]
    rows = rows_of(plot.frame)
    for many in range(1, rows.n + 1):
        way = next(_ways(plot, rows, (width, height), zooms[1], many))
        if way.zoom >= zooms[0]:
            break
    drawn = _drawn(plot, _unbroken(plot.frame, way.width), way.width)
    beside = -(-len(way.columns) // many)
    return [
        _in_columns(plot, rows, replace(way, columns=way.columns[n : n + beside]), drawn, (width, height))
        for n in range(0, len(way.columns), beside)
    ]


def _of_dates(plot: Plot, place: tuple[float, float], most_zoom: float) -> Block:
    """A chart that is as high as its place allows."""
    width = min(place[0] / most_zoom, _WIDTHS[-1])
    beside = _drawn(plot, plot.frame, width, _LOW).height - _LOW
    zoom = min(most_zoom, place[1] / (_LOW + beside))
    width = min(place[0] / zoom, _WIDTHS[-1])
    drawn = _drawn(plot, plot.frame, width, min(_HIGH, place[1] / zoom - beside))
    elements = [markup.group([*drawn.axes, *drawn.key, *drawn.marks], drawn.left, drawn.top)]
    return _zoomed(elements, (drawn.width, drawn.height), place, zoom)


def _of_rows(plot: Plot, place: tuple[float, float], most_zoom: float) -> Block:
    """A chart whose rows are laid out in columns."""
    rows = rows_of(plot.frame)
    cut_before = _ellipses(plot.frame)
    best: tuple[int, _Way, marks.Drawing] | None = None
    for way in _ways(plot, rows, place, most_zoom):
        drawn = _drawn(plot, _unbroken(plot.frame, way.width), way.width)
        cut = drawn.ellipses - cut_before
        if best is None or cut < best[0]:
            best = (cut, way, drawn)
        if cut <= 0:
            break
    assert best is not None  # there is always a way
    return _in_columns(plot, rows, best[1], best[2], place)


def _in_columns(plot: Plot, rows: Rows, way: _Way, drawn: marks.Drawing, place: tuple[float, float]) -> Block:
    """The rows of a chart drawn one column wide, put beside each other under one key."""
    step = plot.spec["height"]["step"]
    wide = len(way.columns) * (drawn.width + _GAP) - _GAP
    signs = key.block(drawn.key, wide - 2 * drawn.left)
    top = _TOP + (signs.height + _BELOW_KEY if signs.height else 0)
    elements = [markup.group(signs.elements, drawn.left, _TOP)]
    for n, column in enumerate(way.columns):
        x = n * (drawn.width + _GAP) + drawn.left
        y = top
        for row in rows.repeated(column.start):
            repeated = marks.between(drawn, row * step, (row + 1) * step)
            elements.append(markup.group(repeated, x, y - row * step))
            y += step
        own = marks.between(drawn, column.start * step, column.stop * step)
        elements.append(markup.group(own, x, y - column.start * step))
    high = top + rows.longest(way.columns) * step + _PADDING["bottom"]
    return _zoomed(elements, (wide, high), place, way.zoom)


def _zoomed(
    elements: list[markup.Element], size: tuple[float, float], place: tuple[float, float], zoom: float
) -> Block:
    """Elements of a size drawn `zoom` times as large, or as large as their place is."""
    zoom = min(zoom, place[0] / size[0], place[1] / size[1])
    whole = markup.group(elements, 0, 0, zoom)
    whole.set("fill", "none")
    whole.set("stroke-miterlimit", "10")
    return Block((whole,), size[0] * zoom, size[1] * zoom)


def _ways(
    plot: Plot, rows: Rows, place: tuple[float, float], most_zoom: float, screens: int = 1
) -> Iterator[_Way]:
    """Ways to lay the rows out over so many screens: the largest first, of equals that of fewer columns."""
    spec = plot.spec
    above = _TOP + (_KEY + _BELOW_KEY if '"legend": {"' in json.dumps(spec) else 0)
    narrow = _AS_ON_A_PHONE if "name" in plot.frame else 1
    ways: dict[tuple[float, int], _Way] = {}
    for most in range(1, min(_MOST_COLUMNS * screens, rows.n) + 1):
        columns = tuple(rows.columns(most))
        n = -(-len(columns) // screens)
        high = above + rows.longest(columns) * spec["height"]["step"] + _PADDING["bottom"]
        for least in _WIDTHS:
            zoom = min(most_zoom, place[0] / (n * (least + _GAP) - _GAP), place[1] / high)
            width = min((place[0] / zoom - (n - 1) * _GAP) / n, _WIDTHS[-1])
            worth = zoom * (narrow if width < theme.NARROW else 1)
            ways[-round(worth, 2), n] = _Way(zoom, columns, width)
    largest = [way for _, way in sorted(ways.items(), key=lambda item: item[0])][:_TRIES]
    yield from (way for way in largest if way.zoom >= _SMALLEST * largest[0].zoom)


def _drawn(plot: Plot, frame: pd.DataFrame, width: float, height: float | None = None) -> marks.Drawing:
    rows = json.loads(frame.to_json(orient="records", force_ascii=False))
    spec: dict[str, Any] = {
        **plot.spec,
        "data": {"values": [{name: _plain(value) for name, value in row.items()} for row in rows]},
        "width": int(width),
        "padding": _PADDING,
    }
    if height is not None:
        spec["height"] = int(height)
    return marks.read(vega.drawn(spec, key=height is None))


def _plain(value: object) -> object:
    return markup.plain(value) if isinstance(value, str) else value


def _unbroken(frame: pd.DataFrame, width: float) -> pd.DataFrame:
    """Names that were broken for a phone's width in one line where a column has room for that."""
    if "name_narrow" not in frame:
        return frame
    beside = frame["says"] if "full" not in frame else [""] * len(frame)  # goals have their figures below
    fits = [
        fonts.width(name, theme.NORMAL, fonts.BOLD) + fonts.width(says, theme.NORMAL) + _BESIDE <= width
        for name, says in zip(frame["name"], beside, strict=True)
    ]
    return frame.assign(name_narrow=frame["name"].where(fits, frame["name_narrow"]))


def _ellipses(frame: pd.DataFrame) -> int:
    """How many texts are cut short in the rows themselves."""
    columns = [name for name in ("name", "says", "label") if name in frame]
    return sum(int(frame[name].fillna("").str.count("…").sum()) for name in columns)
