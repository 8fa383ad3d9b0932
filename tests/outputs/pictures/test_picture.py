"""A picture of any exhibit explains itself, and nothing in it is cut or hidden."""

import re
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import pandas as pd
import pytest
from fontTools.ttLib import TTFont

from chart_words import shown_words
from dashboard import exhibits
from dashboard.charts.model import Choices
from dashboard.dataset import select
from dashboard.exhibits import KeyFigure, Table
from dashboard.outputs import pictures

# Communes, boundaries, language, shape: every shape and language, much and nothing to show.
CHOICES = [
    ((), "then", "vi", "16x9"),
    ((), "now", "en", "4x3"),
    (("huong-son",), "then", "vi", "half-a4"),
    (("outside",), "then", "en", "16x9"),
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


def bare(said):
    return re.sub(r"\s+", "", said)


def every(dataset, communes=(), boundaries="then", lang="vi"):
    selection = select(dataset, list(communes), boundaries=boundaries, lang=lang)
    names = [name for name in exhibits.known(dataset) if not ONE_GOAL.match(name)]
    return exhibits.build(dataset, selection, names), selection.text


def one(dataset, name, **choice):
    found, text = every(dataset, **choice)
    return next(exhibit for exhibit in found if exhibit.id == name), text


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
    """What stands in a part of the picture, as one line."""
    return " ".join(line.words for line in lines if line.part == name)


@pytest.fixture(scope="module")
def drawn(bundled, written):
    """The exhibits of a choice with the lines of their pictures."""

    @cache
    def draw(choice):
        communes, boundaries, lang, shape = choice
        found, text = every(bundled, communes, boundaries, lang)
        return [(exhibit, written(pictures.svg(exhibit, text, shape))) for exhibit in found]

    return draw


@pytest.mark.parametrize("choice", CHOICES)
def test_no_word_is_cut_or_covered(drawn, choice):
    assert mess(drawn(choice), choice[-1]) == []


def test_hostile_names_stay_in_their_place(build, written):
    found, text = every(hostile(build))
    found = [exhibit for exhibit in found if exhibit.id in WITH_NAMES]
    drawn = [(exhibit, written(pictures.svg(exhibit, text, "half-a4"))) for exhibit in found]
    assert mess(drawn, "half-a4") == []


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


def test_a_hostile_name_is_the_text_it_is(build, written):
    exhibit, text = one(hostile(build), "structure.by_commune", communes=["a"])
    assert HOSTILE in part(written(pictures.svg(exhibit, text, "16x9")), "head")


def test_every_part_of_the_frame_is_written(bundled, written):
    exhibit, text = one(bundled, "overlap.matrix", communes=["huong-son"])
    lines = written(pictures.svg(exhibit, text, "16x9"))
    assert exhibit.headline in part(lines, "head")
    assert exhibit.subtitle in part(lines, "head")
    assert exhibit.notes[0] in part(lines, "foot")
    assert f"Bộ lọc: {exhibit.chosen}" in part(lines, "foot")
    assert exhibit.source in part(lines, "foot")


def test_further_findings_stand_below_the_headline(bundled, written):
    exhibit, text = one(bundled, "overview.key_figures")
    exhibit = replace(exhibit, takeaways=("Phát hiện thứ nhất.", "Phát hiện thứ hai."))
    head = part(written(pictures.svg(exhibit, text, "16x9")), "head")
    assert head.endswith("Phát hiện thứ nhất. Phát hiện thứ hai.")


@pytest.mark.parametrize(("lang", "mark"), [("vi", "SỐ LIỆU MẪU"), ("en", "SAMPLE DATA")])
def test_sample_data_are_marked(bundled, written, lang, mark):
    exhibit, text = one(bundled, "data.checks", lang=lang)
    assert part(written(pictures.svg(exhibit, text, "4x3")), "mark") == mark


def test_real_data_are_not_marked(bundled, written):
    exhibit, text = one(bundled, "data.checks")
    assert part(written(pictures.svg(replace(exhibit, sample=False), text, "4x3")), "mark") == ""


def test_the_document_says_what_it_is(bundled):
    exhibit, text = one(bundled, "goals.progress")
    root = ET.fromstring(pictures.svg(exhibit, text, "16x9"))
    assert [root[0].text, root[1].text] == [exhibit.headline, exhibit.alt]
    assert [root.get(name) for name in ("width", "height", "viewBox")] == ["1600", "900", "0 0 1600 900"]


def test_all_words_of_the_charts_are_in_the_source(drawn):
    missing, found = [], 0
    for exhibit, lines in drawn(CHOICES[0]):
        if exhibit.chart is None or isinstance(exhibit.chart, Choices):  # a list is cut and says so
            continue
        shown = bare(part(lines, "middle"))
        expected = [*shown_words(exhibit.chart)]
        missing += [(exhibit.id, said) for said in expected if bare(said) not in shown]
        found += len(expected)
    assert found > 500
    assert missing == []


def test_key_figures_and_their_changes_are_shown(bundled, written):
    exhibit, text = one(bundled, "overview.key_figures")
    shown = [line.words for line in written(pictures.svg(exhibit, text, "16x9"))]
    said = [words for figure in exhibit.figures for words in (figure.label, figure.value, figure.change)]
    assert [words for words in said if words and words not in shown] == []


def test_sentences_are_shown_beside_a_chart(bundled, written):
    exhibit, text = one(bundled, "goals.gap")
    middle = part(written(pictures.svg(exhibit, text, "16x9")), "middle")
    assert [said for said in exhibit.sentences if said not in middle] == []
    assert "Thị trấn Khe Tre" in middle


def test_sentences_that_a_chart_shows_leave_it_its_room(bundled, written):
    exhibit, text = one(bundled, "goals.attention")
    middle = part(written(pictures.svg(exhibit, text, "16x9")), "middle")
    assert exhibit.sentences[0] not in middle
    assert "Xã Hương Xuân" in middle


@pytest.mark.parametrize("shape", pictures.SHAPES)
def test_a_key_figure_is_never_broken(bundled, written, shape):
    exhibit, text = one(bundled, "overview.key_figures")
    shown = [line.words for line in written(pictures.svg(exhibit, text, shape))]
    assert "28.336" in shown
    assert [figure.value for figure in exhibit.figures if figure.value not in shown] == []


def test_a_table_is_shown_as_it_is_written(bundled, written):
    exhibit, text = one(bundled, "reconciliation.compare")
    middle = part(written(pictures.svg(exhibit, text, "16x9")), "middle")
    cells = exhibit.table.written(text).to_numpy().ravel()
    assert [cell for cell in cells if cell not in middle] == []


def test_a_table_too_long_says_how_many_rows_it_shows(bundled, written):
    exhibit, text = one(bundled, "reconciliation.compare")
    rows = pd.DataFrame({"Thôn": [f"Thôn {n}" for n in range(1, 101)], "Số": range(100)})
    middle = part(
        written(pictures.svg(replace(exhibit, table=Table(rows)), text, "16x9")),
        "middle",
    )
    shown = len(re.findall(r"Thôn \d+", middle))
    assert 5 < shown < 100
    assert f"Trên hình là {shown} trong 100 dòng" in middle


def test_sentences_too_many_are_counted(bundled, written):
    exhibit, text = one(bundled, "reconciliation.quotes")
    exhibit = replace(exhibit, sentences=tuple(f"Câu {n}." for n in range(1, 81)))
    middle = part(written(pictures.svg(exhibit, text, "16x9")), "middle")
    shown = middle.count("Câu ")
    assert 5 < shown < 80
    assert f"Trên hình là {shown} trong 80 mục" in middle


def test_a_note_is_whole_or_not_there(bundled, written):
    exhibit, text = one(bundled, "goals.progress")
    notes = tuple(f"Ghi chú {n} " + "rất dài " * 20 + f"hết {n}." for n in range(1, 9))
    foot = part(written(pictures.svg(replace(exhibit, notes=notes), text, "half-a4")), "foot")
    shown = [note for note in notes if note[:9] in foot]
    assert 1 <= len(shown) < 8
    assert [note for note in shown if note not in foot] == []


def test_a_finding_with_nothing_below_it_is_large(bundled, written):
    exhibit, text = one(bundled, "data.checks")
    alone = replace(exhibit, headline="Không có lỗi", table=None, notes=(), sentences=())
    lines = written(pictures.svg(alone, text, "16x9"))
    assert next(line.size for line in lines if line.part == "head") > 40


def test_a_long_number_stays_in_its_cell(bundled, written):
    exhibit, text = one(bundled, "overview.key_figures")
    figures = (KeyFigure("Nhân khẩu", "12.345.678.901.234.567", "+1"), *exhibit.figures)
    svg = pictures.svg(replace(exhibit, figures=figures), text, "half-a4")
    assert list(faults(written(svg), *pictures.SHAPES["half-a4"])) == []


def test_a_low_chart_is_followed_by_its_table(bundled, written):
    exhibit, text = one(bundled, "structure.by_commune", communes=["huong-son"])
    middle = part(written(pictures.svg(exhibit, text, "16x9")), "middle")
    assert "Mới kết nạp" in middle


@pytest.mark.parametrize("choice", CHOICES[:2])
def test_the_bundled_font_has_every_letter(drawn, fonts, choice):
    known = set(TTFont(fonts / "BeVietnamPro-Regular.ttf").getBestCmap())
    known &= set(TTFont(fonts / "BeVietnamPro-Bold.ttf").getBestCmap())
    used = {letter for _, lines in drawn(choice) for line in lines for letter in line.words}
    used -= {WORD_JOINER}  # it has no width, and nothing to draw
    assert sorted(letter for letter in used if ord(letter) not in known) == []
