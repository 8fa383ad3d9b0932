"""Counts of organisations and members at several dates."""

import pytest

from dashboard import measures
from dashboard.dataset import select

CELLS = """
    as_of      | org_id | level | commune_id | members | admitted
    2023-12-31 | one    | cell  | north      | 30      | 1
    2023-12-31 | bank   | cell  |            | 5       |
    2024-12-31 | one    | cell  | north      | 28      | 3
    2024-12-31 | two    | cell  | north      | 4       | 0
    2024-12-31 | bank   | cell  |            | 5       |"""


@pytest.mark.parametrize(
    ("communes", "name", "counts"),
    [
        ([], "cells", (2, 3)),
        ([], "members", (35, 37)),
        ([], "admitted", None),
        (["north"], "admitted", (1, 3)),
    ],
)
def test_a_change_is_that_since_a_date_at_which_all_is_reported_as_well(build, communes, name, counts):
    data = build(communes="commune_id\nnorth\nsouth", organizations=CELLS)
    selection = select(data, communes)
    assert measures.structure.since(data, selection, name, "2023-12-31") == counts
    assert measures.structure.since(data, selection, name, None) is None


def test_without_dates_nothing_is_counted(build):
    data = build(villages="village_id\nn1")
    assert measures.structure.over_time(data, select(data), "members") == {}
    assert measures.structure.by_commune(data, select(data)).empty
