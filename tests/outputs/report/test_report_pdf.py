"""The report as PDF, read back."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pytest
from pypdf import PdfReader

from dashboard.dataset import select
from dashboard.outputs import report
from dashboard.outputs.briefing import brief
from file_words import bare

HOSTILE = ["#import x", "$x$ *a* @b", "<b>&amp;", '"q" `c` a // b', "= a", "\\u{41}"]
MARK = "SỐ LIỆU MẪU"


def read(briefing, drawings=None):
    return PdfReader(io.BytesIO(report.pdf(briefing, drawings or {})))


def words(reader):
    return bare("".join(page.extract_text() for page in reader.pages))


@pytest.fixture(scope="module")
def reader(briefing):
    return read(briefing)


@pytest.fixture(scope="module")
def printed(reader):
    return words(reader)


@pytest.fixture(scope="module")
def drawn(bundled):
    """A report of one chart, and its exhibit."""
    briefing = brief(bundled, select(bundled, []), ["structure.members_over_time"])
    [exhibit] = report.pictured(briefing)
    return read(briefing, {exhibit.id: report.svg_of(exhibit)}), exhibit


def fonts(reader):
    """Every font of every page, those inside of charts included."""
    descriptors = []
    for item in reader.xref.get(0, {}):
        thing = reader.get_object(item)
        if isinstance(thing, dict) and thing.get("/Type") == "/FontDescriptor":
            descriptors.append(thing)
    return descriptors


def tagged(node, key):
    """The values of a key in the tree of tags."""
    node = node.get_object()
    if isinstance(node, list):
        return [value for kid in node for value in tagged(kid, key)]
    if not isinstance(node, dict):
        return []
    own = [node[key]] if key in node else []
    return own + (tagged(node["/K"], key) if "/K" in node else [])


def test_key_figures_stand_on_the_first_page(reader, briefing):
    first = bare(reader.pages[0].extract_text())
    figures = [bare(figure.value + figure.name) for figure in briefing.opening.figures]
    assert [figure for figure in figures if figure not in first] == []


def test_pages_are_numbered(reader):
    last = len(reader.pages)
    numbers = [f"Trang{n}/{last}" in bare(page.extract_text()) for n, page in enumerate(reader.pages, 1)]
    assert all(numbers)
    assert last in range(8, 30)


def test_mark_stands_on_every_page(with_table):
    briefing = with_table({"Số": list(range(60))})  # an exhibit that is no sample, in a sample set
    pages = read(briefing).pages
    assert len(pages) > 2
    assert all(MARK in page.extract_text() for page in pages)


def test_an_exhibit_that_is_a_sample_is_marked(with_table):
    rows = {"Số": [1]}
    prints = [words(read(with_table(rows, sample=sample))) for sample in (True, False)]
    assert [bare(f"Bảng 1 ({MARK}).") in printed for printed in prints] == [True, False]


def test_a_long_table_repeats_its_head_and_loses_no_row(with_table):
    pages = [
        page.extract_text()
        for page in read(with_table({"Cột đầu": [f"dòng {n:03d}" for n in range(60)]})).pages
    ]
    with_rows = [page for page in pages if "dòng 0" in page]
    assert len(with_rows) > 1
    assert all(page.count("Cột đầu") == 1 for page in with_rows)
    assert sum(page.count("dòng 0") for page in pages) == 60


@pytest.mark.parametrize("many", [8, 30])
def test_rows_are_whole_however_high(with_table, many):
    high = " ".join(["chữ"] * 250)
    rows = {"Tên": [f"đầu{n:02d} {high} cuối{n:02d}" for n in range(many)], "Số": list(range(many))}
    reader = read(with_table(rows))
    pages = [page.extract_text() for page in reader.pages]
    starts, ends = ([page.count(word) for page in pages] for word in ("đầu", "cuối"))
    assert sum(starts) == many
    assert starts == ends
    assert sum(map(bool, starts)) > 1
    assert lowest(reader) > 30


def lowest(reader):
    """The lowest text on any page, in points from its lower edge."""
    heights = []

    def visit(piece, page, line, *_):
        if piece.strip():
            heights.append(line[4] * page[1] + line[5] * page[3] + page[5])

    for page in reader.pages:
        page.extract_text(visitor_text=visit)
    return min(heights)


def test_only_the_bundled_font_is_used_and_it_is_embedded(drawn):
    descriptors = fonts(drawn[0])
    names = {str(font["/FontName"]).partition("+")[2] for font in descriptors}
    assert names == {"BeVietnamPro-Regular", "BeVietnamPro-SemiBold", "BeVietnamPro-Bold"}
    assert all("/FontFile2" in font for font in descriptors)


def test_words_of_a_chart_are_text(drawn):
    reader, _ = drawn
    printed = words(reader)
    assert printed.index("2.130") < printed.index("2.198", printed.index("2.130"))


def test_chart_is_described(drawn):
    reader, exhibit = drawn
    assert exhibit.alt in tagged(reader.trailer["/Root"]["/StructTreeRoot"], "/Alt")


def test_heads_of_tables_are_tagged(reader):
    kinds = tagged(reader.trailer["/Root"]["/StructTreeRoot"], "/S")
    assert {"/H1", "/H2", "/Table", "/TH", "/Caption"} <= set(kinds)


@pytest.mark.parametrize(("lang", "language"), [("vi", "vi-VN"), ("en", "en-US")])
def test_language(bundled, lang, language):
    reader = read(brief(bundled, select(bundled, ["thuong-lo"], lang=lang), ["overview.findings"]))
    assert reader.trailer["/Root"]["/Lang"] == language


def test_properties(reader, briefing):
    assert reader.metadata.title == f"{briefing.title} ({MARK})"
    assert reader.metadata.author == "Bảng theo dõi Đảng bộ"


@pytest.mark.parametrize("name", HOSTILE)
def test_names_stay_the_text_they_are(with_table, name):
    briefing = with_table(
        {name: [name]}, headline=name, subtitle=name, takeaways=(name,), notes=(name,), source=name
    )
    printed = words(read(replace(briefing, organization=name, place=name, title=name)))
    assert printed.count(bare(name)) >= 8


def test_a_word_longer_than_the_page_is_broken(with_table):
    reader = read(with_table({"Tên": ["x" * 400], "Số": [1]}))
    assert "x" * 400 in words(reader)
    lines = [line for page in reader.pages for line in page.extract_text().splitlines()]
    assert max(line.count("x") for line in lines) < 120


def test_the_template_takes_its_colours_from_the_theme():
    template = Path(report.__file__).with_name("report.typ").read_text("utf-8")
    assert not re.search(r"#[0-9a-fA-F]{6}", template)
