"""Published figures against the data."""

import pytest

from dashboard import measures

CELLS = """
    as_of      | org_id | level | members
    2023-12-31 | c      | cell  | 10
    2024-12-31 | c      | cell  | 12"""
HEADS = """
    village_id | secretary | village_head
    v1         | A+        | A+
    v2         | A+        | B-
    v3         | A+        | vacant"""


def only_row(build, columns, row, **options):
    data = build(organizations=CELLS, published=f"figure_id | {columns}\nfigure | {row}", **options)
    return measures.reconciliation.compare(data).iloc[0]


def test_every_published_figure_of_the_bundled_set_agrees(bundled):
    rows = measures.reconciliation.compare(bundled).set_index("figure_id")["status"]
    assert rows[rows == "not_computable"].index.tolist() == ["ethnic_minority"]
    assert set(rows.drop("ethnic_minority")) == {"agrees"}
    assert len(rows) == 12


@pytest.mark.parametrize(
    ("figure", "computed", "denominator"),
    [
        ("grassroots", 42, None),
        ("committees", 14, None),
        ("cells", 28, None),
        ("subcells", 128, None),
        ("members", 2198, None),
        ("villages", 60, None),
        ("households", 6873, None),
        ("population", 28336, None),
        ("village_heads_members", 50, 60),
        ("secretary_village_head", 26, 60),
        ("secretary_front_head", 4, 60),
        ("ethnic_minority", None, None),
    ],
)
def test_the_bundled_set_gives_the_published_figures(bundled, figure, computed, denominator):
    row = measures.reconciliation.compare(bundled).set_index("figure_id").loc[figure]
    assert (row["computed"], row["computed_denominator"]) == (computed, denominator)


@pytest.mark.parametrize(("value", "status", "difference"), [("12", "agrees", 0), ("15", "differs", -3)])
def test_a_count_agrees_or_differs(build, value, status, difference):
    row = only_row(build, "measure | value", f"count:members | {value}")
    assert (row["status"], row["difference"], row["denominator"]) == (status, difference, None)


@pytest.mark.parametrize(
    ("measure", "value", "denominator", "status"),
    [
        ("member_share:village_head", 1, 2, "agrees"),
        ("member_share:village_head", 2, 2, "differs"),
        ("member_share:village_head", 1, 3, "differs"),  # the vacant post is no denominator
        ("overlap_share:secretary+village_head", 1, 3, "agrees"),
        ("overlap_share:secretary+front_head", 1, 3, "differs"),
    ],
)
def test_a_ratio_agrees_only_in_both_numbers(build, measure, value, denominator, status):
    row = only_row(
        build, "measure | value | denominator", f"{measure} | {value} | {denominator}", officers=HEADS
    )
    assert row["status"] == status


def test_what_the_data_do_not_hold_is_not_computable(build):
    row = only_row(build, "measure | value | denominator", "member_share:youth_head | 1 | 2", officers=HEADS)
    assert (row["status"], row["computed"], row["difference"]) == ("not_computable", None, None)


def test_a_stated_date_is_the_date_of_comparison(build):
    row = only_row(build, "measure | value | as_of", "count:members | 10 | 2023-12-31")
    assert (row["as_of"], row["stated"], row["status"]) == ("2023-12-31", True, "agrees")


@pytest.mark.parametrize(("assumed", "as_of"), [("", "2024-12-31"), ("2023-12-31", "2023-12-31")])
def test_without_a_date_the_assumed_one_or_the_last_is_taken(build, assumed, as_of):
    row = only_row(build, "measure | value", "count:members | 10", assumed_as_of=assumed)
    assert (row["as_of"], row["stated"]) == (as_of, False)


def test_a_date_that_the_data_do_not_have_is_not_computable(build):
    row = only_row(build, "measure | value | as_of", "count:members | 10 | 2020-12-31")
    assert (row["status"], row["as_of"]) == ("not_computable", "2020-12-31")
