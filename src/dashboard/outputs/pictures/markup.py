"""The pieces of an SVG: elements, blocks of a known size, and whole documents."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

from dashboard.charts import theme

Element = ET.Element

# Letters that XML cannot hold.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, eq=False)
class Block:
    """Elements drawn from a corner at 0, 0 and the room they take, px."""

    elements: tuple[Element, ...]
    width: float
    height: float


def plain(words: str) -> str:
    """The words without letters that XML cannot hold."""
    return _NOT_XML.sub("", words)


def element(tag: str, words: str = "", **attributes: str | float) -> Element:
    """An element; `_` in names of attributes stands for `-`."""
    made = ET.Element(tag, {name.strip("_").replace("_", "-"): _written(v) for name, v in attributes.items()})
    if words:
        made.text = plain(words)
    return made


def group(elements: Iterable[Element], x: float, y: float, zoom: float = 1, name: str = "") -> Element:
    """Elements moved by x, y px and drawn `zoom` times as large; `name` is the group's class."""
    scale = f" scale({zoom:.5f})" if zoom != 1 else ""
    moved = element("g", transform=f"translate({_written(x)},{_written(y)}){scale}")
    if name:
        moved.set("class", name)
    moved.extend(list(elements))
    return moved


def stacked(blocks: Sequence[Block], gap: float) -> Block:
    """Blocks below each other, `gap` px between them."""
    elements = []
    y = 0.0
    for block in blocks:
        elements.append(group(block.elements, 0, y))
        y += block.height + gap
    return Block(tuple(elements), max((block.width for block in blocks), default=0), max(y - gap, 0))


def document(
    elements: Iterable[Element], width: float, height: float, title: str = "", about: str = ""
) -> str:
    """A whole SVG on white, `width` × `height` px."""
    svg = element("svg", width=width, height=height, viewBox=f"0 0 {_written(width)} {_written(height)}")
    svg.set("xmlns", "http://www.w3.org/2000/svg")
    if title:
        svg.set("role", "img")
        svg.append(element("title", title))
    if about:
        svg.append(element("desc", about))
    svg.append(element("rect", width=width, height=height, fill=theme.WHITE))
    svg.extend(list(elements))
    return ET.tostring(svg, encoding="unicode")


def _written(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
