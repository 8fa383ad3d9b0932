"""Where names of villages repeat within a commune no exhibit shows one that could be another."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from chart_words import words_of_chart, words_of_exhibit
from dashboard import exhibits, measures
from dashboard.dataset import areas, scenario, select
from dashboard.exhibits import assumption, names, places

# A village by its number alone, or with its commune of today alone: there are three and four of each.
BARE = re.compile(r"(?<!Chi bộ )Thôn [1-4](?! \(|\d)|Thôn [1-4] \(Xã (Nam Đông|Khe Tre|Long Quảng)\)")


@pytest.mark.parametrize("communes", [(), ("nam-dong",), ("khe-tre-2025", "long-quang")])
def test_no_exhibit_names_a_village_that_could_be_another(bundled, communes):
    data = bundled.on("2026-01-01")
    choice = {"boundaries": "now", "since": "2022-12-31"}
    offers = measures.what_if.offers(data, select(data, communes, **choice), 40).changes[::7]
    changes = scenario.check(data, "2024-12-31", tuple(offers)).scenario
    bare, count = [], 0
    for assumed in ((), changes):
        selection = replace(select(data, communes, **choice), scenario=assumed)
        ids = [*exhibits.known(data), *places.of_village("huong-son-1"), "commune.portrait"]
        for exhibit in exhibits.build(data, selection, ids):
            for text in words_of_exhibit(exhibit):
                count += "Thôn 1" in text
                bare += [(exhibit.id, text)] * bool(BARE.search(text))
        bare += [("filter", text) for _, text in assumption.filters(data, selection) if BARE.search(text)]
    assert bare == []
    assert count > 20


# The village page of a date and boundaries, by its heading.
PLACES = {
    ("2024-12-31", "then"): "Thôn 1 (Bắc)",
    ("2024-12-31", "now"): "Thôn 1 (Chung, trước đây Bắc)",
    ("2025-12-31", "then"): "Thôn 1 (Bắc cũ, Chung)",
}


@pytest.fixture
def merged(build):
    """Two communes with a Thôn 1 each that became one on 01/07/2025; one of them has two periods."""
    return build(
        communes="""
            commune_id | name | valid_from | valid_to | merged_into
            north | Bắc | | 2025-06-30 | whole
            south | Nam | | 2025-06-30 | whole
            whole | Chung | 2025-07-01 | |
            """,
        villages="""
            village_id | commune_id | name | valid_from | valid_to | merged_into
            n1 | north | Thôn 1 | | |
            n2 | north | Thôn 2 | | 2025-09-30 | n1
            s1 | south | Thôn 1 | | 2025-06-30 |
            s1 | whole | Thôn 1 | 2025-07-01 | |
            """,
        officers="""
            as_of | village_id | secretary | village_head
            2024-12-31 | n1 | A+ | B+
            2024-12-31 | n2 | A+ | B+
            2024-12-31 | s1 | A+ | B+
            2025-12-31 | n1 | A+ | A+
            2025-12-31 | s1 | A+ | A+
            """,
    ).on("2026-01-01")


@pytest.mark.parametrize(("as_of", "boundaries"), PLACES)
def test_the_heading_of_a_village_tells_which_it_is(merged, as_of, boundaries):
    selection = select(merged, as_of=as_of, boundaries=boundaries)
    expected = PLACES[as_of, boundaries]
    assert places.village.name(merged, selection, "n1") == re.sub("(Bắc|Chung)(?! cũ)", r"Xã \1", expected)


def test_a_village_is_named_by_the_commune_of_the_time_at_which_something_came_about(merged):
    selection = select(merged, as_of="2025-12-31", since="2024-12-31")
    events = measures.periods.between(merged, selection)
    assert names.became(merged, events, selection) == [
        "Thôn 1 (Bắc cũ, Xã Chung): nhận thêm Thôn 2 từ ngày 01/10/2025."
    ]
    (changed,) = exhibits.build(merged, selection, ["changes.villages"])
    assert any(
        "Thôn 1 (Bắc cũ, Xã Chung) và Thôn 1 (Nam cũ, Xã Chung)" in sentence for sentence in changed.sentences
    )


def test_the_commune_alone_that_is_chosen_is_not_said_again(merged):
    selection = select(merged, ("whole",), "2025-12-31", since="2024-12-31")
    (changed,) = exhibits.build(merged, selection, ["changes.villages"])
    assert any("Thôn 1 (Bắc cũ) và Thôn 1 (Nam cũ)" in sentence for sentence in changed.sentences)


def test_cells_of_one_name_carry_what_tells_their_villages_apart(build):
    data = build(
        communes="""
            commune_id | name | valid_to | merged_into
            north | Bắc | 2025-06-30 | whole
            south | Nam | 2025-06-30 | whole
            whole | Chung | |
            """,
        villages="village_id | commune_id | name\nn1 | north | Thôn 1\ns1 | south | Thôn 1",
        organizations="""
            org_id | name | level | commune_id | village_id | members
            pa | Chi bộ Thôn 1 | cell | north | n1 | 5
            pb | Chi bộ Thôn 1 | cell | south | s1 | 9
            pc | Chi bộ Trường học | cell | south | | 7
            """,
    ).on("2026-01-01")
    for boundaries, commune, cells in (
        ("now", "whole", {"Chi bộ Thôn 1 (Bắc cũ)", "Chi bộ Thôn 1 (Nam cũ)", "Chi bộ Trường học"}),
        ("then", "south", {"Chi bộ Thôn 1", "Chi bộ Trường học"}),
    ):
        selection = select(data, (commune,), boundaries=boundaries)
        for exhibit in exhibits.build(data, selection, ["structure.organizations", "commune.portrait"]):
            assert {text for text in words_of_chart(exhibit.chart) if text.startswith("Chi bộ ")} >= cells
            assert "Chi bộ Thôn 1" in words_of_chart(exhibit.chart) or boundaries == "now"


@pytest.mark.parametrize("boundaries", areas.BOUNDARIES)
def test_changed_villages_are_listed_under_the_communes_of_the_chosen_boundaries(bundled, boundaries):
    selection = select(bundled, boundaries=boundaries, since="2023-12-31")
    (exhibit,) = exhibits.build(bundled, selection, ["changes.villages"])
    groups = {group.name for column in exhibit.chart.columns for group in column.groups}
    groups |= {*exhibit.table.frame[selection.text("column_short.group")]}
    assert groups <= {*areas.labels(bundled, "2024-12-31", boundaries, selection.text).values()}
