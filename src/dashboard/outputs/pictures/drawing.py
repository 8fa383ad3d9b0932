"""A chart as a block of a picture, by its class: as large as its place allows, or over several screens."""

from __future__ import annotations

from typing import assert_never

import pandas as pd

from dashboard.charts.model import (
    Bars,
    Bullets,
    Chart,
    Choices,
    Dumbbells,
    HeatTable,
    Icicle,
    Lines,
    Names,
    PostMatrix,
    Tiles,
    Units,
)
from dashboard.exhibits import Table
from dashboard.outputs.pictures import figures, flow, icicle, lines, markup, matrix, names, rows, table
from dashboard.outputs.pictures.flow import Flow
from dashboard.outputs.pictures.markup import Block
from dashboard.text import Text

# Letters of a list over several screens are no smaller, px.
_LIST = 16


def chart_svg(chart: Chart, text: Text, width: float, height: float) -> str:
    """The chart alone as a whole SVG document of at most `width` × `height` px, no larger than on a page.

    Rows that do not fit below each other stand in several columns; what does not fit even then is drawn
    smaller.
    """
    block = draw(chart, text, width, height)
    return markup.document(block.elements, block.width, block.height)


def chart_svgs(chart: Chart, text: Text, width: float, height: float, least: float) -> list[str]:
    """The same over as many documents as it takes to draw it no smaller than `least` times its size."""
    blocks = screens(chart, text, width, height, (least, max(least, 1)))
    return [markup.document(block.elements, block.width, block.height) for block in blocks]


def draw(chart: Chart, text: Text, width: float, height: float, most_zoom: float = 1) -> Block:
    """The chart in at most `width` × `height` px, as large as fits and `most_zoom` times its size at most."""
    match chart:
        case Tiles():
            return figures.grid(chart.rows, width, height)
        case Choices():
            return table.grid(_table(chart), width, height, text)
        case Lines():
            return lines.draw(chart, width, height, most_zoom)
        case _:
            (block,) = flow.screens(_flow(chart), width, height, (most_zoom, most_zoom), most_screens=1)
            return block


def screens(
    chart: Chart, text: Text, width: float, height: float, zooms: tuple[float, float]
) -> list[Block]:
    """The chart over as many screens of `width` × `height` px as it takes to draw it no smaller than the
    first of the `zooms`, and no larger than the second. Marks keep one scale over all of them."""
    match chart:
        case Choices():
            return table.screens(_table(chart), width, height, text, _LIST)
        case Tiles() | Lines():
            return [draw(chart, text, width, height, zooms[1])]
        case _:
            return flow.screens(_flow(chart), width, height, zooms)


def _flow(
    chart: HeatTable | Bars | Bullets | Units | Dumbbells | PostMatrix | Names | Icicle,
) -> Flow:
    match chart:
        case HeatTable():
            return rows.heat(chart).flow()
        case Bars():
            return rows.bars(chart).flow()
        case Bullets():
            return rows.bullets(chart).flow()
        case Units():
            return rows.units(chart).flow()
        case Dumbbells():
            return rows.dumbbells(chart).flow()
        case PostMatrix():
            return matrix.flow(chart)
        case Names():
            return names.flow(chart)
        case Icicle():
            return icicle.flow(chart)
        case _:
            assert_never(chart)


def _table(chart: Choices) -> Table:
    return Table(pd.DataFrame([row.cells for row in chart.rows], columns=list(chart.heads)))
