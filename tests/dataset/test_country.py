"""Every commune of the country, old and new, under real names: counted, checked, found, drawn."""

from __future__ import annotations

import subprocess
import sys

import pytest

import country
from dashboard import exhibits, text
from dashboard.dataset import areas, load, select
from dashboard.measures import aggregates
from dashboard.ui import places_list

BEFORE, AFTER = country.DATES


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("country")
    country.write(place)
    return place


@pytest.fixture(scope="module")
def data(folder):
    return load(folder)


def test_the_list_has_every_commune_of_before_and_after():
    old, new = country.units()
    assert (len(old), len(new)) == (10_035, 3_321)
    assert sum(len(unit.into) > 1 for unit in old.values()) == 471
    names = [(unit.region, unit.kind, unit.name) for unit in new.values()]
    assert len(names) == len(set(names))


def test_check_says_what_is_to_be_seen_in_few_lines(folder):
    run = subprocess.run(
        [sys.executable, "-m", "dashboard", "check", str(folder)], capture_output=True, text=True, check=False
    )
    assert run.returncode == 0
    assert len(run.stdout.splitlines()) <= 30


@pytest.mark.parametrize("boundaries", areas.BOUNDARIES)
def test_every_village_and_organisation_counts_once(data, boundaries):
    for as_of, communes in ((BEFORE, 10_035), (AFTER, 3_316)):
        rows = aggregates.by_area(data, as_of, boundaries)
        sums = rows.sum()
        assert sums["villages"] == 10_035 * country.VILLAGES
        assert sums["members"] == 12 * sums["villages"] + 9 * communes
        assert sums["unreported_areas"] == 0


def test_of_a_divided_commune_only_the_office_stands_under_the_old_name(data):
    rows = aggregates.by_area(data, BEFORE, "now")
    old = rows[rows.index.str.startswith("x")]
    assert len(old) == 236
    assert set(old["members"]) == {9}
    assert set(old["villages"]) == {0}
    selection = select(data, as_of=BEFORE, boundaries="now")
    (exhibit,) = exhibits.build(data, selection, ["structure.by_commune"])
    assert any("Có 236 nơi được chia tách mà không ghi nhập vào đâu" in note for note in exhibit.notes)
    assert any("Có 235 nơi được chia tách mà có ghi nhập vào đâu" in note for note in exhibit.notes)


@pytest.mark.parametrize(
    ("sought", "expected"),
    [
        ("van don", "Đặc khu Vân Đồn"),
        ("ea hleo", "Xã Ea H'Leo"),
        ("Ea H’Leo", "Xã Ea H'Leo"),
        ("cu m'gar", "Xã Cư M'gar"),
        ("tp hue", "Thành phố Huế (toàn bộ)"),
        ("chan may - lang co", "Xã Chân Mây - Lăng Cô"),
    ],
)
def test_a_name_is_found_as_people_type_it(data, sought, expected):
    offered = places_list.matches(data, AFTER, "then", text.get(), sought)
    assert expected in [name for _, name in offered[:5]]


def test_every_exhibit_of_a_commune_and_of_all_can_be_drawn(data):
    for chosen, as_of, boundaries in (((), AFTER, "now"), (("m20179",), BEFORE, "now"), ((), BEFORE, "then")):
        assert exhibits.every(data, select(data, chosen, as_of, boundaries))
