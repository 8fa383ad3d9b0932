"""The projector: a link opens straight into it, keys lead through it, Esc leads back to the same page."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Locator, Page, expect
from reading import ended, linked, opened_files
from watching import watched

from dashboard.text import get

# The first screens are drawn by processes that start then, at low priority.
PATIENCE_MS = 150_000
_IN_THE_DIALOG = """() => document.activeElement === document.body
  || document.activeElement.shadowRoot?.querySelector('dialog') != null"""
OVERVIEW = ("goals.progress", "goals.plan", "goals.attention", "overview.changed")


def screen(page: Page) -> Locator:
    """The exhibit on the screen."""
    return page.get_by_role("dialog").locator("svg")


def place(page: Page, n: int, of: int) -> None:
    """Wait for an exhibit by its number."""
    number = page.get_by_role("dialog").get_by_text(f"Nội dung {n}/{of}", exact=True)
    expect(number).to_be_visible(timeout=PATIENCE_MS)


def says(page: Page, words: str) -> None:
    """Wait until the exhibit on the screen says that."""
    expect(screen(page)).to_contain_text(words, timeout=PATIENCE_MS)


def fills(page: Page) -> None:
    """The dialog is as large as the window, the drawing as large as can be in it, and all of it is seen."""
    size = page.viewport_size
    box, dialog = screen(page).bounding_box(), page.get_by_role("dialog").bounding_box()
    assert size is not None
    assert box is not None
    assert dialog is not None
    assert (dialog["x"], dialog["y"]) == (0, 0)
    assert (dialog["width"], dialog["height"]) == (size["width"], size["height"])
    assert box["width"] >= 0.99 * size["width"]
    assert 0.93 * size["height"] <= box["height"] <= size["height"]
    outside = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter(element => element.shadowRoot)
          .flatMap(element => [...element.shadowRoot.querySelectorAll('dialog svg text, dialog nav *')])
          .filter(element => { const box = element.getBoundingClientRect();
            return box.left < 0 || box.top < 0 || box.right > innerWidth || box.bottom > innerHeight; })
          .map(element => element.textContent)"""
    )
    assert outside == []


def test_keys_lead_through_a_page_and_back_to_it(browser: Browser, server: str):
    with watched(browser, server) as (page, watch):
        page.goto(f"{server}/?xa=huong-son")
        ended(page)
        page.get_by_role("button", name="Trình chiếu").click()
        place(page, 1, 4)
        # All else is out of reach for the keyboard and for a screen reader.
        for _ in range(6):
            page.keyboard.press("Tab")
            assert page.evaluate(_IN_THE_DIALOG)
        expect(page.get_by_role("dialog", name="Trình chiếu")).to_be_visible()
        says(page, "SỐ LIỆU MẪU")
        says(page, "Xã Hương Sơn · số liệu đến 31/12/2024")
        says(page, "Nguồn:")
        for key, n in (("ArrowRight", 2), ("PageDown", 3), ("PageUp", 2), ("End", 4), ("ArrowRight", 4)):
            page.keyboard.press(key)
            place(page, n, 4)
        page.keyboard.press("Home")
        place(page, 1, 4)
        page.keyboard.press("ArrowLeft")
        place(page, 1, 4)
        linked(page, chieu=OVERVIEW[0])
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        page.wait_for_url(lambda url: "chieu" not in url)
        ended(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("Tổng quan")
        linked(page, chieu=None)
        linked(page, xa="Xã Hương Sơn")
        assert watch.wrong == []


@pytest.mark.parametrize(("width", "height"), [(1280, 720), (1920, 1080)])
def test_a_link_opens_a_long_exhibit_screen_by_screen(browser: Browser, server: str, width, height):
    with watched(browser, server) as (page, watch):
        page.set_viewport_size({"width": width, "height": height})
        page.goto(f"{server}/kiem-nhiem?chieu=overlap.matrix")
        place(page, 5, 5)
        first, last = "màn hình 1/4", "màn hình 4/4"
        says(page, first)
        fills(page)
        page.keyboard.press("ArrowDown")
        says(page, "màn hình 2/4")
        page.keyboard.press("ArrowUp")
        page.keyboard.press("ArrowUp")
        place(page, 4, 5)
        fills(page)
        page.goto(f"{server}/kiem-nhiem?chieu=overlap.matrix~5")
        says(page, last)
        assert watch.wrong == []


def test_what_if_in_english(browser: Browser, server: str):
    english = get("en")
    with watched(browser, server) as (page, watch):
        page.goto(f"{server}/muc-tieu?lang=en&giadinh=khe-tre-1.member.front_head&chieu=goals.attention")
        says(page, english("common.hypothetical"))
        expect(page.get_by_role("button", name="Leave (Esc)")).to_be_visible()
        page.get_by_role("button", name="Leave (Esc)").click()
        page.wait_for_url(lambda url: "chieu" not in url)
        ended(page)
        page.get_by_role("button", name="Presentation").click()
        says(page, "communes miss a target")
        page.keyboard.press("End")
        says(page, "31/12/2021 to 31/12/2024")
        page.keyboard.press("Escape")
        page.wait_for_url(lambda url: "chieu" not in url)
        ended(page)
        linked(page, giadinh="khe-tre-1.member.front_head")
        assert watch.wrong == []


def test_a_card_is_presented_from_its_menu(browser: Browser, server: str):
    with watched(browser, server) as (page, watch):
        page.goto(f"{server}/co-cau")
        opened_files(page, "structure-by_commune")
        page.get_by_role("button", name="Chiếu nội dung này").click()
        place(page, 2, 4)
        linked(page, chieu="structure.by_commune")
        assert watch.wrong == []
