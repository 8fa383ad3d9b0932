"""The search for communes where the list is too long to be read through."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import text
from dashboard.dataset import Dataset, areas, load, sample
from dashboard.ui import live

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
    live.source.cache_clear()
    yield
    live.source.cache_clear()


def open_page(**query: str | list[str]) -> AppTest:
    at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    return at.run()


def names(data: Dataset) -> list[str]:
    return list(areas.choice_names(data, data.dates[-1], "then", text.get()).values())


def sought(at: AppTest, words: str) -> list[str]:
    return at.text_input(key="search-communes").set_value(words).run().multiselect(key="xa").options


def test_a_short_list_is_not_searched(monkeypatch):
    monkeypatch.setenv("DASHBOARD_DATA", str(ROOT / "data"))
    live.source.cache_clear()
    assert not open_page().text_input


def test_a_long_list_is_offered_in_parts(data):
    at = open_page()
    assert at.multiselect(key="xa").options == names(data)[:50]
    at.button(key="search-more").click().run()
    assert at.multiselect(key="xa").options == names(data)[:100]
    at.button(key="search-more").click().run()
    assert at.multiselect(key="xa").options == names(data)
    assert "search-more" not in [button.key for button in at.button]


def test_tone_marks_need_not_be_typed(data):
    name = next(name for name in names(data) if "ọ" in name)
    for written in (name, text.slug(name).replace("-", " "), name.upper()):
        assert name in sought(open_page(), written)


def test_every_offer_holds_what_is_sought(data):
    found = sought(open_page(), "th")
    assert found
    assert all("th" in text.slug(name) for name in found)
    assert len(found) == min(50, sum("th" in text.slug(name) for name in names(data)))


def test_what_is_chosen_stays_while_something_else_is_sought(data):
    at = open_page()
    last = names(data)[-2]
    at.text_input(key="search-communes").set_value(last).run()
    at.multiselect(key="xa").select(last).run()
    assert last in sought(at, "không có nơi nào như thế")
    assert any(last in said.value for said in at.caption)


def test_a_linked_commune_beyond_the_first_part_is_chosen(data):
    last = names(data)[-2]
    at = open_page(xa=[last])
    assert [last] == [names_of(data)[area] for area in at.multiselect(key="xa").value]


def names_of(data: Dataset) -> dict[str, str]:
    return areas.choice_names(data, data.dates[-1], "then", text.get())


def test_nothing_found_is_said(data):
    at = open_page()
    assert sought(at, "zzz") == []
    assert text.get()("sidebar.search.nothing") in [said.value for said in at.caption]


def test_the_page_of_one_commune_offers_no_list_of_all(data):
    at = open_page()
    at = at.switch_page(str(ROOT / "pages" / "commune.py")).run()
    said = text.get()("page.commune.too_many", n=len(areas.listed(data, data.dates[-1], "then")))
    assert said in [markdown.value.replace("\\", "") for markdown in at.markdown]
    assert "open-commune" not in [box.key for box in at.selectbox]
