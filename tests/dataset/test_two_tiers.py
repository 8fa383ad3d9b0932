"""Levels since 2025, what the whole and its areas are called, and what is at the top."""

from __future__ import annotations

from contextlib import nullcontext

import pytest

from dashboard import exhibits, schema, text
from dashboard.dataset import DataError, by_village, load, select, texts
from dashboard.measures import structure

PROVINCE = """
    org_id  | parent_id | level     | commune_id | members
    ward    | root      | superior  | w          |
    zone    | root      | superior  | z          |
    bodies  | root      | superior  |            |
    school  | ward      | cell      |            | 7
    village | ward      | committee |            |
    one     | village   | subcell   |            | 20
    two     | village   | subcell   |            | 15
    port    | zone      | cell      |            | 9
    office  | bodies    | cell      |            | 4
    mine    | root      | cell      |            | 5
"""
UNITS = "commune_id | name | kind\nw | Thuận An | phuong\nz | Vân Đồn | dac_khu"


@pytest.fixture
def province(build):
    return build(communes=UNITS, organizations=PROVINCE, root="Đảng bộ thành phố Huế", root_level="province")


def test_a_province_counts_grassroots_organisations_below_its_superiors(province):
    whole = structure.counts(province, select(province))
    # school, village, port, office, mine; the superiors are no grassroots organisations.
    assert (whole["grassroots"], whole["committees"], whole["cells"], whole["subcells"]) == (5, 1, 4, 2)
    assert whole["members"] == 60
    of = {area: structure.counts(province, select(province, [area])) for area in ("w", "z", "outside")}
    assert {area: (counts["grassroots"], counts["members"]) for area, counts in of.items()} == {
        "w": (2, 42),
        "z": (1, 9),
        "outside": (2, 9),
    }


def test_a_level_of_earlier_data_is_read_as_it_is_called_now(build):
    data = build(root_level="district", organizations="org_id | level\none | cell")
    assert data.root_level == "superior"
    assert set(data.organizations["level"]) == {"superior", "cell"}


@pytest.mark.parametrize(
    ("root_level", "below", "rule"),
    [
        ("province", "one | root | superior | 0", None),
        ("superior", "one | root | committee |\ntwo | one | subcell | 3", None),
        ("committee", "one | root | subcell | 3", None),
        ("superior", "one |  | superior | 3", "root_many"),
        ("province", "one |  | superior | 3", "parent_missing"),
        ("superior", "one | root | superior | 3", "root_parent"),
        ("committee", "one | root | cell | 3", "parent_level"),
        ("cell", "one | root | subcell | 3", "parent_missing"),
    ],
)
def test_one_organisation_of_the_highest_level_stands_at_the_top(build, root_level, below, rule):
    organizations = f"org_id | parent_id | level | members\n{below}"
    with pytest.raises(DataError) if rule else nullcontext() as refused:
        build(organizations=organizations, root_level=root_level)
    assert rule is None or rule in {problem.rule for problem in refused.value.problems}


@pytest.mark.parametrize(
    ("root", "level", "vi", "en"),
    [
        ("Đảng bộ huyện Nam Đông", "district", "Toàn huyện", "Whole district"),
        ("Đảng bộ thành phố Huế", "province", "Toàn thành phố", "Whole city"),
        ("Đảng bộ tỉnh Lào Cai", "province", "Toàn tỉnh", "Whole province"),
        ("Đảng bộ Lào Cai", "province", "Toàn tỉnh", "Whole province"),
        ("Đảng bộ đặc khu Vân Đồn", "superior", "Toàn đặc khu", "Whole special zone"),
        ("Đảng bộ thị xã Hương Trà", "superior", "Toàn thị xã", "Whole town"),
        ("Đảng bộ Thử", "superior", "Toàn huyện", "Whole district"),
    ],
)
def test_the_whole_is_called_after_its_root(build, root, level, vi, en):
    data = build(root=root, root_level=level, organizations="org_id | level\none | cell")
    assert [texts(data)[lang]("sidebar.everything") for lang in text.LANGUAGES] == [vi, en]


@pytest.mark.parametrize(("end", "unit"), [(" | ", "huyện"), ("2024-06-30 | b", "xã")])
def test_a_root_that_names_communes_is_one_where_no_other_goes_on_beside_it(build, end, unit):
    communes = f"commune_id | valid_to | merged_into\na | {end}\nb | |"
    villages = "village_id | commune_id\nv | a\nw | b"
    data = build(root="Đảng bộ các xã huyện Thử", communes=communes, villages=villages)
    assert texts(data)["vi"]("term.unit") == unit
    assert by_village(data).by_village == (unit == "xã")


@pytest.mark.parametrize(
    ("kinds", "vi", "en"),
    [
        (["xa", "thi_tran"], ("xã", "xã, thị trấn"), ("commune", "communes")),
        (["xa", "phuong"], ("phường, xã", "phường, xã"), ("ward or commune", "wards and communes")),
        (["dac_khu"], ("đặc khu", "đặc khu"), ("special zone", "special zones")),
        (["phuong"], ("phường", "phường"), ("ward", "wards")),
    ],
)
def test_areas_are_called_by_their_kinds(build, kinds, vi, en):
    communes = "\n".join(f"c{n} | {kind}" for n, kind in enumerate(kinds))
    data = build(communes=f"commune_id | kind\n{communes}")
    for lang, expected in (("vi", vi), ("en", en)):
        words = texts(data)[lang]
        assert (words("term.area"), words("term.areas")) == expected
        assert words("sidebar.communes") == text.capital(expected[1])


def test_areas_are_called_by_the_kinds_of_their_date_and_boundaries(build):
    data = build(
        communes="""
            commune_id | kind | valid_from | valid_to | merged_into
            town | thi_tran | | 2025-06-30 | new
            old | xa | | 2025-06-30 | new
            new | xa | 2025-07-01 | |""",
        organizations="""
            as_of | org_id | level | commune_id
            2024-12-31 | one | cell | town
            2025-12-31 | one | cell | new""",
    )
    for as_of, boundaries, areas in (
        ("2024-12-31", "then", "xã, thị trấn"),
        ("2024-12-31", "now", "xã"),
        ("2025-12-31", "then", "xã"),
    ):
        assert select(data, as_of=as_of, boundaries=boundaries).text("term.areas") == areas


@pytest.mark.parametrize(("kinds", "term"), [("xa", "Xã"), ("thi_tran", "Xã, thị trấn (viết gọn: xã)")])
def test_a_term_has_a_short_form_only_where_it_is_shorter(build, kinds, term):
    data = build(communes=f"commune_id | kind\na | xa\nb | {kinds}")
    assert texts(data)["vi"]("glossary.commune.term") == term


def test_the_level_at_the_top_is_called_after_the_whole(bundled, province):
    assert texts(bundled)["vi"]("code.level.superior") == "Đảng bộ huyện"
    assert texts(province)["vi"]("code.level.province") == "Đảng bộ thành phố"
    assert texts(province)["vi"]("code.level.superior") == "Đảng bộ cấp trên trực tiếp cơ sở"


@pytest.mark.parametrize("unit", schema.UNITS)
def test_a_unit_that_is_stated_counts_more_than_the_name_of_the_root(files, unit):
    files.put(schema.ABOUT_FILE, f'{files.text(schema.ABOUT_FILE)}unit = "{unit}"\n')
    assert texts(load(files.folder))["vi"]("term.unit") == unit


def test_the_chart_of_a_province_shows_every_organisation_and_member(province):
    exhibit = exhibits.structure.organizations(province, select(province))
    groups = exhibit.chart.root.children
    assert exhibit.headline == "5 TCCSĐ, 2 chi bộ trực thuộc, 60 đảng viên"
    assert [(group.name, [(node.name, node.size) for node in group.children]) for group in groups] == [
        ("2 đảng bộ phường, đặc khu", [("ward", 42), ("zone", 9)]),
        ("1 đảng bộ khác", [("bodies", 4)]),
        ("1 tổ chức khác", [("mine", 5)]),
    ]
    ward = groups[0].children[0]
    assert [(node.name, node.size) for node in ward.children] == [("school", 7), ("village", 35)]


def test_communes_are_called_old_only_where_they_have_changed_since(build):
    data = build(
        communes="""
        commune_id | name | kind | valid_from | valid_to | merged_into
        a | Hương Sơn | xa | | 2025-06-30 | m
        m | Nam Đông | xa | 2025-07-01 | |
        """,
        officers="as_of | village_id | secretary\n2024-12-31 | a1 | A+\n2025-12-31 | a1 | A+",
        villages="village_id | commune_id\na1 | a",
    )
    called = {
        date: dict(exhibits.overlap.post_states(data, select(data, as_of=date)).filters)["Địa giới"]
        for date in data.dates
    }
    assert called == {"2024-12-31": "theo xã cũ", "2025-12-31": "theo xã tại ngày chốt"}
