"""A table as CSV: Excel opens it with its accents and in columns, and text stays text."""

import csv
import io

import pandas as pd
import pytest

from dashboard import exhibits, text
from dashboard.dataset import select
from dashboard.exhibits import Table
from dashboard.outputs import table

LIVE = ("=1+1", "@SUM(A1)", "+84", "-x", "http://example.org", "Thôn 1")


def read(written: bytes, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""), delimiter=separator))


def test_csv_text_that_looks_live_is_disarmed():
    frame = pd.DataFrame({"name": list(LIVE), "n": [1, -2, 3, 4, 5, 6]})
    rows = read(table.as_csv(Table(frame), text.get("en")), ",")
    assert [row[0] for row in rows[1:]] == [
        "'=1+1",
        "'@SUM(A1)",
        "'+84",
        "'-x",
        "http://example.org",
        "Thôn 1",
    ]
    assert [row[1] for row in rows[1:]] == ["1", "-2", "3", "4", "5", "6"]


@pytest.mark.parametrize(("lang", "separator", "decimal"), [("vi", ";", ","), ("en", ",", ".")])
def test_csv_opens_in_an_excel_of_the_language_with_its_accents(bundled, lang, separator, decimal):
    progress = exhibits.goals.progress(bundled, select(bundled, lang=lang))
    written = table.as_csv(progress.table, text.get(lang))
    assert written.startswith(b"\xef\xbb\xbf")
    first = read(written, separator)[1]
    assert len(first) == len(progress.table.frame.columns)
    assert first[0] == progress.table.frame.iloc[0, 0]
    assert first[3].startswith(f"0{decimal}833")


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_begins_like_a_formula_stays_text(sign):
    (_, row) = read(table.as_csv(Table(pd.DataFrame({"name": [f"{sign}1+1"]})), text.get("vi")), ";")
    assert row == [f"'{sign}1+1"]
