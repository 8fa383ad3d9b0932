"""By the keyboard alone, from the link to the filter to a picture taken away; the focus is always seen."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise
from typing import Any

import auditing
from playwright.sync_api import Page, expect
from reading import ended

Open = Callable[..., Page]
# A worker that starts and draws for the first time on a busy machine.
PATIENCE_MS = 180_000
# More presses of Tab than any page of the bundled data needs.
MOST_STOPS = 60
# The height of a line of controls, px.
_LINE = 20


def ready(page: Page) -> None:
    ended(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    ended(page)


def tab(page: Page) -> dict[str, Any]:
    """Press Tab; what has the focus then, which must be seen."""
    page.keyboard.press("Tab")
    stop = auditing.focused(page)
    assert stop is not None, "the focus has left the page"
    assert stop["outlined"], stop
    page.wait_for_function(auditing.IN_WINDOW)
    return stop


def tab_to(page: Page, name: str, card: str = "") -> list[dict[str, Any]]:
    """Press Tab until a control has the focus; all stops up to it."""
    stops = []
    for _ in range(MOST_STOPS):
        stops.append(tab(page))
        if stops[-1]["name"].startswith(name) and stops[-1]["card"] == card:
            return stops
    raise AssertionError(f"{name} is not reached: {[stop['name'] for stop in stops]}")


def test_from_the_link_to_the_filter_to_a_picture(server: str, open_page: Open):
    page = open_page(f"{server}/kiem-nhiem")
    ready(page)
    tab_to(page, "Xã, thị trấn")
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Xã Hương Phú · số liệu đến").first).to_be_visible()
    expect(page.get_by_role("listbox")).to_have_count(0)
    ready(page)
    tab_to(page, "Tải về", "overlap-by_commune")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sao chép ảnh")).to_be_visible(timeout=PATIENCE_MS)
    tab_to(page, "Chiếu nội dung này")
    page.wait_for_function(auditing.IN_WINDOW)
    assert tab(page)["name"].startswith("Ảnh PNG 16:9")
    assert tab(page)["name"].startswith("Ảnh PNG 4:3")
    page.keyboard.press("Shift+Tab")
    expect(page.get_by_role("button", name="Ảnh PNG 16:9")).to_be_focused()
    with page.expect_download(timeout=PATIENCE_MS) as file:
        page.keyboard.press("Enter")
    assert re.fullmatch(r"kiem-nhiem.*_2024-12-31_so-lieu-mau_16x9\.png", file.value.suggested_filename)


def test_to_a_commune_from_its_name_in_a_chart(server: str, open_page: Open):
    page = open_page(f"{server}/kiem-nhiem")
    ready(page)
    tab_to(page, "Thị trấn Khe Tre", "overlap-by_commune")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Thị trấn Khe Tre · số liệu đến").first).to_be_visible()


def test_the_first_stop_leads_past_the_sidebar(server: str, open_page: Open):
    page = open_page(f"{server}/muc-tieu")
    ready(page)
    expect(page.get_by_test_id("stSkipToContent")).to_have_text("Đến nội dung chính")
    assert tab(page)["name"] == "Đến nội dung chính"
    page.keyboard.press("Enter")
    stop = auditing.focused(page)
    assert stop is None or stop["tag"] == "MAIN"
    assert tab(page)["main"]


def test_the_stops_follow_the_page_from_top_to_bottom_and_leave_it(server: str, open_page: Open):
    page = open_page(server)
    ready(page)
    stops = [stop for stop in tab_to(page, "Tải về", "overview-changed") if stop["tag"] != "MAIN"]
    inside = [stop["main"] for stop in stops]
    assert inside == sorted(inside)
    # The filter comes first; then the page card by card, each from top to bottom.
    assert stops[1]["name"].startswith("Xã, thị trấn")
    for card in {stop["card"] for stop in stops if stop["main"]}:
        tops = [stop["top"] for stop in stops if stop["main"] and stop["card"] == card]
        # What is in one line begins a few px apart.
        assert all(after > before - _LINE for before, after in pairwise(tops)), card
    # The last one is not a trap.
    page.keyboard.press("Tab")
    stop = auditing.focused(page)
    assert stop is None or not stop["main"]
