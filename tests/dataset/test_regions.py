"""The level above the commune: a column that may be missing, blank for some, and changes with boundaries."""

from __future__ import annotations

import pytest

from dashboard import registry, text
from dashboard.dataset import UnknownChoiceError, areas, scoped, select

DATE = "2024-12-31"
VI = text.get()

COMMUNES = """
    commune_id | name   | region       | valid_from | valid_to   | merged_into
    a1         | Tân An | Tỉnh A       |            |            |
    a2         | Hoà    | Tỉnh A       |            | 2025-06-30 | b1
    b1         | Tân An | Tỉnh B       |            |            |
    b2         | Lạc    | Tỉnh B       |            |            |
    c1         | Lẻ     |              |            |            |
"""
VILLAGES = """
    village_id | commune_id
    a1-1       | a1
    a2-1       | a2
    b1-1       | b1
    b2-1       | b2
    c1-1       | c1
"""
ORGANIZATIONS = """
    org_id | level     | commune_id | members
    da     | committee | a1         | 30
    db     | committee | b1         | 40
"""


@pytest.fixture
def data(build):
    return build(communes=COMMUNES, villages=VILLAGES, organizations=ORGANIZATIONS)


def test_the_bundled_files_have_no_region_and_no_level_above(bundled):
    assert set(bundled.communes["region"]) == {""}
    assert areas.regions(bundled, DATE, "then") == {}
    assert areas.choice_names(bundled, DATE, "then", VI) == areas.labels(bundled, DATE, "then", VI)


def test_a_region_holds_the_communes_of_its_time_and_the_blank_ones_come_last(data):
    assert areas.regions(data, DATE, "then") == {
        "region:Tỉnh A": ("a1", "a2"),
        "region:Tỉnh B": ("b1", "b2"),
        "region:": ("c1",),
    }
    # What was merged counts in the region of what it was merged into.
    assert areas.regions(data, DATE, "now")["region:Tỉnh A"] == ("a1",)


def test_a_region_is_chosen_as_its_communes(data):
    whole = select(data, ["region:Tỉnh A"])
    assert whole == select(data, ["a2", "a1"])
    assert whole.place(data) == "Tỉnh A"
    assert select(data, ["region:Tỉnh A", "c1"]).place(data) == "Tỉnh A, Xã Lẻ"
    assert select(data, ["a1"]).place(data) == "Xã Tân An (Tỉnh A)"


@pytest.mark.parametrize("region", ["region:Tỉnh C", "region:"])
def test_an_unknown_region_is_refused_with_the_known_ones(data, region):
    with pytest.raises(UnknownChoiceError) as refused:
        select(data, [region])
    assert (refused.value.kind, refused.value.known) == ("region", ("Tỉnh A", "Tỉnh B"))


def test_communes_of_one_name_are_told_apart_by_their_region_else_by_their_id(data, build):
    names = areas.labels(data, DATE, "then", VI)
    assert (names["a1"], names["b1"]) == ("Xã Tân An (Tỉnh A)", "Xã Tân An (Tỉnh B)")
    assert names["a2"] == "Xã Hoà"
    alike = build(communes="commune_id | name\na | Nam Đông\nb | Nam Đông")
    assert areas.labels(alike, DATE, "then", VI)["a"] == "Xã Nam Đông (a)"


def test_a_link_names_a_whole_region_once_and_leads_back(data):
    selection = select(data, ["region:Tỉnh A", "b1"])
    written = registry.written(data, selection)
    assert [value for key, value in written if key == "xa"] == ["region:Tỉnh A", "b1"]
    canonical = registry.canonical(data, written)
    assert [value for key, value in canonical if key == "xa"] == [
        "Tỉnh A (toàn bộ)",
        "Xã Tân An (Tỉnh B)",
    ]
    assert registry.unknown_params(data, canonical) == {}
    assert registry.canonical(data, canonical) == canonical


def test_a_region_that_other_boundaries_do_not_have_becomes_its_communes(build):
    data = build(
        communes="""
            commune_id | name | region | valid_from | valid_to   | merged_into
            old        | Cũ   | Tỉnh A |            | 2025-06-30 | new
            kept       | Giữ  | Tỉnh A |            | 2025-06-30 | new
            new        | Mới  | Tỉnh B | 2025-07-01 |            |
        """,
        villages="village_id | commune_id\n v | old",
        organizations=ORGANIZATIONS.replace("a1", "old").replace("b1", "kept"),
    )
    assert areas.carried(data, ["region:Tỉnh A"], DATE, "then") == ("region:Tỉnh A",)
    assert areas.carried(data, ["region:Tỉnh A"], DATE, "now") == ("new",)
    assert areas.carried(data, ["region:nowhere"], DATE, "now") == ("region:nowhere",)


def test_a_reader_of_a_part_is_not_told_the_region_that_it_is_a_part_of(data):
    whole = scoped(data, ("b1", "b2"))  # and a2, which was merged into b1
    assert list(zip(whole.communes["commune_id"], whole.communes["region"], strict=True)) == [
        ("a2", ""),
        ("b1", "Tỉnh B"),
        ("b2", "Tỉnh B"),
    ]
    alone = scoped(data, ("a1",))
    assert "Tỉnh" not in " ".join(alone.communes["region"])
    assert areas.regions(alone, DATE, "then") == {}
    with pytest.raises(UnknownChoiceError) as refused:
        select(alone, ["region:Tỉnh B"])
    assert "Tỉnh B" not in refused.value.known


HOSTILE = "<b>**Tỉnh**</b> $x$ :smile: =1+1"


def test_a_hostile_name_of_a_region_stays_the_text_that_it_is(build):
    data = build(
        communes=f"commune_id | name | region\n p | Một | {HOSTILE}\n q | Hai | {HOSTILE}\n r | Ba | Khác",
        villages="village_id | commune_id\n v | p",
        organizations=ORGANIZATIONS.replace("a1", "p").replace("b1", "q"),
    )
    selection = select(data, [f"region:{HOSTILE}"])
    assert selection.place(data) == HOSTILE
    assert registry.canonical(data, registry.written(data, selection))[0] == ("xa", f"{HOSTILE} (toàn bộ)")


def test_what_looks_like_a_region_does_not_pass_for_it(build):
    data = build(
        communes="commune_id | name | kind | region\n p | A (toàn bộ) | xa | Xã A\n q | B | xa | Xã A",
        villages="village_id | commune_id\n v | p",
        organizations=ORGANIZATIONS.replace("a1", "p").replace("b1", "q"),
    )
    names = areas.choice_names(data, DATE, "then", VI)
    assert len(set(names.values())) == len(names)


def test_regions_spelled_differently_and_communes_without_one_are_pointed_out(files):
    head, *rows = files.text("communes.csv").splitlines()
    regions = ("Tỉnh Huế", "", "tỉnh huế")
    lines = [f"{head},region", *(f"{row},{region}" for row, region in zip(rows, regions, strict=True))]
    files.put("communes.csv", "\n".join(lines))
    report = files.check()
    assert report.errors == ()
    warned = {(problem.row, problem.column, problem.rule) for problem in report.warnings}
    assert {(4, "region", "region_twin"), (3, "region", "region_blank")} <= warned
