"""Small charts over the same dates, beside each other."""

from __future__ import annotations

from dashboard.charts import theme, vega
from dashboard.charts.model import Lines, Panel, Series
from dashboard.outputs.pictures import fonts, markup, pieces, plot, words
from dashboard.outputs.pictures.markup import Block, Element
from dashboard.outputs.pictures.words import Style

_LEAST = 250  # of a panel with its scale and its labels, px
_LOW, _HIGH = 96, 300  # of the plot of a panel, px
_SCALE = 44  # for the ends of the axis, px
_BELOW = 30  # for the dates, px
_ENOUGH = 1.3  # times its size: higher plots are worth more than larger letters
_GAP = 34  # between panels, px
_LINE, _TOLD_SIZE = 17, 12  # px


def draw(chart: Lines, room: float, high: float, most_zoom: float) -> Block:
    """The panels as large as fits, and `most_zoom` times their size at most."""
    ways = [_way(chart, room, high, most_zoom, columns) for columns in range(1, len(chart.panels) + 1)]
    columns, zoom, plot_high = max(ways, key=lambda way: (round(min(way[1], _ENOUGH), 1), way[1] * way[2]))
    block = _panels(chart, room / zoom, plot_high, columns)
    zoom = min(zoom, room / block.width, high / block.height)
    return Block((markup.group(block.elements, 0, 0, zoom),), block.width * zoom, block.height * zoom)


def _way(chart: Lines, room: float, high: float, most_zoom: float, columns: int) -> tuple[int, float, float]:
    """So many panels beside each other: how large, and how high the plot of each can be."""
    rows = -(-len(chart.panels) // columns)
    zoom = min(most_zoom, room / (columns * (_LEAST + _GAP) - _GAP))
    wide = (room / zoom + _GAP) / columns - _GAP
    beside = sum(_words_height(chart, row, columns, wide) for row in range(rows))
    beside += pieces.note(chart.key, room / zoom).height
    if high / zoom - beside < rows * _LOW:
        zoom = min(zoom, high / (beside + rows * _LOW))
    return columns, zoom, min(max((high / zoom - beside) / rows, _LOW), _HIGH, wide * 0.7)


def _words_height(chart: Lines, row: int, columns: int, wide: float) -> float:
    """The height of the words around the plots of a row of panels."""
    panels = chart.panels[row * columns : (row + 1) * columns]
    return max(_head(chart, panel, wide).height for panel in panels) + _BELOW


def _panels(chart: Lines, room: float, plot_high: float, columns: int) -> Block:
    wide = (room + _GAP) / columns - _GAP
    rows = -(-len(chart.panels) // columns)
    elements: list[Element] = []
    y = 0.0
    for row in range(rows):
        shown = chart.panels[row * columns : (row + 1) * columns]
        head = max(_head(chart, panel, wide).height for panel in shown)
        size = (wide - _SCALE, plot_high)
        drawn = plot.elements(vega.lines(chart, shown, size, _GAP + _SCALE))
        elements.append(markup.group(drawn, _SCALE, y + head))
        for n, panel in enumerate(shown):
            around = _around(chart, panel, wide, head, plot_high)
            elements.append(markup.group(around, n * (wide + _GAP), y))
        y += head + plot_high + _BELOW
    note = pieces.note(chart.key, room)
    return Block((*elements, markup.group(note.elements, 0, y)), room, y + note.height)


def _head(chart: Lines, panel: Panel, wide: float) -> Block:
    """The name of a panel, and the figures of what stands in colour."""
    told = [
        words.paragraph(_figures(chart, series, wide), Style(_TOLD_SIZE, colour=colour), wide)
        for series in panel.series
        if (colour := _TOLD.get(series.role)) and any(series.labels)
    ]
    name = words.paragraph(panel.name, pieces.STRONG, wide, most=2)
    block = markup.stacked([name, *told], 0)
    return Block(block.elements, wide, block.height + 10)


_TOLD = {"whole": theme.COLOURS["value"], "chosen": theme.COLOURS["chosen"]}


def _figures(chart: Lines, series: Series, wide: float) -> str:
    """A name with its figure at every date where that is a line, else with the last one."""
    dated = [f"{date}: {said}" for date, said in zip(chart.dates, series.labels, strict=False) if said]
    every = f"{series.name} · {'; '.join(dated)}"
    if fonts.width(every, _TOLD_SIZE) <= wide * 0.95:
        return every
    return f"{series.name}: {next(said for said in reversed(series.labels) if said)}"


def _around(chart: Lines, panel: Panel, wide: float, top: float, high: float) -> list[Element]:
    """The words around a plot: its name, the ends of its axis, the first and the last date, the target."""
    foot = top + high
    written = [
        (chart.ends[1], _SCALE - 8, top - 9, "end"),
        (chart.ends[0], _SCALE - 8, foot - 9, "end"),
        (chart.dates[0] if chart.dates else "", _SCALE, foot + 4, "start"),
        (chart.dates[-1] if len(chart.dates) > 1 else "", wide, foot + 4, "end"),
    ]
    if panel.target is not None:
        span = chart.high - chart.low or 1
        y = foot - high * (panel.target - chart.low) / span
        written.append((panel.target_label, wide, max(y - _LINE, top - 8), "end"))
    head = _head(chart, panel, wide)
    said_around = []
    for said, x, y, anchor in written:
        block = words.written([said], pieces.FINE, anchor)
        for part in block.elements:  # seen where lines pass behind it, too
            part.attrib.update({"stroke": theme.WHITE, "stroke-width": "3", "paint-order": "stroke"})
        said_around.append(markup.group(block.elements, x, y))
    return [*head.elements, *said_around]
