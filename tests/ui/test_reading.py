"""How to read each page: said in both languages, and sent only to who opens it."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest

from app_page import NAMES, words
from dashboard import text
from dashboard.dataset import texts
from dashboard.exhibits import glossary

# What a careless reader gets wrong on a page, and where it must be said.
SAID = {
    "overview": ("không phải 0%",),
    "structure": ("không gồm chi bộ trực thuộc", "Khối cơ quan huyện không thuộc xã nào"),
    "overlap": (
        "khác với tỷ lệ đảng viên giữ chức danh",
        "không có nghĩa là đạt hay chưa đạt",
        "không cộng hai tỷ lệ",
    ),
    "goals": ("48 chưa đạt, 49 mới đạt", "không phải là 0%"),
    "changes": ("không phải dự báo", "không nêu nguyên nhân"),
    "commune": ("không gồm khối cơ quan huyện",),
    "village": ("không có tên người",),
    "briefing": ("số liệu mẫu",),
    "data": ("số liệu mẫu", "không ghi ngày chốt"),
}


CONTROLS = """
from dashboard.dataset import default_folder, load, select
from dashboard.ui import reading

data = load(default_folder())
selection = select(data, lang={lang!r})
reading.how_to_read({name!r}, selection.text)
reading.all_terms(data, selection)
"""


def sent_words(name: str, lang: str, *opened: str) -> str:
    """What is sent for the controls of a page, those with the keys `opened` open."""
    at = AppTest.from_string(CONTROLS.format(name=name, lang=lang), default_timeout=60)
    for key in opened:
        at.session_state[key] = True
    at.run()
    assert not at.exception
    return words(at)


@pytest.mark.parametrize("lang", text.LANGUAGES)
@pytest.mark.parametrize("name", NAMES)
def test_every_page_says_in_two_to_four_sentences_how_to_read_it(name, lang):
    lines = text.get(lang)(f"reading.page.{name}").strip().splitlines()
    assert 2 <= len(lines) <= 4
    assert [line for line in lines if not line.endswith(".")] == []


def test_no_reading_is_of_a_page_that_is_not_there():
    of_pages = [key for key in sorted(text.get().keys()) if key.startswith("reading.page.")]
    pages = {key.removeprefix("reading.page.") for key in of_pages}
    assert pages == set(NAMES)


@pytest.mark.parametrize("name", NAMES)
def test_what_a_careless_reader_gets_wrong_is_said(bundled, name):
    reading = texts(bundled)["vi"](f"reading.page.{name}")
    assert [sentence for sentence in SAID.get(name, ()) if sentence not in reading] == []


def test_nothing_is_sent_while_it_is_shut():
    assert sent_words("overlap", "vi") == ""


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_an_open_one_has_the_sentences_and_the_terms_of_the_page(bundled, lang):
    page_words = sent_words("overlap", lang, "reading-overlap")
    own = texts(bundled)[lang]
    assert all(line in page_words for line in own("reading.page.overlap").strip().splitlines())
    assert all(f"**{term.name}**: {term.means}" in page_words for term in glossary.used("overlap", own))


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_glossary_has_every_term_with_its_names_meaning_and_source(bundled, lang):
    page_words = sent_words("data", lang, "glossary")
    for term in glossary.terms(texts(bundled)[lang]):
        assert f"**{term.name}** · {term.others[0]}: {term.means}" in page_words
        assert term.source in page_words
