"""The words of both languages, and how numbers and dates are written."""

import re
import string
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from sentences import SENTENCES

import dashboard
from dashboard import exhibits, schema, text
from dashboard.dataset import select

PACKAGE = Path(dashboard.__file__).parent
VI, EN = (text.get(lang) for lang in text.LANGUAGES)


# Words of the data set that a sentence of one language may need and that of the other not.
TERMS = {
    name
    for term in ("unit", "area", "areas", "village", "villages", "village_head", "village_heads")
    for name in (term, term.capitalize())
}


def placeholders(sentence):
    return {name for _, name, _, _ in string.Formatter().parse(sentence) if name is not None} - TERMS


def forms(lang, key):
    """The sentences under one key: one, or the plural forms."""
    by_key = SENTENCES[lang]
    return [by_key[form] for form in (key, f"{key}.one", f"{key}.other") if form in by_key]


def test_both_languages_have_the_same_keys():
    assert sorted(VI.keys()) == sorted(EN.keys())


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_no_sentence_is_empty(lang):
    # Signs of the matrix may be a blank: the state is told by the colour and the key.
    empty = [key for key, sentence in SENTENCES[lang].items() if not sentence.strip()]
    assert [key for key in empty if not key.startswith("overlap.sign.")] == []


def test_both_languages_say_the_same_values():
    differing = {
        key
        for key in set(VI.keys())
        for form in forms("vi", key) + forms("en", key)
        if placeholders(form) != placeholders(forms("vi", key)[0])
    }
    assert differing == set()


def test_placeholders_are_names():
    odd = {
        key
        for lang in text.LANGUAGES
        for key, sentence in SENTENCES[lang].items()
        if not all(name.isidentifier() for name in placeholders(sentence))
    }
    assert odd == set()


def test_english_plurals_have_both_forms_and_a_number():
    plural = {key.removesuffix(".other") for key in SENTENCES["en"] if key.endswith(".other")}
    assert len(plural) > 5
    assert [key for key in plural if len(forms("en", key)) != 2] == []
    assert [key for key in plural if "n" not in placeholders(forms("en", key)[0])] == []


@pytest.mark.parametrize(
    ("words", "n", "expected"),
    [
        (EN, 0, "0 members"),
        (EN, 1, "1 member"),
        (EN, 2198, "2,198 members"),
        (VI, 1, "1 đảng viên"),
        (VI, 2198, "2.198 đảng viên"),
    ],
)
def test_plural_forms(words, n, expected):
    assert words("structure.members", n=n) == expected


def test_a_missing_key_or_value_is_an_error():
    with pytest.raises(KeyError):
        VI("no.such.key")
    with pytest.raises(KeyError):
        VI("structure.members")


def test_another_language_is_an_error_that_lists_the_known_ones():
    with pytest.raises(ValueError, match="'fr' is not one of vi, en"):
        text.Text("fr")


def test_a_value_of_none_is_said_as_no_data():
    assert VI("goals.status.not_met", counted=None) == "còn thiếu chưa có số liệu"


def test_a_value_with_braces_stays_as_it_is():
    assert VI("page.app") in VI("open.up", place=VI("page.app"))
    assert "{n}" in VI("open.up", place="{n}")


@pytest.mark.parametrize(
    ("form", "values", "vi", "en"),
    [
        ("number", (999,), "999", "999"),
        ("number", (1234567,), "1.234.567", "1,234,567"),
        ("number", (43.31, 2), "43,31", "43.31"),
        ("number", (83.25, 1), "83,3", "83.3"),  # half up, not to the even digit
        ("number", (2.5,), "3", "3"),
        ("number", (1234.5, 1), "1.234,5", "1,234.5"),
        ("number", (None,), "chưa có số liệu", "no data"),
        ("share", (50, 60), "83,3%", "83.3%"),
        ("share", (1, 16), "6,3%", "6.3%"),  # 6.25 is rounded up
        ("share", (23, 80), "28,8%", "28.8%"),  # 28.75
        ("share", (2, 3), "66,7%", "66.7%"),
        ("share", (0, 6), "0,0%", "0.0%"),
        ("share", (6, 6), "100,0%", "100.0%"),
        ("share", (0, 0), "chưa có số liệu", "no data"),
        # No share is rounded up to all of it, nor to a target that it misses.
        ("share", (2000, 2001), "99,9%", "99.9%"),
        ("share", (799, 999, 80.0), "79,9%", "79.9%"),
        ("share", (799, 999, 90), "80,0%", "80.0%"),
        ("share", (800, 1000, 80), "80,0%", "80.0%"),  # reached exactly
        ("share", (2, 3, 66.68), "66,6%", "66.6%"),
        ("ratio", (1500, 2198), "1.500/2.198 (68,2%)", "1,500/2,198 (68.2%)"),
        ("ratio", (0, 0), "chưa có số liệu", "no data"),
        ("percent", (80.0,), "80%", "80%"),
        ("percent", (43.31,), "43,31%", "43.31%"),
        ("percent", (0,), "0%", "0%"),
        ("change", (5,), "+5", "+5"),
        ("change", (0,), "0", "0"),
        ("change", (-1200,), "−1.200", "−1,200"),
        ("date", ("2021-04-05",), "05/04/2021", "05/04/2021"),  # day first in both languages
        ("date", ("",), "", ""),
        ("series", ([],), "", ""),
        ("series", (["A"],), "A", "A"),
        ("series", (["A", "B", "C"],), "A, B và C", "A, B and C"),
    ],
)
def test_how_numbers_dates_and_lists_are_written(form, values, vi, en):
    assert (getattr(VI, form)(*values), getattr(EN, form)(*values)) == (vi, en)


CODES = {
    "code.position": schema.POSITIONS,
    "code.position_head": schema.POSITIONS,
    "code.level": schema.LEVELS,
    "code.category": schema.CATEGORIES,
    "code.commune_kind": schema.COMMUNE_KINDS,
    "code.village_kind": schema.VILLAGE_KINDS,
    "count": schema.COUNTS,
    "goals.status": ("met", "not_met", "rising", "falling", "unchanged", "no_data"),
    "goals.measure": ("member_share", "overlap_share", "count"),
    "overlap.state": ("member", "not_member", "vacant", "not_reported"),
    "reconciliation.status": ("agrees", "differs", "whole_differs", "both_differ", "not_computable"),
    "selection.boundaries": ("then", "now"),
}


@pytest.mark.parametrize("group", CODES)
def test_every_code_has_its_word(group):
    assert [code for code in CODES[group] if f"{group}.{code}" not in VI] == []


@pytest.mark.parametrize("group", [group for group in CODES if group != "count"])
@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_two_codes_have_two_words(group, lang):
    names = [SENTENCES[lang][f"{group}.{code}"] for code in CODES[group]]
    assert len(set(names)) == len(names)


def test_columns_are_described_all_or_none():
    described = {".".join(key.split(".")[:3]) for key in set(VI.keys()) if key.startswith("column.")}
    columns = {f"column.{table.name}.{name}" for table in schema.TABLES for name in table.column_names}
    assert described in (set(), columns)


# Words of English that no Vietnamese sentence has; "an", "to", "in", "no" and "me" are Vietnamese too.
ENGLISH = re.compile(
    r"\b(the|of|and|or|is|are|with|without|for|from|per|this|that|each|every|all|data|members?|villages?"
    r"|communes?|goals?|cells?|committees?|posts?|heads?|secretary|overlap|share|target|status|page|file"
    r"|row|column|value|error|warning|sample|source|date|table|chart|loading|click|download|show)\b",
    re.IGNORECASE,
)
# What a Vietnamese reader types or reads as it is: commands, names of files, columns and codes, Excel's menu.
TYPED = re.compile(
    r"python -m dashboard \w+( --[\w-]+)?|DASHBOARD_DATA|dataset\.toml|\w+\.csv|Save As"
    r"|CSV UTF-8( \(Comma delimited\))?|sample = true|\w+_\w+(:\S+)?|(count|share):\S+|Ngôn ngữ · Language"
    r"|\b(level|district|members|households|holder|up|outside)\b"
)


def foreign(sentences):
    """Vietnamese sentences with English in them."""
    return [sentence for sentence in sentences if ENGLISH.search(TYPED.sub("", sentence))]


def test_the_check_for_english_finds_it():
    assert foreign(["Số liệu của the district", "No data: chưa có"]) == [
        "Số liệu của the district",
        "No data: chưa có",
    ]


def test_vietnamese_sentences_hold_no_english():
    # Names of files have no accents, so "the" and "or" may be Vietnamese there.
    sentences = [
        sentence for key, sentence in SENTENCES["vi"].items() if not re.search(r"^file\.|\.file$", key)
    ]
    assert foreign([re.sub(r"\{\w+\}", "", sentence) for sentence in sentences]) == []


def test_vietnamese_exhibits_hold_no_english(bundled):
    words = []
    for exhibit in exhibits.every(bundled, select(bundled)):
        words += [exhibit.headline, exhibit.subtitle, exhibit.alt, *exhibit.notes, *exhibit.sentences]
        words += [cell for figure in exhibit.figures for cell in (figure.name, figure.value)]
        if exhibit.table is not None:
            written = exhibit.table.written(VI)
            words += [*written.columns, *written.to_numpy().ravel()]
    assert foreign(words) == []


# Words of Vietnamese that no name of a place has; "bí", "ban" or "thôn" may be in one.
VIETNAMESE = re.compile(
    r"\b(số liệu|của|các|những|được|không|có|là|theo|với|đảng bộ|đảng viên|toàn|ngày|nguồn|xã|thị trấn)\b",
    re.IGNORECASE,
)


def test_english_exhibits_hold_no_vietnamese(bundled):
    """But names of organisations and what sources say, which are data."""
    figures = bundled.published
    quoted = [*bundled.goals["source"], *figures["source"], *figures["quote"], *bundled.organizations["name"]]
    words = []
    for communes in ((), ("huong-son",), ("outside",)):
        for exhibit in exhibits.every(bundled, select(bundled, communes, lang="en")):
            words += [exhibit.headline, exhibit.subtitle, exhibit.source, exhibit.foot, exhibit.chosen]
            words += [*exhibit.notes, *exhibit.takeaways, *exhibit.sentences, *exhibit.definitions]
    for quote in sorted({quote for quote in quoted if quote}, key=len, reverse=True):
        words = [phrase.replace(quote, "") for phrase in words]
    assert [phrase for phrase in words if VIETNAMESE.search(phrase)] == []


@pytest.fixture(scope="module")
def glyphs():
    return {
        chr(code) for code in TTFont(PACKAGE / "static" / "fonts" / "BeVietnamPro-Regular.ttf").getBestCmap()
    }


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_font_has_every_letter_of_the_words(glyphs, lang):
    # Sentences about wrong files are never drawn; the screen has other fonts for their arrow.
    sentences = {
        key: sentence for key, sentence in SENTENCES[lang].items() if not key.startswith(("rule.", "cli."))
    }
    assert {key: words for key, words in sentences.items() if set(words) - glyphs - {"\n"}} == {}


def test_all_weights_of_the_font_have_the_same_letters(glyphs):
    for weight in ("SemiBold", "Bold"):
        font = TTFont(PACKAGE / "static" / "fonts" / f"BeVietnamPro-{weight}.ttf")
        assert {chr(code) for code in font.getBestCmap()} >= glyphs
