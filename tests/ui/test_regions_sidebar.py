"""Regions in the sidebar and on the structure page: one click for a whole one, a short link, a way up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import text
from dashboard.dataset import Dataset, areas, load, sample
from dashboard.ui import live, open

ROOT = Path(__file__).parents[2]
VI = text.get()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("regions")
    sample.write(place, 1_000)  # 37 communes in 3 regions
    return place


@pytest.fixture(scope="module")
def data(folder: Path) -> Dataset:
    return load(folder)


@pytest.fixture(autouse=True)
def shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DASHBOARD_DATA", str(folder))
    live.source.cache_clear()
    yield
    live.source.cache_clear()


def open_page(page: str = "overview") -> AppTest:
    at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=120).run()
    return at.switch_page(str(ROOT / "pages" / f"{page}.py")).run() if page != "overview" else at


def test_the_list_is_grouped_and_a_region_narrows_it(data):
    at = open_page()
    regions = areas.regions(data, data.dates[-1], "then")
    names = areas.choice_names(data, data.dates[-1], "then", VI)
    assert at.multiselect(key="xa").options == list(names.values())
    region, communes = list(regions.items())[1]
    at.selectbox(key="search-region").set_value(region).run()
    assert at.multiselect(key="xa").options == [names[one] for one in (region, *communes)]


def test_one_click_chooses_a_whole_region(data):
    at = open_page()
    region = list(areas.regions(data, data.dates[-1], "then"))[1]
    at.selectbox(key="search-region").set_value(region).run()
    at.button(key="whole-region").click().run()
    assert not at.exception
    assert at.multiselect(key="xa").value == [region]
    assert VI("sidebar.chosen", place=region.removeprefix("region:")).split(": ")[1] in " ".join(
        caption.value.replace("\\", "") for caption in at.caption
    )


def test_all_communes_of_a_region_become_the_region(data):
    at = open_page()
    region, communes = next(iter(areas.regions(data, data.dates[-1], "then").items()))
    at.multiselect(key="xa").set_value(list(communes)).run()
    assert at.multiselect(key="xa").value == [region]


def test_the_search_finds_a_region_without_tone_marks(data):
    at = open_page()
    at.text_input(key="search-communes").set_value("tinh mau 2").run()
    assert at.multiselect(key="xa").options == ["Tỉnh mẫu 2 (toàn bộ)"]


def test_the_structure_page_has_a_way_up_from_a_part_only(data):
    at = open_page("structure")
    assert not [button for button in at.button if str(button.key).startswith("up-")]
    commune = areas.listed(data, data.dates[-1], "then")[0]
    at.multiselect(key="xa").set_value([commune]).run()
    assert [button.key for button in at.button if str(button.key).startswith("up-")] == [
        "up-everything",
        "up-region",
    ]


def test_a_region_opens_the_page_of_its_communes(data, monkeypatch):
    sent: list[str] = []
    monkeypatch.setattr(open, "_component", lambda: lambda data, key: sent.append(data["address"]))
    region, communes = list(areas.regions(data, data.dates[-1], "then").items())[1]
    at = open_page("structure")
    at.multiselect(key="xa").set_value([communes[0]]).run()
    at.button(key="up-region").click().run()
    address = urlsplit(sent[-1])
    assert address.path.strip("/") == "co-cau"
    assert parse_qs(address.query)["xa"] == [f"{region.removeprefix('region:')} (toàn bộ)"]
