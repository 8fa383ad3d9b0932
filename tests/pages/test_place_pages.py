"""The pages of one commune and one village, of what changed and of what if."""

from __future__ import annotations

import pandas as pd
import pytest
from streamlit.testing.v1 import AppTest

from app_page import go, open_page, words
from chart_words import cards_of, title_of, words_of_charts

CHANGE = "khe-tre-1.member.youth_head"


def kinds_of(at: AppTest) -> list[str]:
    return [card["chart"]["kind"] for card in cards_of(at) if card.get("chart")]


def exhibits_of(at: AppTest) -> list[dict]:
    return [card for card in cards_of(at) if "foot" in card]


def tiles_of(at: AppTest) -> list[dict]:
    return [tile for card in cards_of(at) if card["key"] == "tiles" for tile in card["chart"]["rows"]]


def dates_of_dumbbells(at: AppTest) -> set[str]:
    return {word.partition(". ")[0].rstrip(".") + "." for word in words_of_charts(at) if "Vòng: " in word}


def test_the_page_of_a_commune():
    at = open_page("commune", xa="Xã Thượng Lộ")
    assert title_of(at) == "Xã Thượng Lộ"
    assert [card["mark"] for card in exhibits_of(at)] == ["SỐ LIỆU MẪU"] * 4
    assert all(card["foot"].startswith("Xã Thượng Lộ") for card in exhibits_of(at))
    assert {tile["name"] for tile in tiles_of(at)} >= {"Đảng viên", "Chỉ tiêu đạt"}


@pytest.mark.parametrize(
    "chosen", [[], ["Xã Hương Sơn", "Xã Hương Phú"], ["Khối cơ quan huyện (không thuộc xã)"]]
)
def test_without_one_commune_the_page_asks_for_one(chosen):
    at = open_page("commune", xa=chosen)
    assert "Hãy chọn một xã, thị trấn để xem." in words(at)
    # A list of them that leads to one is below; nothing is told of a commune.
    assert (title_of(at), len(exhibits_of(at)), tiles_of(at)) == ("Một xã", 1, [])


def test_the_page_of_a_village_names_it_its_commune_and_its_neighbours():
    at = open_page("village", thon="huong-son-2")
    assert title_of(at) == "Thôn 2 (Xã Hương Sơn)"
    labels = {button.label.replace("\\", "") for button in at.button}
    assert {"Lên: Xã Hương Sơn", "Thôn trước: Thôn 1", "Thôn sau: Thôn 3"} <= labels
    assert kinds_of(at) == ["Tiles", "PostMatrix", "Choices"]


def test_an_unknown_village_is_named_and_another_can_be_chosen():
    page = words(open_page("village", thon="khong-co"))
    assert "khong-co" in page
    assert "Hãy chọn một thôn, tổ dân phố để xem." in page


def test_the_seven_posts_are_made_only_once_they_are_opened():
    assert kinds_of(open_page("overlap")).count("PostMatrix") == 1
    assert kinds_of(open_page("overlap", {"fold-overlap.matrix.open": True})).count("PostMatrix") == 2


def test_what_changed_is_told_from_the_date_before_or_another_earlier_one():
    at = open_page("changes")
    assert dates_of_dumbbells(at) == {"Vòng: 31/12/2023; chấm: 31/12/2024."}
    at.selectbox(key="sosanh").select("2021-12-31").run()
    assert dates_of_dumbbells(at) == {"Vòng: 31/12/2021; chấm: 31/12/2024."}
    at.selectbox(key="ngay").select("2021-12-31").run()
    assert not at.exception
    assert dates_of_dumbbells(at) == set()
    assert "Không có ngày chốt nào trước ngày 31/12/2021" in words(at)


def test_a_link_with_the_goal_of_the_former_choice_opens_without_a_warning():
    assert not open_page("changes", muc="Bí thư chi đoàn là đảng viên").warning


def test_the_fewest_changes_reach_every_goal():
    at = open_page("goals")
    assert "Đánh dấu vài dòng để xem giả định" in words(at)
    (button,) = (button for button in at.button if button.label.startswith("Lấy ít thay đổi nhất"))
    button.click().run()
    assert "đạt 4/4 chỉ tiêu về chức danh" in words(at)
    assert "Trên số đã báo cáo, mọi chỉ tiêu về tỷ lệ đảng viên đã đạt" in words(at, "caption")


@pytest.mark.parametrize(
    ("youth", "goal", "reason"),
    [
        ("", "overlap_share:secretary+village_head,>=,100", "Bộ số liệu chưa có chỉ tiêu về tỷ lệ đảng viên"),
        ("", "member_share:youth_head,>=,1", "Mọi chỉ tiêu về tỷ lệ đảng viên đã đạt"),
        ("vacant", "member_share:youth_head,>=,1", "chưa vị trí nào ghi có người giữ"),
    ],
)
def test_why_no_fewest_changes_can_be_taken_is_said_below_the_button(own_data, youth, goal, reason):
    head = "goal_id,name_vi,name_en,measure,operator,target,deadline,source"
    (own_data / "goals.csv").write_text(f"{head}\none,Một,One,{goal},,\n", "utf-8")
    if youth:
        officers = pd.read_csv(own_data / "officers.csv", dtype=str)
        officers.loc[officers["position"] == "youth_head", ["holder", "party_member"]] = None
        officers.to_csv(own_data / "officers.csv", index=False)
    at = open_page("goals")
    (button,) = (button for button in at.button if button.label.startswith("Lấy ít thay đổi nhất"))
    assert button.disabled
    assert reason in words(at, "caption")


def test_a_what_if_of_a_link_is_said_on_every_page_until_it_is_cleared():
    at = open_page("structure", giadinh=CHANGE)
    for page in ("overlap", "changes", "goals"):
        assert "GIẢ ĐỊNH" in words(go(at, page), "warning")
    (button,) = (button for button in at.button if button.label == "Bỏ mọi giả định")
    button.click().run()
    assert words(at) == words(open_page("goals"))


def test_a_change_that_does_not_hold_is_named_with_its_reason():
    assert "đã là đảng viên" in words(open_page("goals", giadinh="khe-tre-1.member.secretary"))
