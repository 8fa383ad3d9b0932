"""A picture of any exhibit explains itself, as do its screens and its PNG; nothing in it is cut or hidden."""

import io
import re
import struct
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import numpy as np
import pandas as pd
import pytest
from fontTools.ttLib import TTFont
from PIL import Image

from dashboard import exhibits
from dashboard.charts.model import Tile
from dashboard.dataset import select
from dashboard.exhibits import Table
from dashboard.outputs import pictures, text_metrics
from dashboard.outputs.pictures import page
from dashboard.text import get

# Communes, boundaries, language, shape: every shape and language, much and nothing to show.
CHOICES = [
    ((), "then", "vi", "16x9"),
    ((), "now", "en", "4x3"),
    (("huong-son",), "then", "vi", "half-a4"),
]
# Exhibits of one goal look alike: those of the first will do.
ONE_GOAL = re.compile(r".*:(?!village_head_member)")
WITH_NAMES = (
    "structure.organizations",
    "structure.by_commune",
    "overlap.matrix",
    "goals.progress",
    "goals.gap",
)
HOSTILE = """<b>đậm</b> & "x" '=1+1' $y$ @a {datum.x}"""
LONG = "Thôn có tên rất dài " * 9
UNBROKEN = "Khôngcókhoảngtrắng" * 10


WORD_JOINER = "\u2060"
# Of 692 px: at 1080 px of a projector 18 px, under a line of 20 px or more.
SMALLEST = 11.5
HEADLINE = (0, 20, 1240, 90)  # of a picture of 16x9, without the mark, px


def every(dataset, communes=(), boundaries="then", lang="vi"):
    selection = select(dataset, list(communes), boundaries=boundaries, lang=lang)
    names = [name for name in exhibits.known(dataset) if not ONE_GOAL.match(name)]
    return exhibits.build(dataset, selection, names)


def exhibit_of(dataset, name, **choice):
    return next(exhibit for exhibit in every(dataset, **choice) if exhibit.id == name)


def faults(lines, width, height):
    """Lines that leave the picture or lie on another."""
    lines = sorted(lines, key=lambda line: line.top)
    for n, line in enumerate(lines):
        if line.left < 0 or line.top < 0 or line.right > width or line.bottom > height:
            yield f"outside: {line}"
        for other in lines[n + 1 :]:
            if other.top >= line.bottom:
                break
            beside = min(line.right, other.right) - max(line.left, other.left)
            below = min(line.bottom, other.bottom) - other.top
            if beside > 1 and below > 0.25 * min(line.size, other.size):
                yield f"{line.words!r} on {other.words!r}"


def mess(drawn, shape):
    """What is wrong with pictures."""
    return [
        (exhibit.id, fault) for exhibit, lines in drawn for fault in faults(lines, *pictures.SHAPES[shape])
    ]


def part(lines, name):
    """What is in a part of the picture, as one line."""
    return " ".join(line.words for line in lines if line.part == name)


@pytest.fixture(scope="module")
def part_of(written):
    """What is in a part of the picture of an exhibit."""
    return lambda exhibit, name="middle", shape="16x9": part(
        written(pictures.picture_svg(exhibit, shape)), name
    )


@pytest.fixture(scope="module")
def drawn(bundled, written):
    """The exhibits of a choice with the lines of their pictures."""

    @cache
    def draw(choice):
        communes, boundaries, lang, shape = choice
        chosen = every(bundled, communes, boundaries, lang)
        return [(exhibit, written(pictures.picture_svg(exhibit, shape))) for exhibit in chosen]

    return draw


@pytest.mark.parametrize("choice", CHOICES)
def test_no_word_is_cut_or_covered(drawn, choice):
    assert mess(drawn(choice), choice[-1]) == []


def test_hostile_names_stay_in_their_place(build, written, part_of):
    chosen = every(hostile(build))
    chosen = [exhibit for exhibit in chosen if exhibit.id in WITH_NAMES]
    drawn = [(exhibit, written(pictures.picture_svg(exhibit, "half-a4"))) for exhibit in chosen]
    assert mess(drawn, "half-a4") == []
    exhibit = exhibit_of(hostile(build), "structure.by_commune", communes=["a"])
    assert HOSTILE in part_of(exhibit, "head")


def hostile(build):
    return build(
        communes=f"commune_id | name\na | {HOSTILE}\nb | {LONG}\nc | {UNBROKEN}",
        villages=f"village_id | commune_id | name\nv1 | a | {HOSTILE}\nv2 | b | {LONG}\nv3 | c | {UNBROKEN}",
        officers="""village_id | secretary | village_head | front_head
                    v1 | A+ | A+ | B-
                    v2 | A+ | B+ | B+
                    v3 | A+ | vacant | C-""",
        organizations=f"""org_id | name | level | category | commune_id | members | admitted | parent_id
                          o1 | {LONG} | committee | xa | a | | 1 | root
                          s1 | {HOSTILE} | subcell | xa | a | 7 | 1 | o1
                          o2 | {UNBROKEN} | cell | xa | b | 9 | 1 | root""",
        goals=f"goal_id | measure | target | name_vi\ng | member_share:village_head | 80 | {HOSTILE}",
    )


def test_every_part_of_the_frame_is_written(bundled, written, part_of):
    exhibit = exhibit_of(bundled, "overlap.matrix", communes=["huong-son"])
    exhibit = replace(exhibit, takeaways=("Phát hiện thứ nhất.", "Phát hiện thứ hai."))
    svg = pictures.picture_svg(exhibit, "16x9")
    lines = written(svg)
    head = f"{exhibit.headline} {exhibit.subtitle} Phát hiện thứ nhất. Phát hiện thứ hai."
    assert part(lines, "head") == head
    assert part(lines, "mark") == "SỐ LIỆU MẪU"
    foot = part(lines, "foot")
    for words in (exhibit.notes[0], f"Bộ lọc: {exhibit.chosen}", exhibit.source):
        assert words in foot
    root = ET.fromstring(svg)
    assert [root[0].text, root[1].text] == [exhibit.headline, exhibit.alt]
    assert [root.get(name) for name in ("width", "height", "viewBox")] == ["1600", "900", "0 0 1600 900"]
    assert part_of(replace(exhibit, sample=False), "mark", "4x3") == ""


def test_sentences_stand_beside_a_chart_that_leaves_them_room(bundled, part_of):
    exhibit = exhibit_of(bundled, "goals.gap")
    middle = part_of(exhibit)
    assert [sentence for sentence in exhibit.sentences if sentence not in middle] == []
    assert "Thị trấn Khe Tre" in middle
    exhibit = exhibit_of(bundled, "goals.attention")  # its chart shows the same, and needs the room
    assert exhibit.sentences[0] not in part_of(exhibit)


@pytest.mark.parametrize("shape", pictures.SHAPES)
def test_a_key_figure_is_never_broken(bundled, written, shape):
    exhibit = exhibit_of(bundled, "overview.key_figures")
    lines = [line.words for line in written(pictures.picture_svg(exhibit, shape))]
    assert "28.336" in lines
    words = [words for figure in exhibit.figures for words in (figure.name, figure.value, *figure.notes)]
    assert [phrase for phrase in words if phrase and phrase not in " ".join(lines)] == []
    figures = (Tile("Nhân khẩu", "12.345.678.901.234.567", ("+1",)), *exhibit.figures)
    svg = pictures.picture_svg(replace(exhibit, figures=figures), shape)
    assert list(faults(written(svg), *pictures.SHAPES[shape])) == []


def test_a_table_is_whole_or_says_how_many_rows_it_shows(bundled, part_of):
    exhibit = exhibit_of(bundled, "reconciliation.compare")
    rows = pd.DataFrame({"Thôn": [f"Thôn {n}" for n in range(1, 101)], "Số": range(100)})
    middle = part_of(replace(exhibit, table=Table(rows)))
    shown = len(re.findall(r"Thôn \d+", middle))
    assert 5 < shown < 100
    assert f"Trên hình là {shown} trong 100 dòng" in middle
    whole = part_of(exhibit)
    cells = exhibit.table.written(exhibit.text).to_numpy().ravel()
    assert [cell for cell in cells if cell not in whole] == []


def test_sentences_too_many_are_counted(bundled, part_of):
    exhibit = exhibit_of(bundled, "reconciliation.quotes")
    exhibit = replace(exhibit, sentences=tuple(f"Câu {n}." for n in range(1, 81)))
    middle = part_of(exhibit)
    shown = middle.count("Câu ")
    assert 5 < shown < 80
    assert f"Trên hình là {shown} trong 80 mục" in middle


def test_a_note_is_whole_or_not_there(bundled, part_of):
    exhibit = exhibit_of(bundled, "goals.progress")
    notes = tuple(f"Ghi chú {n} " + "rất dài " * 20 + f"hết {n}." for n in range(1, 9))
    foot = part_of(replace(exhibit, notes=notes), "foot", "half-a4")
    shown = [note for note in notes if note[:9] in foot]
    assert 1 <= len(shown) < 8
    assert [note for note in shown if note not in foot] == []


def test_a_finding_with_nothing_below_it_is_large(bundled, written):
    exhibit = exhibit_of(bundled, "data.checks")
    alone = replace(exhibit, headline="Không có lỗi", table=None, notes=(), sentences=())
    lines = written(pictures.picture_svg(alone, "16x9"))
    assert next(line.size for line in lines if line.part == "head") > 40


def test_a_low_chart_is_followed_by_its_table(bundled, part_of):
    exhibit = exhibit_of(bundled, "structure.by_commune", communes=["huong-son"])
    middle = part_of(exhibit)
    assert "Mới kết nạp" in middle


@pytest.mark.parametrize("choice", CHOICES[:2])
def test_the_bundled_font_has_every_letter(drawn, fonts, choice):
    known = set(TTFont(fonts / "BeVietnamPro-Regular.ttf").getBestCmap())
    known &= set(TTFont(fonts / "BeVietnamPro-Bold.ttf").getBestCmap())
    used = {letter for _, lines in drawn(choice) for line in lines for letter in line.words}
    used -= {WORD_JOINER}  # it has no width, and nothing to draw
    assert sorted(letter for letter in used if ord(letter) not in known) == []


@pytest.fixture(scope="module")
def screens(bundled, written):
    """The exhibits of a choice with the lines of each of their screens."""

    @cache
    def draw(communes, boundaries, lang):
        chosen = every(bundled, communes, boundaries, lang)
        return [(exhibit, [written(screen) for screen in pictures.screens(exhibit)]) for exhibit in chosen]

    return draw


@pytest.mark.parametrize("choice", [choice[:3] for choice in CHOICES[:2]])
def test_every_screen_explains_itself_in_letters_for_a_room(screens, choice):
    text = get(choice[2])
    for exhibit, drawn in screens(*choice):
        for n, lines in enumerate(drawn, 1):
            assert list(faults(lines, page.SCREEN.width, page.SCREEN.height)) == [], exhibit.id
            words = " ".join(" ".join(line.words for line in lines).split())
            for needed in (exhibit.headline, exhibit.source, exhibit.mark):
                assert " ".join(needed.split()) in words, exhibit.id
            if len(drawn) > 1:
                assert text("picture.part", n=n, of=len(drawn)) in words
            middle = [line.size for line in lines if line.part == "middle"]
            assert min(middle, default=SMALLEST) >= SMALLEST, exhibit.id


def test_the_screens_of_the_matrix_show_every_village_once(bundled, screens):
    drawn = next(lines for exhibit, lines in screens((), "then", "vi") if exhibit.id == "overlap.matrix")
    assert len(drawn) > 2
    texts = [line.words for lines in drawn for line in lines if line.part == "middle"]
    villages = [words for words in texts if re.match(r"(Thôn|Tổ dân phố) \d", words)]
    assert len(villages) == len(bundled.villages)


@pytest.fixture(scope="module")
def key_figures(bundled):
    return exhibit_of(bundled, "overview.key_figures", communes=["huong-son"])


def ink(svg):
    """Columns of the headline's place that have dark pixels."""
    image = Image.open(io.BytesIO(pictures.png(svg, 1))).convert("L").crop(HEADLINE)
    return np.flatnonzero((np.asarray(image) < 100).any(axis=0))


def test_a_png_is_set_in_the_bundled_font(key_figures, written):
    """Another font gives other pixels; without any a picture has no text: what typst does with an unknown
    one is the reason to look."""
    svg = pictures.picture_svg(key_figures, "16x9")
    lines = [line for line in written(svg) if line.part == "head" and line.top < HEADLINE[3]]
    assert ink(svg).max() == pytest.approx(max(line.right for line in lines), abs=4)
    assert ink(svg.replace("Be Vietnam Pro, sans-serif", "No Such Font")).size == 0
    image = Image.open(io.BytesIO(pictures.png(svg, 1))).convert("RGB")
    assert [image.getpixel(place) for place in ((800, 3), (5, 500))] == [(0xB3, 0x26, 0x1E), (255, 255, 255)]


@pytest.mark.parametrize(
    ("shape", "size", "width"),
    [("16x9", (2560, 1440), 338.7), ("4x3", (2048, 1536), 254), ("half-a4", (1984, 1403), 210)],
)
def test_a_png_has_the_size_and_the_words_of_its_picture(key_figures, shape, size, width):
    exhibit = key_figures
    content = pictures.picture_png(exhibit, shape)
    image = Image.open(io.BytesIO(content))
    assert image.size == size
    assert image.width / image.info["dpi"][0] * 25.4 == pytest.approx(width, abs=0.5)
    assert image.text == {
        "Title": exhibit.headline,
        "Description": f"{exhibit.subtitle}\nBộ lọc: {exhibit.chosen}",
        "Source": exhibit.source,
        "Warning": "SỐ LIỆU MẪU",
    }
    chunks, at = set(), 8
    while at < len(content):
        (length,) = struct.unpack(">I", content[at : at + 4])
        chunks.add(content[at + 4 : at + 8].decode())
        at += 12 + length
    assert chunks == {"IHDR", "pHYs", "iTXt", "IDAT", "IEND"}


@pytest.mark.parametrize(
    ("words", "together"),
    [
        ("Đạt 50/60 (83,3%) trưởng thôn", "50/60 (83,3%)"),
        ("tăng 9 xã so với năm trước", "9 xã"),
        ("bí thư chi đoàn Thôn 5 (Xã Hương Phú)", "Thôn 5"),
        ("Trưởng thôn · đạt mục tiêu", "thôn ·"),
        ("mỗi mục tiêu cần thêm 3.", "thêm 3."),
    ],
)
def test_what_belongs_together_stays_on_a_line(words, together):
    for room in range(160, 400, 5):
        assert any(together in line for line in text_metrics.lines(words, 20, room)), room


def test_lines_are_as_wide_as_their_room_at_most_and_even_ones_about_equally_long():
    words = "Số thôn theo kiêm nhiệm bí thư, trưởng thôn, trưởng ban công tác Mặt trận"
    for text in (words, "Khôngcókhoảngtrắng" * 5):
        lines = text_metrics.lines(text, 20, 200)
        assert max(text_metrics.width(line, 20) for line in lines) <= 200
        assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    lines, even = text_metrics.lines(words, 30, 900), text_metrics.even(words, 30, 900)
    assert len(even) == len(lines) == 2
    assert text_metrics.width(even[1], 30) > 0.8 * text_metrics.width(even[0], 30)
    assert text_metrics.lines("  ", 20, 100) == []
