"""Goals on villages, admissions and grassroots organisations, written in goals.csv alone."""

import pytest

from dashboard import measures, schema
from dashboard.dataset import select

ORGANIZATIONS = """org_id | as_of | parent_id | level | commune_id | village_id | members | admitted
dn | 2023-12-31 | root | committee | north | | |
n1 | 2023-12-31 | dn | subcell | north | v1 | 20 |
s | 2023-12-31 | root | cell | south | v3 | 12 |
dn | 2024-12-31 | root | committee | north | | |
n1 | 2024-12-31 | dn | subcell | north | v1 | 21 | 2
n2 | 2024-12-31 | dn | subcell | north | | 9 | 0
s | 2024-12-31 | root | cell | south | v3 | 12 | 0
a | 2024-12-31 | root | cell | | | 8 | {agency}"""
TABLES = {
    "communes": "commune_id\nnorth\nsouth",
    "villages": "village_id | commune_id\nv1 | north\nv2 | north\nv3 | south",
}


def data_of(build, measure, operator=">=", target="80", agency="1"):
    goal_table = f"goal_id | measure | operator | target\ngoal | {measure} | {operator} | {target}"
    return build(**TABLES, organizations=ORGANIZATIONS.format(agency=agency), goals=goal_table)


def state(data, communes=(), **options):
    return measures.goals.progress(data, select(data, communes, **options)).iloc[0]


def figures(row):
    return row["numerator"], row["denominator"], row["status"], row["needed"], row["unit"]


@pytest.mark.parametrize(
    ("measure", "target", "expected"),
    [
        ("cell_share:villages", "80", (2, 3, "not_met", 1, "villages")),
        ("admission_rate:members", "12", (3, 32, "not_met", 1, "admitted")),
        ("admission_rate:members", "9", (3, 32, "met", 0, "admitted")),
        ("admitting_share:grassroots", "60", (2, 3, "met", 0, "grassroots")),
        ("admitting_share:grassroots", "70", (2, 3, "not_met", 1, "grassroots")),
        ("count:admitted", "10", (3, None, "not_met", 7, "admitted")),
        ("count:admitted", "3", (3, None, "met", 0, "admitted")),
        ("count:members", "51", (50, None, "not_met", 1, "members")),
    ],
)
def test_the_whole(build, measure, target, expected):
    assert figures(state(data_of(build, measure, target=target))) == expected


def test_more_than_a_count_is_one_more(build):
    assert state(data_of(build, "count:admitted", ">", "3"))["needed"] == 1


@pytest.mark.parametrize(
    ("measure", "commune", "expected"),
    [
        ("cell_share:villages", "north", (1, 2, "not_met", 1, "villages")),
        ("cell_share:villages", "south", (1, 1, "met", 0, "villages")),
        ("admission_rate:members", "north", (2, 20, "not_met", 14, "admitted")),
        ("admitting_share:grassroots", "south", (0, 1, "not_met", 1, "grassroots")),
        ("count:admitted", "north", (2, None, "whole_only", None, "admitted")),
    ],
)
def test_one_commune(build, measure, commune, expected):
    data = data_of(build, measure)
    assert figures(state(data, [commune])) == expected
    rows = measures.goals.by_commune(data, select(data), "goal").set_index("area")
    assert figures(rows.loc[commune]) == expected


@pytest.mark.parametrize(
    "measure", ["admission_rate:members", "admitting_share:grassroots", "count:admitted"]
)
def test_what_nobody_reports_is_no_data(build, measure):
    row = state(data_of(build, measure), as_of="2023-12-31")
    assert row["status"] == "no_data"
    assert row["needed"] is None


def test_a_unit_that_does_not_report_leaves_the_rate_without_data(build):
    assert state(data_of(build, "admission_rate:members", agency=""))["status"] == "no_data"


def test_an_unreported_organisation_is_left_out_of_the_share_of_those_that_admit(build):
    assert figures(state(data_of(build, "admitting_share:grassroots", agency="")))[:2] == (1, 2)


def test_a_committee_with_an_unreported_cell_is_known_only_if_another_cell_admitted(build):
    one_unreported = ORGANIZATIONS.replace("9 | 0", "9 | ").format(agency="1")
    goal = "goal_id | measure | operator | target\ngoal | admitting_share:grassroots | >= | 50"
    assert figures(state(build(**TABLES, organizations=one_unreported, goals=goal)))[:2] == (2, 3)
    none_admitted = one_unreported.replace("21 | 2", "21 | 0")
    assert figures(state(build(**TABLES, organizations=none_admitted, goals=goal)))[:2] == (1, 2)


def test_more_may_be_admitted_than_there_were_members(build):
    few = ORGANIZATIONS.format(agency="40")
    goal = "goal_id | measure | operator | target\ngoal | admission_rate:members | >= | 100"
    assert figures(state(build(**TABLES, organizations=few, goals=goal)))[:3] == (42, 32, "met")


def test_no_cell_that_names_its_village_is_no_data(build):
    nameless = ORGANIZATIONS.replace("| v1", "| ").replace("| v3", "| ").format(agency="1")
    goal = "goal_id | measure | operator | target\ngoal | cell_share:villages | >= | 80"
    assert state(build(**TABLES, organizations=nameless, goals=goal))["status"] == "no_data"


def test_every_family_is_counted_or_published_only():
    assert set(measures.families.COUNTED) == {
        name for name, family in schema.FAMILIES.items() if not family.published_only
    }


@pytest.mark.parametrize("family", schema.FAMILIES.values(), ids=lambda family: family.name)
def test_the_grammar_is_the_one_that_is_read(family):
    posts = ("secretary", "elders_head")
    parts = (posts if family.of_posts else family.parts)[: family.fewest]
    measure = f"{family.name}:{'+'.join(parts)}"
    assert schema.is_measure(measure, posts)
    assert schema.Measure.of(measure) == schema.Measure(family.name, parts)
    assert not schema.is_measure(f"{family.name}:{'+'.join([*parts, 'nothing'])}", posts)
    assert not schema.is_measure(f"{family.name}:village_head", posts)
    assert not schema.is_measure(family.name, posts)


@pytest.mark.parametrize("order", [("first", "second"), ("second", "first")])
def test_an_unreported_cell_outside_every_committee_silences_no_other_row(build, order):
    admitted = {"first": "0", "second": ""}
    rows = "\n".join(f"2024-12-31 | {name} | root | cell | 10 | {admitted[name]}" for name in order)
    data = build(
        organizations=f"as_of | org_id | parent_id | level | members | admitted\n{rows}",
        goals="goal_id | measure | operator | target\ngoal | admitting_share:grassroots | >= | 50",
    )
    assert figures(state(data))[:2] == (0, 1)
