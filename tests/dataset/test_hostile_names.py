"""Names that try something: shown as the text that they are, or refused with the cell and the reason."""

from __future__ import annotations

import unicodedata

import pytest

from dashboard import text

TEXT = {
    "markdown": "**a** _b_ [c](http://x.example) `d` > e # f",
    "html": "<b>x</b><script>alert(1)</script><img src=//x.example/y>",
    "math": "$x$ $$y$$",
    "icon": ":smile: :material/home: :red[x]",
    "vega": "datum['x'] || \\\\'\\\"; {{x}} %s {w}",
    "formula": '=HYPERLINK("http://x.example")',
    "quotes": "\"a\" 'b' `c` “d” «e»",
    "letters of right to left": "אבג العربية",
    "picture": "🏳️ ❤️ 1️⃣ 👍🏽",
    "marks on a letter": "Z̵̨̛͓a̷̡l̴",
    "two hundred": "W" * 200,
    "line break": "Xã\nHương\tSơn\u2028Hạ",
}
REFUSED = {
    "override": "Tổ \u202e1",
    "isolate": "Tổ \u20671",
    "direction mark": "Tổ\u200f 1",
    "no room": "Tổ\u200b 1",
    "joiner": "Tổ\u2060 1",
    "soft hyphen": "Tổ\u00ad 1",
    "byte order mark inside": "T\ufeffổ 1",
    "bell": "Tổ\x07 1",
    "escape": "Tổ\x1b[31m 1",
    "next line": "Tổ\x85 1",
    "own use": "Tổ\ue000 1",
    "filler": "Tổ\u3164 1",
    "grapheme joiner": "Tổ\u034f 1",
    "empty braille": "Tổ\u2800 1",
    "picture mark behind a letter": "Tổ\ufe0f 1",
    "tag letter": "Tổ\U000e0041 1",
    "variation": "Tổ\U000e0101 1",
    "long": "W" * 201,
    "very long": "W" * 10_000,
}
PLACES = [
    "communes:2:name",
    "villages:2:name",
    "organizations:3:name",
    "goals:2:name_vi",
    "published:2:quote",
]


def checked(files, place, name):
    files.set(place, name)
    return files.check()


@pytest.mark.parametrize("place", PLACES)
def test_text_is_kept_as_it_is(files, place):
    table, _, column = place.split(":")
    for what, name in TEXT.items():
        report = checked(files, place, name)
        assert report.errors == (), what
        values = getattr(report.dataset, table)[column].tolist()
        assert unicodedata.normalize("NFC", " ".join(name.split())) in values, what


@pytest.mark.parametrize("place", PLACES[:-1])
def test_what_hides_or_is_endless_is_refused_with_its_cell(files, place):
    _, row, column = place.split(":")
    for what, name in REFUSED.items():
        rule = "text_long" if len(name) > 200 else "text_hidden"
        problems = [
            (problem.rule, str(problem.row), problem.column) for problem in checked(files, place, name).errors
        ]
        assert problems == [(rule, row, column)], what


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_sentence_shows_what_cannot_be_seen(files, lang):
    for what, name in REFUSED.items():
        (problem,) = checked(files, "villages:2:name", name).errors
        line = problem.reader_line(text.get(lang))
        assert line.isprintable(), what
        assert len(line) < 500, what
        assert "\\u" in line or len(name) > 200, what


@pytest.mark.parametrize("entry", ["title", "publisher", "root", "note"])
@pytest.mark.parametrize("name", ["Tổ \u202e1", "Tổ\u3164 1"], ids=["override", "filler"])
def test_the_description_of_the_data_is_read_as_strictly(files, entry, name):
    lines = [line for line in files.text("dataset.toml").splitlines() if not line.startswith(f"{entry} ")]
    files.put("dataset.toml", "\n".join([*lines, f'{entry} = "{name}"', ""]))
    (problem,) = files.check().errors
    assert (problem.rule, problem.column) == ("text_hidden", entry)
