"""The choice of communes and regions where there are many: search, one click for a region, a way up."""

from __future__ import annotations

import json
from urllib.parse import parse_qs, urlsplit

import pytest
from streamlit.testing.v1 import AppTest

from app_page import go, open_page, words
from chart_words import places_of
from dashboard import text
from dashboard.dataset import areas, load, sample, select
from dashboard.ui import drilldown, places_list

VILLAGES = 3_600  # 133 communes


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("many")
    sample.write(place, VILLAGES)
    return place


@pytest.fixture(scope="module")
def data(folder):
    return load(folder)


@pytest.fixture(autouse=True)
def shown_data(folder, show_data) -> None:
    show_data(folder)


@pytest.fixture
def long(monkeypatch) -> None:
    """A list that is too long for the browser."""
    monkeypatch.setattr(places_list, "_SENT", 100)


@pytest.fixture
def names(data) -> dict[str, str]:
    return areas.choice_names(data, data.dates[-1], "then", select(data).text)


@pytest.fixture
def regions(data) -> dict[str, list[str]]:
    return {key: list(communes) for key, communes in areas.regions(data, data.dates[-1], "then").items()}


def offered(sought: str) -> list[str]:
    """What is offered for the words that the browser sends."""
    at = open_page()
    at.session_state["places-sought"] = sought
    return places_of(at.run())["options"]


def choose(at: AppTest, *chosen: str) -> AppTest:
    """Choose as the browser does, by the link."""
    at.query_params["xa"] = list(chosen)
    return at.run()


def ways_up(at: AppTest) -> list[str]:
    return [button.key for button in at.button if str(button.key).startswith("up-")]


def test_all_names_go_to_the_browser_by_region_with_their_plain_letters(names):
    at = open_page()
    assert places_of(at)["options"] == list(names.values())
    sent = next(part for part in at.get("bidi_component") if part.proto.component_name == "dashboard.places")
    assert ["Xã Minh Thọ", "xa minh tho"] in json.loads(sent.proto.json)["options"]


def test_of_a_long_list_the_server_finds_names_without_tone_marks(long, names):
    assert places_of(open_page())["options"] == list(names.values())[:50]
    name = next(name for name in list(names.values())[50:] if "ã" in name)
    assert name in offered(text.slug(name).replace("-", " "))
    assert name in offered(name.upper())
    matches = offered("th")
    assert matches
    assert all("th" in text.slug(name) for name in matches)
    assert offered("zzz") == []


def test_a_linked_commune_is_chosen_and_another_page_keeps_it(names):
    last = list(names.values())[-2]
    at = open_page(xa=[last])
    assert places_of(at)["chosen"] == [last]
    del at.query_params["xa"]  # as the browser leaves it behind
    assert places_of(go(at, "overlap"))["chosen"] == [last]
    at = open_page(xa=[last])
    del at.query_params["xa"]  # as Back does, on the same page
    assert places_of(at.run())["chosen"] == []


def test_the_page_of_one_commune_offers_no_list_of_all(data):
    at = open_page("commune")
    count = len(areas.listed(data, data.dates[-1], "then"))
    assert select(data).text("page.commune.too_many", n=count) in words(at)
    assert "open-commune" not in [box.key for box in at.selectbox]


def test_a_whole_region_is_one_choice_as_are_all_its_communes(names, regions):
    region, communes = list(regions.items())[1]
    at = choose(open_page(), names[region])
    assert not at.exception
    assert places_of(at)["chosen"] == [names[region]]
    assert region.removeprefix("region:") in words(at, "markdown")
    assert places_of(choose(at, *(names[commune] for commune in communes)))["chosen"] == [names[region]]


def test_the_way_up_from_a_part_leads_to_its_region(names, regions, monkeypatch):
    sent: list[str] = []
    monkeypatch.setattr(drilldown, "component", lambda _: lambda data, key: sent.append(data["address"]))
    at = open_page("structure")
    assert ways_up(at) == []
    region, communes = list(regions.items())[1]
    choose(at, names[communes[0]])
    assert ways_up(at) == ["up-everything", "up-region"]
    at.button(key="up-region").click().run()
    address = urlsplit(sent[-1])
    assert address.path.strip("/") == "co-cau"
    assert parse_qs(address.query)["xa"] == [f"{region.removeprefix('region:')} (toàn bộ)"]
