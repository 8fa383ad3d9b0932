"""The workbook of one commune: its words, and those of workbooks that were made before."""

from __future__ import annotations

import pytest
from handed_in import ORGANIZATIONS, opened, received

from dashboard import intake, text
from dashboard.dataset import texts
from one_commune import NOW, ROOT, TABLES


@pytest.fixture
def data(build):
    return build(root=ROOT, root_level="superior", **TABLES)


def form(data, lang):
    return opened(intake.template(data, NOW, texts(data)[lang]))


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_its_workbook_comes_back_as_it_went(data, lang):
    assert received(form(data, lang), data).changes == ()


def test_its_workbook_does_not_speak_of_a_district(data):
    cells = [cell for sheet in form(data, "vi") for row in sheet.iter_rows() for cell in row]
    words = [str(cell.value) for cell in cells] + [cell.comment.text for cell in cells if cell.comment]
    assert "Đảng bộ xã" in words
    assert [word for word in words if "huyện" in word.lower()] == []


def test_the_word_of_earlier_workbooks_for_the_level_at_the_top_is_understood(data):
    book = form(data, "vi")
    (cell,) = (cell for row in book[ORGANIZATIONS] for cell in row if cell.value == "Đảng bộ xã")
    cell.value = "Đảng bộ huyện"
    assert received(book, data).changes == ()
