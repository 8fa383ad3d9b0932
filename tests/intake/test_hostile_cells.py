"""Names of new villages in a filled workbook: text comes in as it is, whatever it would do elsewhere."""

from __future__ import annotations

from handed_in import VILLAGES, lines

TEXTS = ["<b>*m*</b> $x$ :smile:", "=1+1", '=HYPERLINK("http://x.example")', "אבג", "Làng 🏳️", "@x {w} %s"]


def test_text_comes_in_as_it_is(book, bundled):
    for row, name in enumerate(TEXTS, 63):
        book[VILLAGES].append(["Xã Hương Sơn", name, "Thôn", 10, 40])
        book[VILLAGES].cell(row, 2).data_type = "s"
    new = [f"Mới: {name} (Xã Hương Sơn)" for name in TEXTS]
    assert lines(book, bundled).splitlines() == new
