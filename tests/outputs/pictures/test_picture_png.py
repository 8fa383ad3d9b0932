"""Pictures as PNG: in the bundled font, sharp, and with what they say as text beside the pixels."""

import io
import struct

import numpy as np
import pytest
from PIL import Image

from dashboard import exhibits
from dashboard.dataset import select
from dashboard.outputs import pictures

HEADLINE = (0, 20, 1240, 90)  # of a picture of 16x9, without the mark, px


@pytest.fixture(scope="module")
def key_figures(bundled):
    selection = select(bundled, ["huong-son"], lang="vi")
    (exhibit,) = exhibits.build(bundled, selection, ["overview.key_figures"])
    return exhibit, selection.text


@pytest.fixture(scope="module")
def svg(key_figures):
    return pictures.svg(*key_figures, "16x9")


@pytest.fixture(scope="module")
def png(key_figures):
    return pictures.picture_png(*key_figures, "16x9")


def ink(svg):
    """Columns of the headline's place that have dark pixels."""
    image = Image.open(io.BytesIO(pictures.png(svg, 1))).convert("L").crop(HEADLINE)
    return np.flatnonzero((np.asarray(image) < 100).any(axis=0))


def test_the_headline_is_as_wide_as_in_the_bundled_font(svg, written):
    """Another font, or none, gives other pixels: the picture would be wrong where a leader sees it."""
    lines = [line for line in written(svg) if line.part == "head" and line.top < HEADLINE[3]]
    assert ink(svg).max() == pytest.approx(max(line.right for line in lines), abs=4)


def test_without_its_font_a_picture_has_no_text(svg):
    """What typst does with an unknown font: the reason for the test above."""
    assert ink(svg.replace("Be Vietnam Pro, sans-serif", "No Such Font")).size == 0


@pytest.mark.parametrize(
    ("shape", "size"), [("16x9", (2560, 1440)), ("4x3", (2048, 1536)), ("half-a4", (1984, 1403))]
)
def test_a_picture_has_the_pixels_of_its_shape(key_figures, shape, size):
    assert Image.open(io.BytesIO(pictures.picture_png(*key_figures, shape))).size == size


def test_half_a_page_is_half_a_page_when_printed(key_figures):
    image = Image.open(io.BytesIO(pictures.picture_png(*key_figures, "half-a4")))
    dots = image.info["dpi"][0]
    assert image.width / dots * 25.4 == pytest.approx(210, abs=0.5)


def test_the_source_of_a_picture_says_what_it_shows(png, key_figures):
    exhibit, _ = key_figures
    said = Image.open(io.BytesIO(png)).text
    assert said == {
        "Title": exhibit.headline,
        "Description": f"{exhibit.subtitle}\nBộ lọc: {exhibit.chosen}",
        "Source": exhibit.source,
        "Warning": "SỐ LIỆU MẪU",
    }


def test_there_is_nothing_else_in_the_file(png):
    names, at = [], 8
    while at < len(png):
        (length,) = struct.unpack(">I", png[at : at + 4])
        names.append(png[at + 4 : at + 8].decode())
        at += 12 + length
    assert set(names) == {"IHDR", "pHYs", "iTXt", "IDAT", "IEND"}


def test_colours_are_exact_and_the_paper_is_white(svg):
    image = Image.open(io.BytesIO(pictures.png(svg, 1))).convert("RGB")
    assert [image.getpixel(place) for place in ((800, 3), (5, 500))] == [(0xB3, 0x26, 0x1E), (255, 255, 255)]


def test_an_empty_picture_is_white():
    drawn = pictures.png('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>')
    assert Image.open(io.BytesIO(drawn)).convert("RGB").getcolors() == [(64, (255, 255, 255))]


def test_the_same_picture_is_the_same_bytes(key_figures, png):
    assert pictures.picture_png(*key_figures, "16x9") == png
