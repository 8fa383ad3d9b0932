"""Charts that PowerPoint does not have, as pictures: one per slide, large enough to be read."""

from __future__ import annotations

import io
from collections.abc import Callable, Sequence
from dataclasses import replace

import pandas as pd
from PIL import Image
from pptx.slide import Slide

from dashboard import charts
from dashboard.charts import Plot
from dashboard.exhibits import Exhibit
from dashboard.outputs import pictures
from dashboard.outputs.pictures import columns
from dashboard.outputs.pictures.columns import Rows
from dashboard.outputs.slides import shapes
from dashboard.outputs.slides.measure import Box, Rooms
from dashboard.outputs.slides.shapes import Piece

DRAWN = (
    charts.structure.committees,
    charts.structure.tree,
    charts.overlap.matrix,
    charts.places.peers,
    charts.changes.shares,
    charts.changes.counts,
)
# Pixels of the chart per inch of the slide: what is 12 px high there is 12 points high here.
_PIXELS = 72
_SCALE = 3  # pixels of the picture per pixel of the chart
_ZOOM = 0.8  # smaller is not read: 12 px become 9.6 points
_COLUMN = 444  # px of a column of rows with the gap beside it
_KEY = 56  # px of the key above the rows


def drawn(plot: Plot, rooms: Rooms) -> tuple[bytes, ...]:
    """The chart as PNG, a picture per slide."""
    found: list[bytes] = []
    for number, part in enumerate(_parts(plot, rooms)):
        room = rooms.on(number)
        svg = pictures.plot_svg(part, int(room.w * _PIXELS), int(room.h * _PIXELS))
        found.append(pictures.png(svg, _SCALE))
    return tuple(found)


def pieces(found: Sequence[bytes], rooms: Rooms) -> list[list[Piece]]:
    """Per slide its picture, in its own size."""
    slides: list[list[Piece]] = []
    for number, content in enumerate(found):
        room = rooms.on(number)
        with Image.open(io.BytesIO(content)) as image:
            wide, high = (side / _SCALE / _PIXELS for side in image.size)
        shrunk = min(1, room.w / wide, room.h / high)
        slides.append([Piece(replace(room, w=wide * shrunk, h=high * shrunk), _drawing(content))])
    return slides


def _drawing(content: bytes) -> Callable[[Slide, Box], None]:
    def draw(slide: Slide, box: Box) -> None:
        slide.shapes.add_picture(io.BytesIO(content), *shapes.placed(box))

    return draw


def _parts(plot: Plot, rooms: Rooms) -> list[Plot]:
    """The chart cut between rows where all of it would be too small to read: on as few slides as can be,
    about equally full."""
    rows = columns.rows_of(plot.frame)
    found = _cuts(plot, rows, rooms, 0)
    even = _cuts(plot, rows, rooms, len(found))
    return [replace(plot, frame=_cut(plot.frame, kept)) for kept in min(even, found, key=len)]


def _cuts(plot: Plot, rows: Rows, rooms: Rooms, slides: int) -> list[list[int]]:
    """The rows of each slide: as many as fit, or as many as make so many `slides` about equally full."""
    found: list[list[int]] = []
    start = 0
    while start < rows.n:
        room = rooms.on(len(found))
        most = _below(plot, room)
        goal = float(rows.n)
        if slides > len(found):
            rest = most + (slides - len(found) - 1) * _below(plot, rooms.later)
            goal = start + (rows.n - start) * most / rest
        ends = {rows.n, *rows.starts, *rows.weak} - set(range(start + 1))
        nearest = sorted(ends, key=lambda end: (end < goal, abs(end - goal)))
        kept = (_kept(rows, start, end) for end in nearest)
        found.append(
            next((k for k in kept if _longest(k, rows, _beside(room)) <= most), _kept(rows, start, min(ends)))
        )
        start = found[-1][-1] + 1
    return found


def _kept(rows: Rows, start: int, end: int) -> list[int]:
    """The rows of a slide that begins with row `start`, with those that are repeated above."""
    return [*rows.repeated(start), *range(start, end)]


def _longest(kept: Sequence[int], rows: Rows, beside: int) -> int:
    """Rows of the longest of so many columns in which these rows are laid out."""
    new = {row: number for number, row in enumerate(kept)}
    part = Rows(
        len(kept),
        *(
            tuple(new[row] for row in places if row in new)
            for places in (rows.starts, rows.weak, rows.head, rows.groups)
        ),
    )
    return part.longest(part.columns(beside))


def _beside(room: Box) -> int:
    """Columns of rows that stand beside each other."""
    return max(int(room.w * _PIXELS / _ZOOM / _COLUMN), 1)


def _below(plot: Plot, room: Box) -> int:
    """Rows that stand below each other."""
    return int((room.h * _PIXELS / _ZOOM - _KEY) / plot.spec["height"]["step"])


def _cut(frame: pd.DataFrame, kept: Sequence[int]) -> pd.DataFrame:
    """These rows of the chart (by their place from 0), numbered anew."""
    places = sorted(frame["row"].unique())
    new = {places[row]: number for number, row in enumerate(kept)}
    part = frame[frame["row"].isin(new)]
    part = part.assign(row=part["row"].map(new))
    if "parent_row" in part:
        # What hangs under a row on another slide hangs here in the air.
        alone = ~part["parent_row"].isin(new)
        above = part["parent_row"].map(new).where(~alone, part["row"]).astype(int)
        part = part.assign(parent_row=above, parent_x=part["parent_x"].where(~alone, part["x"]))
    return part.sort_values("row", kind="stable")


def needed(exhibit: Exhibit) -> bool:
    """Whether the exhibit has a chart that must be drawn."""
    return exhibit.plot is not None and exhibit.plot.draw in DRAWN
