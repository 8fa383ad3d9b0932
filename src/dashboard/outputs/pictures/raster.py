"""An SVG as PNG, in the bundled font; what it says is written beside the pixels, too."""

from __future__ import annotations

import io
from collections.abc import Mapping

import numpy as np
import vl_convert
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from dashboard.outputs.pictures import fonts, letters

_COLOURS = 256  # that a byte per pixel can name
_ALL_COLOURS = 1 << 24
_WHITE = _ALL_COLOURS - 1
_COMPRESSION = 4  # of 9: a tenth larger than by 6, in two thirds of the time
_MILLIMETRES_AN_INCH = 25.4


def png(svg: str, scale: float = 2, words: Mapping[str, str] | None = None, width_mm: float = 0) -> bytes:
    """Any SVG as PNG on white, `scale` times as many pixels as its width and height say.

    `words` stand in it as text by their PNG keyword; `width_mm` is how wide it prints, 0 for unsaid. Charts
    have few colours: a palette makes the file a seventh of what it would be. Words stand on top of what is
    drawn.
    """
    image = _drawn(svg, scale)
    small = _with_palette(image)
    said = PngInfo()
    for keyword, value in (words or {}).items():
        said.add_itxt(keyword, value)
    dots = image.width / width_mm * _MILLIMETRES_AN_INCH if width_mm else None
    written = io.BytesIO()
    small.save(
        written, "PNG", compress_level=_COMPRESSION, pnginfo=said, **({"dpi": (dots, dots)} if dots else {})
    )
    return written.getvalue()


def _drawn(svg: str, scale: float) -> Image.Image:
    """The pixels on white: shapes, and words on top of them."""
    fonts.register()
    shapes, lines = letters.taken(svg)
    drawn: Image.Image = Image.open(io.BytesIO(vl_convert.svg_to_png(shapes, scale=scale)))
    image = Image.new("RGB", drawn.size, "white")
    image.paste(drawn, mask=drawn.getchannel("A"))
    letters.draw(image, lines, scale)
    return image


def _with_palette(image: Image.Image) -> Image.Image:
    """An RGB picture with a palette: its own colours where a byte can name them, else the most frequent."""
    # A number for each pixel: red in the lowest byte, then green and blue.
    colour_of = np.asarray(image.convert("RGBX")).view("<u4")[..., 0] & _WHITE
    seen = np.zeros(_ALL_COLOURS, dtype=bool)
    seen[colour_of] = True
    colours = np.flatnonzero(seen)
    named = colours if len(colours) <= _COLOURS else _most_frequent(colour_of)
    place = np.zeros(_ALL_COLOURS, dtype=np.uint8)
    place[colours] = _closest(colours, named)
    small = Image.frombytes("P", image.size, place[colour_of].tobytes())
    small.putpalette(_parts(named).astype(np.uint8).tobytes())
    return small


def _most_frequent(colour_of: np.ndarray) -> np.ndarray:
    """As many colours as a byte can name, white among them."""
    found, often = np.unique(colour_of[colour_of != _WHITE], return_counts=True)
    return np.append(found[np.argsort(-often, kind="stable")[: _COLOURS - 1]], _WHITE)


def _closest(colours: np.ndarray, named: np.ndarray) -> np.ndarray:
    """Of each colour the place of the one closest to it."""
    apart = _parts(colours)[:, None, :] - _parts(named)[None, :, :]
    return (apart * apart).sum(axis=2).argmin(axis=1)


def _parts(colours: np.ndarray) -> np.ndarray:
    """Red, green and blue."""
    return np.column_stack([colours & 255, colours >> 8 & 255, colours >> 16]).astype(np.int64)
