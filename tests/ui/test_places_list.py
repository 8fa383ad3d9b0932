"""The search for communes where the list is too long to be read through."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from chart_words import places_of
from dashboard import text
from dashboard.dataset import Dataset, areas, load, sample
from dashboard.ui import data_source, places_list

ROOT = Path(__file__).parents[2]
MANY = 3_600  # villages: 133 communes


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("many")
    sample.write(place, MANY)
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


def open_page(**query: str | list[str]) -> AppTest:
    at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def names(data: Dataset) -> list[str]:
    return list(areas.choice_names(data, data.dates[-1], "then", text.get()).values())


def sought(at: AppTest, words: str) -> list[str]:
    """What is offered for the words that the browser sends."""
    at.session_state["places-sought"] = words
    return places_of(at.run())["options"]


def test_all_names_go_to_the_browser_with_their_plain_letters(data):
    at = open_page()
    assert places_of(at)["options"] == names(data)
    sent = next(one for one in at.get("bidi_component") if one.proto.component_name == "dashboard.places")
    assert ["Xã Minh Thọ", "xa minh tho"] in json.loads(sent.proto.json)["options"]


@pytest.fixture
def long(monkeypatch) -> None:
    """A list that is too long for the browser."""
    monkeypatch.setattr(places_list, "_SENT", 100)


def test_of_a_long_list_the_first_are_offered(long, data):
    assert places_of(open_page())["options"] == names(data)[:50]


def test_tone_marks_need_not_be_typed(long, data):
    name = next(name for name in names(data)[50:] if "ã" in name)
    for written in (name, text.slug(name).replace("-", " "), name.upper()):
        assert name in sought(open_page(), written)


def test_every_offer_holds_what_is_sought(long, data):
    found = sought(open_page(), "th")
    assert found
    assert all("th" in text.slug(name) for name in found)


def test_nothing_is_offered_where_nothing_matches(long, data):
    assert sought(open_page(), "zzz") == []


def test_a_linked_commune_is_chosen_and_another_page_keeps_it(data):
    last = names(data)[-2]
    at = open_page(xa=[last])
    assert places_of(at)["chosen"] == [last]
    at.switch_page(str(ROOT / "pages" / "overlap.py"))
    del at.query_params["xa"]  # as the browser leaves it behind
    assert places_of(at.run())["chosen"] == [last]


def test_a_link_without_a_commune_on_the_same_page_means_everything(data):
    at = open_page(xa=[names(data)[-2]])
    del at.query_params["xa"]  # as Back does
    assert places_of(at.run())["chosen"] == []


def test_the_page_of_one_commune_offers_no_list_of_all(data):
    at = open_page()
    at = at.switch_page(str(ROOT / "pages" / "commune.py")).run()
    said = text.get()("page.commune.too_many", n=len(areas.listed(data, data.dates[-1], "then")))
    assert said in [markdown.value.replace("\\", "") for markdown in at.markdown]
    assert "open-commune" not in [box.key for box in at.selectbox]
