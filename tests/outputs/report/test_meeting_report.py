"""The report of a meeting: a few pages in the order of party documents."""

from __future__ import annotations

import io
import shutil
import subprocess
import tempfile
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

import hostile
from dashboard import text
from dashboard.dataset import load, select
from dashboard.outputs import briefing, report

VI = text.get("vi")
PARTS = ("situation", "results", "lacking", "proposals", "appendix")
# Of the bundled data 3 + 5 + 5 posts are missing.
GOALS_OF_THIRTEEN = {"front_head": 80, "youth_head": 80, "women_head": 75}
THREE = ("huong-son", "thuong-lo", "khe-tre")


def pages(brief):
    drawn = {exhibit.id: report.svg_of(exhibit) for exhibit in report.pictured(brief)}
    return PdfReader(io.BytesIO(report.pdf(brief, drawn))).pages


def document_file(brief):
    drawn = {exhibit.id: report.picture_of(exhibit) for exhibit in report.pictured(brief)}
    return report.docx(brief, drawn)


def document(brief):
    return docx.Document(io.BytesIO(document_file(brief)))


def in_word(reports):
    """The pages of each document as an office suite breaks them."""
    if not (office := shutil.which("soffice")):
        pytest.skip("no LibreOffice is installed (Debian: apt install libreoffice-writer-nogui)")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder)
        files = [place / f"{n}.docx" for n in range(len(reports))]
        for file, brief in zip(files, reports, strict=True):
            file.write_bytes(document_file(brief))
        profile = f"-env:UserInstallation={(place / 'profile').as_uri()}"
        command = [office, profile, "--headless", "--convert-to", "pdf", "--outdir", place, *files]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        return [len(PdfReader(file.with_suffix(".pdf")).pages) for file in files]


@pytest.mark.parametrize(
    ("communes", "lang"),
    [((), "vi"), ((), "en"), (("huong-son",), "vi"), (THREE, "en"), (("outside",), "vi")],
)
def test_it_has_two_to_four_pages(bundled, communes, lang):
    assert 2 <= len(pages(briefing.brief(bundled, select(bundled, communes, lang=lang)))) <= 4


@pytest.fixture(scope="module")
def odd(tmp_path_factory):
    return load(with_own_posts_left_out(hostile.folder(tmp_path_factory.mktemp("odd"))))


def with_own_posts_left_out(folder):
    """A post is named by an administrator, in a few words: of names that fill lines a report is longer."""
    (folder / "positions.csv").unlink()
    return folder


@pytest.fixture(scope="module")
def long(tmp_path_factory):
    """Every name has nearly two hundred letters."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(hostile, "NAMES", ("N%d " + "tên rất dài của một thôn " * 7,))
        return load(with_own_posts_left_out(hostile.folder(tmp_path_factory.mktemp("long"))))


@pytest.mark.parametrize("data", ["many", "odd", "long"])
def test_many_communes_and_long_names_take_no_more(data, request):
    dataset = request.getfixturevalue(data)
    for lang in ("vi", "en"):
        assert 2 <= len(pages(briefing.brief(dataset, select(dataset, lang=lang)))) <= 4


def test_an_office_suite_breaks_it_into_as_few(bundled, many, odd, long):
    reports = [
        briefing.brief(data, select(data, communes, lang=lang))
        for data in (bundled, many, odd, long)
        for communes, lang in (((), "vi"), ((), "en"), ((data.communes["commune_id"].iloc[0],), "vi"))
    ]
    counts = in_word(reports)
    assert [n for n in counts if not 2 <= n <= 4] == [], counts


@pytest.mark.parametrize("data", ["many", "bundled"])
def test_nothing_is_cut_short_but_names_beyond_all_measure(data, request):
    dataset = request.getfixturevalue(data)
    for communes in ((), list(dataset.communes["commune_id"].iloc[:4])):
        for lang in ("vi", "en"):
            doc = document(briefing.brief(dataset, select(dataset, communes, lang=lang)))
            cells = [cell.text for table in doc.tables for row in table.rows for cell in row.cells]
            assert [
                words for words in (*(paragraph.text for paragraph in doc.paragraphs), *cells) if cut(words)
            ] == []


def cut(words):
    return words.endswith("…") and set(words) != {"…"}


def test_its_parts_stand_in_their_order_and_two_are_left_to_write(bundled):
    doc = document(briefing.brief(bundled, select(bundled)))
    headings = [paragraph.text for paragraph in doc.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == [VI(f"report.meeting.{part}") for part in PARTS]
    words = [paragraph.text for paragraph in doc.paragraphs]
    for part, following in (("report.meeting.causes", "……"), ("report.meeting.proposals", "……")):
        assert words[words.index(VI(part)) + 1].startswith(following)


def test_it_says_what_the_exhibits_find(bundled):
    brief = briefing.brief(bundled, select(bundled))
    exhibits = {exhibit.id: exhibit for exhibit in brief.exhibits}
    doc = document(brief)
    words = "\n".join(paragraph.text for paragraph in doc.paragraphs)
    for key in ("goals.progress", "goals.attention", "goals.gap", "overlap.by_commune", "changes.by_post"):
        assert exhibits[key].headline in words, key
    assert all(sentence in words for sentence in exhibits["goals.gap"].sentences)
    cells = {cell.text for table in doc.tables for row in table.rows for cell in row.cells}
    chart = exhibits["goals.attention"].chart
    assert {row.name for row in (*chart.rows, chart.whole)} <= cells
    assert {tile.value for tile in brief.tiles.rows} <= {line for cell in cells for line in cell.split("\n")}
    # The chart of the goals is the only picture.
    assert len(doc.inline_shapes) == 1


def test_a_chosen_commune_is_never_left_out_of_the_table(many):
    exhibits = briefing.brief(many, select(many)).exhibits
    last = next(exhibit for exhibit in exhibits if exhibit.id == "goals.attention").chart.rows[-1]
    commune = last.link.partition(":")[2]
    doc = document(briefing.brief(many, select(many, [commune])))
    names = [row.cells[0].text for table in doc.tables for row in table.rows]
    assert f"» {last.name}" in names  # marked among its peers
    assert sum(name.startswith("» ") for name in names) == 1


def test_one_row_more_than_a_table_holds_is_printed_too(own_data, many):
    goals = ["goal_id,name_vi,measure,operator,target,deadline,source"]
    goals += [f"{post},{post},member_share:{post},>,{least},," for post, least in GOALS_OF_THIRTEEN.items()]
    (own_data / "goals.csv").write_text("\n".join(goals), "utf-8")
    thirteen = load(own_data)
    for data, left_out in ((thirteen, False), (many, True)):
        doc = document(briefing.brief(data, select(data)))
        assert any("dòng đầu trong tổng số" in line.text for line in doc.paragraphs) == left_out
    assert len(document(briefing.brief(thirteen, select(thirteen))).tables[-1].rows) == 1 + 13
