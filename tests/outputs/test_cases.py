"""Small data folders with gaps (tests/cases): no surface says what is false of them, each says what is true.

A claim is a pattern; blanks and line breaks do not count, since a page of print breaks lines anywhere.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from chart_words import words_of_chart
from dashboard import text
from dashboard.dataset import load, select
from dashboard.exhibits import Exhibit, changes, every, overview, places, tiles
from dashboard.measures import figures
from dashboard.outputs import briefing, report, slides
from file_words import bare, pages_of, words_of_slides

CASES = Path(__file__).parents[1] / "cases"

# Per folder and language: what must be said somewhere on every surface, and what nowhere.
TRUE = {
    "half-reported": {
        "vi": [r"5/6 \(83,3%\) · 4 vị trí chưa báo cáo", "đạt trên số đã báo cáo; có thể thay đổi"],
        "en": [r"5/6 \(83.3%\) · 4 posts not reported", "met over what is reported; may change"],
    },
    "commune-without-organisations": {
        "vi": ["1 nơi chưa báo cáo tổ chức", "ít nhất 92 đảng viên", "Không xếp Xã Bình"],
        "en": [
            "1 place reports no organisation",
            "at least 92",
            "Not ranked, since data are missing: Bình",
        ],
    },
    "largest-has-a-blank": {
        "vi": ["ít nhất 135", "1 tổ chức chưa có số liệu", "Không xếp Xã An"],
        "en": ["at least 135", "1 organisation without a figure", "Not ranked, since data are missing: An"],
    },
    "post-not-reported": {
        "vi": ["2 thôn chưa báo cáo", "3 thôn chưa báo cáo đủ chức danh"],
        "en": ["2 villages not reported", "3 villages do not report all these posts"],
    },
    "posts-vacated": {
        "vi": [r"1/1 \(100,0%\) · 9 vị trí khuyết", "giảm 4"],
        "en": [r"1/1 \(100.0%\) · 9 vacant posts", "down 4"],
    },
    "villages-merged": {
        "vi": ["4 thôn chưa báo cáo · không so sánh được", r"chi bộ: 2/6 \(33,3%\) · 4 thôn chưa báo cáo"],
        "en": [
            "4 villages not reported · cannot be compared",
            r"g3: 2/6 \(33.3%\) · 4 villages not reported",
        ],
    },
    "villages-merged-dated": {
        "vi": [
            r"2/2 \(100,0%\) · đạt",
            r"2/2 \(100,0%\) · không so sánh được",
            "lập từ Thôn 1 và Thôn 2 ngày 01/07/2026",
        ],
        "en": [
            r"2/2 \(100.0%\) · met",
            r"2/2 \(100.0%\) · cannot be compared",
            "formed from Thôn 1 and Thôn 2 on 01/07/2026",
        ],
    },
}
FALSE = {
    "half-reported": {
        "vi": [r"giảm \(−4\)", r"thấp nhất: Xã Bình", "giảm ở 1 xã", "giảm 4"],
        "en": [r"falling \(−4\)", "lowest: Bình", "down in 1 commune", "4 fewer"],
    },
    "commune-without-organisations": {
        "vi": [
            "giảm 36",
            r"ít nhất: Xã Bình",
            r"Xã Bình \(0 (chi bộ|đảng viên)",
            r"Xã Bình \(0\)",
            "giảm 1 xã",
        ],
        "en": [
            "down 36",
            "fewest: Bình",
            r"Bình commune \(0 (cells|members)",
            r"Bình commune \(0\)",
            "1 fewer commune",
        ],
    },
    "largest-has-a-blank": {
        "vi": ["Xã Bình đông đảng viên nhất", r"toàn bộ 135", r": 135 đảng viên"],
        "en": ["Bình commune has the most members of 3", r": 135 party members"],
    },
    "post-not-reported": {
        "vi": [
            "Không kiêm nhiệm [1-9]",
            "không có kiêm nhiệm; 0 thôn chưa",
            "Cả 2 xã có tỷ lệ",
        ],
        "en": ["No overlap [1-9]"],
    },
    "posts-vacated": {
        "vi": [r"1/1 \(100,0%\) · đạt", r"tăng \(−4\)"],
        "en": [r"1/1 \(100.0%\) · met", r"rising \(−4\)"],
    },
    "villages-merged": {
        "vi": [r"giảm \(−2\)", r"[24]/6 \([0-9,]+%\) (ngày|đến|sang|· (cần|giảm))"],
        "en": [r"falling \(−2\)", r"[24]/6 \([0-9.]+%\) (on|to|· (needs|falling))"],
    },
    "villages-merged-dated": {
        "vi": ["[1-9] thôn (chưa|thiếu) báo cáo", r"giảm \(", "bớt [0-9]", "chưa có đủ số liệu"],
        "en": ["[1-9] villages? not reported", r"falling \(", "[0-9] fewer"],
    },
}


def words_of(exhibit: Exhibit, selection) -> Iterator[str]:
    """All that a reader of an exhibit is told: sentences, words in its chart, table, notes."""
    yield from (exhibit.headline, *exhibit.takeaways, *exhibit.sentences, *exhibit.notes, exhibit.alt)
    yield from (f"{figure.name} {figure.value} {figure.notes}" for figure in exhibit.figures)
    yield from words_of_chart(exhibit.chart)
    if exhibit.table is not None:
        table = exhibit.table.written(selection.text)
        yield from (str(cell) for column in table for cell in table[column])


@cache
def surfaces(case: str, lang: str) -> dict[str, str]:
    """The words of the screen, of the slides and of the printed report, without blanks; slides and report of
    each case in one language, by turns."""
    data = load(CASES / case)
    selection = select(data, lang=lang)
    screen = [words for exhibit in every(data, selection) for words in words_of(exhibit, selection)]
    on_top = (tiles.overview, tiles.structure_counts, tiles.targets, tiles.overlap, changes.tiles)
    screen += [words for build in on_top for words in words_of_chart(build(data, selection))]
    if lang != text.LANGUAGES[list(TRUE).index(case) % 2]:
        return {"screen": bare("\n".join(screen))}
    brief = briefing.brief(data, selection, full=True)
    drawn = {exhibit.id: slides.picture_of(exhibit) for exhibit in slides.pictured(brief)}
    svgs = {exhibit.id: report.svg_of(exhibit) for exhibit in report.pictured(brief)}
    return {
        "screen": bare("\n".join(screen)),
        # What is split between two places is no sentence.
        "slides": bare("¶".join(words_of_slides(slides.pptx(brief, drawn)))),
        "pdf": bare("".join(pages_of(report.pdf(brief, svgs)))),
    }


def matching(patterns: list[str], words: str) -> list[str]:
    return [pattern for pattern in patterns if re.search(bare(pattern), words)]


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("case", TRUE)
def test_every_surface_says_what_is_true_and_none_what_is_false(case, lang):
    for surface, words in surfaces(case, lang).items():
        assert matching(TRUE[case][lang], words) == TRUE[case][lang], surface
        assert matching(FALSE[case][lang], words) == [], surface


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_villages_of_the_list_that_report_nothing_are_counted_and_named_as_such(lang):
    data = load(CASES / "villages-merged")
    selection = select(data, lang=lang)
    sentence = selection.text("overview.unheard", n=4)
    assert sentence in overview.key_figures(data, selection).notes
    # On the commune's page it is where its villages are counted.
    portrait = places.commune.portrait(data, select(data, ["a"], lang=lang))
    assert sentence in " ".join(words_of_chart(portrait.chart))


def test_the_figures_of_merged_villages_are_those_in_force():
    data = load(CASES / "villages-merged-dated")
    for as_of, villages in (("2025-12-31", 4), ("2026-10-31", 2)):
        measured = figures(data, select(data, as_of=as_of))
        assert (measured["structure"]["villages"], measured["structure"]["households"]) == (villages, 400)
        counts = {(goal["numerator"], goal["denominator"]) for goal in measured["goals"]}
        assert counts == {(villages, villages)}


@pytest.mark.parametrize("lang", ["vi", "en"])
def test_two_rows_exchanged_say_the_same(lang):
    first, second = (
        [
            list(words_of(exhibit, select(load(CASES / case), lang=lang)))
            for exhibit in every(load(CASES / case), select(load(CASES / case), lang=lang))
            if exhibit.id.startswith("goals.")
        ]
        for case in ("row-order-1", "row-order-2")
    )
    assert first == second
    assert any("1/2" in words for exhibit in first for words in exhibit)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize(("village", "own"), [("a1", None), ("a2", "0/1"), ("b1", None)])
def test_a_village_says_of_which_posts_it_knows_nothing(village, own, lang):
    data = load(CASES / "post-not-reported")
    selection = select(data, lang=lang)
    portrait = places.village.portrait(data, selection, village)
    sentences = " ".join(portrait.sentences)
    assert selection.text("village.portrait.none_several") not in sentences
    assert {"vi": "Chưa báo cáo:", "en": "Not reported:"}[lang] in sentences
    overlap = places.village.goals(data, selection, village).table.frame.set_index(
        selection.text("column_short.goal")
    )
    assert overlap.loc[{"vi": "kiêm", "en": "g2"}[lang]].iloc[0] == own
