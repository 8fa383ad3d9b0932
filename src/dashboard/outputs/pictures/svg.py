"""SVG: elements, blocks of a known size, whole documents, and these as PNG. All lengths are px."""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree as ET

import typst

from dashboard.charts import theme
from dashboard.outputs import text_metrics

Element = ET.Element

# Letters that XML cannot hold.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# A page of the size of the drawing. A px is written as a point: so many of them are a pixel for each px.
_PAGE = b"""
#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%)
"""
_POINTS_AN_INCH = 72
_SIGNATURE, _HEADER = 8, 25  # bytes at the beginning of a PNG and of its header
_MILLIMETRES_A_METRE = 1000
_CACHED = 10  # pages that typst keeps


@dataclass(frozen=True, eq=False)
class Block:
    """Elements drawn from a corner at 0, 0 and the room they take."""

    elements: tuple[Element, ...] = ()
    width: float = 0
    height: float = 0

    def at(self, x: float, y: float, zoom: float = 1, name: str = "") -> Element:
        """The block moved by x, y and drawn `zoom` times as large; `name` is its class."""
        return group(self.elements, x, y, zoom, name)


def plain(words: str) -> str:
    """The words without letters that XML cannot hold."""
    return _NOT_XML.sub("", words)


def element(tag: str, words: str = "", /, **attributes: str | float) -> Element:
    """An element; `_` in names of attributes means `-`."""
    node = ET.Element(tag, {name.replace("_", "-"): _as_text(value) for name, value in attributes.items()})
    if words:
        node.text = plain(words)
    return node


def rect(width: float, height: float, fill: str, **attributes: str | float) -> Element:
    """A rectangle, at 0, 0 where no `x` and `y` are given."""
    return element("rect", width=width, height=height, fill=fill, **attributes)


def group(elements: Iterable[Element], x: float, y: float, zoom: float = 1, name: str = "") -> Element:
    """Elements moved by x, y and drawn `zoom` times as large; `name` is the group's class."""
    scale = f" scale({zoom:.5f})" if zoom != 1 else ""
    moved = element("g", transform=f"translate({_as_text(x)},{_as_text(y)}){scale}")
    if name:
        moved.set("class", name)
    moved.extend(list(elements))
    return moved


def stacked(blocks: Sequence[Block], gap: float = 0) -> Block:
    """Blocks below each other, `gap` px between them."""
    elements = []
    y = 0.0
    for block in blocks:
        elements.append(block.at(0, y))
        y += block.height + gap
    return Block(tuple(elements), max((block.width for block in blocks), default=0), max(y - gap, 0))


def document(
    elements: Iterable[Element], width: float, height: float, title: str = "", about: str = ""
) -> str:
    """A whole SVG on white, `width` × `height` px."""
    svg = element("svg", width=width, height=height, viewBox=f"0 0 {_as_text(width)} {_as_text(height)}")
    svg.set("xmlns", "http://www.w3.org/2000/svg")
    if title:
        svg.set("role", "img")
        svg.append(element("title", title))
    if about:
        svg.append(element("desc", about))
    svg.append(rect(width, height, theme.WHITE))
    svg.extend(list(elements))
    return ET.tostring(svg, encoding="unicode")


def png(svg: str, scale: float = 2, words: Mapping[str, str] | None = None, width_mm: float = 0) -> bytes:
    """Any SVG as PNG on white, `scale` times as many pixels as its width and height say.

    `words` stand in it as text by their PNG keyword; `width_mm` is its width in print, 0 for unsaid.
    """
    root = ET.fromstring(svg)  # nosec B314 # drawn by this process
    image = typst.compile(
        _PAGE,
        format="png",
        ppi=_POINTS_AN_INCH * scale,
        font_paths=text_metrics.bundled(),
        sys_inputs={"svg": svg, "width": root.get("width", ""), "height": root.get("height", "")},
    )
    # Of its last pages typst keeps the pixels, 15 MB a picture: empty ones take their place.
    for _ in range(_CACHED):
        typst.compile(b"", format="png", ppi=1, font_paths=text_metrics.bundled())
    # Text by its keyword, in UTF-8, not compressed, of no stated language.
    chunks = [
        _chunk(b"iTXt", key.encode() + bytes(5) + value.encode()) for key, value in (words or {}).items()
    ]
    if width_mm:
        (pixels,) = struct.unpack(">I", image[_SIGNATURE + 8 : _SIGNATURE + 12])
        dots = round(pixels / width_mm * _MILLIMETRES_A_METRE)
        chunks.append(_chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1)))
    head = _SIGNATURE + _HEADER
    return image[:head] + b"".join(chunks) + image[head:]


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))


def _as_text(value: str | float) -> str:
    return value if isinstance(value, str) else f"{value:.2f}".rstrip("0").rstrip(".")
