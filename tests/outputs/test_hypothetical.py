"""The mark of a what-if in every form of output, and none of it without one."""

import io
import json

import pytest
from docx import Document
from openpyxl import load_workbook
from pptx import Presentation

from dashboard.dataset import Change, select
from dashboard.outputs import briefing, pack, pictures
from file_words import paragraphs_of, unzipped

CHANGES = (Change("khe-tre-1", "member", "front_head"), Change("huong-son-5", "member", "front_head"))
IDS = ["structure.by_commune", "overlap.pool", "what_if.changes"]
MARK = "GIẢ ĐỊNH"


@pytest.fixture(scope="module", params=[CHANGES, ()], ids=["what-if", "plain"])
def brief(request, bundled):
    return briefing.brief(bundled, select(bundled, scenario=request.param), IDS)


def hypothetical(brief):
    return bool(brief.selection.scenario)


def test_pictures(brief):
    for exhibit in brief.exhibits:
        svg = pictures.picture_svg(exhibit, "16x9")
        assert (MARK in svg) == (hypothetical(brief) and exhibit.id != "structure.by_commune")


def test_slides(brief):
    deck = Presentation(io.BytesIO(pack.make(brief, "pptx")))
    marked = [
        any(MARK in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
        for slide in deck.slides
    ]
    # The title, then the structure, which is real; then what rests on posts.
    assert marked[:2] == [hypothetical(brief), False]
    assert all(marked[2:]) == any(marked[2:]) == hypothetical(brief)


def test_the_report(brief):
    content = pack.make(brief, "docx")
    head = Document(io.BytesIO(content)).sections[0].header.paragraphs[0].text
    words = paragraphs_of(content)
    assert (MARK in head) == (MARK in words) == hypothetical(brief)
    assert (brief.assumption in words) or not hypothetical(brief)


def test_the_workbook_lists_every_change(brief):
    book = load_workbook(io.BytesIO(pack.make(brief, "xlsx")))
    rows = list(book[brief.text("workbook.filters")].iter_rows(values_only=True))
    listed = [row[1] for row in rows if row[0] == brief.text("filter.scenario")]
    assert len(listed) == len(brief.selection.scenario)
    assert any(MARK in str(cell) for row in rows for cell in row) == hypothetical(brief)


def test_the_pack_says_it_in_names_and_manifest(brief):
    files = unzipped(pack.make(brief, "zip"))
    manifest = json.loads(files["manifest.json"])
    marked = [name for name in files if "gia-dinh" in name]
    assert bool(marked) == hypothetical(brief)
    assert [name for name in marked if "dang-vien-theo-xa" in name] == []
    chosen = manifest["selection"]
    assert chosen.get("hypothetical", False) == hypothetical(brief)
    assert chosen.get("scenario", []) == [change.written for change in brief.selection.scenario]
