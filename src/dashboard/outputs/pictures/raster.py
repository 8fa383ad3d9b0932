"""An SVG as PNG, in the bundled font; what it says is written beside the pixels, too."""

from __future__ import annotations

import io
import struct
import zlib
from collections.abc import Iterator, Mapping

import numpy as np
import vl_convert
from PIL import Image

from dashboard.outputs.pictures import fonts

_WHITE, _OPAQUE = 0xFFFFFF, 0xFF
_COLOURS = 256  # that a byte per pixel can name
_SIGNATURE = 8  # bytes before the first chunk


def png(svg: str, scale: float = 2) -> bytes:
    """Any SVG as PNG, `scale` times as many pixels as its width and height say."""
    fonts.register()
    return _smaller(vl_convert.svg_to_png(svg, scale=scale))


def _smaller(picture: bytes) -> bytes:
    """The same picture on white in a fifth of the bytes: charts and words have few colours, a byte per pixel.

    Colours beyond the most frequent 256 become the nearest of those.
    """
    image = Image.open(io.BytesIO(picture)).convert("RGBA")
    if image.getchannel("A").getextrema() != (_OPAQUE, _OPAQUE):
        paper = Image.new("RGBA", image.size, "white")
        paper.alpha_composite(image)
        image = paper
    pixels = np.frombuffer(image.tobytes(), dtype="<u4") & _WHITE
    inked = pixels != _WHITE  # the few that are not paper
    ink = pixels[inked]
    seen = np.zeros(1 << 24, dtype=bool)
    seen[ink] = True
    colours = np.flatnonzero(seen)
    number = np.zeros(1 << 24, dtype=np.uint16)
    number[colours] = np.arange(len(colours))
    numbers = number[ink]
    frequent = np.argsort(np.bincount(numbers), kind="stable")[::-1][: _COLOURS - 1]
    parts = colours[:, None] >> np.array([0, 8, 16]) & 0xFF  # red, green, blue of each
    palette = np.concatenate([np.full((1, 3), 0xFF), parts[frequent]])
    distance = ((parts[:, None, :] - palette[None, :, :]) ** 2).sum(axis=2)
    nearest = np.zeros(len(pixels), dtype=np.uint8)
    nearest[inked] = distance.argmin(axis=1).astype(np.uint8)[numbers]
    small = Image.frombytes("P", image.size, nearest.tobytes())
    small.putpalette(palette.astype(np.uint8).tobytes())
    written = io.BytesIO()
    small.save(written, "PNG")
    return written.getvalue()


def described(picture: bytes, words: Mapping[str, str], per_metre: int) -> bytes:
    """The same PNG with `words` by their PNG keyword (iTXt, UTF-8) and so many pixels per metre (pHYs)."""
    (first, header), *chunks = _chunks(picture)
    added = [(b"pHYs", struct.pack(">IIB", per_metre, per_metre, 1))]
    for keyword, said in words.items():
        # Not compressed, no language, no other name of the keyword.
        added.append((b"iTXt", keyword.encode("latin-1") + b"\0\0\0\0\0" + said.encode("utf-8")))
    kept = [chunk for chunk in chunks if chunk[0] != b"pHYs"]
    return picture[:_SIGNATURE] + b"".join(_chunk(*one) for one in [(first, header), *added, *kept])


def _chunks(picture: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Name and content of each chunk."""
    at = _SIGNATURE
    while at < len(picture):
        length = int.from_bytes(picture[at : at + 4], "big")
        yield picture[at + 4 : at + 8], picture[at + 8 : at + 8 + length]
        at += 12 + length


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
