"""A chart as a block of a picture, by its class: as large as its place allows, or over several screens."""

from __future__ import annotations

import pandas as pd

from dashboard.charts import model
from dashboard.charts.model import Chart
from dashboard.exhibits import Table
from dashboard.outputs.pictures import flow, icicle, lists, matrix, panels, rows, svg
from dashboard.outputs.pictures.flow import Flow
from dashboard.outputs.pictures.svg import Block
from dashboard.text import Text

# Letters of a list over several screens are no smaller, px.
_LIST = 16


def chart_svg(chart: Chart, text: Text, width: float, height: float) -> str:
    """The chart alone as a whole SVG document of at most `width` × `height` px, no larger than on a page.

    Rows that do not fit below each other stand in several columns; what does not fit even then is drawn
    smaller.
    """
    return _document(draw(chart, text, width, height, 1))


def chart_svgs(
    chart: Chart, text: Text, width: float, height: float, zooms: tuple[float, float]
) -> list[str]:
    """The same over as many documents as it takes to draw it no smaller than the first of the `zooms` says,
    and no larger than the second."""
    return [_document(block) for block in screens(chart, text, width, height, zooms)]


def _document(block: Block) -> str:
    return svg.document(block.elements, block.width, block.height)


def draw(chart: Chart, text: Text, width: float, height: float, max_zoom: float) -> Block:
    """The chart in at most `width` × `height` px, as large as fits and `max_zoom` times its size at most;
    of a list the first rows and how many there are."""
    match chart:
        case model.Choices():
            return lists.table(_table(chart), width, height, text)
        case model.Tiles():
            return panels.tiles(chart.rows, width, height)
        case model.Lines():
            return panels.lines(chart, width, height, max_zoom)
        case _:
            (block,) = flow.screens(_flow(chart), width, height, (max_zoom, max_zoom), max_screens=1)
            return block


def screens(chart: Chart, text: Text, width: float, height: float, zooms: tuple[float, float]) -> list[Block]:
    """The chart over as many screens of `width` × `height` px as it takes to draw it no smaller than the
    first of the `zooms`, and no larger than the second. Marks keep one scale over all of them."""
    match chart:
        case model.Choices():
            return lists.table_screens(_table(chart), width, height, text, _LIST)
        case model.Tiles() | model.Lines():
            return [draw(chart, text, width, height, zooms[1])]
        case _:
            return flow.screens(_flow(chart), width, height, zooms)


def _flow(
    chart: model.HeatTable
    | model.Bars
    | model.Bullets
    | model.Units
    | model.Dumbbells
    | model.PostMatrix
    | model.Names
    | model.Icicle,
) -> Flow:
    match chart:
        case model.PostMatrix():
            return matrix.flow(chart)
        case model.Names():
            return lists.names(chart)
        case model.Icicle():
            return icicle.flow(chart)
        case _:
            return rows.grid(chart).flow()


def _table(chart: model.Choices) -> Table:
    return Table(pd.DataFrame([row.cells for row in chart.rows], columns=list(chart.heads)))
