"""One commune: its villages are where a district has communes."""

from __future__ import annotations

import re

import pytest

from dashboard import exhibits, measures, schema, text
from dashboard.dataset import areas, by_village, scoped, select
from one_commune import NOW, ROOT, TABLES, THEN


@pytest.fixture
def commune(build):
    return build(root=ROOT, root_level="superior", **TABLES)


@pytest.fixture
def data(commune):
    return by_village(commune)


def test_a_district_is_shown_as_it_is(bundled):
    assert by_village(bundled) is bundled


def test_a_village_of_the_reserved_id_keeps_the_communes(build):
    villages = f"village_id | commune_id\n{schema.OUTSIDE} | a"
    data = build(root=ROOT, root_level="superior", communes="commune_id\na", villages=villages)
    assert by_village(data) is data


def test_villages_are_the_areas_and_former_communes_their_regions(data):
    words = text.get()
    assert areas.choice_names(data, NOW, "then", words) == {
        "region:Hương Sơn cũ": "Hương Sơn cũ (toàn bộ)",
        "a1": "Thôn 1 (Hương Sơn cũ)",
        "region:Hương Xuân cũ": "Hương Xuân cũ (toàn bộ)",
        "b1": "Thôn 1 (Hương Xuân cũ)",
        "n1": "Thôn Mới",
        "outside": words("code.outside"),
    }
    assert areas.listed(data, THEN, "then") == ("a1", "a2", "b1")
    assert areas.listed(data, THEN, "now") == ("a1", "b1", "n1")


@pytest.mark.parametrize(
    ("as_of", "boundaries", "expected"),
    [
        # villages, households, members, villages where one person holds both posts
        (THEN, "then", {"a1": (1, 10, 5, 1), "a2": (1, 20, 6, 0), "b1": (1, 30, None, 0)}),
        (THEN, "now", {"a1": (2, 30, 11, 1), "b1": (1, 30, None, 0), "n1": (0, 0, None, 0)}),
        (NOW, "then", {"a1": (1, 10, 11, 1), "b1": (1, 30, None, 1), "n1": (1, 5, None, 0)}),
    ],
)
def test_figures_of_every_village_are_those_of_the_whole(data, as_of, boundaries, expected):
    figures = {
        area: measures.figures(data, select(data, [area], as_of, boundaries))
        for area in (*areas.listed(data, as_of, boundaries), schema.OUTSIDE)
    }
    by_area = {
        area: (
            counts["structure"]["villages"],
            counts["structure"]["households"],
            counts["structure"]["members"],
            counts["overlap"]["pairs"]["secretary+village_head"],
        )
        for area, counts in figures.items()
    }
    assert {area: by_area[area] for area in expected} == expected
    whole = measures.figures(data, select(data, (), as_of, boundaries))
    assert by_area[schema.OUTSIDE][2] == 4
    assert sum(counts[2] or 0 for counts in by_area.values()) == whole["structure"]["members"]
    assert sum(counts[0] or 0 for counts in by_area.values()) == whole["structure"]["villages"]


def test_the_whole_is_what_it_is_by_communes(commune, data):
    for as_of in (THEN, NOW):
        figures = [measures.figures(dataset, select(dataset, (), as_of)) for dataset in (commune, data)]
        for counts in figures:
            for part in (counts["overlap"], *counts["goals"]):
                part.pop("by_commune")
        assert figures[0] == figures[1]


def test_a_village_without_a_cell_of_its_own_is_not_unreported(data):
    assert measures.structure.unreported_areas(data, select(data)) == 0


@pytest.mark.parametrize("lang", text.LANGUAGES)
@pytest.mark.parametrize("boundaries", areas.BOUNDARIES)
def test_no_exhibit_speaks_of_a_district(data, lang, boundaries):
    district = re.compile("huyện" if lang == "vi" else r"\bdistrict", re.IGNORECASE)
    for chosen in ((), ("region:Hương Sơn cũ",), ("a1",), (schema.OUTSIDE,)):
        selection = select(data, chosen, NOW, boundaries, lang)
        for exhibit in exhibits.every(data, selection):
            assert not district.search(repr(exhibit)), exhibit.id


def test_lists_of_villages_stand_under_their_former_communes(data):
    matrix = exhibits.overlap.three_posts(data, select(data))
    groups = [(group.name, [row.name for row in group.rows]) for group in matrix.chart.groups]
    assert groups == [
        ("Hương Sơn cũ", ["Thôn 1"]),
        ("Hương Xuân cũ", ["Thôn 1"]),
        ("Thôn khác", ["Thôn Mới"]),
    ]
    assert list(matrix.table.frame.iloc[:, 0]) == ["Hương Sơn cũ", "Hương Xuân cũ", "Thôn khác"]
    assert matrix.table.frame.columns[0] == "Xã cũ"


def test_the_page_of_a_village_puts_it_beside_the_whole(data):
    exhibit = exhibits.places.village.goals(data, select(data), "n1")
    assert exhibit.table.frame.columns[2] == "Đảng bộ xã Nam Đông"
    # Two of three heads are members; one more makes all of them.
    assert "2/3 (66,7%)" in exhibit.table.frame.iloc[0, 2]


def test_a_reader_of_one_former_commune_sees_its_villages_alone(commune):
    part = by_village(scoped(commune, ("a",)))
    assert areas.choices(part, THEN, "then") == ("a1", "a2")
    assert select(part, as_of=THEN).communes == ("a1", "a2")


def test_the_size_of_the_data_names_the_villages_once(data):
    (about,) = exhibits.build(data, select(data, as_of=NOW), ["data.provenance"])
    assert about.sentences[-1].startswith("Quy mô: 3 thôn; ")
