"""Where communes are too many for one chart: regions for rows, further rows in parts, nothing lost."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from dashboard import charts, exhibits
from dashboard.dataset import Dataset, areas, load, sample, select, texts

VILLAGES = 1_700  # 63 communes
BY_COMMUNE = (
    "structure.by_commune",
    "overlap.by_commune",
    "overlap.pool",
    "goals.by_commune",
    "changes.members",
    "changes.by_commune",
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("regions")
    sample.write(place, VILLAGES)
    return place


@pytest.fixture(scope="module")
def data(folder: Path) -> Dataset:
    return load(folder)


def with_regions(folder: Path, place: Path, region: str | None) -> Dataset:
    """The same data with one region for all communes; for None without the column."""
    shutil.copytree(folder, place, dirs_exist_ok=True)
    head, *rows = (folder / "communes.csv").read_text("utf-8").splitlines()
    lines = [row.rpartition(",")[0] for row in rows]
    if region is None:
        lines = [head.rpartition(",")[0], *lines]
    else:
        lines = [head, *(f"{line},{region}" for line in lines)]
    (place / "communes.csv").write_text("\n".join([*lines, ""]), "utf-8")
    return load(place)


def built(data: Dataset, name: str, *communes: str) -> exhibits.Exhibit:
    return exhibits.build(data, select(data, communes), [name])[0]


@pytest.mark.parametrize("name", BY_COMMUNE)
def test_the_rows_are_regions_and_it_says_so_while_the_table_has_every_commune(data, name):
    exhibit = built(data, name)
    regions = [region.removeprefix("region:") for region in areas.regions(data, data.dates[-1], "then")]
    # Of two dates the rows that did not change are folded.
    drawn = {row.name: row.link for row in exhibit.chart.rows}
    unchanged = [region for region in regions if region not in drawn]
    assert set(drawn) - set(regions) <= {texts(data)["vi"]("code.outside_short")}
    assert not unchanged or (name.startswith("changes") and exhibit.chart.folded)
    assert {link for region, link in drawn.items() if region in regions} == {
        f"area:region:{region}" for region in regions if region in drawn
    }
    assert texts(data)["vi"]("card.by_region") in exhibit.subtitle
    assert texts(data)["vi"]("card.by_region_note") in exhibit.notes
    assert len(exhibit.table.frame) >= len(areas.listed(data, data.dates[-1], "then"))


def test_regions_sum_their_communes(data):
    drawn = {row.name: row.segments[0].value for row in built(data, "structure.by_commune").chart.rows}
    for region in areas.regions(data, data.dates[-1], "then"):
        alone = built(data, "structure.by_commune", region).chart
        assert drawn[region.removeprefix("region:")] == sum(row.segments[0].value for row in alone.rows)


def test_the_communes_of_a_region_are_drawn_and_open_their_pages(data):
    region, communes = next(iter(areas.regions(data, data.dates[-1], "then").items()))
    exhibit = built(data, "overlap.by_commune", region)
    assert {row.link for row in exhibit.chart.rows} == {f"area:{commune}" for commune in communes}
    assert texts(data)["vi"]("card.by_region") not in exhibit.subtitle


def test_without_regions_every_commune_is_in_one_of_the_parts(folder, tmp_path):
    flat = with_regions(folder, tmp_path, None)
    selection = select(flat)
    names = areas.labels(flat, flat.dates[-1], "then", selection.text)
    parts = [exhibits.overlap.by_commune(flat, selection, part=part) for part in (1, 2)]
    assert [(exhibit.part, exhibit.parts) for exhibit in parts] == [(1, 2), (2, 2)]
    drawn = [row.name for exhibit in parts for row in exhibit.chart.rows]
    assert sorted(drawn) == sorted(names[commune] for commune in areas.listed(flat, flat.dates[-1], "then"))
    assert parts[0].stem != parts[1].stem
    # A part that there is none of is the nearest.
    assert exhibits.overlap.by_commune(flat, selection, part=9).part == 2


def test_the_matrix_has_every_village_in_one_of_its_parts(data):
    selection = select(data)
    first = exhibits.overlap.matrix(data, selection, part=1)
    links: list[str] = []
    for part in range(1, first.parts + 1):
        matrix = exhibits.overlap.matrix(data, selection, part=part)
        rows = [row for group in matrix.chart.groups for row in group.rows]
        assert len(rows) * (1 + len(matrix.chart.heads)) <= charts.MOST_MARKS
        links += [row.link for row in rows]
    assert len(links) == len(set(links)) == VILLAGES


def test_a_file_of_the_matrix_has_every_village_in_its_table(data):
    matrix = built(data, "overlap.matrix")
    assert matrix.chart is None
    assert texts(data)["vi"]("overlap.matrix.too_many") in matrix.notes
    assert len(matrix.table.frame) == VILLAGES


def test_the_structure_opens_level_by_level(data):
    regions = areas.regions(data, data.dates[-1], "then")
    whole = built(data, "structure.organizations")
    assert [node.link for node in whole.chart.root.children][: len(regions)] == [
        f"area:{region}" for region in regions
    ]
    region, communes = next(iter(regions.items()))
    inside = built(data, "structure.organizations", region)
    links = {node.link for group in inside.chart.root.children for node in group.children}
    assert {f"area:{commune}" for commune in communes} <= links
    commune = built(data, "structure.organizations", communes[0])
    assert all(not node.link.startswith("area:") for node in commune.chart.root.children)


def test_one_region_for_all_is_no_level(folder, tmp_path):
    data = with_regions(folder, tmp_path, "Tỉnh duy nhất")
    exhibit = built(data, "overlap.by_commune")
    assert exhibit.parts == 2
    assert texts(data)["vi"]("card.by_region") not in exhibit.subtitle


def test_a_file_of_a_region_has_its_name(data):
    region = next(iter(areas.regions(data, data.dates[-1], "then")))
    stem = built(data, "overlap.combinations", region).stem
    assert stem == "kieu-kiem-nhiem_tinh-mau-1_2024-12-31_so-lieu-mau"


def test_the_row_of_all_members_counts_communes_not_regions(data):
    exhibit = built(data, "changes.members")
    assert exhibit.chart.whole.name == f"{len(exhibit.table.frame)} {texts(data)['vi']('term.areas')}"


def test_lines_over_the_dates_are_called_what_they_are(data, folder, tmp_path):
    flat = with_regions(folder, tmp_path, None)
    for every, each in ((data, "từng khu vực"), (flat, "60 phường, xã, thị trấn đầu trong 63")):
        exhibit = built(every, "goals.over_time")
        assert exhibit.headline.endswith(f"tính chung và ở {each}")
        assert f"; xám: {each}; vạch đứt: chỉ tiêu." in exhibit.chart.key
    path = built(data, "goals.path")
    assert texts(data)["vi"]("card.by_region") in path.subtitle
