"""Every page for every eye: WCAG 2.2 AA by axe-core, all closed and all open; sizes, zoom, spacing, motion.

Each page is visited once per language; what is found at each width is kept, and each test looks at one kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import auditing
import pytest
from playwright.sync_api import Browser, Page, expect
from reading import open_tables, settled
from screens import PAGES
from servers import running
from watching import full_link

from dashboard import registry, text
from dashboard.text import Text

# The first test of a language visits all pages: on a machine with other work that takes minutes.
pytestmark = pytest.mark.timeout(800)
Open = Callable[..., Page]
# A worker that starts and draws for the first time on a busy machine.
PATIENCE_MS = 180_000
DESK, PHONE = 1440, 390
# 200% zoom of a window of 1440 px, and the reflow of WCAG 1.4.10.
ZOOMED, NARROWEST = 720, 320
NARROW = (PHONE, ZOOMED, NARROWEST)
# Pages that need a choice come last, each by its own link: the choice stays for what is visited after it.
BY_LINK = {"goals", *(page.name for page in registry.PAGES if page.needs)}
VISITS = [*(name for name in PAGES if name not in BY_LINK), *(name for name in PAGES if name in BY_LINK)]
# In English the pages with the longest words.
VISITED = {"vi": VISITS, "en": ["overview", "data", "goals", "village"]}
# What WCAG 1.4.12 lets a reader set; charts are drawn, and their tables have the same figures.
SPACED = """
:not(svg *) {
  line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important;
}
svg { letter-spacing: normal !important; word-spacing: normal !important; }
p { margin-bottom: 2em !important; }
"""
GO = """address => {
  history.pushState({}, "", address);
  dispatchEvent(new PopStateEvent("popstate"));
}"""


@dataclass
class Faults:
    """What is wrong, by where it was seen."""

    rules: dict[str, list[str]] = field(default_factory=dict)
    texts: dict[str, list[str]] = field(default_factory=dict)
    targets: dict[str, list[str]] = field(default_factory=dict)
    cut: dict[str, list[str]] = field(default_factory=dict)
    wider: dict[str, list[int]] = field(default_factory=dict)
    langs: dict[str, str] = field(default_factory=dict)

    def look(self, page: Page, where: str, *, rules: bool) -> None:
        """Note everything about a page as it is."""
        if rules:
            self.rules[where] = auditing.violations(page)
        self.texts[where] = auditing.small_texts(page)
        self.targets[where] = auditing.small_targets(page)
        self.cut[where] = auditing.cut(page)
        self.wider[where] = auditing.wider(page)
        self.langs[where] = page.evaluate("document.documentElement.lang")


@pytest.fixture(scope="module")
def axe() -> str:
    return auditing.script()


@pytest.fixture(scope="module", params=text.LANGUAGES)
def faults(request: pytest.FixtureRequest, axe: str, browser: Browser, server: str) -> Iterator[Faults]:
    """All pages in a language, at each width, closed and open."""
    words = text.get(request.param)
    context = browser.new_context(viewport={"width": DESK, "height": 1000}, reduced_motion="reduce")
    page = context.new_page()
    faults = Faults()
    for name in VISITED[words.lang]:
        visit(page, server, name, words)
        faults.look(page, f"{name} {DESK}", rules=True)
        spaced(page, f"{name} {DESK} spaced", faults)
        opened(page, name, words, faults)
    # The sidebar closes when the window gets narrow, and stays closed.
    for name in VISITED[words.lang]:
        for width in NARROW:
            page.set_viewport_size({"width": width, "height": 1000})
            if width == NARROW[0]:
                visit(page, server, name, words)
            settled(page)
            faults.look(page, f"{name} {width}", rules=width == PHONE)
            spaced(page, f"{name} {width} spaced", faults)
    yield faults
    context.close()


def visit(page: Page, server: str, name: str, words: Text) -> None:
    """Go to a page: as Back and Forward do where that is enough, else by a link."""
    address = f"{server}/{full_link(name, words.lang)}"
    if name in BY_LINK or name == VISITS[0]:
        page.goto(address)
    else:
        page.evaluate(GO, address)
        title = words(f"page.{name}.title")
        expect(page.get_by_role("heading", level=1)).to_have_text(title)
    settled(page)


def opened(page: Page, name: str, words: Text, faults: Faults) -> None:
    """Look again with the tables, the first files, and the first list open."""
    open_tables(page)
    settled(page)
    faults.look(page, f"{name} {DESK} tables open", rules=True)
    files = page.locator("article.framed").get_by_role("button", name=words("download.label"))
    if files.count():
        files.first.click()
        expect(page.get_by_role("button", name=words("copy.picture"))).to_be_visible(timeout=PATIENCE_MS)
        faults.rules[f"{name} files open"] = auditing.violations(page, "[role=dialog]")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
    page.get_by_role("combobox").first.focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    # Once with all that lies behind the list, then the list alone.
    within = "html" if name == VISITS[0] else "[role=listbox]"
    faults.rules[f"{name} list open"] = auditing.violations(page, within)
    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_have_count(0)


def spaced(page: Page, where: str, faults: Faults) -> None:
    """Look at what the reader's own spacing of letters and lines cuts off."""
    style = page.add_style_tag(content=SPACED)
    settled(page)
    faults.cut[where], faults.wider[where] = auditing.cut(page), auditing.wider(page)
    style.evaluate("style => style.remove()")


def wrong(by_place: dict[str, list[str]]) -> dict[str, list[str]]:
    return {where: faults for where, faults in by_place.items() if faults}


def test_no_rule_of_wcag_is_broken(faults: Faults):
    assert len(faults.rules) >= 4 * len(VISITED["en"])
    assert wrong(faults.rules) == {}


def test_every_text_has_12_px_or_more(faults: Faults):
    assert wrong(faults.texts) == {}


def test_every_control_has_24_px_or_more(faults: Faults):
    assert wrong(faults.targets) == {}


def test_nothing_is_cut_off_at_200_percent_or_320_px_or_with_wider_spacing(faults: Faults):
    assert wrong(faults.cut) == {}


def test_no_page_is_moved_sideways(faults: Faults):
    assert {where: more for where, more in faults.wider.items() if more} == {}


def test_the_language_of_the_page_is_that_of_its_words(faults: Faults, request: pytest.FixtureRequest):
    assert set(faults.langs.values()) == {request.node.callspec.params["faults"]}


def test_nothing_moves_for_who_asks_for_less_motion(browser: Browser, server: str):
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(f"{server}/kiem-nhiem")
    settled(page)
    page.get_by_role("button", name="Bảng số liệu").first.click()
    expect(page.get_by_role("table").first).to_be_visible()
    # What styles move is kept still.
    styled = "one => one instanceof CSSAnimation || one instanceof CSSTransition"
    assert page.evaluate(f"document.getAnimations().filter({styled}).length") == 0
    lasting = page.evaluate(
        """() => [...document.querySelectorAll("*")].map(one => getComputedStyle(one))
             .filter(look => look.animationName !== "none" || look.transitionProperty !== "none"
               && parseFloat(look.transitionDuration) > 0).length"""
    )
    assert lasting == 0
    context.close()


def test_colours_of_the_system_tell_a_choice_by_its_frame(browser: Browser, server: str):
    context = browser.new_context(forced_colors="active", viewport={"width": DESK, "height": 1000})
    page = context.new_page()
    page.goto(f"{server}/?xa=huong-son")
    settled(page)
    for chosen, other in (
        ("[role=radio][aria-checked=true]", "[role=radio][aria-checked=false]"),
        ("tr.chosen > th", ".heat tbody tr:not(.chosen) > th"),
    ):
        frames = [
            page.locator(selector).first.evaluate("e => getComputedStyle(e).outlineStyle")
            for selector in (chosen, other)
        ]
        assert frames == ["solid", "none"], chosen
    context.close()


def test_a_notice_breaks_no_rule(axe: str, server: str, open_page: Open):
    page = open_page(f"{server}/kiem-nhiem?xa=khong-co&ngay=1999-12-31")
    expect(page.get_by_role("alert").first).to_be_visible()
    settled(page)
    assert auditing.violations(page) == []


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_a_page_without_data_breaks_no_rule(axe: str, broken: str, open_page: Open, lang: str):
    page = open_page(f"{broken}/?lang={lang}")
    expect(page.get_by_role("heading", name=text.get(lang)("data.unusable"))).to_be_visible()
    settled(page)
    assert auditing.violations(page) == []


@pytest.fixture(scope="module")
def broken(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server whose data cannot be read."""
    folder: Path = tmp_path_factory.mktemp("broken")
    (folder / "dataset.toml").write_text("title = 1\n", "utf-8")
    with running(folder) as address:
        yield address
