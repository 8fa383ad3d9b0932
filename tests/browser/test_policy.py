"""On every page, whatever a reader does there: nothing that the content policy forbids is tried, nothing is
asked of another host, no script fails, and every answer carries the headers."""

from __future__ import annotations

import json
import re
import shutil
import urllib.request
from collections.abc import Iterator
from itertools import cycle

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from reading import card, ended, open_tables
from screens import PAGES
from servers import COOKIES
from watching import full_link, new_context, watched, watching

from dashboard import text
from dashboard.dataset import default_folder

# A worker that starts and draws for the first time on a busy machine.
PATIENCE_MS = 180_000


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    """One for all pages: the browser keeps Streamlit's program, as a reader's does."""
    context = new_context(browser)
    yield context
    context.close()


def open_page(page: Page, address: str, name: str, lang: str) -> None:
    page.goto(f"{address}/{full_link(name, lang)}")
    ended(page)


def test_no_page_around_this_one_may_steer_it(server: str):
    request = urllib.request.Request(f"{server}/_stcore/host-config", headers={"Cookie": COOKIES})
    with urllib.request.urlopen(request) as answer:
        assert json.load(answer)["allowedOrigins"] == []


@pytest.mark.parametrize(("name", "lang"), list(zip(PAGES, cycle(text.LANGUAGES), strict=False)))
def test_a_page_and_all_that_opens_on_it(context: BrowserContext, server: str, name: str, lang: str):
    with watching(context, server) as (page, watch):
        open_page(page, server, name, lang)
        open_tables(page)
        words = text.get(lang)
        files = page.locator("article.framed").get_by_role("button", name=words("download.label"))
        if files.count():
            files.first.click()
            copying = page.get_by_role("button", name=words("copy.picture"))
            expect(copying).to_be_visible(timeout=PATIENCE_MS)
            copying.click()
            page.keyboard.press("Escape")
        page.get_by_role("button", name=words("copy.link")).click()
        expect(page.get_by_role("status").filter(has_text=words("copy.done")).first).to_be_visible()
        page.get_by_role("combobox").first.click()
        page.keyboard.press("Escape")
        ended(page)
        assert watch.seen > 0
        assert watch.wrong == []


def test_a_mark_clicked_a_file_taken_a_language_switched(context: BrowserContext, server: str):
    with watching(context, server) as (page, watch):
        open_page(page, server, "overlap", "vi")
        name = card(page, "overlap-by_commune").get_by_role("button", name="Thị trấn Khe Tre")
        name.click()
        expect(page.get_by_text("Thị trấn Khe Tre · số liệu đến").first).to_be_visible()
        ended(page)
        name.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Thị trấn Khe Tre")
        ended(page)
        page.get_by_role("button", name="Tải về").first.click()
        for entry in ("Ảnh PNG 16:9", "Ảnh SVG", "Số liệu (Excel)"):
            with page.expect_download(timeout=PATIENCE_MS):
                page.get_by_role("button", name=entry).click()
        page.keyboard.press("Escape")
        page.get_by_role("radiogroup", name="Language").get_by_text("en", exact=True).click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Khe Tre township")
        page.get_by_role("link", name="Goals").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Goals")
        page.go_back()
        page.reload()
        ended(page)
        assert watch.wrong == []


def test_a_briefing_made_and_taken(context: BrowserContext, server: str):
    with watching(context, server) as (page, watch):
        page.goto(f"{server}/xa?xa=huong-son")
        ended(page)
        card(page, "whole-page").get_by_role("button", name="PPTX").click()
        ready = page.locator("[class*=st-key-briefing-file-] button").first
        expect(ready).to_be_visible(timeout=PATIENCE_MS)
        with page.expect_download(timeout=PATIENCE_MS):
            ready.click()
        assert watch.wrong == []


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_the_data_page_where_files_are_handed_in(browser: Browser, publishing: str, lang: str, tmp_path):
    wrong = tmp_path / "villages.csv"
    shutil.copy(default_folder() / "villages.csv", wrong)
    with watched(browser, publishing) as (page, watch):
        open_page(page, publishing, "data", lang)
        open_tables(page)
        with page.expect_download(timeout=PATIENCE_MS):
            page.locator(".st-key-template-blank button").click()
        # A chip that is closed before the file has arrived calls off the upload, which the browser reports.
        with page.expect_response(re.compile("/upload_file/"), timeout=PATIENCE_MS):
            page.locator("input[type=file]").set_input_files(wrong)
        expect(page.get_by_test_id("stFileChip")).to_be_visible()
        expect(page.get_by_test_id("stSpinner")).to_have_count(0, timeout=PATIENCE_MS)
        ended(page)
        page.get_by_test_id("stFileChipDeleteBtn").click()
        expect(page.get_by_test_id("stFileChip")).to_have_count(0)
        ended(page)
        assert watch.wrong == []


def test_a_page_knows_its_server_and_its_scripts_from_the_start(browser: Browser, server: str):
    context = new_context(browser)
    with watching(context, server) as (page, _):
        open_page(page, server, "structure", "vi")
        requests = page.evaluate(
            "() => performance.getEntriesByType('resource')"
            ".map((one) => [one.initiatorType, new URL(one.name).pathname])"
        )
    context.close()
    late = [path for kind, path in requests if kind == "script" and path.startswith("/static/js/")]
    assert [path for path in late if not path.startswith("/static/js/index.")] == []
    assert [path for _, path in requests if path.endswith("/_stcore/health")] == ["/_stcore/health"]
