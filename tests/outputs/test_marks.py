"""Sample data say so on every surface of every file, and real data on none."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace

import docx
import openpyxl
import pytest
from pptx import Presentation
from pypdf import PdfReader

from dashboard import exhibits, intake, text
from dashboard.dataset import Dataset, load, select
from dashboard.dataset import sample as samples
from dashboard.outputs import briefing, pack, pictures, workbook
from file_words import pages_of, paragraphs_of, unzipped

VI = text.get()
MARK = "SỐ LIỆU MẪU"
AUTHOR = "Bảng theo dõi Đảng bộ"
ROOT = "Đảng bộ huyện Nam Đông"
# Key figures; native charts of rows and of dates; a chart that is a picture; a table; quotations.
IDS = (
    *("overview.key_figures", "structure.members_over_time", "structure.by_commune", "overlap.matrix"),
    *("goals.progress", "reconciliation.compare"),
)
# What distinguishes a sample, or what is published in it, from the rest.
MARKS = (MARK, "so-lieu-mau", "(mẫu)", "(công bố)", "BÁO CÁO MẪU", "không phải số mẫu", AUTHOR)


class Pack:
    """A pack, taken apart."""

    def __init__(self, dataset: Dataset) -> None:
        self.briefing = briefing.brief(dataset, select(dataset), IDS)
        self.files = unzipped(pack.make(self.briefing, "zip"))

    def file(self, kind: str) -> bytes:
        [content] = [content for name, content in self.files.items() if name.endswith(f".{kind}")]
        return content


def texts_of(name: str, content: bytes) -> Iterator[tuple[str, str]]:
    """Name and text of a file, and of those inside it."""
    if name.endswith((".pptx", ".docx", ".xlsx")):
        for inner, part in unzipped(content).items():
            yield from texts_of(f"{name}/{inner}", part)
    elif name.endswith(".pdf"):
        reader = PdfReader(io.BytesIO(content))
        pages = " ".join(page.extract_text() for page in reader.pages)
        yield name, f"{' '.join(pages.split())} {reader.metadata}"
    elif name.endswith((".xml", ".rels", ".svg", ".csv", ".json")):
        yield name, content.decode("utf-8-sig")


@pytest.fixture(scope="module")
def sample(bundled: Dataset) -> Pack:
    return Pack(bundled)


@pytest.fixture(scope="module")
def real(bundled: Dataset) -> Pack:
    return Pack(replace(bundled, about=replace(bundled.about, sample=False)))


def test_every_workbook_behind_a_chart_is_marked(sample):
    books = {name: part for name, part in unzipped(sample.file("pptx")).items() if name.endswith(".xlsx")}
    assert len(books) >= 3
    for name, part in books.items():
        book = openpyxl.load_workbook(io.BytesIO(part))
        assert book.active["A1"].value == MARK, name
        assert book.properties.description == MARK, name
        assert book.active["A2"].value, name  # the categories are still below


def test_every_description_of_a_chart_table_and_picture_begins_with_the_mark(sample):
    described = [
        shape._element._nvXxPr.cNvPr.get("descr")
        for slide in Presentation(io.BytesIO(sample.file("pptx"))).slides
        for shape in slide.shapes
        if shape.has_chart or shape.has_table or hasattr(shape, "image")
    ]
    document = docx.Document(io.BytesIO(sample.file("docx")))
    described += [shape._inline.docPr.get("descr") for shape in document.inline_shapes]
    described += [
        element.get(f"{{{element.nsmap['w']}}}val")
        for element in document.element.body.iter("{*}tblDescription")
    ]
    described += [
        svg.decode().partition("<desc>")[2] for name, svg in sample.files.items() if name.endswith(".svg")
    ]
    assert len(described) > 3 * len(IDS)
    assert [description for description in described if not description.startswith(f"{MARK}. ")] == []


def test_the_properties_of_a_document_name_the_dashboard_and_the_mark(sample):
    slides = Presentation(io.BytesIO(sample.file("pptx"))).core_properties
    report = docx.Document(io.BytesIO(sample.file("docx"))).core_properties
    sheets = openpyxl.load_workbook(io.BytesIO(sample.file("xlsx"))).properties
    printed = PdfReader(io.BytesIO(sample.file("pdf"))).metadata
    for author, title, description in (
        (slides.author, slides.title, slides.comments),
        (report.author, report.title, report.comments),
        (sheets.creator, sheets.title, sheets.description),
        (printed.author, printed.title, printed.subject),
    ):
        assert author == AUTHOR
        assert MARK in title
        assert MARK in description


def test_one_exhibit_as_a_workbook_is_marked_in_its_properties(sample):
    book = workbook.exhibit_xlsx(sample.briefing.exhibits[0])
    about = openpyxl.load_workbook(io.BytesIO(book)).properties
    assert (about.creator, about.description) == (AUTHOR, MARK)


def test_a_report_on_sample_data_is_no_document_of_that_body(sample, real):
    """Its head says what it is, and it has no signature; that of real data is unchanged."""
    for packed in (sample, real):
        document = docx.Document(io.BytesIO(packed.file("docx")))
        tables = [[cell.text for cell in table._cells] for table in document.tables]
        head = " ".join(tables[0])
        printed = pages_of(packed.file("pdf"))[0]
        body = paragraphs_of(packed.file("docx"))
        signed = any("T/M BAN THƯỜNG VỤ" in cell for cells in tables for cell in cells)
        assert signed == (packed is real)
        if packed is real:
            assert ROOT in head
            assert "ĐẢNG CỘNG SẢN VIỆT NAM" in head
            assert "ĐẢNG CỘNG SẢN VIỆT NAM" in printed
        else:
            for words in (MARK, AUTHOR, f"không phải báo cáo của {ROOT}"):
                assert words in head
            assert "BÁO CÁO MẪU" in body
            for words in (MARK, AUTHOR.upper(), "BÁO CÁO MẪU"):
                assert words in printed
            assert "ĐẢNG CỘNG SẢN" not in head + printed
            assert "-BC/" not in head + printed


def test_the_first_slide_speaks_for_the_dashboard(sample, real):
    first, of_real = (
        [
            shape.text_frame.text
            for shape in Presentation(io.BytesIO(packed.file("pptx"))).slides[0].shapes
            if shape.has_text_frame
        ]
        for packed in (sample, real)
    )
    assert AUTHOR in first
    assert any(words.startswith(MARK) for words in first)
    assert not any(words.startswith(MARK) for words in of_real)
    assert ROOT not in first
    assert ROOT in of_real


def test_the_manifest_says_who_speaks_and_about_whom(sample):
    manifest = json.loads(sample.files["manifest.json"])
    assert (manifest["author"], manifest["organization"]) == (AUTHOR, ROOT)
    assert manifest["sample"] is True


def test_published_figures_are_marked_in_every_document_and_their_changes_as_sample(sample):
    for kind in ("pptx", "docx", "xlsx", "pdf"):
        printed = " ".join(words for _, words in texts_of(f"x.{kind}", sample.file(kind)))
        assert "+26 (mẫu)" in printed, kind
        assert "Đảng viên (công bố)" in printed, kind


def test_real_data_bear_no_mark_anywhere(real):
    marked = [
        (name, mark)
        for file, content in real.files.items()
        for name, words in texts_of(file, content)
        for mark in MARKS
        if mark in name or mark in words
    ]
    assert marked == []


def test_a_picture_without_a_chart_is_described_with_its_mark(sample, real):
    for packed, begins in ((sample, f"{MARK}. "), (real, "")):
        [figures] = [exhibit for exhibit in packed.briefing.exhibits if exhibit.id == "overview.key_figures"]
        svg = pictures.picture_svg(figures, "16x9")
        assert f"<desc>{begins}{figures.headline}" in svg


def test_the_form_that_a_clerk_gets_with_sample_figures_says_so(bundled):
    real = replace(bundled, about=replace(bundled.about, sample=False))
    for dataset, mark in ((bundled, MARK), (real, None), (None, None)):
        book = openpyxl.load_workbook(io.BytesIO(intake.template(dataset, None, VI)))
        assert book.worksheets[0]["A2"].value == mark
        assert (book.properties.description or None) == mark


def test_what_is_quoted_in_no_source_is_marked_as_sample(tmp_path):
    samples.write(tmp_path, 37)
    invented = load(tmp_path)
    selection = select(invented)
    assert exhibits.sources.quotes(invented, selection).sample
    figures = exhibits.overview.key_figures(invented, selection).figures
    assert not any("công bố" in figure.name or "mẫu" in figure.name for figure in figures)
