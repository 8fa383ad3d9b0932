"""One wording on the screen: each term by one name, tones in one place, quotation marks of one kind."""

from __future__ import annotations

import re

import pytest
from sentences import SENTENCES

from dashboard import schema, text

# Another name for a term of the glossary, and what it is called here.
OTHER_NAMES = {
    "vi": {
        r"\btrưởng chi hội": "chi hội trưởng",
        r"\btrưởng ban (?!công tác mặt trận|CTMT)": "trưởng ban công tác Mặt trận, viết gọn: trưởng ban CTMT",
        r"\btrưởng mặt trận|\btrưởng (bản|ấp|khu phố)\b": "trưởng ban CTMT; trưởng thôn",
        r"\btổ trưởng dân phố": "tổ trưởng tổ dân phố",
        r"\b(ngày|kỳ) báo cáo|\bkỳ (này|trước|sau|gần nhất|đang có)\b|\bthời điểm chốt": "ngày chốt",
        r"\bđảng viên mới(?! kết nạp)": "đảng viên mới kết nạp",
        r"\btổ chức đảng cơ sở|\btổ chức cơ sở của đảng": "tổ chức cơ sở đảng",
        r"\bchi bộ (trực tiếp|phụ thuộc)|\bchi bộ nhỏ": "chi bộ trực thuộc",
        r"\bkhối (huyện|cơ quan cấp huyện)|\bkhối các cơ quan": "khối cơ quan huyện",
        r"\bkiêm chức|\bkiêm vị trí|\bđồng thời kiêm": "kiêm nhiệm",
        r"\b(bỏ trống|trống chức danh)\b": "khuyết",
        r"\bsổ (tính|làm việc)\b": "bảng tính",
        r"\bdữ liệu mẫu|số liệu (giả|giả định|minh hoạ)\b": "số liệu mẫu",
        r"\blàng\b|\bxóm\b": "thôn",
    },
    "en": {
        r"\b(hamlet|quarter)s?\b": "village",
        r"\bvillage (chief|leader)": "village head",
        r"\b(fatherland front|front committee) (chair|leader)": "Front-committee head",
        r"\b(reporting|cut-off|closing) date": "as-of date",
        r"\bdual role|\bdouble posts?|\bconcurrent": "role overlap",
        r"\bparty cell\b": "cell",
        r"\bsubordinated? branch": "subordinate cell",
        r"\bdemo data|\btest data": "sample data",
    },
}
# "uỷ", "hoá", "thuý": the tone is on the last vowel. "quý" has it there in either style.
OLD_TONE = re.compile(r"[òóỏõọ][ae](?!\w)|(?<![qQ])[ùúủũụ]y(?!\w)", re.IGNORECASE)

# A number that may be 1 before the plural of what it counts; "3 of {all} communes" is right for 1, too.
PLURALS = (
    "villages communes goals posts members cells committees organisations changes rows dates days years files"
    " errors warnings figures households inhabitants persons steps places pages parts versions are report"
    " agree differ miss need"
)
ONE_OR_MORE = re.compile(
    r"(?<!of )(?<!of the )(?<!/)\{(\w+)\}(?: (?!the |has |of )[a-z-]+){0,3}? (?:"
    + PLURALS.replace(" ", "|")
    + r")\b"
)
# Sentences whose number is always more than 1, and what is no number.
NEVER_ONE = {
    "alt.many",
    "briefing.too_many",
    "changes.unreported_pace",
    "goals.attention.headline_many",
    "goals.compared.of",
    "goals.plan.more_rows",
    "intake.rule.many_wrong",
    "intake.rule.too_many_rows",
    "page.commune.too_many",
    "page.village.too_many",
    "rule.fields_many",
    "settings.syntax",
    "settings.editor_of_some",
    "what_if.refused.too_many",
}

# What a reader types as it is.
TYPED = re.compile(r'"(\d{4}-\d\d-\d\d|giá trị|value|)"')


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_no_term_is_named_two_ways(lang):
    wrong = {
        (key, say)
        for key, sentence in SENTENCES[lang].items()
        for other_name, say in OTHER_NAMES[lang].items()
        if re.search(other_name, sentence, re.IGNORECASE)
    }
    assert wrong == set()


def test_the_check_finds_another_name():
    sentence = "Trưởng ban Mặt trận và trưởng chi hội, theo kỳ báo cáo"
    names = [other_name for other_name in OTHER_NAMES["vi"] if re.search(other_name, sentence, re.IGNORECASE)]
    assert len(names) == 3


def test_tones_stand_in_one_place():
    assert {key: sentence for key, sentence in SENTENCES["vi"].items() if OLD_TONE.search(sentence)} == {}


def test_the_check_finds_the_other_place_alone():
    assert all(map(OLD_TONE.search, ("ủy ban", "Hòa", "khóa", "tùy", "HÓA", "khỏe")))
    assert not any(map(OLD_TONE.search, ("uỷ ban", "Hoà", "của", "quý", "toán", "khoản", "tuỳ", "mùa")))


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_quotation_marks_dashes_and_spaces_are_of_one_kind(lang):
    odd = re.compile(r"(?<![\w=])\"|\.\.\.| {2}| [,;:!](?!\w)|[«»‘]")
    assert {key: words for key, words in SENTENCES[lang].items() if odd.search(TYPED.sub("x", words))} == {}


def counts_without_one(key: str, sentence: str) -> bool:
    """Whether a sentence has a number that may be 1 before a plural, and no form for it."""
    if key.rpartition(".")[2] in ("one", "alike", "all_alike") or key in NEVER_ONE:
        return False
    sentence = re.sub(r"\{areas?\}", "communes", re.sub(r"\{(Area|Areas|Unit|unit)\}", "Communes", sentence))
    for term in ("village_heads", "village_head", "villages", "village"):
        words = text.get("en")(f"term.{term}")
        sentence = sentence.replace(f"{{{term}}}", words)
        sentence = sentence.replace(f"{{{term.capitalize()}}}", text.capital(words))
    numbers = {match[1] for match in ONE_OR_MORE.finditer(sentence)}
    return bool(numbers - {"n"} if key.endswith(".other") else numbers)


def test_what_is_counted_has_a_form_for_one():
    english = SENTENCES["en"]
    plurals = [key for key in english if key.endswith(".other")]
    assert [key for key in plurals if f"{key.removesuffix('.other')}.one" not in english] == []
    assert {key: sentence for key, sentence in english.items() if counts_without_one(key, sentence)} == {}


@pytest.mark.parametrize(
    "sentence", ["{n} villages", "{n} more communes: see", "{ready} other heads are", "({n} files)"]
)
def test_the_check_finds_a_count_without_a_form_for_one(sentence):
    assert counts_without_one("pool.headline", sentence)


@pytest.mark.parametrize("position", [name for name in schema.POSITIONS if name != "village_head"])
def test_a_post_is_called_the_same_everywhere(position):
    words = text.get()
    name = words(f"code.position.{position}")
    assert words(f"code.position_inside.{position}") == name[0].lower() + name[1:]
    short = words(f"takeaway.position.{position}")
    assert short in (words(f"code.position_inside.{position}"), "trưởng ban CTMT", "chi hội trưởng CCB")
    glossary = " ".join(
        words(f"glossary.{term}.term") for term in ("secretary", "front_head", "branch_heads")
    )
    last_word = name.rsplit(" ", 1)[1]
    assert last_word in glossary + words("glossary.youth_head.term")


def test_a_short_form_is_declared_in_the_glossary():
    terms = {key: sentence for key, sentence in SENTENCES["vi"].items() if key.startswith("glossary.")}
    declared = {
        short
        for key, sentence in terms.items()
        if key.endswith(".term")
        for short in re.findall(r"\((?:viết gọn: )?([^();]+)\)", sentence.replace("{area}", "xã"))
    }
    assert {"TCCSĐ", "thôn", "xã", "bí thư", "trưởng thôn", "trưởng ban CTMT", "CCB", "ngày chốt"} <= declared
