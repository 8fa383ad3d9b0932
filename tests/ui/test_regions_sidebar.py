"""Regions in the sidebar and on the structure page: one click for a whole one, a short link, a way up."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from chart_words import places_of
from dashboard import text
from dashboard.dataset import Dataset, areas, load, sample
from dashboard.ui import data_source, drilldown

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
    data_source.source.cache_clear()
    yield
    data_source.source.cache_clear()


def open_page(page: str = "overview") -> AppTest:
    at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=120).run()
    return at.switch_page(str(ROOT / "pages" / f"{page}.py")).run() if page != "overview" else at


def choose(at: AppTest, *names: str) -> AppTest:
    """Choose as the browser does, by the link."""
    at.query_params["xa"] = list(names)
    return at.run()


def test_the_list_is_grouped_by_region(data):
    names = areas.choice_names(data, data.dates[-1], "then", VI)
    assert places_of(open_page())["options"] == list(names.values())


def test_a_whole_region_is_one_choice(data):
    at = open_page()
    region, _ = list(areas.regions(data, data.dates[-1], "then").items())[1]
    name = areas.choice_names(data, data.dates[-1], "then", VI)[region]
    choose(at, name)
    assert not at.exception
    assert places_of(at)["chosen"] == [name]
    assert any(region.removeprefix("region:") in one.value.replace("\\", "") for one in at.markdown)


def test_all_communes_of_a_region_become_the_region(data):
    region, communes = next(iter(areas.regions(data, data.dates[-1], "then").items()))
    names = areas.choice_names(data, data.dates[-1], "then", VI)
    assert places_of(choose(open_page(), *(names[one] for one in communes)))["chosen"] == [names[region]]


def test_the_structure_page_has_a_way_up_from_a_part_only(data):
    at = open_page("structure")
    assert not [button for button in at.button if str(button.key).startswith("up-")]
    commune = areas.listed(data, data.dates[-1], "then")[0]
    choose(at, commune)
    assert [button.key for button in at.button if str(button.key).startswith("up-")] == [
        "up-everything",
        "up-region",
    ]


def test_a_region_opens_the_page_of_its_communes(data, monkeypatch):
    sent: list[str] = []
    monkeypatch.setattr(drilldown, "component", lambda name: lambda data, key: sent.append(data["address"]))
    region, communes = list(areas.regions(data, data.dates[-1], "then").items())[1]
    at = open_page("structure")
    choose(at, communes[0])
    at.button(key="up-region").click().run()
    address = urlsplit(sent[-1])
    assert address.path.strip("/") == "co-cau"
    assert parse_qs(address.query)["xa"] == [f"{region.removeprefix('region:')} (toàn bộ)"]
