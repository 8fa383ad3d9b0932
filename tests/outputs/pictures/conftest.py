"""Every text of a picture with the place it takes, measured in the bundled font."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree as ET

import pytest
from PIL import ImageFont

FONTS = Path(__file__).parents[3] / "src" / "dashboard" / "static" / "fonts"
SVG = "{http://www.w3.org/2000/svg}"


class Written(NamedTuple):
    """A line of text: the part of the picture it stands in, its box and its size in px."""

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
def written() -> Callable[[str], list[Written]]:
    """The lines that an SVG shows."""
    return lambda svg: list(_lines(ET.fromstring(svg)))


@cache
def _font(bold):
    return ImageFont.truetype(str(FONTS / f"BeVietnamPro-{'Bold' if bold else 'Regular'}.ttf"), 100)


def _lines(element, x=0.0, y=0.0, zoom=1.0, part=""):
    if element.get("opacity") == "0":
        return
    part = element.get("class") or part
    move = element.get("transform", "")
    if found := re.search(r"translate\(([-\d.e]+),([-\d.e]+)\)", move):
        x, y = x + zoom * float(found[1]), y + zoom * float(found[2])
    if found := re.search(r"scale\(([\d.]+)\)", move):
        zoom *= float(found[1])
    if element.tag != SVG + "text":
        for child in element:
            yield from _lines(child, x, y, zoom, part)
        return
    size = zoom * float(element.get("font-size").removesuffix("px"))
    font = _font(element.get("font-weight") in ("bold", "700"))
    for words, right, down in _pieces(element):
        wide = font.getlength(words) / 100 * size
        left = x + zoom * right - wide * {"middle": 0.5, "end": 1}.get(element.get("text-anchor"), 0)
        foot = y + zoom * down
        yield Written(words, part, left, foot - 0.8 * size, left + wide, foot + 0.22 * size, size)


def _pieces(text):
    """A text's lines with how far they are moved."""
    if text.text and text.text.strip():
        yield text.text, 0.0, 0.0
    down = 0.0
    for line in text:
        down = float(line.get("y", down)) + float(line.get("dy", 0))
        if line.text and line.text.strip():
            yield line.text, float(line.get("x", 0)), down
