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


@pytest.mark.parametrize("what", TEXT)
def test_text_is_kept_as_it_is(files, what):
    for place in PLACES:
        files.set(place, TEXT[what])
    report = files.check()
    assert report.errors == ()
    for table, _, column in (place.split(":") for place in PLACES):
        values = getattr(report.dataset, table)[column].tolist()
        assert unicodedata.normalize("NFC", " ".join(TEXT[what].split())) in values


@pytest.mark.parametrize("what", REFUSED)
def test_what_hides_or_is_endless_is_refused_with_its_cell_in_signs_that_can_be_seen(files, what):
    rule = "text_long" if len(REFUSED[what]) > 200 else "text_hidden"
    for place in PLACES[:-1]:
        files.set(place, REFUSED[what])
    errors = files.check().errors
    places = [f"{error.table}:{error.row}:{error.column}" for error in errors if error.rule == rule]
    assert places == PLACES[:-1]
    for line in (error.reader_line(text.get(lang)) for error in errors for lang in text.LANGUAGES):
        assert line.isprintable()
        assert len(line) < 500
        assert "\\u" in line or rule == "text_long"


@pytest.mark.parametrize("entry", ["title", "note"])
def test_the_description_of_the_data_is_read_as_strictly(files, entry):
    lines = [line for line in files.text("dataset.toml").splitlines() if not line.startswith(f"{entry} ")]
    files.put("dataset.toml", "\n".join([*lines, f'{entry} = "Tổ \u202e1"', ""]))
    (problem,) = files.check().errors
    assert (problem.rule, problem.column) == ("text_hidden", entry)
