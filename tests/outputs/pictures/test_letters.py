"""Words of a picture drawn beside resvg: the same pixels, and what is more than plain words is left to it."""

import io

import numpy as np
import pytest
import vl_convert
from PIL import Image

from dashboard.outputs.pictures import fonts, letters, markup, raster, words
from dashboard.outputs.pictures.words import Style

SAID = ["Đồng thời là trưởng thôn: 26/60 (43,3%)", "Tổ dân phố Ổ Ễ Ặ · ‘Thượng’ Lộ…", "AVATAR To, fi"]


def drawing(elements):
    return markup.document(elements, 700, 200)


def one(attributes="", said="Thôn 1", font=fonts.FAMILY):
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="200" height="40"><text font-family="{font}" '
        f'font-size="20" fill="#000000" {attributes}>{said}</text></svg>'
    )


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
@pytest.mark.parametrize("weight", [fonts.REGULAR, fonts.BOLD])
def test_words_have_the_pixels_that_resvg_gives_them(anchor, weight):
    fonts.register()
    lines = words.written(SAID, Style(21.5, weight, "#173F6F"), anchor)
    svg = drawing([markup.group(lines.elements, 330.3, 20.7, 0.93)]).replace("</tspan> ", "</tspan>")
    theirs = Image.open(io.BytesIO(vl_convert.svg_to_png(svg, scale=1.6))).convert("RGB")
    ours = Image.open(io.BytesIO(raster.png(svg, 1.6))).convert("RGB")
    apart = np.abs(np.asarray(theirs).astype(int) - np.asarray(ours)).max(axis=2)
    assert apart.max() < 90  # shades of an edge; a letter elsewhere is 200 and more apart
    assert (np.asarray(ours).min(axis=2) < 100).sum() > 1000


def test_plain_words_are_taken_out_of_the_svg():
    left, lines = letters.taken(one())
    assert [line.words for line in lines] == ["Thôn 1"]
    assert "Thôn" not in left


@pytest.mark.parametrize(
    "svg",
    [
        one(said="中 is not in the font"),
        one(said="mark \u202e of direction"),
        one('transform="rotate(-90)"'),
        one('stroke="red"'),
        one('opacity="0.5"'),
        one('font-weight="600"'),
        one(font="Times"),
        one(said="a <tspan fill='red'>b</tspan>"),
    ],
)
def test_more_than_plain_words_is_left_to_resvg(svg):
    left, lines = letters.taken(svg)
    assert lines == []
    assert left == svg


def test_a_picture_of_more_than_256_colours_keeps_its_most_frequent_ones_exactly():
    shades = [
        markup.element("rect", x=n % 300, y=n // 300 * 60, width=1, height=60, fill=f"#{n:06x}")
        for n in range(0, 600)
    ]
    large = markup.element("rect", x=310, width=300, height=200, fill="#b3261e")
    seen = Image.open(io.BytesIO(raster.png(drawing([*shades, large]), 1))).convert("RGB")
    assert seen.getpixel((400, 100)) == (0xB3, 0x26, 0x1E)
    assert seen.getpixel((690, 190)) == (255, 255, 255)
