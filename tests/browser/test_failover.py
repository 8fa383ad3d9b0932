"""Two processes behind nginx with TLS: a reader signs in, keeps page and filters when one is killed, and is
told in the own language when both are."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import deployment
import pytest
import servers
from playwright.sync_api import Browser, BrowserContext, Page, expect
from reading import ended

NAME = "lan"


@pytest.fixture
def deployed(nginx: str, tmp_path: Path) -> Iterator[tuple[deployment.Front, list[deployment.Process]]]:
    with deployment.deployed(tmp_path, [NAME]) as running:
        yield running


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(ignore_https_errors=True, viewport={"width": 1440, "height": 1000})
    yield context
    context.close()


def serving(context: BrowserContext) -> str:
    """The process that holds the session, as the cookie names it."""
    return next(cookie["value"] for cookie in context.cookies() if cookie["name"] == "dashboard_process")


def download(page: Page) -> str:
    # Drawn by the process that answers now: a click while the page comes back is lost, as the reader sees.
    ended(page)
    page.get_by_role("button", name="Tải về").first.click()
    with page.expect_download() as begun:
        page.get_by_test_id("stDownloadButton").filter(has_text="Excel").first.click()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_have_count(0)
    return begun.value.suggested_filename


def test_who_signed_in_keeps_page_filter_and_downloads_when_the_process_is_killed(
    deployed: tuple[deployment.Front, list[deployment.Process]], context: BrowserContext
):
    front, processes = deployed
    page = context.new_page()
    page.goto(f"{front.address}/kiem-nhiem?xa=huong-son")
    page.locator("[name=ten]").fill(NAME)
    page.locator("[name=mat_khau]").fill(deployment.PASSWORD)
    page.locator("[name=mat_khau]").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiêm nhiệm")
    expect(page.get_by_text("Xã Hương Sơn · số liệu đến").first).to_be_visible()
    before = serving(context)

    with page.expect_websocket() as opened:
        os.kill(processes[0 if before == "one" else 1].pid, signal.SIGKILL)
    assert opened.value.url.endswith("/_stcore/stream")
    servers.until(lambda: serving(context) != before, "the session has not moved")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("Kiêm nhiệm")
    expect(page.get_by_text("Xã Hương Sơn · số liệu đến").first).to_be_visible()
    assert "huong-son" in download(page)
    # The next click is drawn by the other process, for the same place.
    page.get_by_role("link", name="Mục tiêu").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mục tiêu")
    expect(page.get_by_text("Xã Hương Sơn · số liệu đến").first).to_be_visible()

    # For good: where both are back within seconds, the page may come back before it has to say anything.
    for process in processes:
        process.stop()
    expect(page.get_by_role("dialog")).to_contain_text("Mất kết nối với máy chủ")
    expect(page.get_by_role("dialog")).to_contain_text("Trang đang tự nối lại")
