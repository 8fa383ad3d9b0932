"""Villages over time: which are in force, where they lie then and now, and what is wrong with a period."""

from __future__ import annotations

import csv

import pytest

from changing_villages import AFTER, BEFORE, LATER, TABLES
from dashboard import registry, schema, text
from dashboard.dataset import areas, scenario, scoped, select, villages

WHERE = {
    # As of a date, seen from a day ("" = then): the villages of every commune.
    (BEFORE, ""): {"north": "a1 a2 d r v x", "south": "s"},
    (AFTER, ""): {"north": "d1 d2 m r", "south": "s v"},
    (LATER, ""): {"whole": "d1 d2 m r s v"},
    (BEFORE, "2025-06-30"): {"north": "a1 a2 d r v x", "south": "s"},
    (BEFORE, "2025-07-01"): {"north": "a1 a2 d r x", "south": "s v"},
    (BEFORE, "2026-07-01"): {"whole": "a1 a2 d r s v x"},
    (AFTER, "2025-01-01"): {"north": "d1 d2 m r", "south": "s v"},
    (AFTER, "2027-01-01"): {"whole": "d1 d2 m r s v"},
}


@pytest.fixture
def data(build):
    return build(**TABLES)


@pytest.mark.parametrize(("as_of", "today"), WHERE)
def test_every_village_in_force_lies_in_one_commune(data, as_of, today):
    data = data.on(today) if today else data
    communes = areas.of_villages(data, as_of, "now" if today else "then")
    lie = {
        commune: " ".join(sorted(data.villages["village_id"][communes == commune]))
        for commune in areas.listed(data, as_of, "now" if today else "then")
    }
    assert lie == WHERE[as_of, today]


def test_what_a_village_became_is_followed_over_several_mergers(build):
    data = build(
        communes="commune_id\na\nb\nc",
        villages="""
            village_id | commune_id | valid_from | valid_to | merged_into
            one   | a | | 2021-06-30 | two
            two   | a | | 2022-06-30 |
            two   | b | 2022-07-01 | 2023-06-30 | three
            three | c | 2023-07-01 | | """,
    )
    ends = {"2021-06-30": "a", "2022-01-01": "a", "2023-06-30": "b", "2023-07-01": "c"}
    for today, commune in ends.items():
        assert areas.of_villages(data.on(today), "2021-01-01", "now")[0] == commune


def test_a_village_is_told_of_by_its_last_period_that_has_begun(data):
    for day, name in (("2020-01-01", "Thôn Cũ"), (BEFORE, "Thôn Cũ"), (AFTER, "Thôn Mới")):
        assert data.villages["name"][villages.telling(data, day)["r"]] == name
    assert villages.telling(data, BEFORE)["m"] == villages.telling(data, AFTER)["m"]


def test_a_change_is_refused_in_a_village_that_is_not_there(data):
    (refused,) = scenario.read(data, AFTER, ["a2.merge.village_head"]).refused
    assert refused.reason == "village"
    assert scenario.read(data, BEFORE, ["a2.merge.village_head"]).refused == ()


def test_a_link_to_a_village_that_ended_is_known(data):
    link = [(registry.VILLAGE.key, "a1"), (registry.VILLAGE.key, "nowhere")]
    assert registry.unknown_params(data, link).get("thon", ()) == ("nowhere",)


def test_a_reader_of_a_commune_sees_a_village_only_while_it_lies_there(data):
    for commune, as_of, seen in (
        ("north", BEFORE, "a1 a2 d r v x"),
        ("north", AFTER, "d1 d2 m r"),
        ("south", BEFORE, "s"),
        ("south", AFTER, "s v"),
    ):
        mine = scoped(data, (commune,))
        rows = mine.officers[mine.officers["as_of"] == as_of]
        assert " ".join(sorted(rows["village_id"].unique())) == seen
        ids = mine.organizations.loc[mine.organizations["as_of"] == as_of, "village_id"]
        assert set(ids) - {""} == {"v"} & set(seen.split())
        assert select(mine, as_of=as_of).communes == (commune,)


def test_no_merger_leads_out_of_what_a_reader_may_see(build):
    data = build(
        communes="commune_id\na\nb",
        villages="""
            village_id | commune_id | valid_from | valid_to | merged_into
            one | a | | 2021-06-30 | two
            two | b | 2021-07-01 | | """,
    )
    assert list(scoped(data, ("a",)).villages["merged_into"]) == [""]


# The rows of villages.csv, then each error as (file, row, column, value, rule, values of its sentence).
WRONG = {
    "two rows that begin alike": (
        ["hs-1,huong-son,,,", "hs-1,huong-son,,,"],
        [("villages.csv", 3, "village_id", "hs-1", "duplicate", {"first": 2})],
    ),
    "periods that overlap": (
        ["hs-1,huong-son,,2022-06-30,", "hs-1,huong-son,2022-06-30,,"],
        [("villages.csv", 3, "valid_from", "2022-06-30", "village_overlap", {"first": 2})],
    ),
    "a period after one without an end": (
        ["hs-1,huong-son,2022-07-01,,", "hs-1,huong-son,,,"],
        [("villages.csv", 2, "valid_from", "2022-07-01", "village_overlap", {"first": 3})],
    ),
    "an end before the beginning": (
        ["hs-1,huong-son,2022-07-01,2022-06-30,"],
        [("villages.csv", 2, "valid_to", "2022-06-30", "valid_order", {})],
    ),
    "merged without an end": (
        ["hs-1,huong-son,,,hs-2", "hs-2,huong-son,,,"],
        [("villages.csv", 2, "valid_to", "", "village_merged_open", {})],
    ),
    "merged into itself": (
        ["hs-1,huong-son,,2022-06-30,hs-1"],
        [("villages.csv", 2, "merged_into", "hs-1", "village_merged_self", {})],
    ),
    "merged into nothing known": (
        ["hs-1,huong-son,,2022-06-30,hs-9"],
        [("villages.csv", 2, "merged_into", "hs-9", "unknown_village", {"known": "hs-1"})],
    ),
    "merged in a circle": (
        ["hs-1,huong-son,,2022-06-30,hs-2", "hs-2,huong-son,,2022-06-30,hs-1"],
        [("villages.csv", 2, "merged_into", "hs-2", "village_merged_cycle", {"members": "hs-1, hs-2"})],
    ),
    "merged into one that is not there yet": (
        ["hs-1,huong-son,,2022-06-30,hs-2", "hs-2,huong-son,2022-07-02,,"],
        [("villages.csv", 2, "merged_into", "hs-2", "village_successor", {"day": "01/07/2022"})],
    ),
    "adjoining periods and a merger": (
        [
            "hs-1,huong-son,,30/6/2022,",
            "hs-1,khe-tre,1/7/2022,2023-06-30,hs-2",
            "hs-2,huong-son,2023-07-01,,",
        ],
        [],
    ),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_is_wrong_with_a_period(files, case):
    written, expected = WRONG[case]
    files.remove("officers", *range(2, 10))
    for row in (5, 7, 8):
        files.set(f"organizations:{row}:village_id", "")
    put(files, written)
    errors = files.check().errors
    assert [(*files.brief([error])[0], error.values) for error in errors] == expected


def test_a_row_that_names_a_village_out_of_its_period_says_when_it_is_in_force(files):
    put(files, ["kt-1,khe-tre,,,", "hs-1,huong-son,,2024-06-30,hs-2", "hs-2,huong-son,2024-07-01,,"])
    assert files.errors() == [
        ("organizations.csv", 7, "village_id", "hs-1", "village_not_in_force"),
        ("officers.csv", 5, "village_id", "hs-1", "village_not_in_force"),
    ]
    first, second = files.check().errors
    assert second.values == {"date": "31/12/2024", "periods": "… – 30/06/2024"}
    assert (first.more, second.more) == (0, 2)
    assert "31/12/2024" in second.sentence(text.get("vi"))


def test_fewer_posts_of_fewer_villages_are_no_copy_that_broke_off(build):
    tables = TABLES | {"organizations": "as_of | org_id | level"}
    assert [warning.rule for warning in build(**tables).warnings if warning.rule.startswith("fewer")] == []
    cut = TABLES["officers"].replace(f"{AFTER} | r | A+ | B+", f"{AFTER} | r | A+ | ")
    (warned,) = (
        warning for warning in build(**tables | {"officers": cut}).warnings if warning.rule == "fewer_posts"
    )
    # Of the villages of both dates only r is left in the north.
    assert (warned.values["n"], warned.values["before"], warned.values["area_name"]) == (1, 2, "Bắc")


def put(files, rows: list[str]) -> None:
    """villages.csv with periods; a row is an id, a commune and its three cells."""
    lines = [row.split(",") for row in rows]
    columns = schema.table("villages").column_names
    with open(files.folder / "villages.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for village, commune, *period in lines:
            writer.writerow([village, commune, village, "thon", "", "", "", *period])
