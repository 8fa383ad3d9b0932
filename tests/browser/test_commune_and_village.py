"""The pages of one commune and one village: by click, by keyboard, by link, there and back."""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect
from reading import card, ended, linked

Open = Callable[..., Page]


def title(page: Page) -> Locator:
    return page.get_by_role("heading", level=1)


def open_list(page: Page, key: str) -> None:
    """By the keyboard alone, once the page is still."""
    ended(page)
    field = page.locator(f".st-key-{key} input")
    field.scroll_into_view_if_needed()
    field.focus()
    page.keyboard.press("ArrowDown")


def name(page: Page, key: str, words: str) -> Locator:
    """The first name in a card's chart that opens something, once the page is still: a click on a card
    that is being drawn again is lost."""
    ended(page)
    return card(page, key).get_by_role("button", name=re.compile(f"^{re.escape(words)}:?$")).first


def test_a_click_on_a_name_chooses_the_commune_another_opens_it_and_back_returns(
    server: str, open_page: Open
):
    page = open_page(f"{server}/kiem-nhiem?ngay=2023-12-31&lang=en")
    name(page, "overlap-by_commune", "Khe Tre township").click()
    expect(page.get_by_text("Khe Tre township · data as of 31/12/2023").first).to_be_visible()
    expect(title(page)).to_have_text("Role overlap")
    linked(page, whole=True, ngay="31/12/2023", lang="en", xa="Khe Tre township")
    name(page, "overlap-by_commune", "Khe Tre township").click()
    expect(title(page)).to_have_text("Khe Tre township")
    assert urlsplit(page.url).path == "/xa"
    page.go_back()
    expect(title(page)).to_have_text("Role overlap")
    page.go_back()
    expect(page.get_by_text("Nam Đông district (whole) · data as of").first).to_be_visible()
    linked(page, whole=True, ngay="31/12/2023", lang="en")


def test_a_click_on_a_cell_opens_its_village(server: str, open_page: Open):
    page = open_page(f"{server}/kiem-nhiem?xa=nam-dong&diagioi=now")
    name(page, "overlap-three_posts", "Thôn 1 (Hương Sơn cũ)").click()
    expect(title(page)).to_have_text("Thôn 1 (Xã Nam Đông, trước đây Xã Hương Sơn)")
    assert urlsplit(page.url).path == "/thon"
    linked(page, thon="huong-son-1")
    linked(page, diagioi="Theo xã sau sắp xếp")

    page.get_by_role("button", name="Thôn sau: Thôn 2 (Hương Sơn cũ)").click()
    expect(title(page)).to_have_text("Thôn 2 (Xã Nam Đông, trước đây Xã Hương Sơn)")
    page.get_by_role("button", name="Lên: Xã Nam Đông").click()
    expect(title(page)).to_have_text("Xã Nam Đông")
    linked(page, thon=None)
    page.get_by_role("button", name="Lên: Toàn Đảng bộ huyện Nam Đông").click()
    expect(title(page)).to_have_text("Tổng quan")
    linked(page, xa=None)
    for expected in ("Xã Nam Đông", re.compile("^Thôn 2"), re.compile("^Thôn 1"), "Kiêm nhiệm"):
        page.go_back()
        expect(title(page)).to_have_text(expected)
    linked(page, whole=True, xa="Xã Nam Đông", diagioi="Theo xã sau sắp xếp")


@pytest.mark.parametrize("key", ["overlap-by_commune", "overlap-pool", "overlap-three_posts"])
def test_the_keyboard_alone_chooses_a_commune(server: str, open_page: Open, key: str):
    page = open_page(f"{server}/kiem-nhiem")
    name(page, key, "Xã Hương Phú").press("Enter")
    expect(page.get_by_text("Xã Hương Phú · số liệu đến").first).to_be_visible()
    linked(page, whole=True, xa="Xã Hương Phú")


def test_the_keyboard_alone_goes_from_a_commune_to_a_village_and_on(server: str, open_page: Open):
    page = open_page(f"{server}/xa?xa=huong-son")
    expect(title(page)).to_have_text("Xã Hương Sơn")
    name(page, "overlap-three_posts", "Thôn 1").press("Enter")
    expect(title(page)).to_have_text("Thôn 1 (Xã Hương Sơn)")
    page.get_by_role("button", name="Thôn sau: Thôn 2").focus()
    page.keyboard.press("Enter")
    expect(title(page)).to_have_text("Thôn 2 (Xã Hương Sơn)")
    linked(page, whole=True, xa="Xã Hương Sơn", thon="huong-son-2")


def test_a_link_opens_a_village_at_once_and_the_page_goes_into_a_file(server: str, open_page: Open):
    page = open_page(f"{server}/thon?thon=huong-son-2&ngay=2022-12-31")
    expect(title(page)).to_have_text("Thôn 2 (Xã Hương Sơn)")
    expect(
        page.get_by_role("heading", name=re.compile("vị trí đã có người do đảng viên giữ"))
    ).not_to_have_count(0)
    ended(page)
    page.get_by_role("button", name="Tạo tệp XLSX").click()
    with page.expect_download() as file:
        page.get_by_role("button", name=re.compile(r"bao-cao_huong-son-2_2022-12-31_.*\.xlsx")).click()
    assert file.value.suggested_filename == "bao-cao_huong-son-2_2022-12-31_so-lieu-mau.xlsx"


def test_an_unknown_village_is_named(server: str, open_page: Open):
    page = open_page(f"{server}/thon?thon=khong-co&xa=huong-son")
    expect(page.get_by_role("alert").filter(has_text="khong-co")).to_be_visible()
    expect(title(page)).to_have_text("Một thôn")
    expect(page.locator(".st-key-open-village")).to_be_visible()


def test_with_no_commune_the_page_asks_for_one(server: str, open_page: Open):
    page = open_page(f"{server}/xa")
    expect(page.get_by_text("Hãy chọn một xã, thị trấn để xem.")).to_be_visible()
    expect(card(page, "commune-portrait")).to_have_count(0)
    open_list(page, "open-commune")
    expect(page.get_by_role("option", name="Thị trấn Khe Tre")).to_be_visible()
    page.keyboard.press("Enter")
    expect(title(page)).to_have_text("Thị trấn Khe Tre")


def test_two_steps_back_at_once_are_both_taken(server: str, open_page: Open):
    page = open_page(f"{server}/kiem-nhiem")
    name(page, "overlap-by_commune", "Xã Hương Phú").click()
    linked(page, whole=True, xa="Xã Hương Phú")
    name(page, "overlap-by_commune", "Xã Hương Phú").click()
    expect(title(page)).to_have_text("Xã Hương Phú")
    # The second one while the page of the first is under way, with the choice that it had.
    page.evaluate("() => { history.back(); setTimeout(() => history.back(), 120); }")
    expect(page.get_by_text("Toàn Đảng bộ huyện Nam Đông · số liệu đến").first).to_be_visible()
    expect(title(page)).to_have_text("Kiêm nhiệm")
    ended(page)
    linked(page, whole=True)
