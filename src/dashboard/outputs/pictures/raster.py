"""An SVG as PNG, in the bundled font; what it says is written beside the pixels, too."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping
from xml.etree import ElementTree as ET

import typst

from dashboard.outputs.pictures import fonts

# A page of the size of the drawing. A px is written as a point: so many of them are a pixel for each px.
_PAGE = b"""
#set page(width: float(sys.inputs.width) * 1pt, height: float(sys.inputs.height) * 1pt, margin: 0pt)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%, height: 100%)
"""
_POINTS_AN_INCH = 72
_SIGNATURE, _HEADER = 8, 25  # bytes at the beginning of a PNG and of its header
_MILLIMETRES_A_METRE = 1000
_KEPT = 10  # pages


def png(svg: str, scale: float = 2, words: Mapping[str, str] | None = None, width_mm: float = 0) -> bytes:
    """Any SVG as PNG on white, `scale` times as many pixels as its width and height say.

    `words` stand in it as text by their PNG keyword; `width_mm` is how wide it prints, 0 for unsaid.
    """
    root = ET.fromstring(svg)  # nosec B314 # drawn by this process
    size = {side: root.get(side, "") for side in ("width", "height")}
    drawn = typst.compile(
        _PAGE,
        format="png",
        ppi=_POINTS_AN_INCH * scale,
        font_paths=fonts.bundled(),
        sys_inputs={"svg": svg, **size},
    )
    _forget()
    said = b"".join(_text(keyword, value) for keyword, value in (words or {}).items())
    if width_mm:
        (wide,) = struct.unpack(">I", drawn[_SIGNATURE + 8 : _SIGNATURE + 12])
        dots = round(wide / width_mm * _MILLIMETRES_A_METRE)
        said += _chunk(b"pHYs", struct.pack(">IIB", dots, dots, 1))
    after = _SIGNATURE + _HEADER
    return drawn[:after] + said + drawn[after:]


def _forget() -> None:
    """Have typst draw empty pages: of its last ones it keeps the pixels, 15 MB a picture."""
    for _ in range(_KEPT):
        typst.compile(b"", format="png", ppi=1, font_paths=fonts.bundled())


def _text(keyword: str, value: str) -> bytes:
    """Words by their keyword, in UTF-8 and not compressed; their language is not said."""
    return _chunk(b"iTXt", keyword.encode() + bytes(5) + value.encode())


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
