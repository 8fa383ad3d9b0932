"""The comparison of screens finds what a reader would see, and not how letters and edges are smoothed."""

from __future__ import annotations

from pathlib import Path

import alike
import numpy as np
import pytest
from PIL import Image, ImageColor, ImageDraw, ImageFilter, ImageFont

FONTS = Path(__file__).parents[1] / "src" / "dashboard" / "static" / "fonts"
SIZE = (700, 520)
BLUE, INK, TRACK, EDGE = "#173F6F", "#1F2430", "#E9EDF1", "#D5DBE2"


def screen(
    *, card=(0, 0), bars=(300, 220, 140), figure="2.198", headline="50/60 (83,3%)", finer=1, moved=0.0
):
    """A card with a headline, a key figure and bars. `finer`: drawn so many times as large and reduced, as
    another rasteriser smooths; `moved`: letters by a part of a px, as another hinting places them."""

    def at(*numbers):
        return tuple(number * finer for number in numbers)

    drawn = Image.new("RGB", at(*SIZE), "white")
    pen = ImageDraw.Draw(drawn)
    x, y = card[0] + 40, card[1] + 40
    pen.rounded_rectangle(at(x, y, x + 600, y + 420), 8 * finer, outline=EDGE, width=finer)

    def write(words, left, top, size, face="Regular"):
        font = ImageFont.truetype(str(FONTS / f"BeVietnamPro-{face}.ttf"), size * finer)
        pen.text(at(x + left + moved, y + top), words, INK, font)

    write(f"{headline} trưởng thôn là đảng viên", 20, 20, 19, "SemiBold")
    write("Số vị trí do đảng viên giữ trên số vị trí đã có người · số liệu đến 31/12/2024", 20, 60, 14)
    write(figure, 20, 90, 28)
    for n, long in enumerate(bars):
        top = y + 180 + 60 * n
        write(f"Xã Hương Sơn {n}", 20, 158 + 60 * n, 13, "Bold")
        pen.rectangle(at(x + 20, top, x + 560, top + 14), TRACK)
        if long:
            pen.rectangle(at(x + 20, top, x + 20 + long, top + 14), BLUE)
    return drawn.resize(SIZE, Image.Resampling.BOX) if finer > 1 else drawn


def compared(present, accepted=None):
    return alike.difference(alike.small(accepted or screen()), alike.small(present))


@pytest.mark.parametrize(
    ("what", "where"),
    [
        ({"bars": (300, 220, 0)}, (60, 340, 200, 356)),
        ({"bars": (300, 228, 140)}, (280, 280, 288, 296)),
        ({"card": (0, 8)}, (40, 40, 640, 468)),
        ({"card": (6, 0)}, (40, 40, 648, 460)),
        ({"figure": "2.193"}, (110, 130, 150, 170)),
        ({"headline": "51/60 (85,0%)"}, (60, 60, 460, 90)),
    ],
    ids=[
        "a bar less",
        "a longer bar",
        "a card lower",
        "a card further right",
        "another figure",
        "a headline",
    ],
)
def test_what_a_reader_would_see_is_found(what, where):
    found = compared(screen(**what))
    assert found is not None
    left, top, right, bottom = found.box
    assert left >= where[0] - 8
    assert top >= where[1] - 8
    assert right <= where[2] + 8
    assert bottom <= where[3] + 8


@pytest.mark.parametrize(
    "present",
    [
        screen(finer=2),
        screen(finer=3),
        screen(finer=4, moved=0.25),
        screen(finer=2, moved=0.5),
        screen().filter(ImageFilter.GaussianBlur(0.6)),
        screen().point(lambda value: min(255, int(255 * (value / 255) ** 0.85))),
        screen(finer=2).filter(ImageFilter.UnsharpMask(1, 60)),
    ],
    ids=["smoothed", "finer", "finer and moved", "half a px", "blurred", "paler letters", "sharpened"],
)
def test_how_letters_are_smoothed_is_not(present):
    assert compared(present) is None


def test_a_pale_bar_less_is_found_too():
    assert compared(screen(bars=(300, 220, 0)), recoloured(screen())) is not None
    assert compared(recoloured(screen(bars=(300, 220, 0))), recoloured(screen())) is not None


def recoloured(drawn):
    """The same with amber bars."""
    pixels = np.array(drawn)
    pixels[(pixels == ImageColor.getrgb(BLUE)).all(axis=2)] = ImageColor.getrgb("#E0A038")
    return Image.fromarray(pixels)


def test_what_is_longer_is_compared_with_white():
    longer = Image.new("RGB", (SIZE[0], SIZE[1] + 200), "white")
    longer.paste(screen(), (0, 0))
    assert compared(longer) is None
    ImageDraw.Draw(longer).rectangle((60, SIZE[1] + 60, 200, SIZE[1] + 80), BLUE)
    found = compared(longer)
    assert found is not None
    assert found.box[1] == SIZE[1] + 60


def test_the_picture_of_the_differences_marks_them():
    accepted, present = (alike.small(one) for one in (screen(), screen(bars=(300, 220, 0))))
    seen = alike.shown(accepted, present)
    assert seen.width == 3 * accepted.width + 2 * alike.FACTOR
    third = seen.crop((2 * (accepted.width + alike.FACTOR), 0, seen.width, seen.height))
    red = [pixel for pixel in third.get_flattened_data() if pixel[0] > 200 and pixel[1] < 60]
    assert len(red) > 50
