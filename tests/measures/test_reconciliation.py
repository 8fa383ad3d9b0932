"""Published figures against the data."""

import pytest

from dashboard import measures

DATES = """
    as_of      | org_id | level | members
    2023-12-31 | c      | cell  | 10
    2024-12-31 | c      | cell  | 12"""
HEADS = """
    village_id | secretary | village_head
    v1         | A+        | A+
    v2         | A+        | B-
    v3         | A+        | vacant"""
PUBLISHED = """
    figure_id     | measure                              | value | denominator | as_of
    members       | count:members                        | 12    |             |
    more-members  | count:members                        | 15    |             |
    members-2023  | count:members                        | 10    |             | 2023-12-31
    members-2020  | count:members                        | 10    |             | 2020-12-31
    heads         | member_share:village_head            | 1     | 2           |
    more-heads    | member_share:village_head            | 2     | 2           |
    vacant-heads  | member_share:village_head            | 1     | 3           |
    overlap       | overlap_share:secretary+village_head | 1     | 3           |
    other-overlap | overlap_share:secretary+front_head   | 1     | 3           |
    youth         | member_share:youth_head              | 1     | 2           |"""


@pytest.fixture
def compared(build):
    """The published figures by their id."""
    data = build(organizations=DATES, officers=HEADS, published=PUBLISHED)
    return measures.reconciliation.compare(data).set_index("figure_id").loc


def test_every_published_figure_of_the_bundled_set_agrees(bundled):
    rows = measures.reconciliation.compare(bundled).set_index("figure_id")["status"]
    assert rows[rows == "not_computable"].index.tolist() == ["ethnic_minority"]
    assert set(rows.drop("ethnic_minority")) == {"agrees"}
    assert len(rows) == 12


def test_a_stated_date_is_the_date_of_comparison(compared):
    row = compared["members-2023"]
    assert (row["as_of"], row["stated"], row["status"]) == ("2023-12-31", True, "agrees")


@pytest.mark.parametrize(("assumed", "as_of"), [("", "2024-12-31"), ("2023-12-31", "2023-12-31")])
def test_without_a_date_the_assumed_one_or_the_last_is_taken(build, assumed, as_of):
    data = build(organizations=DATES, published=PUBLISHED, assumed_as_of=assumed)
    row = measures.reconciliation.compare(data).iloc[0]
    assert (row["as_of"], row["stated"]) == (as_of, False)
