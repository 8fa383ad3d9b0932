"""Pages of a reader who may see some communes only, without a browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from chart_words import places_of, words_of_charts
from dashboard.access import LOCAL, User

ROOT = Path(__file__).parents[2]
PAGES = ("overview", "structure", "overlap", "goals", "changes", "commune", "village", "briefing")
ONE = User("one", "viewer", ("huong-son",))
# Names that no other commune's are part of.
OTHERS = ("Khe Tre", "Hương Phú", "Hương Lộc", "Thượng Quảng", "Hương Xuân", "Hương Hữu", "Thượng Nhật")


@pytest.fixture
def reads(monkeypatch):
    """Opens a page as a reader, with a link."""

    def opened(who: User, name: str = "overview", **query: str) -> AppTest:
        monkeypatch.setattr("dashboard.ui.reader.named", lambda _headers: who)
        at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=60)
        for key, value in query.items():
            at.query_params[key] = value
        at.run()
        if name != "overview":
            at.switch_page(str(ROOT / "pages" / f"{name}.py"))
            for key, value in query.items():
                at.query_params[key] = value
            at.run()
        assert not at.exception
        return at

    return opened


def said(at: AppTest) -> str:
    kinds = ("title", "header", "markdown", "caption", "warning", "error", "info")
    shown = [str(element.value) for kind in kinds for element in at.get(kind)]
    shown += [f"{one.label} {one.value}" for one in at.metric]
    shown += [one.label for one in at.button]
    shown += [
        option for kind in ("selectbox", "multiselect") for one in at.get(kind) for option in one.options
    ]
    shown += [*words_of_charts(at), *places_of(at)["options"]]
    return re.sub(r"\\(.)", r"\1", "\n".join(map(str, shown)))


def others(at: AppTest) -> list[str]:
    return [name for name in OTHERS if name in said(at)]


@pytest.mark.parametrize("name", PAGES)
def test_a_page_names_the_own_commune_and_no_other(reads, name):
    at = reads(ONE, name)
    assert "Hương Sơn" in said(at)
    assert others(at) == []


@pytest.mark.parametrize("name", ["overview", "structure", "overlap", "goals"])
def test_no_page_calls_one_commune_the_whole(reads, name):
    shown = said(reads(ONE, name))
    assert "Xã Hương Sơn · số liệu đến 31/12/2024" in shown
    for whole in ("Toàn Đảng bộ", "toàn Đảng bộ", "toàn huyện", "cả huyện", "Gồm cả khối cơ quan huyện"):
        assert whole not in shown


@pytest.mark.parametrize("name", PAGES)
def test_a_reader_of_all_before_and_after_leaves_nothing(reads, name):
    before = said(reads(LOCAL, name))
    assert others(reads(ONE, name)) == []
    assert said(reads(LOCAL, name)) == before


@pytest.mark.parametrize("query", [{"xa": "khe-tre"}, {"xa": "Thị trấn Khe Tre"}, {"thon": "khe-tre-1"}])
@pytest.mark.parametrize("name", ["overview", "overlap", "commune", "village"])
def test_another_place_in_the_link_is_as_unknown_as_one_that_does_not_exist(reads, name, query):
    ((key, value),) = query.items()
    none = said(reads(ONE, name, **{key: "khong-co"}))
    assert said(reads(ONE, name, **query)).replace(value, "khong-co") == none


@pytest.mark.parametrize("communes", [(), ("khong-co",)])
@pytest.mark.parametrize("name", ["overview", "goals", "briefing"])
def test_a_reader_whose_communes_are_not_in_the_data_sees_none(reads, name, communes):
    at = reads(User("none", "viewer", communes), name)
    assert "Chưa có xã nào để hiển thị" in said(at)
    assert not any(name in said(at) for name in ("Hương Sơn", *OTHERS))
