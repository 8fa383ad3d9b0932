"""What it costs to print and to click (`make bench`): a table of medians, against the budgets of the design.

python tools/bench.py files      # pictures, slides, report, workbook, pack: time, CPU, size
python tools/bench.py clicks     # a filter change in Chromium: alone, and while another session makes a pack
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright
from screenshots import BROWSERS, server

from dashboard import exhibits, text
from dashboard.dataset import default_folder, load, select
from dashboard.outputs import briefing, pack, pictures, slides, workbook
from dashboard.outputs.worker import Workers

ROUNDS = 5
CLICKS = 12
# The headline differs from each to the next; a page opens with the last.
DATES = ("31/12/2021", "31/12/2022", "31/12/2023", "31/12/2024")
PATIENCE_MS = 60_000

# From the click until the first headline of the page has changed and was painted, in ms.
WATCH = """() => {
  document.addEventListener("click", (event) => {
    if (!event.target.closest("[role=option]")) return;
    const begun = performance.now();
    const before = document.querySelector("h3").textContent;
    window.changed = new Promise((resolve, reject) => {
      setTimeout(() => reject("the headline did not change"), 20000);
      const look = () => document.querySelector("h3").textContent !== before
        ? requestAnimationFrame(() => resolve(performance.now() - begun)) : requestAnimationFrame(look);
      look();
    });
  }, true);
}"""


def row(name: str, value: float, unit: str, budget: str = "") -> None:
    """One line of the table."""
    print(f"{name:<58} {value:>10.2f} {unit:<3} {budget}", flush=True)


def timed(work: Callable[[], Any]) -> tuple[float, float, Any]:
    """Seconds, CPU seconds of this process, and the result."""
    begun, cpu = time.perf_counter(), time.process_time()
    result = work()
    return time.perf_counter() - begun, time.process_time() - cpu, result


def files() -> None:
    """The cost of every kind of file with the bundled data, everything selected."""
    dataset = load(default_folder())
    selection = select(dataset)
    words = text.get()
    print(f"# files: medians of {ROUNDS}, after one to warm up")
    made = briefing.brief(dataset, selection)
    shape = pack.SHAPE
    found = [exhibit for exhibit in made.exhibits if exhibit.plot is not None]
    workers = Workers(1)
    workers.run(pictures.picture_png, found[0], words, shape)
    drawn = {
        exhibit.id: [
            timed(lambda one=exhibit: workers.run(pictures.picture_png, one, words, shape))[0]
            for _ in range(ROUNDS)
        ]
        for exhibit in found
    }
    workers.end()
    medians = {key: statistics.median(seconds) for key, seconds in drawn.items()}
    slowest = max(medians, key=medians.__getitem__)
    row("picture (PNG) in the worker, median exhibit", statistics.median(medians.values()), "s", "0.5")
    row(f"picture (PNG) in the worker, slowest: {slowest}", medians[slowest], "s", "1")
    row(
        "exhibits of a selection never seen before",
        timed(lambda: exhibits.every(dataset, select(dataset, ["huong-son"])))[1],
        "s",
    )
    seconds, _, pictured = timed(
        lambda: {exhibit.id: slides.picture_of(exhibit) for exhibit in slides.pictured(made)}
    )
    row("picture on a slide, mean", seconds / sum(map(len, pictured.values())), "s", "0.5")
    costs = [timed(lambda: slides.pptx(made, pictured)) for _ in range(ROUNDS + 1)][1:]
    row(
        "slides (PPTX) of all pages beside the pictures, CPU",
        statistics.median(c for _, c, _ in costs),
        "s",
        "1",
    )
    for kind in pack.KINDS:
        costs = [timed(lambda kind=kind: pack.make(made, kind)) for _ in range(2)][1:]
        row(f"{kind} whole, pictures included", costs[0][0], "s")
        row(f"{kind} size", len(costs[0][2]) / 1e6, "MB")
    table = next(exhibit for exhibit in made.exhibits if exhibit.table is not None)
    row("workbook of one exhibit", timed(lambda: workbook.exhibit_xlsx(table, words))[0], "s")


def clicks() -> None:
    """A filter change as a reader sees it, alone and beside a pack in the making."""
    with server() as (address, pid), sync_playwright() as playwright:
        path = next(path for path in BROWSERS if Path(path).exists())
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        reader = browser.new_page(viewport={"width": 1440, "height": 1000})
        reader.goto(f"{address}/kiem-nhiem")
        reader.locator("h3").first.wait_for()
        reader.evaluate(WATCH)
        for number in range(len(DATES)):
            change(reader, number)
        cpu = server_cpu(pid)
        alone = [change(reader, number) for number in range(CLICKS)]
        cpu = (server_cpu(pid) - cpu) / CLICKS
        maker = start_pack(browser, address)
        beside = [change(reader, number) for number in range(CLICKS)]
        busy = maker.get_by_role("progressbar").count() > 0
        print(f"# clicks: medians of {CLICKS}; the pack was {'still' if busy else 'NO LONGER'} in the making")
        row("server CPU per filter change, alone", cpu * 1000, "ms", "30")
        row("filter change painted, alone", statistics.median(alone), "ms")
        row("filter change painted, while a pack is made", statistics.median(beside), "ms")
        row("ratio", statistics.median(beside) / statistics.median(alone), "", "2")
        browser.close()


def change(page: Page, number: int) -> float:
    """Choose the next as-of date; how long it took in ms."""
    page.wait_for_timeout(300)
    page.get_by_role("combobox", name="Ngày chốt số liệu").click()
    page.get_by_role("option", name=DATES[number % len(DATES)]).click()
    took: float = page.evaluate("window.changed")
    return took


def server_cpu(pid: int) -> float:
    """CPU seconds that the server's process has used; its workers are counted apart by the system."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def start_pack(browser: Browser, address: str) -> Page:
    """Another session that asks for everything, one file per commune."""
    page = browser.new_page(viewport={"width": 1440, "height": 1000})
    page.goto(f"{address}/bao-cao")
    page.get_by_text("Trọn bộ (ZIP)").click(timeout=PATIENCE_MS)
    page.get_by_text("Mỗi xã, thị trấn một tệp riêng").click()
    page.get_by_role("button", name="Tạo báo cáo").click()
    page.get_by_text("Đang tạo").wait_for(timeout=PATIENCE_MS)
    return page


if __name__ == "__main__":
    parts = {"files": files, "clicks": clicks}
    for name in sys.argv[1:] or parts:
        parts[name]()
