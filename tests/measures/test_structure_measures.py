"""Organisations, members and villages, counted by hand."""

import pytest

from dashboard import measures, schema
from dashboard.dataset import select

COMMUNES = """
    commune_id
    north
    south"""
ORGANIZATIONS = """
    org_id        | parent_id   | level     | commune_id | members | admitted
    in-north      | root        | committee | north      |         |
    north-cell    | in-north    | subcell   |            | 12      | 2
    north-school  | in-north    | subcell   | north      | 8       | 0
    in-south      | root        | committee | south      |         |
    south-section | in-south    | section   |            |         |
    south-cell    | south-section | subcell |            | 5       | 1
    police        | root        | committee |            |         |
    police-south  | police      | subcell   | south      | 3       | 1
    police-office | police      | subcell   |            | 7       | 0
    bank          | root        | cell      |            | 10      | 4"""


@pytest.fixture
def district(build):
    return build(
        communes=COMMUNES,
        organizations=ORGANIZATIONS,
        villages="""
            village_id | commune_id | households | population
            n1         | north      | 10         | 40
            n2         | north      |            |
            s1         | south      | 20         | 80""",
    )


def over_time(data, name, *communes, **options):
    """The values at each date, None where there are none."""
    counts = measures.structure.over_time(data, select(data, communes, **options), name)
    return [count.value for count in counts.values()]


def test_areas_come_by_rank_and_the_district_bodies_last(district):
    rows = measures.structure.by_commune(district, select(district))
    assert rows["area"].tolist() == ["north", "south", schema.OUTSIDE]
    assert rows["members"].tolist() == [20, 8, 17]


def test_a_missing_figure_is_missing_in_the_rows_by_commune(build):
    data = build(
        communes=COMMUNES,
        organizations="""
            org_id | parent_id | level     | commune_id | members
            n      | root      | committee | north      |
            n1     | n         | subcell   |            |
            s      | root      | committee | south      |
            s1     | s         | subcell   |            | 31""",
    )
    rows = measures.structure.by_commune(data, select(data, ["north", "south"]))
    assert rows["members"].isna().tolist() == [True, False]


@pytest.fixture
def two_years(build):
    return build(
        communes=COMMUNES,
        organizations="""
            as_of      | org_id | parent_id | level     | commune_id | members | admitted
            2023-12-31 | n      | root      | committee | north      |         |
            2023-12-31 | n1     | n         | subcell   |            | 30      | 1
            2023-12-31 | bank   | root      | cell      |            | 5       |
            2024-12-31 | n      | root      | committee | north      |         |
            2024-12-31 | n1     | n         | subcell   |            | 28      | 3
            2024-12-31 | n2     | n         | subcell   |            | 4       | 0
            2024-12-31 | bank   | root      | cell      |            | 5       |""",
    )


@pytest.mark.parametrize(
    ("communes", "name", "counts"),
    [
        ([], "grassroots", (2, 2)),
        ([], "members", (35, 37)),
        ([], "admitted", None),
        (["north"], "admitted", (1, 3)),
    ],
)
def test_a_change_is_that_since_a_date_at_which_all_is_reported_as_well(two_years, communes, name, counts):
    selection = select(two_years, communes)
    assert measures.structure.since(two_years, selection, name, "2023-12-31") == counts
    assert measures.structure.since(two_years, selection, name, None) is None


def test_over_time_ends_at_the_chosen_date(two_years):
    selection = select(two_years, as_of="2023-12-31")
    assert list(measures.structure.over_time(two_years, selection, "members")) == ["2023-12-31"]


@pytest.mark.parametrize(
    ("communes", "column", "values"),
    [
        ([], "members", [35, 37]),
        (["north"], "members", [30, 32]),
        (["north"], "admitted", [1, 3]),
        (["north"], "subcells", [1, 2]),
        (["outside"], "grassroots", [1, 1]),
        (["outside"], "admitted", [None, None]),
    ],
)
def test_over_time_counts_each_date_by_itself(two_years, communes, column, values):
    assert over_time(two_years, column, *communes) == values


MERGED = """
    commune_id | valid_from | valid_to   | merged_into
    north      |            | 2024-06-30 | union
    south      |            | 2025-06-30 | union
    west       |            |            |
    union      | 2024-07-01 |            |"""


@pytest.fixture
def merging(build):
    """North goes into the union before the last date, south after it; west stays."""
    return build(
        communes=MERGED,
        organizations="""
            as_of      | org_id | level | commune_id | members
            2023-12-31 | n      | cell  | north      | 10
            2023-12-31 | s      | cell  | south      | 20
            2023-12-31 | w      | cell  | west       | 7
            2023-12-31 | bank   | cell  |            | 5
            2024-12-31 | n      | cell  | north      | 11
            2024-12-31 | s      | cell  | south      | 21
            2024-12-31 | w      | cell  | west       | 8
            2024-12-31 | bank   | cell  |            | 5""",
        villages="""
            village_id | commune_id
            n1         | north
            s1         | south
            s2         | south
            w1         | west""",
    )


def test_before_a_merger_a_commune_is_what_was_merged_into_it(merging):
    assert over_time(merging, "members", "union") == [10, 11]


def test_without_dates_nothing_is_counted(build):
    data = build(villages="village_id\nn1")
    assert measures.structure.over_time(data, select(data), "members") == {}
    assert measures.structure.by_commune(data, select(data)).empty
