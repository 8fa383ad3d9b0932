"""A table as CSV: Excel opens it with its accents, and text stays text."""

import csv
import io

import pandas as pd
import pytest

from dashboard import exhibits
from dashboard.dataset import select
from dashboard.exhibits import Table
from dashboard.outputs import table

LIVE = ("=1+1", "@SUM(A1)", "+84", "-x", "http://example.org", "Thôn 1")


def test_csv_text_that_looks_live_is_disarmed():
    frame = pd.DataFrame({"name": list(LIVE), "n": [1, -2, 3, 4, 5, 6]})
    rows = list(csv.reader(io.StringIO(table.as_csv(Table(frame)).decode("utf-8-sig"))))
    assert [row[0] for row in rows[1:]] == [
        "'=1+1",
        "'@SUM(A1)",
        "'+84",
        "'-x",
        "http://example.org",
        "Thôn 1",
    ]
    assert [row[1] for row in rows[1:]] == ["1", "-2", "3", "4", "5", "6"]


def test_csv_opens_in_excel_with_its_accents(bundled):
    progress = exhibits.goals.progress(bundled, select(bundled))
    written = table.as_csv(progress.table)
    assert written.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(written.decode("utf-8-sig"))))
    assert rows[1][0] == progress.table.frame.iloc[0, 0]
    assert float(rows[1][3]) == pytest.approx(50 / 60)


@pytest.mark.parametrize("sign", ["=", "+", "-", "@", "\t", "\r"])
def test_text_that_begins_like_a_formula_stays_text(sign):
    written = table.as_csv(Table(pd.DataFrame({"name": [f"{sign}1+1"]})))
    (_, row) = csv.reader(io.StringIO(written.decode("utf-8-sig"), newline=""))
    assert row == [f"'{sign}1+1"]
