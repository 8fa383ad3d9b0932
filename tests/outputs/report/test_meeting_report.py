"""The report of a meeting: a few pages in the order of party documents."""

from __future__ import annotations

import io

import docx
import pytest
from pypdf import PdfReader

from dashboard import text
from dashboard.dataset import load, sample, select
from dashboard.outputs import briefing, report

VI = text.get("vi")
PARTS = ("situation", "results", "lacking", "proposals", "appendix")
THREE = ("huong-son", "thuong-lo", "khe-tre")


@pytest.fixture(scope="module")
def many(tmp_path_factory):
    folder = tmp_path_factory.mktemp("many")
    sample.write(folder, 600)
    return load(folder)


def pages(made):
    drawn = {exhibit.id: report.svg_of(exhibit) for exhibit in report.pictured(made)}
    return PdfReader(io.BytesIO(report.pdf(made, drawn))).pages


def document(made):
    drawn = {exhibit.id: report.picture_of(exhibit) for exhibit in report.pictured(made)}
    return docx.Document(io.BytesIO(report.docx(made, drawn)))


@pytest.mark.parametrize(
    ("communes", "lang"),
    [((), "vi"), ((), "en"), (("huong-son",), "vi"), (THREE, "en"), (("outside",), "vi")],
)
def test_it_has_two_to_four_pages(bundled, communes, lang):
    assert 2 <= len(pages(briefing.brief(bundled, select(bundled, communes, lang=lang)))) <= 4


def test_many_communes_take_no_more(many):
    assert 2 <= len(pages(briefing.brief(many, select(many)))) <= 4


def test_its_parts_stand_in_their_order_and_two_are_left_to_write(bundled):
    made = document(briefing.brief(bundled, select(bundled)))
    headings = [one.text for one in made.paragraphs if one.style.name == "Heading 1"]
    assert headings == [VI(f"report.meeting.{part}") for part in PARTS]
    words = [one.text for one in made.paragraphs]
    for part, following in (("report.meeting.causes", "……"), ("report.meeting.proposals", "……")):
        assert words[words.index(VI(part)) + 1].startswith(following)


def test_it_says_what_the_exhibits_find(bundled):
    about = briefing.brief(bundled, select(bundled))
    found = {one.id: one for one in about.exhibits}
    made = document(about)
    words = "\n".join(one.text for one in made.paragraphs)
    for key in ("goals.progress", "goals.attention", "goals.gap", "overlap.by_commune", "changes.by_post"):
        assert found[key].headline in words, key
    assert all(one in words for one in found["goals.gap"].sentences)
    cells = {cell.text for table in made.tables for row in table.rows for cell in row.cells}
    chart = found["goals.attention"].chart
    assert {row.name for row in (*chart.rows, chart.whole)} <= cells
    assert {tile.value for tile in about.tiles.rows} <= {line for cell in cells for line in cell.split("\n")}
    # The chart of the goals is the only picture.
    assert len(made.inline_shapes) == 1


def test_a_chosen_commune_is_never_left_out_of_the_table(many):
    chart = briefing.brief(many, select(many)).exhibits
    last = next(one for one in chart if one.id == "goals.attention").chart.rows[-1]
    commune = last.link.partition(":")[2]
    made = document(briefing.brief(many, select(many, [commune])))
    assert any(row.cells[0].text == last.name for table in made.tables for row in table.rows)
