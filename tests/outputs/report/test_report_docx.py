"""The report as a Word document, read back."""

import io
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from dashboard.dataset import select
from dashboard.outputs import report
from dashboard.outputs.briefing import brief

HOSTILE = ["<b>&amp; $x$", "a\nb", "\u202eRTL", "x" * 300]
MARK = "SỐ LIỆU MẪU"


def read(briefing, pictures=None):
    return docx.Document(io.BytesIO(report.docx(briefing, pictures or {})))


@pytest.fixture(scope="module")
def document(briefing):
    return read(briefing)


@pytest.fixture(scope="module")
def drawn(bundled):
    """A report of one chart, and its exhibit."""
    briefing = brief(bundled, select(bundled, []), ["structure.members_over_time"])
    [exhibit] = report.pictured(briefing)
    return read(briefing, {exhibit.id: report.picture_of(exhibit)}), exhibit


def headings(document, level):
    return [line.text for line in document.paragraphs if line.style.style_id == f"Heading{level}"]


def grids(document):
    """The tables with a head: those that are no layout."""
    return [table for table in document.tables if table._tbl.tr_lst[0].findall(f"*/{qn('w:tblHeader')}")]


def test_page_is_that_of_a_party_document(document):
    page = document.sections[0]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(length / Mm(1)) for length in (page.page_width, page.page_height)] == [210, 297]
    assert [round(length / Mm(1)) for length in margins] == [20, 20, 30, 15]


def test_body_is_times_new_roman_14(document):
    for name in ("Normal", "Body Text", "Heading 1", "Heading 2", "List Bullet"):
        style = document.styles[name]
        assert (style.font.name, style.font.size) == ("Times New Roman", Pt(14)), name
        # Else the font of the theme would win.
        assert not [key for key in style.element.rPr.rFonts.attrib if "Theme" in key], name


def test_head_and_signature(briefing):
    head, *_, signature = read(replace(briefing, sample=False)).tables
    left, right = head.rows[0].cells
    assert [line.text for line in left.paragraphs][:2] == ["Đảng bộ huyện Nam Đông", "*"]
    assert left.paragraphs[2].text.endswith("-BC/…")
    assert right.paragraphs[0].text == "ĐẢNG CỘNG SẢN VIỆT NAM"
    assert signature.rows[0].cells[1].text == "T/M BAN THƯỜNG VỤ"


def test_opening_says_place_date_boundaries_and_version(document, briefing):
    [opening] = [line.text for line in document.paragraphs if line.text.startswith("Báo cáo trình bày")]
    for part in ("Xã Hương Sơn", "31/12/2024", "theo xã cũ", briefing.version):
        assert part in opening


def test_every_exhibit_is_a_heading_with_its_headline(document, briefing):
    headlines = [exhibit.headline for exhibit in briefing.exhibits if exhibit.id != briefing.opening.id]
    assert headings(document, 2) == headlines


def test_headings_number_themselves(document):
    [number] = {document.styles[name].element.pPr.numPr.numId.val for name in ("Heading 1", "Heading 2")}
    [levels] = [
        numbering.findall(qn("w:lvl"))
        for numbering in document.part.numbering_part.element.findall(qn("w:abstractNum"))
        if numbering.get(qn("w:abstractNumId")) == str(number)
    ]
    written = [(level.find(qn("w:numFmt")), level.find(qn("w:lvlText"))) for level in levels]
    assert [tuple(part.get(qn("w:val")) for part in pair) for pair in written] == [
        ("upperRoman", "%1-"),
        ("decimal", "%2."),
    ]


def test_tables_hold_every_written_cell(document, briefing):
    written = [exhibit.table.written(briefing.text) for exhibit in briefing.exhibits if exhibit.table]
    read_back = [[[cell.text for cell in row.cells] for row in table.rows] for table in grids(document)]
    assert read_back == [[list(frame.columns), *frame.to_numpy().tolist()] for frame in written]


def test_rows_are_not_split_and_the_head_is_repeated(document):
    for table in grids(document):
        first, *others = table._tbl.tr_lst
        assert first.findall(f"*/{qn('w:tblHeader')}")
        assert not any(row.findall(f"*/{qn('w:tblHeader')}") for row in others)
        assert all(row.findall(f"*/{qn('w:cantSplit')}") for row in (first, *others))


def test_tables_fit_between_the_margins(document):
    for table in document.tables:
        wide = sum(int(column.get(qn("w:w"))) for column in table._tbl.tblGrid)
        assert wide <= 165.5 * 1440 / 25.4


def test_numbers_stand_right_and_words_left(with_table):
    [table] = grids(read(with_table({"Tên": ["a", "b"], "Số": [1, None]})))
    styles = [[cell.paragraphs[0].style.name for cell in row.cells] for row in table.rows[1:]]
    assert styles == [["Ô chữ", "Ô số"]] * 2


def test_a_long_table_is_cut_and_says_so(with_table):
    document = read(with_table({"Số": list(range(61))}))
    [table] = grids(document)
    assert len(table.rows) == 61  # the head and 60
    assert any("60 dòng đầu trong tổng số 61 dòng" in line.text for line in document.paragraphs)


def test_captions_are_numbered_and_marked(document):
    captions = [line.text for line in document.paragraphs if line.style.style_id == "Caption"]
    assert len(captions) > 10
    for number, caption in enumerate(captions, 1):
        assert caption.startswith(f"Bảng {number} ({MARK}). ")


@pytest.mark.parametrize("part", ["header", "first_page_header"])
def test_mark_stands_in_the_header_of_every_page(document, part):
    assert document.sections[0].different_first_page_header_footer
    assert MARK in getattr(document.sections[0], part).paragraphs[0].text


def test_pages_are_numbered_from_the_second_on(document):
    page = document.sections[0]
    codes = [
        [code.text.strip() for code in header._element.iter(qn("w:instrText"))]
        for header in (page.first_page_header, page.header)
    ]
    assert codes == [[], ["PAGE"]]


@pytest.mark.parametrize(("lang", "language"), [("vi", "vi-VN"), ("en", "en-US")])
def test_language(bundled, lang, language):
    document = read(brief(bundled, select(bundled, ["thuong-lo"], lang=lang), ["overview.findings"]))
    description = {tag.get(qn("w:val")) for tag in document.styles.element.iter(qn("w:lang"))}
    assert description == {language}
    assert document.core_properties.language == language


def test_properties_are_ours(document, briefing):
    properties = document.core_properties
    assert properties.author == "Bảng theo dõi Đảng bộ"
    assert (properties.title, properties.subject) == (f"{briefing.title} ({MARK})", briefing.chosen)
    assert properties.created.year > 2013  # that of the library's template


def test_picture_is_as_wide_as_the_text_and_described(drawn):
    document, exhibit = drawn
    [shape] = document.inline_shapes
    assert round(shape.width / Mm(1)) in range(155, 166)
    assert shape._inline.docPr.get("descr") == exhibit.alt


def test_table_of_a_drawn_exhibit_names_the_figure(drawn):
    document, exhibit = drawn
    captions = [line.text for line in document.paragraphs if line.style.style_id == "Caption"]
    assert captions == [f"Hình 1 ({MARK}). {exhibit.subtitle}", f"Bảng 1 ({MARK}). Số liệu của hình 1"]


def test_nothing_to_report_is_said(briefing):
    document = read(replace(briefing, sections=()))
    assert any(line.text.startswith("Phạm vi này không có") for line in document.paragraphs)


@pytest.mark.parametrize("name", HOSTILE)
def test_names_stay_the_text_they_are(with_table, name):
    document = read(with_table({name: [name]}, headline=name, takeaways=(name,), source=name))
    [table] = grids(document)
    assert [row.cells[0].text for row in table.rows] == [name, name]
    assert headings(document, 2) == [name]
