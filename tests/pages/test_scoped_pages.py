"""Pages of a reader who may see some communes only, without a browser."""

from __future__ import annotations

import re

import pytest
from streamlit.testing.v1 import AppTest

from app_page import NAMES, open_page, words
from chart_words import places_of
from dashboard.access import LOCAL, User

ONE = User("one", "viewer", ("huong-son",))
# Names that no other commune's are part of.
OTHERS = ("Khe Tre", "Hương Phú", "Hương Lộc", "Thượng Quảng", "Hương Xuân", "Hương Hữu", "Thượng Nhật")


@pytest.fixture
def reads(monkeypatch):
    """All that a reader finds on a page, with a link."""

    def opened(who: User, name: str = "overview", **query: str) -> str:
        monkeypatch.setattr("dashboard.ui.reader.named", lambda _headers: who)
        return page_words(open_page(name, **query))

    return opened


def page_words(at: AppTest) -> str:
    labels = [button.label for button in at.button]
    options = [option for box in at.selectbox for option in box.options]
    return "\n".join(
        [words(at), re.sub(r"\\(.)", r"\1", "\n".join(labels)), *options, *places_of(at)["options"]]
    )


@pytest.mark.parametrize("name", [name for name in NAMES if name != "data"])
def test_a_page_names_the_own_commune_alone_and_never_calls_it_the_whole(reads, name):
    page = reads(ONE, name)
    assert "Hương Sơn" in page
    assert [commune for commune in OTHERS if commune in page] == []
    for whole in ("Toàn Đảng bộ", "toàn Đảng bộ", "toàn huyện", "cả huyện", "Gồm cả khối cơ quan huyện"):
        assert whole not in page


@pytest.mark.parametrize("name", ["overview", "village"])
def test_a_reader_of_all_before_and_after_leaves_nothing(reads, name):
    before = reads(LOCAL, name)
    assert any(commune in before for commune in OTHERS)
    page = reads(ONE, name)
    assert [commune for commune in OTHERS if commune in page] == []
    assert reads(LOCAL, name) == before


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("overview", "xa", "khe-tre"),
        ("commune", "xa", "Thị trấn Khe Tre"),
        ("village", "thon", "khe-tre-1"),
        ("overlap", "thon", "khe-tre-1"),
    ],
)
def test_another_place_in_the_link_is_as_unknown_as_one_that_does_not_exist(reads, name, key, value):
    none = reads(ONE, name, **{key: "khong-co"})
    assert reads(ONE, name, **{key: value}).replace(value, "khong-co") == none


@pytest.mark.parametrize("communes", [(), ("khong-co",)])
def test_a_reader_whose_communes_are_not_in_the_data_sees_none(reads, monkeypatch, communes):
    monkeypatch.setattr("dashboard.ui.reader.named", lambda _headers: User("none", "viewer", communes))
    page = words(open_page("briefing"))
    assert "Chưa có xã nào để hiển thị" in page
    assert not any(name in page for name in ("Hương Sơn", *OTHERS))
