"""Pictures of every page from the running app: both languages, two widths, all and one commune.

python tools/screenshots.py FOLDER [NAME…]     # `make screenshots`; NAME: "overlap-1440-vi-all"
python tools/screenshots.py FOLDER --readme    # `make pictures`: the first screen of each page
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from pathlib import Path

import served
from playwright.sync_api import Browser, Page, sync_playwright

PAGES = {
    "overview": "",
    "structure": "co-cau",
    "overlap": "kiem-nhiem",
    "goals": "muc-tieu",
    "commune": "xa",
    "village": "thon",
    "changes": "thay-doi",
    "briefing": "bao-cao",
    "data": "du-lieu",
}
# What is shown on a page of one place.
OF_ONE = {"commune": "xa=huong-son", "village": "thon=huong-son-2"}
WIDTHS = (1440, 390)
LANGUAGES = ("vi", "en")
COMMUNES = {"all": "", "one": "huong-son"}
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        path = next(path for path in BROWSERS if Path(path).exists())
        found = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


def whole_page(page: Page, file: Path) -> None:
    """A picture as tall as the page's content."""
    page.locator("h1").first.wait_for()
    settle(page)
    width = page.viewport_size["width"] if page.viewport_size else WIDTHS[0]
    height = page.evaluate("document.querySelector('[data-testid=stMain]').scrollHeight")
    page.set_viewport_size({"width": width, "height": max(int(height), 700)})
    settle(page)
    page.screenshot(path=file)


def settle(page: Page) -> None:
    """Wait until the script has ended, the charts are drawn and the fonts are there."""
    page.locator("[data-testid=stApp][data-test-script-state=notRunning]").wait_for()
    page.evaluate("document.fonts.ready")
    page.wait_for_timeout(900)


def first_screens(browser: Browser, address: str, folder: Path) -> None:
    """What a reader sees first on each page, for the README."""
    for name, path in PAGES.items():
        page = browser.new_page(viewport={"width": WIDTHS[0], "height": 1000})
        page.goto(f"{address}/{path}?{OF_ONE.get(name, '')}")
        page.locator("h1").first.wait_for()
        settle(page)
        page.screenshot(path=folder / f"{name}.png")
        page.close()


def main(folder: Path, wanted: list[str]) -> None:
    """Take the pictures, or only the wanted ones."""
    folder.mkdir(parents=True, exist_ok=True)
    with served.dashboard() as server, browser() as chromium:
        if wanted == ["--readme"]:
            first_screens(chromium, server.address, folder)
            return
        for width, lang, (choice, commune), (name, path) in product(
            WIDTHS, LANGUAGES, COMMUNES.items(), PAGES.items()
        ):
            file = f"{name}-{width}-{lang}-{choice}"
            if wanted and file not in wanted:
                continue
            page = chromium.new_page(viewport={"width": width, "height": 900})
            chosen = f"&xa={commune}&{OF_ONE.get(name, '')}" if commune else ""
            page.goto(f"{server.address}/{path}?lang={lang}{chosen}")
            whole_page(page, folder / f"{file}.png")
            page.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2:])
