"""The texts of a picture as pixels, by HarfBuzz: resvg reads the whole font again for every text of an SVG,
which took most of the time of a picture.

What is not plain words in the bundled font (letters that it lacks, turned text, an unknown attribute) stays
in the SVG.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any
from xml.etree import ElementTree as ET

import uharfbuzz as hb
from PIL import Image, ImageColor

from dashboard.outputs.pictures import fonts

# As SVG writes a weight.
WEIGHTS = {"400": fonts.REGULAR, "normal": fonts.REGULAR, "700": fonts.BOLD, "bold": fonts.BOLD}
_MOVED = re.compile(r"translate\((?P<x>[-\d.e]+),(?P<y>[-\d.e]+)\)(?: scale\((?P<zoom>[-\d.e]+)\))?")
_SPACES = re.compile(r"[ \t\r\n]+")
# What a text, a line of it, and a group around it may say and still be read here.
_OF_TEXT = {"transform", "font-family", "font-size", "font-weight", "fill", "text-anchor", "opacity", "class"}
_OF_LINE = {"x", "y", "dy"}
_OF_GROUP = {"transform", "fill", "stroke-miterlimit", "class"}
# How much of a line's width stands before its place.
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
# Shades from no ink to full ink: more are not seen, and the picture has to do with 256 colours.
_SHADES = 16
_SHADE_OF = [round(round(ink * _SHADES / 255) * 255 / _SHADES) for ink in range(256)]


@dataclass(frozen=True)
class Line:
    """Words in one look: size, and where they begin, end or have their middle on the foot line; in px."""

    words: str
    size: float
    weight: int
    colour: str
    anchor: str
    x: float
    y: float


@dataclass(frozen=True)
class _Place:
    """Where an element's 0, 0 is, and how large its px are."""

    x: float = 0
    y: float = 0
    zoom: float = 1


def taken(svg: str) -> tuple[str, list[Line]]:
    """The SVG without the texts that can be drawn here, and those, from the first to the last."""
    root = ET.fromstring(svg)  # nosec B314 # drawn by this process
    found = list(_taken(root, _Place()))
    return (ET.tostring(root, encoding="unicode"), found) if found else (svg, [])


def width(words: str, size: float, weight: int) -> float:
    """How wide the words are as they are drawn, in px at `size` px."""
    return sum(wide for _, wide, _, _ in _shaped(words, weight)) * size / _face(weight).upem


def draw(image: Image.Image, lines: list[Line], scale: float) -> None:
    """Write the lines on an RGB image that has `scale` pixels per px."""
    raster = hb.RasterDraw()
    for line in lines:
        face = _face(line.weight)
        zoom = line.size * scale / face.upem
        glyphs = _shaped(line.words, line.weight)
        x = line.x * scale - _BEFORE[line.anchor] * sum(wide for _, wide, _, _ in glyphs) * zoom
        y = -line.y * scale  # upwards, as a font counts
        for glyph, wide, aside, above in glyphs:
            raster.transform = (zoom, 0, 0, zoom, x + aside * zoom, y + above * zoom)
            raster.draw_glyph(face.font, glyph)
            x += wide * zoom
        ink = raster.render()
        size = ink.extents
        if size.width and size.height:
            mask = Image.frombytes(
                "L", (size.width, size.height), ink.buffer, "raw", "L", size.stride, -1
            ).point(_SHADE_OF)
            image.paste(ImageColor.getrgb(line.colour), (size.x_origin, -size.y_origin - size.height), mask)


def _taken(parent: ET.Element, place: _Place) -> Iterator[Line]:
    for child in list(parent):
        tag = child.tag.rpartition("}")[2]
        if tag == "text":
            lines = _read(child, place)
            if lines is not None:
                yield from lines
                parent.remove(child)
        elif tag == "g" and child.attrib.keys() <= _OF_GROUP:
            inside = _inside(child, place)
            if inside is not None:
                yield from _taken(child, inside)


def _inside(element: ET.Element, place: _Place) -> _Place | None:
    """The place of what is in an element; None where it is turned."""
    if "transform" not in element.attrib:
        return place
    moved = _MOVED.fullmatch(element.get("transform", ""))
    if moved is None:
        return None
    zoom = place.zoom * float(moved["zoom"] or 1)
    return _Place(place.x + place.zoom * float(moved["x"]), place.y + place.zoom * float(moved["y"]), zoom)


def _read(text: ET.Element, place: _Place) -> list[Line] | None:
    """The lines of a text; None where it is more than plain words in the bundled font."""
    inside = _inside(text, place)
    weight = WEIGHTS.get(text.get("font-weight", "400"))
    plain = (
        text.attrib.keys() <= _OF_TEXT
        and text.get("font-family", "").startswith(fonts.FAMILY)
        and text.get("fill", "").startswith("#")
        and text.get("opacity", "1") in ("0", "1")
        and all(part.attrib.keys() <= _OF_LINE and len(part) == 0 for part in text)
    )
    if inside is None or weight is None or not plain:
        return None
    if text.get("opacity") == "0":
        return []
    size = float(text.get("font-size", "").removesuffix("px")) * inside.zoom
    look = Line("", size, weight, text.get("fill", ""), text.get("text-anchor", "start"), inside.x, inside.y)
    lines = [
        replace(look, words=words, x=inside.x + x * inside.zoom, y=inside.y + y * inside.zoom)
        for words, x, y in _parts(text)
    ]
    letters = _face(weight).letters
    return lines if all(letters.issuperset(map(ord, line.words)) for line in lines) else None


def _parts(text: ET.Element) -> Iterator[tuple[str, float, float]]:
    """Each line of a text, with its place in it."""
    if words := _SPACES.sub(" ", text.text or "").strip(" "):
        yield words, 0, 0
    y = 0.0
    for part in text:
        y = float(part.get("y", y)) + float(part.get("dy", 0))
        if words := _SPACES.sub(" ", part.text or "").strip(" "):
            yield words, float(part.get("x", 0)), y


@dataclass(frozen=True)
class _Face:
    """A font to shape and draw with; sizes are in `upem` units to the size of its letters."""

    font: Any
    upem: int
    letters: frozenset[int]


@cache
def _face(weight: int) -> _Face:
    face = hb.Face(hb.Blob.from_file_path(str(fonts.file(weight))))
    return _Face(hb.Font(face), face.upem, frozenset(face.unicodes))


@lru_cache(maxsize=10_000)
def _shaped(words: str, weight: int) -> tuple[tuple[int, int, int, int], ...]:
    """Glyph, how far to the next, how far it is moved aside and up, of each."""
    buffer = hb.Buffer()
    buffer.add_str(words)
    buffer.guess_segment_properties()
    hb.shape(_face(weight).font, buffer)
    return tuple(
        (info.codepoint, place.x_advance, place.x_offset, place.y_offset)
        for info, place in zip(buffer.glyph_infos or (), buffer.glyph_positions or (), strict=True)
    )
