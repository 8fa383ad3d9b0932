"""The charts that PowerPoint does not have, as pictures that are read from the back row."""

from __future__ import annotations

import io
from dataclasses import replace

from PIL import Image
from pptx.slide import Slide

from dashboard.charts.model import Icicle, PostMatrix
from dashboard.exhibits import Exhibit
from dashboard.outputs import pictures
from dashboard.outputs.slides import shapes
from dashboard.outputs.slides.measure import Box, Rooms

# Pixels of the chart per inch of the slide: what is 12 px high there is 12 points high here.
_PIXELS = 72
_SCALE = 3  # pixels of the picture per pixel of the chart


def needed(exhibit: Exhibit) -> bool:
    """Whether the exhibit has a chart that must be drawn."""
    return isinstance(exhibit.chart, PostMatrix | Icicle) and exhibit.plot is not None


def drawn(exhibit: Exhibit, rooms: Rooms) -> tuple[bytes, ...]:
    """The chart as PNG, a picture per slide."""
    assert exhibit.plot is not None
    room = rooms.first
    svg = pictures.plot_svg(exhibit.plot, int(room.w * _PIXELS), int(room.h * _PIXELS))
    return (pictures.png(svg, _SCALE),)


def add(slide: Slide, room: Box, content: bytes) -> None:
    """A picture in its own size, smaller where there is less room."""
    with Image.open(io.BytesIO(content)) as image:
        wide, high = (side / _SCALE / _PIXELS for side in image.size)
    shrunk = min(1, room.w / wide, room.h / high)
    box = replace(room, w=wide * shrunk, h=high * shrunk)
    slide.shapes.add_picture(io.BytesIO(content), *shapes.placed(box))
