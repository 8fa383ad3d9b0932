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

# Charts that are more than a list.
Drawn = Tiles | Bullets | HeatTable | Units | PostMatrix | Bars | Dumbbells | Names | Lines | Icicle


def chart_svg(chart: Drawn, width: float, height: float) -> str:
    """The chart alone as a whole SVG document of at most `width` × `height` px, no larger than on a page.

    Rows that do not fit below each other stand in several columns; what does not fit even then is drawn
    smaller.
    """
    return _document(_drawn(chart, width, height, 1))


def chart_svgs(chart: Drawn, width: float, height: float, zooms: tuple[float, float]) -> list[str]:
    """The same over as many documents as it takes to draw it no smaller than the first of the `zooms` says,
    and no larger than the second."""
    return [_document(block) for block in _screens(chart, width, height, zooms)]


def draw(chart: Chart, text: Text, width: float, height: float, most_zoom: float) -> Block:
    """The chart in at most `width` × `height` px, as large as fits and `most_zoom` times its size at most;
    of a list the first rows and how many there are."""
    if isinstance(chart, Choices):
        return table.grid(_table(chart), width, height, text)
    return _drawn(chart, width, height, most_zoom)


def screens(chart: Chart, text: Text, width: float, height: float, zooms: tuple[float, float]) -> list[Block]:
    """The chart over as many screens of `width` × `height` px as it takes to draw it no smaller than the
    first of the `zooms`, and no larger than the second. Marks keep one scale over all of them."""
    if isinstance(chart, Choices):
        return table.screens(_table(chart), width, height, text, _LIST)
    return _screens(chart, width, height, zooms)


def _document(block: Block) -> str:
    return markup.document(block.elements, block.width, block.height)


def _drawn(chart: Drawn, width: float, height: float, most_zoom: float) -> Block:
    if isinstance(chart, Tiles):
        return figures.grid(chart.rows, width, height)
    if isinstance(chart, Lines):
        return lines.draw(chart, width, height, most_zoom)
    (block,) = flow.screens(_flow(chart), width, height, (most_zoom, most_zoom), most_screens=1)
    return block


def _screens(chart: Drawn, width: float, height: float, zooms: tuple[float, float]) -> list[Block]:
    if isinstance(chart, Tiles | Lines):
        return [_drawn(chart, width, height, zooms[1])]
    return flow.screens(_flow(chart), width, height, zooms)


def _flow(
    chart: HeatTable | Bars | Bullets | Units | Dumbbells | PostMatrix | Names | Icicle,
) -> Flow:
    match chart:
        case HeatTable():
            found = rows.heat(chart).flow()
        case Bars():
            found = rows.bars(chart).flow()
        case Bullets():
            found = rows.bullets(chart).flow()
        case Units():
            found = rows.units(chart).flow()
        case Dumbbells():
            found = rows.dumbbells(chart).flow()
        case PostMatrix():
            found = matrix.flow(chart)
        case Names():
            found = names.flow(chart)
        case Icicle():
            found = icicle.flow(chart)
        case _:
            assert_never(chart)
    return found


def _table(chart: Choices) -> Table:
    return Table(pd.DataFrame([row.cells for row in chart.rows], columns=list(chart.heads)))
