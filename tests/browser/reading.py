"""What a reader does in the browser: waits until a page is drawn, opens the files or the table of a card,
chooses from a list."""

from __future__ import annotations

import re
import time
from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, TimeoutError, expect

TIMEOUT_S = 180  # pictures are drawn by processes that start when the first one is asked for
_TRIES = 4
# The button that opens a table, in both languages.
TABLES = re.compile("Bảng số liệu|Table of figures")
# Our own style, which is among the last to arrive, has rules for printing; then the fonts.
_STYLED = """() => document.fonts.status === "loaded"
  && [...document.styleSheets].some(sheet => [...sheet.cssRules].some(rule => rule.type === 6))"""
# The code of components arrives after the script has run (every page has some); each is empty for a moment,
# and draws its cards a moment after it is there.
_DRAWN = """() => (components => components.length && components.every(({ shadowRoot }) =>
    shadowRoot?.childElementCount
    && [...shadowRoot.querySelectorAll("[data-part=page]")].every(page => page.querySelector("article"))
    && [...shadowRoot.querySelectorAll("article")].every(card => card.childElementCount)))(
  [...document.querySelectorAll("[data-testid=stBidiComponentIsolated]")])"""


def ended(page: Page) -> None:
    """Wait until the page's script has run and every chart is drawn: cards move until then."""
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    app = page.get_by_test_id("stApp")
    until = time.monotonic() + TIMEOUT_S
    while True:
        expect(app).to_have_attribute("data-test-script-state", "notRunning")
        if page.evaluate(_STYLED) and page.evaluate(_DRAWN):
            return
        assert time.monotonic() < until, "the page is not drawn"
        page.wait_for_timeout(100)


def linked(page: Page, whole: bool = False, **parameters: str | None) -> None:
    """Wait until the link has these parameters (``None``: not that one), as a whole nothing else: the browser
    writes some of them a moment after the page says so."""
    until = time.monotonic() + 10
    while True:
        link = {name: ", ".join(values) for name, values in parse_qs(urlsplit(page.url).query).items()}
        if (
            link == parameters
            if whole
            else all(link.get(name) == value for name, value in parameters.items())
        ):
            return
        assert time.monotonic() < until, f"the link has {link}, not {parameters}"
        page.wait_for_timeout(50)


def settled(page: Page) -> None:
    """Wait until all that is loaded step by step is there."""
    ended(page)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0)
    ended(page)
    # What is told to a screen reader follows a tenth of a second later (localize.js).
    page.wait_for_timeout(200)


def card(page: Page, name: str) -> Locator:
    """The card of an exhibit."""
    return page.locator(f"article[data-key={name}]")


def opened_files(page: Page, name: str) -> None:
    """Open the files of a card, until the last of them is there."""
    ended(page)
    card(page, name).get_by_role("button", name="Tải về").click()
    expect(page.get_by_role("button", name="Sao chép ảnh")).to_be_visible(timeout=TIMEOUT_S * 1000)


def open_tables(page: Page) -> None:
    """Open the table behind every chart."""
    for button in page.locator("article.framed").get_by_role("button", name=TABLES).all():
        button.click()
        ended(page)


def choose(page: Page, name: str, option: Callable[[Locator], Locator]) -> None:
    """Choose one of the options of a list; a list of many stays open."""
    for _ in range(_TRIES):
        page.get_by_role("combobox", name=name).click()
        try:
            option(page.get_by_role("option")).click(timeout=5_000)
            return
        except TimeoutError:  # the page was drawn again and closed the list: as a reader, open it again
            page.keyboard.press("Escape")
    raise AssertionError(f"the list “{name}” does not stay open")


def choose_commune(page: Page, name: str) -> None:
    """Choose a commune, in place of the one before: its name is typed, and Enter pressed."""
    ended(page)
    field = page.get_by_role("combobox", name=re.compile("^(Xã, thị trấn|Communes)$"))
    field.click()
    field.fill(name)
    expect(page.get_by_role("option").first).to_contain_text(name)
    field.press("Enter")
    expect(heading_line(page)).to_contain_text(name)
    ended(page)


def heading_line(page: Page) -> Locator:
    """The line of the title, which says what is chosen."""
    return page.locator(".st-key-heading")


def closed(page: Page) -> None:
    """Wait until no list is open: one that is opened while another closes, closes again."""
    expect(page.get_by_role("listbox")).to_have_count(0)
