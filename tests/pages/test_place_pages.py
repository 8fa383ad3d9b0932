"""The pages of one commune and one village, without a browser."""

from __future__ import annotations

import pytest
from streamlit.testing.v1 import AppTest
from test_pages import COMMUNES, ROOT, open_page, words

from dashboard.dataset import default_folder, load, select


def village_page(village_id: str) -> AppTest:
    at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=30)
    at.query_params["thon"] = village_id
    at.run()
    at.switch_page(str(ROOT / "pages" / "village.py"))
    at.query_params["thon"] = village_id
    at.run()
    assert not at.exception
    return at


@pytest.mark.parametrize("commune", COMMUNES)
def test_the_page_of_each_commune(commune):
    dataset = load(default_folder())
    place = select(dataset, [commune]).place(dataset)
    at = open_page("commune", xa=[commune])
    assert at.title[0].value == place
    assert f"## {place}: " in words(at)
    assert "SỐ LIỆU MẪU" in words(at)


@pytest.mark.parametrize("chosen", [[], ["huong-son", "huong-phu"], ["outside"]])
def test_without_one_commune_the_page_asks_for_one(chosen):
    at = open_page("commune", xa=chosen)
    assert "Hãy chọn một xã, thị trấn để xem." in words(at)
    # Bars that lead to one stand below; nothing is told of a commune.
    assert at.title[0].value == "Một xã"
    assert words(at).count("## ") <= 1


def test_the_page_of_a_village_names_it_its_commune_and_its_neighbours():
    at = village_page("huong-son-2")
    assert at.title[0].value.replace("\\", "") == "Thôn 2 (Xã Hương Sơn)"
    said = {button.label.replace("\\", "") for button in at.button}
    assert {"Lên: Xã Hương Sơn", "Thôn trước: Thôn 1", "Thôn sau: Thôn 3"} <= said


def test_an_unknown_village_is_named_and_another_can_be_chosen():
    at = village_page("khong-co")
    assert "khong-co" in words(at)
    assert "Hãy chọn một thôn, tổ dân phố để xem." in words(at)
