"""Whether two pictures of a screen show the same: tolerant to how letters and edges are smoothed,
which differs between versions of a browser, and to nothing else."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from PIL import Image, ImageDraw

# A picture is kept in grey, a fourth as wide and high, each of its pixels the mean of 16.
FACTOR = 4
_LEVELS = 16  # grey in steps of 16: two thirds of the size, and less than what smoothing changes
# The mean of 4 × 4 pixels moves by an eighth of the contrast (32 of 255) where an edge moves by half a pixel.
# What changed by nearly twice as much counts (an amber bar on its track: 68), and only beside another one.
_CHANGED = 56
_TOGETHER = 2
_RED = (220, 30, 20)


@dataclass(frozen=True)
class Difference:
    """Where two pictures differ: the box around it in px of the screen (left, top, right, bottom), and how
    many of the pixels that are compared."""

    box: tuple[int, int, int, int]
    pixels: int

    def __str__(self) -> str:
        left, top, right, bottom = self.box
        return f"{self.pixels} places differ between {left}, {top} and {right}, {bottom} px"


def small(screen: Image.Image) -> Image.Image:
    """The picture as it is kept and compared."""
    grey = np.asarray(screen.convert("L").reduce(FACTOR))
    return Image.fromarray((grey // _LEVELS * _LEVELS).astype(np.uint8))


def difference(accepted: Image.Image, present: Image.Image) -> Difference | None:
    """What differs between two small pictures, None where they show the same. Of unequal sizes, the
    larger one is compared with white."""
    changed = _changed(accepted, present)
    if not changed.any():
        return None
    rows, columns = np.nonzero(changed)
    corners = (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1)
    left, top, right, bottom = (int(corner) * FACTOR for corner in corners)
    return Difference((left, top, right, bottom), int(changed.sum()))


def shown(accepted: Image.Image, present: Image.Image) -> Image.Image:
    """Both small pictures beside each other, what differs in red on a third."""
    changed = _changed(accepted, present)
    high, wide = changed.shape
    faint = np.repeat((128 + _grey(present, changed.shape) // 2)[..., None], 3, axis=2).astype(np.uint8)
    faint[_grown(changed)] = _RED
    beside = Image.new("RGB", (3 * wide + 2 * FACTOR, high), "white")
    for n, picture in enumerate((accepted, present, Image.fromarray(faint))):
        beside.paste(picture.convert("RGB"), (n * (wide + FACTOR), 0))
        x = (n + 1) * (wide + FACTOR) - FACTOR // 2
        ImageDraw.Draw(beside).line((x, 0, x, high), "grey")
    return beside


def _changed(accepted: Image.Image, present: Image.Image) -> np.ndarray:
    """Which pixels changed, with another one beside them."""
    shape = (max(accepted.height, present.height), max(accepted.width, present.width))
    changed = abs(_grey(accepted, shape) - _grey(present, shape)) > _CHANGED
    return changed & (_neighbours(changed) >= _TOGETHER)


def _grey(picture: Image.Image, shape: tuple[int, int]) -> np.ndarray:
    """As signed numbers, with white around what is smaller than the shape."""
    grey = np.full(shape, 255, dtype=np.int16)
    grey[: picture.height, : picture.width] = np.asarray(picture.convert("L"))
    return grey


def _neighbours(changed: np.ndarray) -> np.ndarray:
    """How many of the nine around and at each pixel."""
    high, wide = changed.shape
    padded = np.pad(changed.astype(np.int8), 1)
    return sum(padded[y : y + high, x : x + wide] for y in range(3) for x in range(3))


def _grown(changed: np.ndarray) -> np.ndarray:
    return _neighbours(changed) > 0
