"""One list of terms: what every exhibit defines, and every term of the field in both languages."""

from __future__ import annotations

import re

import pytest

from dashboard import exhibits, text
from dashboard.dataset import select, texts
from dashboard.exhibits import glossary

# The standard terms of the field, in both languages.
STANDARD = {
    "tổ chức cơ sở đảng (TCCSĐ)": "grassroots organisation",
    "đảng bộ cơ sở": "grassroots committee",
    "chi bộ cơ sở": "grassroots cell",
    "chi bộ trực thuộc": "subordinate cell",
    "đảng bộ bộ phận": "sectional committee",
    "đảng viên": "party member",
    "đảng viên mới kết nạp": "newly admitted member",
    "bí thư chi bộ": "cell secretary",
    "trưởng thôn, tổ trưởng tổ dân phố": "village head",
    "trưởng ban công tác mặt trận": "front-committee head",
    "chi hội trưởng nông dân, phụ nữ, cựu chiến binh": "farmers', women's, veterans' branch head",
    "bí thư chi đoàn": "youth-branch secretary",
    "kiêm nhiệm (đồng thời là; nhất thể hoá chức danh)": "role overlap",
    "ngày chốt số liệu": "as-of date",
    "khối cơ quan huyện": "district bodies",
}


def without_short_form(name: str) -> str:
    return re.sub(r" \((viết gọn|for short): .*\)", "", name).lower()


@pytest.mark.parametrize(("lang", "other"), [("vi", "en"), ("en", "vi")])
def test_every_standard_term_is_explained_under_its_names_in_both_languages(bundled, lang, other):
    translations = {
        without_short_form(term.name): without_short_form(term.others[0])
        for term in glossary.terms(texts(bundled)[lang])
    }
    expected = STANDARD if lang == "vi" else {english: vietnamese for vietnamese, english in STANDARD.items()}
    expected = {name.lower(): translated.lower() for name, translated in expected.items()}
    assert {name: translations.get(name) for name in expected} == expected


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_every_term_means_one_sentence_and_no_two_have_one_name(lang):
    terms = glossary.terms(text.get(lang))
    assert [
        term.name for term in terms if not term.means or ". " in term.means or term.means[-1] == "."
    ] == []
    assert len({term.name for term in terms}) == len(terms)


def test_a_line_has_the_name_the_meaning_and_the_source():
    lines = {term.name: str(term) for term in glossary.terms(text.get())}
    assert lines["Chi bộ trực thuộc"] == (
        "Chi bộ trực thuộc: chi bộ trực thuộc đảng uỷ cơ sở; không phải là tổ chức cơ sở đảng"
        " (Điều lệ Đảng, Điều 24)."
    )
    assert lines["Khuyết"] == "Khuyết: chức danh có báo cáo nhưng chưa có người giữ."


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_exhibits_define_their_terms_as_the_glossary_does(bundled, lang):
    selection = select(bundled, lang=lang)
    known = {str(term) for term in glossary.terms(selection.text)}
    for exhibit in exhibits.every(bundled, selection):
        assert exhibit.definitions, exhibit.id
        assert set(exhibit.definitions) <= known


CHANGED = ("04/2012/TT-BNV", "14/2018/TT-BNV", "05/2022/TT-BNV")
# The words with which a source says that it is not certain.
UNCERTAIN = {"vi": ("chưa đối chiếu",), "en": ("not checked", "not compared")}
CELLS_MEANT = {
    "vi": "chỉ nói về chi bộ trực thuộc đảng uỷ cơ sở",
    "en": "about cells under a grassroots committee only",
}


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_a_source_that_is_not_certain_says_so(lang):
    words = text.get(lang)

    def source(term: str) -> str:
        return words(f"glossary.{term}.source")

    for term in ("village", "village_head"):
        assert all(circular in source(term) for circular in CHANGED), term
    assert CELLS_MEANT[lang] in source("secretary")
    for term in ("village", "village_head", "secretary", "front_head", "branch_heads", "youth_head"):
        assert any(doubt in source(term) for doubt in UNCERTAIN[lang]), term


def test_what_restates_a_source_is_called_no_quotation():
    for lang, name in (("vi", "trích dẫn"), ("en", "quot")):
        words = text.get(lang)
        for key in ("reconciliation.quotes.name", "reconciliation.quotes.file", "column_short.quote"):
            assert name not in words(key).lower()
            assert text.slug(name) not in words(key)
