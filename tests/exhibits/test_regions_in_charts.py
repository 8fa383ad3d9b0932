"""Where communes are too many for one chart: regions for rows, further rows in parts, nothing lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from dashboard import charts, exhibits, text
from dashboard.dataset import Dataset, areas, load, sample, select

VILLAGES = 1_700  # 63 communes
BY_COMMUNE = ("structure.by_commune", "overlap.by_commune", "overlap.pool", "goals.gap", "changes.members")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("regions")
    sample.write(place, VILLAGES)
    return place


@pytest.fixture(scope="module")
def data(folder: Path) -> Dataset:
    return load(folder)


@pytest.fixture(scope="module")
def flat(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Dataset:
    """The same data without the column."""
    place = tmp_path_factory.mktemp("flat")
    for file in folder.iterdir():
        content = file.read_text("utf-8")
        if file.name == "communes.csv":
            content = "".join(f"{line.rpartition(',')[0]}\n" for line in content.splitlines())
        (place / file.name).write_text(content, "utf-8")
    return load(place)


def one(data: Dataset, name: str, *communes: str) -> exhibits.Exhibit:
    (found,) = exhibits.build(data, select(data, communes), [name])
    return found


@pytest.mark.parametrize("name", BY_COMMUNE)
def test_the_rows_are_regions_and_it_says_so_while_the_table_has_every_commune(data, name):
    found = one(data, name)
    regions = [region.removeprefix("region:") for region in areas.regions(data, data.dates[-1], "then")]
    drawn = [label for label in found.plot.frame["name"] if label in regions]
    assert drawn == regions
    assert text.get()("card.by_region") in found.subtitle
    assert text.get()("card.by_region_note") in found.notes
    assert {key for key, _ in found.opens} == {f"area:region:{name}" for name in regions}
    if name != "goals.gap":  # its table is of villages
        assert len(found.table.frame) >= len(areas.listed(data, data.dates[-1], "then"))


def test_regions_sum_their_communes(data):
    drawn = one(data, "structure.by_commune").plot.frame.set_index("name")["members"]
    for region in areas.regions(data, data.dates[-1], "then"):
        alone = one(data, "structure.by_commune", region)
        assert drawn[region.removeprefix("region:")] == alone.plot.frame["members"].sum()


def test_the_communes_of_a_region_are_drawn_and_open_their_pages(data):
    region, communes = next(iter(areas.regions(data, data.dates[-1], "then").items()))
    found = one(data, "overlap.by_commune", region)
    assert [key for key, _ in found.opens] == [f"commune:{commune}" for commune in communes]
    assert text.get()("card.by_region") not in found.subtitle


def test_without_regions_every_commune_is_in_one_of_the_parts(flat):
    selection = select(flat)
    names = areas.labels(flat, flat.dates[-1], "then", selection.text)
    found = [exhibits.overlap.by_commune(flat, selection, part=part) for part in (1, 2)]
    assert [(each.part, each.parts) for each in found] == [(1, 2), (2, 2)]
    drawn = [label for each in found for label in each.plot.frame["name"] if label]
    assert drawn == [names[commune] for commune in areas.listed(flat, flat.dates[-1], "then")]
    assert found[0].stem != found[1].stem
    # A part that there is none of is the nearest.
    assert exhibits.overlap.by_commune(flat, selection, part=9).part == 2


def test_the_matrix_has_every_village_in_one_of_its_parts(data):
    selection = select(data)
    first = exhibits.overlap.matrix(data, selection, part=1)
    seen: list[str] = []
    for part in range(1, first.parts + 1):
        found = exhibits.overlap.matrix(data, selection, part=part)
        assert len(found.plot.frame) <= charts.MOST_MARKS
        seen += [key for key, _ in found.opens]
    assert len(seen) == len(set(seen)) == VILLAGES


def test_a_file_of_the_matrix_has_every_village_in_its_table(data):
    found = one(data, "overlap.matrix")
    assert found.plot is None
    assert len(found.table.frame) == VILLAGES


def test_the_structure_opens_level_by_level(data):
    regions = areas.regions(data, data.dates[-1], "then")
    whole = one(data, "structure.organizations")
    assert [key for key, _ in whole.opens] == [f"area:{region}" for region in regions]
    region, communes = next(iter(regions.items()))
    inside = one(data, "structure.organizations", region)
    assert {key for key, _ in inside.opens} == {f"area:{commune}" for commune in communes}
    commune = one(data, "structure.organizations", communes[0])
    assert commune.plot.draw is charts.structure.tree


def test_one_region_for_all_is_no_level(folder, tmp_path):
    for file in folder.iterdir():
        content = file.read_text("utf-8")
        if file.name == "communes.csv":
            head, *rows = content.splitlines()
            content = "\n".join([head, *(f"{row.rpartition(',')[0]},Tỉnh duy nhất" for row in rows)]) + "\n"
        (tmp_path / file.name).write_text(content, "utf-8")
    found = one(load(tmp_path), "overlap.by_commune")
    assert found.parts == 2
    assert text.get()("card.by_region") not in found.subtitle


def test_a_file_of_a_region_has_its_name(data):
    region = next(iter(areas.regions(data, data.dates[-1], "then")))
    stem = one(data, "overlap.combinations", region).stem
    assert stem == "kieu-kiem-nhiem_tinh-mau-1_2024-12-31_so-lieu-mau"
