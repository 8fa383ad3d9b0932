"""The pages of one commune and one village, without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import COMMUNES, ROOT, open_page, words

from chart_words import cards_of, title_of
from dashboard.dataset import default_folder, load, select


def linked(name: str, **query: str | list[str]) -> AppTest:
    """A page opened by its link."""
    at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=30)
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    at.switch_page(str(ROOT / "pages" / f"{name}.py"))
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    assert not at.exception
    return at


def kinds_of(at: AppTest) -> list[str]:
    return [card["chart"]["kind"] for card in cards_of(at) if card.get("chart")]


def exhibits_of(at: AppTest) -> list[dict]:
    return [card for card in cards_of(at) if "foot" in card]


def tiles_of(at: AppTest) -> list[dict]:
    return [tile for card in cards_of(at) if card["key"] == "tiles" for tile in card["chart"]["rows"]]


@pytest.mark.parametrize("commune", COMMUNES)
def test_the_page_of_each_commune(commune):
    dataset = load(default_folder())
    place = select(dataset, [commune]).place(dataset)
    at = linked("commune", xa=place)
    assert title_of(at) == place
    cards = exhibits_of(at)
    assert [card["mark"] for card in cards] == ["SỐ LIỆU MẪU"] * 4
    assert all(card["foot"].startswith(place) for card in cards)
    assert {tile["name"] for tile in tiles_of(at)} >= {"Đảng viên", "Chỉ tiêu đạt"}


@pytest.mark.parametrize(
    "chosen", [[], ["Xã Hương Sơn", "Xã Hương Phú"], ["Khối cơ quan huyện (không thuộc xã)"]]
)
def test_without_one_commune_the_page_asks_for_one(chosen):
    at = linked("commune", xa=chosen)
    assert "Hãy chọn một xã, thị trấn để xem." in words(at)
    # A list of them that leads to one stands below; nothing is told of a commune.
    assert title_of(at) == "Một xã"
    assert len(exhibits_of(at)) == 1
    assert tiles_of(at) == []


def test_the_page_of_a_village_names_it_its_commune_and_its_neighbours():
    at = linked("village", thon="huong-son-2")
    assert title_of(at) == "Thôn 2 (Xã Hương Sơn)"
    said = {button.label.replace("\\", "") for button in at.button}
    assert {"Lên: Xã Hương Sơn", "Thôn trước: Thôn 1", "Thôn sau: Thôn 3"} <= said


def test_the_posts_of_a_village_and_what_a_change_there_moves_stand_beside_each_other():
    at = linked("village", thon="huong-son-2")
    assert kinds_of(at) == ["Tiles", "PostMatrix", "Choices"]


def test_the_seven_posts_are_made_only_once_they_are_opened():
    at = open_page("overlap")
    assert kinds_of(at).count("PostMatrix") == 1
    at = open_page("overlap", **{"fold-overlap.matrix.open": True})
    assert kinds_of(at).count("PostMatrix") == 2


def test_an_unknown_village_is_named_and_another_can_be_chosen():
    at = linked("village", thon="khong-co")
    assert "khong-co" in words(at)
    assert "Hãy chọn một thôn, tổ dân phố để xem." in words(at)
