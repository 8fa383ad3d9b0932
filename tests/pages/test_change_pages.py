"""The pages of what changed and of what if: dates and changes chosen, kept, and named when refused."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from chart_words import words_of_charts

ROOT = Path(__file__).parents[2]
CHANGE = "khe-tre-1.member.youth_head"


def open_page(name: str, **query: str | list[str]) -> AppTest:
    at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=60)
    for key, value in query.items():
        at.query_params[key] = value
    at.run()
    return go(at, name)


def go(at: AppTest, name: str) -> AppTest:
    at.switch_page(str(ROOT / "pages" / f"{name}.py")).run()
    assert not at.exception
    return at


def said(at: AppTest) -> str:
    kinds = ("title", "markdown", "caption", "warning", "info")
    return re.sub(r"\\(.)", r"\1", " ".join(str(element.value) for kind in kinds for element in at.get(kind)))


def drawn(at: AppTest) -> set[str]:
    """The dates of the rings and dots, of every chart."""
    return {word.partition(". ")[0].rstrip(".") + "." for word in words_of_charts(at) if "Vòng: " in word}


def test_what_changed_is_told_from_the_date_before():
    assert drawn(open_page("changes")) == {"Vòng: 31/12/2023; chấm: 31/12/2024."}


def test_an_earlier_date_can_be_chosen():
    at = open_page("changes")
    at.selectbox(key="sosanh").select("2021-12-31").run()
    assert drawn(at) == {"Vòng: 31/12/2021; chấm: 31/12/2024."}


def test_the_first_date_has_nothing_to_compare_with():
    at = open_page("changes")
    at.selectbox(key="ngay").select("2021-12-31").run()
    assert not at.exception
    assert not drawn(at)
    told = " ".join([said(at), *words_of_charts(at)])
    assert "Không có ngày chốt nào trước ngày 31/12/2021" in told


def test_a_link_with_the_goal_of_the_former_choice_opens_without_a_warning():
    at = open_page("changes", muc="Bí thư chi đoàn là đảng viên")
    assert not at.warning


def test_without_a_change_the_list_says_what_to_do():
    words = set(words_of_charts(open_page("goals")))
    assert any("Đánh dấu vài dòng để xem giả định" in one for one in words)


def test_the_fewest_changes_reach_every_goal():
    at = open_page("goals")
    (button,) = (button for button in at.button if button.label.startswith("Lấy ít thay đổi nhất"))
    button.click().run()
    assert any("đạt 4/4 chỉ tiêu về chức danh" in one for one in words_of_charts(at))


@pytest.mark.parametrize("page", ["overview", "overlap", "goals", "changes"])
def test_a_what_if_of_a_link_is_said_on_every_page(page):
    assert "GIẢ ĐỊNH" in said(go(open_page("structure", giadinh=CHANGE), page))


def test_once_cleared_nothing_of_it_remains():
    at = open_page("goals", giadinh=CHANGE)
    before = said(open_page("goals"))
    (button,) = (button for button in at.button if button.label == "Bỏ mọi giả định")
    button.click().run()
    assert said(at) == before


def test_a_change_that_does_not_hold_is_named_with_its_reason():
    at = open_page("goals", giadinh="khe-tre-1.member.secretary")
    assert "đã là đảng viên" in said(at)
