"""Names in a filled workbook: text comes in as it is, what hides or is endless is refused at its cell."""

from __future__ import annotations

from handed_in import VILLAGES, lines, places, receive

ROW = 63
TEXTS = ["<b>*m*</b> $x$ :smile:", "=1+1", '=HYPERLINK("http://x.example")', "אבג", "Làng 🏳️", "@x {w} %s"]
HIDING = ["Thôn \u202e1", "Thôn\u200b 1", "Thôn\u3164 1", "Thôn\ufe0f 1", "W" * 201]


def with_villages(book, names: list[str]):
    """The filled workbook with more villages, their names written as text."""
    for row, name in enumerate(names, ROW):
        book[VILLAGES].append(["Xã Hương Sơn", name, "Thôn", 10, 40])
        book[VILLAGES].cell(row, 2).data_type = "s"
    return book


def test_text_comes_in_as_it_is(book, bundled):
    new = [f"Mới: {name} (Xã Hương Sơn)" for name in TEXTS]
    assert lines(with_villages(book, TEXTS), bundled).splitlines() == new


def test_what_hides_or_is_endless_is_refused_at_its_cell(book, bundled):
    refused = receive(with_villages(book, HIDING), bundled)
    assert places(refused) == {f"{VILLAGES}!B{row}" for row in range(ROW, ROW + len(HIDING))}
