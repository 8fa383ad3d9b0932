"""Open and filter change as a reader sees them, in Chromium, beside a plain page in the same run:
`pages/plain.py`, three figures and three charts of Streamlit, started by `streamlit run`."""

from __future__ import annotations

import contextlib
import statistics
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import screens
import servers
from playwright.sync_api import Browser, CDPSession, Page
from screens import PAGES

from bench import changes, samples
from bench.table import Row
from dashboard.registry import COMMUNES

OPEN_RATIO, CHANGE_RATIO, GROWTH = 1.0, 0.75, 1.2
ROUNDS = 3
# Chosen together, so that only what is not chosen differs between the sizes.
SAME_VILLAGES = 40
# Each round opens a page and changes the date so often; the dates of the first round are drawn before.
DATES = ("31/12/2021", "31/12/2022", "31/12/2023", "31/12/2024")
YEARS = ("2021", "2022", "2023", "2024")
PATIENCE_MS = 300_000
_PAGES = Path(__file__).parent / "pages"

# Notes when the page's content was last changed and the browser has drawn it, from its navigation or from the
# choice of an entry of a list. Names for screen readers, which come once all is drawn, are not paint.
_WATCH = """
window.begun = 0; window.drawn = 0;
addEventListener("click", (event) => {
  if (!event.composedPath()[0].closest("[role=option]")) return;
  window.begun = performance.now(); window.drawn = 0;
}, true);
const all = { subtree: true, childList: true, attributes: true, characterData: true };
const outside = (node) => node.getRootNode().host ?? (node.nodeType === 1 ? node : node.parentElement);
const watch = new MutationObserver((changes) => {
  const inside = changes.some(({ target, attributeName }) => attributeName !== "aria-label"
    && outside(target)?.closest("[data-testid=stMain]"));
  if (inside) requestAnimationFrame(() => { window.drawn = performance.now(); });
});
watch.observe(document, all);
// Cards are drawn inside components.
const attach = Element.prototype.attachShadow;
Element.prototype.attachShadow = function (how) {
  const root = attach.call(this, how);
  watch.observe(root, all);
  return root;
};
"""
# In ms, as soon as nothing runs, nothing is still a grey bar and nothing has changed for a while.
# A promise: the policy of the page forbids what Playwright's own waiting does.
_SETTLED = """(patience) => new Promise((resolve, reject) => {
  const until = performance.now() + patience;
  const look = () => {
    const app = document.querySelector("[data-testid=stApp]");
    const settled = window.drawn > 0 && performance.now() - window.drawn > 500
      && app?.dataset.testScriptState === "notRunning"
      && !document.querySelector("[data-testid=stSkeleton]");
    if (settled) resolve(window.drawn - window.begun);
    else if (performance.now() > until) reject(new Error("the page does not settle"));
    else setTimeout(look, 50);
  };
  look();
})"""


@dataclass
class Painted:
    """A page that is measured: its address, the list and its entries; what was found, in ms. `busy` is the
    CPU time of the browser's main thread in a change: what else the machine does falls on it least."""

    address: str
    label: str
    entries: Sequence[str]
    opened: list[float] = field(default_factory=list)
    changed: list[float] = field(default_factory=list)
    busy: list[float] = field(default_factory=list)

    def measure(self, browser: Browser, count: bool) -> None:
        """Open it once and choose every entry; without `count` only to warm up."""
        page = browser.new_page(viewport={"width": 1440, "height": 1000})
        page.set_default_timeout(PATIENCE_MS)
        page.add_init_script(_WATCH)
        inside = page.context.new_cdp_session(page)
        inside.send("Performance.enable", {"timeDomain": "threadTicks"})
        try:
            page.goto(self.address)
            opened = self._settled(page)
            changed = [self._change(page, inside, entry) for entry in self.entries]
        finally:
            page.close()
        if count:
            self.opened.append(opened)
            # The first change of a page loads what all others use.
            self.changed += [painted for painted, _ in changed[1:]]
            self.busy += [busy for _, busy in changed[1:]]

    def _change(self, page: Page, inside: CDPSession, entry: str) -> tuple[float, float]:
        page.get_by_role("combobox", name=self.label).first.click()
        chosen = page.get_by_role("option", name=entry, exact=True)
        chosen.wait_for()
        before = _busy(inside)
        chosen.click()
        return self._settled(page), _busy(inside) - before

    @staticmethod
    def _settled(page: Page) -> float:
        took: float = page.evaluate(_SETTLED, PATIENCE_MS)
        return took


def _busy(inside: CDPSession) -> float:
    """CPU time that the page's main thread has used, in ms."""
    metrics = inside.send("Performance.getMetrics")["metrics"]
    return 1000 * next(float(metric["value"]) for metric in metrics if metric["name"] == "TaskDuration")


def measure(sizes: Sequence[int]) -> Iterator[Row]:
    """Every page at the smallest and the largest size, in turn with the plain page."""
    least, most = min(sizes), max(sizes)
    with contextlib.ExitStack() as stack:
        ours = {size: stack.enter_context(servers.dashboard(samples.folder(size))) for size in {least, most}}
        beside = stack.enter_context(servers.streamlit(_PAGES / "plain.py"))
        changes.wait_for_rest(ours.values())
        browser = stack.enter_context(screens.browser())
        for name in PAGES:
            painted = _pages(ours, name, _link)
            # The page of one commune has no others beside it.
            same_villages = {} if most == least or name == "commune" else _pages(ours, name, _same_villages)
            for page in (*painted.values(), *same_villages.values()):
                page.measure(browser, count=False)
            plain = Painted(beside.address, "Year", YEARS)
            for number in range(ROUNDS + 1):
                for page in (*((*painted.values(), *same_villages.values()) if number else ()), plain):
                    page.measure(browser, count=number > 0)
            yield from _rows(name, painted[least], plain)
            for label, pages in (
                ("change", painted),
                (f"change of some {SAME_VILLAGES} villages", same_villages),
            ):
                if len(pages) > 1:
                    growth = statistics.median(pages[most].changed) / statistics.median(pages[least].changed)
                    yield Row(
                        "paint", f"{name}: {label}, {least:,} to {most:,} villages", growth, "×", GROWTH
                    )


def _pages(
    servers: Mapping[int, servers.Server], name: str, link: Callable[[int, str], str]
) -> dict[int, Painted]:
    """A page of the server of each size, with what the link of that size names."""
    return {
        size: Painted(f"{server.address}/{PAGES[name]}?{link(size, name)}", "Ngày chốt số liệu", DATES)
        for size, server in servers.items()
    }


def _rows(name: str, ours: Painted, plain: Painted) -> Iterator[Row]:
    for kind, budget in (("opened", OPEN_RATIO), ("changed", CHANGE_RATIO)):
        our_ms, plain_ms = (statistics.median(getattr(page, kind)) for page in (ours, plain))
        yield Row("paint", f"{name}: {kind}", our_ms, "ms")
        yield Row("paint", f"{name}: {kind} ÷ plain page ({plain_ms:.0f} ms)", our_ms / plain_ms, "×", budget)
    our_ms, plain_ms = (statistics.median(page.busy) for page in (ours, plain))
    yield Row("paint", f"{name}: changed, CPU of the browser's main thread", our_ms, "ms")
    yield Row("paint", f"{name}: changed, the same ÷ plain page ({plain_ms:.0f} ms)", our_ms / plain_ms, "×")


def _link(villages: int, name: str) -> str:
    """What the link of a page names: a commune, a village, changes; else nothing."""
    query = samples.link_query(villages, PAGES[name])
    if name == "commune":
        query = {COMMUNES.key: [samples.commune(villages)]}
    return urlencode(query, doseq=True)


def _same_villages(villages: int, name: str) -> str:
    """The same with communes that hold about as many villages at every size."""
    query = samples.link_query(villages, PAGES[name])
    return urlencode({**query, COMMUNES.key: samples.some_communes(villages, SAME_VILLAGES)}, doseq=True)
