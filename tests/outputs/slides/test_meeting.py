"""The deck of a meeting: few slides, each a finding that is read from the back row."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from pptx.enum.shapes import PP_PLACEHOLDER
from pptx.util import Pt

from dashboard import text
from dashboard.dataset import load, select
from dashboard.exhibits import goals
from dashboard.outputs.slides import page, tables, text_metrics
from slide_decks import EMU, Deck, boxes, chart_labels, overflowing, words

VI = text.get("vi")
FOLDER = Path(__file__).parents[2] / "cases"
CASES = ("half-reported", "commune-without-organisations")


def last_of(data):
    """The commune that misses least."""
    return goals.attention(data, select(data)).chart.rows[-1].link.partition(":")[2]


@pytest.fixture(scope="module")
def decks(bundled, many, build, hostile_data):
    decks = {
        "whole": Deck(bundled, full=False),
        "whole en": Deck(bundled, lang="en", full=False),
        "commune": Deck(bundled, ["huong-son"], full=False),
        "three": Deck(bundled, ["huong-son", "thuong-lo", "khe-tre"], full=False, lang="en"),
        "600 villages": Deck(many, full=False),
        "600 villages, the last": Deck(many, [last_of(many)], full=False),
        "hostile commune": Deck(hostile_data, ["huong-son"], full=False, lang="en"),
        "nothing": Deck(build(organizations="org_id | level\na | committee\n"), full=False),
    }
    cases = {name: load(FOLDER / name) for name in CASES}
    return decks | {name: Deck(data, full=False) for name, data in cases.items()}


KINDS = ("whole", "whole en", "commune", "three", "600 villages", "hostile commune", "nothing", *CASES)


@pytest.fixture(params=KINDS)
def deck(request, decks):
    return decks[request.param]


def test_it_has_at_most_eight_slides_seven_for_one_commune(deck):
    assert 3 <= len(deck.slides) <= (7 if deck.briefing.selection.only else 8)


def test_the_whole_is_told_in_eight_slides_a_commune_in_seven(decks):
    assert [len(decks[name].slides) for name in ("whole", "commune")] == [8, 7]


def test_titles_have_one_size_and_at_most_ninety_letters(deck):
    titles = [slide.shapes.title.text_frame for slide in deck.slides]
    assert {run.font.size for title in titles for run in title.paragraphs[0].runs} == {Pt(page.TITLE_POINTS)}
    assert [title.text for title in titles if len(title.text) > 90] == []


def test_the_body_is_read_from_the_back_row_and_the_foot_from_the_first(deck):
    for slide in deck.slides:
        for shape in slide.shapes:
            if shape.has_chart:
                assert shape.chart.font.size >= Pt(16)
            frames = [shape.text_frame] if shape.has_text_frame else []
            if shape.has_table:
                frames += [cell.text_frame for row in shape.table.rows for cell in row.cells]
            least = Pt(10 if at_the_foot(shape) else 16)
            for frame in frames:
                for run in (run for paragraph in frame.paragraphs for run in paragraph.runs):
                    assert run.font.size >= least, run.text


def at_the_foot(shape):
    number = shape.is_placeholder and shape.placeholder_format.type == PP_PLACEHOLDER.SLIDE_NUMBER
    return number or shape.top / EMU > 6.8


def test_nothing_stands_below_the_line_of_the_foot_or_beside_the_slide(deck):
    for number, slide in enumerate(deck.slides, 1):
        for shape, (name, x, y, w, h) in zip(slide.shapes, boxes(slide), strict=True):
            assert 0 <= x <= x + w <= 13.34, (number, name)
            assert y + h <= (7.5 if at_the_foot(shape) else 6.9), (number, name, y + h)


def test_words_fit_into_their_boxes(deck):
    assert overflowing(deck) == []


def test_it_begins_with_three_findings_and_ends_with_lines_to_type_in(decks):
    first, *_, last = decks["whole"].slides
    assert all(
        f"{n}. {finding}" in words(first) for n, finding in enumerate(decks["whole"].briefing.findings, 1)
    )
    assert last.shapes.title.text == VI("slide.proposals")
    [table] = [shape.table for shape in last.shapes if shape.has_table]
    assert [row.cells[1].text.strip() for row in table.rows] == [""] * 5


def test_one_commune_is_told_its_place_among_the_others(decks):
    figures = words(decks["commune"].slides[1])
    assert "cao thứ 4/10" in figures  # its 156 members: three communes have more
    assert VI("commune.rank.high", place="") not in words(decks["whole"].slides[1])


def test_figures_goals_places_villages_overlap_and_changes_follow_each_other(bundled, decks):
    exhibits = {exhibit.id: exhibit for exhibit in decks["whole"].briefing.exhibits}
    _, figures, *others, _ = decks["whole"].slides
    assert all(tile.value in words(figures) for tile in decks["whole"].briefing.tiles.rows)
    order = ("goals.progress", "goals.attention", "goals.plan", "overlap.by_commune", "changes.by_post")
    for slide, key in zip(others, order, strict=True):
        assert exhibits[key].headline in words(slide), key
    charts = {
        key: shape.chart
        for slide, key in zip(others, order, strict=True)
        for shape in slide.shapes
        if shape.has_chart
    }
    for row in exhibits["goals.progress"].chart.rows:
        assert tables.label_text(row.label) in chart_labels(charts["goals.progress"])
    # What would do as well is below the plan.
    gap = goals.gap(bundled, select(bundled))
    assert all(sentence in words(others[2]) for sentence in gap.sentences)


def places(deck):
    """The slide of places and goals, and the names in its table below the head."""
    headline = deck.exhibit("goals.attention").headline
    for slide in deck.slides:
        tables = [shape.table for shape in slide.shapes if shape.has_table]
        if headline in words(slide) and tables:
            return slide, [row.cells[0].text for row in tables[0].rows][1:]
    raise AssertionError("no places")


@pytest.mark.parametrize("name", ["whole", "three"])
def test_ten_communes_stand_on_one_slide(decks, name):
    chart = decks[name].exhibit("goals.attention").chart
    names = [name.removeprefix("► ") for name in places(decks[name])[1]]
    assert names == [row.name for row in (*chart.rows, chart.whole)]


@pytest.mark.parametrize("name", ["600 villages", "600 villages, the last"])
def test_of_many_places_the_first_are_told_and_how_many_are_not(decks, name):
    deck = decks[name]
    chart = deck.exhibit("goals.attention").chart
    slide, names = places(deck)
    *first, last = names[:-1]
    assert first == [row.name for row in chart.rows][: len(first)]
    chosen = [f"► {row.name}" for row in chart.rows if row.chosen]
    assert last == (chosen or [chart.rows[len(first)].name])[0]
    assert names[-1] == chart.whole.name
    assert len(names) >= 9
    more = deck.briefing.text("slide.more_places", n=len(chart.rows) - len(names) + 1)
    assert more in words(slide)


def test_a_plan_of_many_villages_is_told_by_commune(decks):
    deck = decks["600 villages"]
    plan = deck.exhibit("goals.plan")
    [slide] = [slide for slide in deck.slides if slide.shapes.title.text == plan.headline]
    [table] = [shape.table for shape in slide.shapes if shape.has_table]
    [column] = plan.chart.columns
    assert [row.cells[0].text for row in table.rows] == [group.name for group in column.groups]
    for row, group in zip(table.rows, column.groups, strict=True):
        posts = sum(listed.count(",") + 1 for _, listed, _ in group.items)
        assert row.cells[1].text == VI("goals.plan.villages", n=len(group.items))
        assert sum(map(int, re.findall(r"\((\d+)\)", row.cells[2].text))) == posts


def test_no_word_and_no_figure_of_a_table_is_broken(decks):
    for name in ("whole", "whole en", "commune", "three", "600 villages", *CASES):
        for slide in decks[name].slides:
            for table in (shape.table for shape in slide.shapes if shape.has_table):
                for n, row in enumerate(table.rows):
                    for cell, column in zip(row.cells, table.columns, strict=True):
                        whole = n or not table.first_row
                        assert unbroken(cell, column.width / EMU, whole), (name, cell.text)


def unbroken(cell, wide, whole):
    [run] = cell.text_frame.paragraphs[0].runs
    room = wide - (cell.margin_left + cell.margin_right) / EMU
    parts = [run.text] if whole and len(run.text) <= 20 else run.text.split()
    bold = bool(run.font.bold)
    return all(text_metrics.width(part, run.font.size.pt, bold) <= room + 0.03 for part in parts)


def test_where_no_post_changed_that_is_said_beside_the_figures(decks):
    deck = decks["commune-without-organisations"]
    headline = deck.exhibit("changes.by_post").headline
    assert [slide.shapes.title.text == headline for slide in deck.slides].count(True) == 0
    assert headline in words(deck.slides[1])
