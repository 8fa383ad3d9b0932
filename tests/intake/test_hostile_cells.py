"""Names in a filled workbook: text comes in as it is, what hides or is endless is refused at its cell."""

from __future__ import annotations

from handed_in import lines, opened, places, receive, saved

SHEET, ROW = "Thôn, tổ dân phố", 63
TEXTS = ["<b>*m*</b> $x$ :smile:", "=1+1", '=HYPERLINK("http://x.example")', "אבג", "Làng 🏳️", "@x {w} %s"]
HIDING = ["Thôn \u202e1", "Thôn\u200b 1", "Thôn\u3164 1", "Thôn\ufe0f 1", "W" * 201]


def with_villages(filled: bytes, names: list[str]) -> bytes:
    """The filled workbook with more villages, their names written as text."""
    book = opened(filled)
    sheet = book[SHEET]
    for row, name in enumerate(names, ROW):
        for column, value in enumerate(["Xã Hương Sơn", name, "Thôn", 10, 40], 1):
            sheet.cell(row, column).value = value
        sheet.cell(row, 2).data_type = "s"
    return saved(book)


def test_text_comes_in_as_it_is(filled, bundled):
    new = [f"Mới: {name} (Xã Hương Sơn)" for name in TEXTS]
    assert lines(with_villages(filled, TEXTS), bundled).splitlines() == new


def test_what_hides_or_is_endless_is_refused_at_its_cell(filled, bundled):
    refused = receive(with_villages(filled, HIDING), bundled)
    assert places(refused) == {f"{SHEET}!B{row}" for row in range(ROW, ROW + len(HIDING))}
