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
_ZOOMS = (0.8, 1.3)  # smaller is not read: 12 px become 9.6 points


def needed(exhibit: Exhibit) -> bool:
    """Whether the exhibit has a chart that must be drawn."""
    return isinstance(exhibit.chart, PostMatrix | Icicle)


def drawn(exhibit: Exhibit, rooms: Rooms) -> tuple[bytes, ...]:
    """The chart as PNG, over as many slides as it takes to be read."""
    assert isinstance(exhibit.chart, PostMatrix | Icicle)
    room = rooms.first
    size = int(room.w * _PIXELS), int(room.h * _PIXELS)
    return tuple(
        pictures.png(svg, _SCALE) for svg in pictures.chart_svgs(exhibit.chart, exhibit.text, *size, _ZOOMS)
    )


def add(slide: Slide, room: Box, content: bytes) -> None:
    """A picture in its own size, smaller where there is less room."""
    with Image.open(io.BytesIO(content)) as image:
        wide, high = (side / _SCALE / _PIXELS for side in image.size)
    shrunk = min(1, room.w / wide, room.h / high)
    box = replace(room, w=wide * shrunk, h=high * shrunk)
    slide.shapes.add_picture(io.BytesIO(content), *shapes.placed(box))
