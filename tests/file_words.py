"""The words of files that a reader takes along, as they are found in them."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterator

import docx
import openpyxl
from pptx import Presentation
from pptx.oxml.ns import qn
from pypdf import PdfReader


def bare(words: str) -> str:
    """Without the spaces and the line breaks that a layout puts in."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFC", words).replace("\u200b", ""))


def unzipped(content: bytes) -> dict[str, bytes]:
    """The files of an archive, or of an office file, by name."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def paragraphs_of(document: bytes) -> str:
    """The paragraphs of a Word document outside of its tables."""
    return "\n".join(paragraph.text for paragraph in docx.Document(io.BytesIO(document)).paragraphs)


def words_of_document(document: bytes) -> str:
    """Every word of a Word document, in its tables too."""
    return "".join(
        node.text or "" for node in docx.Document(io.BytesIO(document)).element.body.iter(qn("w:t"))
    )


def cells_of(workbook: bytes) -> list[openpyxl.cell.Cell]:
    book = openpyxl.load_workbook(io.BytesIO(workbook))
    return [cell for sheet in book for row in sheet.iter_rows() for cell in row]


def words_of_slides(deck: bytes) -> Iterator[str]:
    """What is read on slides, piece by piece: boxes, cells, the names and the words of charts."""
    for shape in (shape for slide in Presentation(io.BytesIO(deck)).slides for shape in slide.shapes):
        if shape.has_text_frame:
            yield shape.text_frame.text
        if shape.has_table:
            yield from (cell.text for row in shape.table.rows for cell in row.cells)
        if shape.has_chart:
            space = shape.chart._chartSpace
            yield from ("".join(t.text for t in label.iter(qn("a:t"))) for label in space.iter(qn("c:dLbl")))
            yield from (value.text or "" for value in space.iter(qn("c:v")))
