"""Every text of a picture with the place it takes, measured in the bundled font."""

import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from PIL import ImageFont

FONTS = Path(__file__).parents[3] / "src" / "dashboard" / "static" / "fonts"
SVG = "{http://www.w3.org/2000/svg}"


class Line(NamedTuple):
    """A line of text: the part of the picture it is in, its box and its size in px."""

    words: str
    part: str
    left: float
    top: float
    right: float
    bottom: float
    size: float


@pytest.fixture(scope="session")
def fonts() -> Path:
    """The folder of the bundled font."""
    return FONTS


@pytest.fixture(scope="session")
def written() -> Callable[[str], list[Line]]:
    """The lines that an SVG shows."""
    return lambda svg: list(_lines(ET.fromstring(svg)))


@cache
def _font(bold):
    return ImageFont.truetype(str(FONTS / f"BeVietnamPro-{'Bold' if bold else 'Regular'}.ttf"), 100)


def _lines(element, x=0.0, y=0.0, zoom=1.0, part="") -> Iterator[Line]:
    part = element.get("class") or part
    move = element.get("transform", "")
    if moved := re.search(r"translate\(([-\d.e]+),([-\d.e]+)\)", move):
        x, y = x + zoom * float(moved[1]), y + zoom * float(moved[2])
    if scaled := re.search(r"scale\(([\d.]+)\)", move):
        zoom *= float(scaled[1])
    if element.tag != SVG + "text":
        for child in element:
            yield from _lines(child, x, y, zoom, part)
        return
    size = zoom * float(element.get("font-size"))
    font = _font(element.get("font-weight") == "700")
    for line in (line for line in element if line.text and line.text.strip()):
        width = font.getlength(line.text) / 100 * size
        left = (
            x
            + zoom * float(line.get("x"))
            - width * {"middle": 0.5, "end": 1}.get(element.get("text-anchor"), 0)
        )
        foot = y + zoom * float(line.get("y"))
        yield Line(line.text, part, left, foot - 0.8 * size, left + width, foot + 0.22 * size, size)
