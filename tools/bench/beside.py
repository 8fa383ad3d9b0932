"""A filter change as a reader sees it, alone and while another session makes a pack of everything."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Sequence

import served
from playwright.sync_api import Browser, Page

from bench.paint import DATES, PATIENCE_MS, Painted, browsing
from bench.table import Row

RATIO = 2.0
ROUNDS = 3


def measure(_sizes: Sequence[int]) -> Iterator[Row]:
    """The medians, and their ratio."""
    with served.dashboard() as server, browsing() as browser:
        alone, beside = (
            Painted(f"{server.address}/kiem-nhiem", "Ngày chốt số liệu", DATES) for _ in range(2)
        )
        for number in range(ROUNDS + 1):
            alone.measure(browser, count=number > 0)
        maker = _start_pack(browser, server.address)
        for _ in range(ROUNDS):
            beside.measure(browser, count=True)
        busy = maker.get_by_role("progressbar").count() > 0
        maker.close()
    before, meanwhile = statistics.median(alone.changed), statistics.median(beside.changed)
    said = "while a pack is made" if busy else "while a pack is made (it was done before the end)"
    yield Row("beside", "overlap: changed, alone", before, "ms")
    yield Row("beside", f"overlap: changed, {said}", meanwhile, "ms")
    yield Row("beside", "overlap: changed, ratio", meanwhile / before, "×", RATIO)


def _start_pack(browser: Browser, address: str) -> Page:
    """Another session that asks for everything, one file per commune."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{address}/bao-cao")
    page.get_by_text("Mỗi xã, thị trấn một tệp riêng").click()
    page.get_by_role("button", name="Tạo trọn bộ (ZIP)").click()
    page.get_by_text("Đang tạo").wait_for()
    return page
