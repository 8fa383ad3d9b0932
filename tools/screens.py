"""Every page in both languages at every width: pictures, and their words compared with the accepted ones.

python tools/screens.py                    # `make contact-sheet`: one sheet; exit 1 where something differs
python tools/screens.py --accept           # `make accept-screens`: the words that are there now are accepted
python tools/screens.py FOLDER [NAME…]     # `make screenshots`: a file for each; NAME: "overlap-vi-1440"
python tools/screens.py FOLDER --readme    # `make pictures`: the first screen of each page

The sheet goes to build/contact-sheet, the accepted words are in tests/browser/screens. Words that are cut off
or too small are faults at any width.
"""

from __future__ import annotations

import difflib
import io
import shutil
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page, sync_playwright
from servers import ROOT, dashboard, with_key

from dashboard import registry
from dashboard.text import LANGUAGES

PAGES = {page.name: page.path for page in registry.PAGES}
# What is shown on a page of one place.
EXAMPLES = {registry.COMMUNES.key: "huong-son", registry.VILLAGE.key: "huong-son-2"}
BROWSERS = ("/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome")
WIDTHS = (360, 390, 768, 1440, 1920)
# At this width the words of a page are compared: no name is broken or left out there.
_WORDS_AT = 1440
ACCEPTED = ROOT / "tests" / "browser" / "screens"
SHEET = ROOT / "build" / "contact-sheet" / "contact-sheet.jpg"
_FONT = ROOT / "src" / "dashboard" / "static" / "fonts" / "BeVietnamPro-SemiBold.ttf"
# Higher than every page: what is on a page is then in the window, and no picture has to be put together.
_HEIGHT = 16_000
_LEAST = 900
_TIMEOUT_S = 150
_LINES = 12  # of differing words that a report names
_REDUCED, _GAP, _LABEL = 4, 12, 26  # of the sheet: how much smaller; px

# Everything is drawn: the script has ended, the style of the house with its rules for printing has come, and
# the fonts. Gives the sizes of all that can still move.
_DRAWN = """() => {
  const app = document.querySelector('[data-testid=stApp]');
  const styled = [...document.styleSheets].some(sheet => [...sheet.cssRules].some(rule => rule.type === 6));
  if (!document.querySelector('h1') || app?.dataset.testScriptState !== 'notRunning' || !styled
      || document.fonts.status !== 'loaded'
      || document.querySelector('[data-testid=stSkeleton], [data-testid=stSpinner]')) return null;
  const cards = one => (one.shadowRoot ? [...one.shadowRoot.querySelectorAll('article')] : [one]);
  const size = one => { const box = one.getBoundingClientRect(); return [box.top, box.width, box.height]; };
  const content = document.querySelector('[data-testid=stMainBlockContainer]');
  const all = [...content.querySelectorAll('h2, h3, [data-testid=stBidiComponentIsolated]')];
  return JSON.stringify([innerWidth, size(content), ...all.flatMap(cards).map(size)]);
}"""
_CONTENT = "document.querySelector('[data-testid=stMainBlockContainer]').getBoundingClientRect().bottom"
# Every text of the page, those inside components too, in their order.
_TEXTS = """
  function* texts(root) {
    for (const node of root.childNodes) {
      if (node.nodeType === Node.TEXT_NODE) yield node;
      else if (node.nodeType === Node.ELEMENT_NODE) yield* texts(node.shadowRoot ?? node);
    }
  }
  const every = [...texts(document.querySelector('[data-testid=stMainBlockContainer]'))]
    .filter(node => node.parentElement);"""
_WORDS = (
    f"""() => {{ {_TEXTS}"""
    + """
  const found = [];
  for (const node of every) {
    const parent = node.parentElement;
    if (!parent.closest('style, script, details:not([open]) > :not(summary)') && parent.checkVisibility())
      found.push(node.textContent.trim());
  }
  return found.filter(Boolean);
}"""
)

# Words that are cut off at the edge of the window, of a chart or of whatever hides what does not fit in it,
# or that are written smaller than 12 px.
_FAULTS = (
    f"""() => {{ {_TEXTS}"""
    + """
  const found = [];
  const range = document.createRange();
  for (const node of every) {
    const parent = node.parentElement;
    if (!node.textContent.trim() || parent.closest('style, script, details:not([open]) > :not(summary)')
        || !parent.checkVisibility({opacityProperty: true, visibilityProperty: true})) continue;
    const drawing = parent.closest('svg');
    const walls = [{left: 0, right: innerWidth}];
    for (let one = parent; one; one = one.parentElement ?? one.getRootNode().host)
      if (one === drawing || getComputedStyle(one).overflowX !== 'visible') {
        const style = getComputedStyle(one);
        if (style.position === 'absolute' && style.clipPath !== 'none') { walls.length = 0; break; }
        walls.push(one.getBoundingClientRect());
      }
    range.selectNodeContents(node);
    for (const box of range.getClientRects())
      if (walls.some(wall => box.width > 0 && (box.left < wall.left - 2 || box.right > wall.right + 2)))
        found.push(`cut: ${node.textContent.trim().slice(0, 60)}`);
    if (walls.length && parseFloat(getComputedStyle(parent).fontSize) < 11.9)
      found.push(`small: ${node.textContent.trim().slice(0, 60)}`);
  }
  return [...new Set(found)];
}"""
)


@dataclass(frozen=True)
class Shot:
    """One screen: its picture, its words where they are compared, and which are cut off or too small."""

    page: str
    lang: str
    width: int
    picture: Image.Image
    words: str = ""
    faults: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name as a file, without the ending: "goals-vi-390"."""
        return f"{self.page}-{self.lang}-{self.width}"

    @property
    def accepted(self) -> Path:
        """The file with the accepted words."""
        return ACCEPTED / f"{self.page}-{self.lang}.txt"


@contextmanager
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    with sync_playwright() as playwright:
        path = next(path for path in BROWSERS if Path(path).exists())
        chromium = playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield with_key(chromium)
        chromium.close()


def link(name: str, lang: str = LANGUAGES[0], *more: str) -> str:
    """The link to a page with all that it needs to show something."""
    page = next(page for page in registry.PAGES if page.name == name)
    needs = [f"{page.needs.key}={EXAMPLES[page.needs.key]}"] if page.needs else []
    return f"{page.path}?{'&'.join([*needs, *filter(None, more), f'lang={lang}'])}"


def shots(
    browser: Browser, address: str, pages: Sequence[str] = tuple(PAGES), widths: Sequence[int] = WIDTHS
) -> Iterator[Shot]:
    """The screens of these pages, each page opened once in each language and then made wider."""
    context = browser.new_context(
        viewport={"width": widths[0], "height": _HEIGHT}, reduced_motion="reduce", locale="vi-VN"
    )
    page = context.new_page()
    for name in pages:
        for lang in LANGUAGES:
            page.set_viewport_size({"width": widths[0], "height": _HEIGHT})
            page.goto(f"{address}/{link(name, lang)}")
            for width in widths:
                page.set_viewport_size({"width": width, "height": _HEIGHT})
                yield _shot(page, name, lang, width)
    context.close()


def differences(shot: Shot) -> list[str]:
    """What of its words is not as accepted, cut off or too small; nothing where all is well."""
    before = shot.accepted.read_text("utf-8") if shot.accepted.exists() else ""
    words = different_words(before, shot.words) if shot.words else []
    return [f"{shot.name}: {line}" for line in (*words, *shot.faults)]


def different_words(accepted: str, present: str) -> list[str]:
    """The lines that are only in one of two texts, the first of them: "- 50/60" and "+ 51/60"."""
    lines = [line for line in difflib.ndiff(accepted.splitlines(), present.splitlines()) if line[0] in "+-"]
    more = len(lines) - _LINES
    return [*lines[:_LINES], *([f"and {more} more lines"] if more > 0 else [])]


def sheet(screens: Sequence[Shot]) -> Image.Image:
    """All screens on one picture, each a fourth as large: a row per page, a column per language and width."""
    left, x = {}, _GAP
    for lang in LANGUAGES:
        for width in sorted({shot.width for shot in screens}):
            left[lang, width] = x
            x += width // _REDUCED + _GAP
    top, y = {}, _GAP
    for page in dict.fromkeys(shot.page for shot in screens):
        top[page] = y
        highest = max(shot.picture.height for shot in screens if shot.page == page)
        y += highest // _REDUCED + _LABEL + _GAP
    whole = Image.new("RGB", (x, y), "#8A93A1")
    pen, font = ImageDraw.Draw(whole), ImageFont.truetype(str(_FONT), 13)
    for shot in screens:
        corner = (left[shot.lang, shot.width], top[shot.page])
        pen.text(corner, f"{shot.page} {shot.lang} {shot.width}", "white", font)
        whole.paste(shot.picture.reduce(_REDUCED), (corner[0], corner[1] + _LABEL))
    return whole


def _shot(page: Page, name: str, lang: str, width: int) -> Shot:
    steady(page)
    height = min(max(int(page.evaluate(_CONTENT)), _LEAST), _HEIGHT)
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    jpeg = page.screenshot(type="jpeg", quality=95, clip=clip, animations="disabled")
    words = "\n".join(page.evaluate(_WORDS)) + "\n" if width == _WORDS_AT else ""
    picture = Image.open(io.BytesIO(jpeg)).convert("RGB")
    return Shot(name, lang, width, picture, words, tuple(page.evaluate(_FAULTS)))


def steady(page: Page) -> None:
    """Wait until everything is drawn and nothing has moved from one look to the next."""
    until = time.monotonic() + _TIMEOUT_S
    before = None
    while (now := page.evaluate(_DRAWN)) is None or now != before:
        if time.monotonic() > until:
            raise TimeoutError(f"{page.url} is not drawn after {_TIMEOUT_S} s")
        before = now
        page.wait_for_timeout(60)


def compare(browser: Browser, address: str, *, accept: bool = False) -> list[str]:
    """Take all screens, accept their words where that is asked, and write the sheet; what differs."""
    screens = list(shots(browser, address))
    if accept:
        shutil.rmtree(ACCEPTED, ignore_errors=True)
        ACCEPTED.mkdir()
        for shot in screens:
            if shot.words:
                shot.accepted.write_text(shot.words, "utf-8")
    SHEET.parent.mkdir(parents=True, exist_ok=True)
    sheet(screens).save(SHEET, quality=80)
    return [line for shot in screens for line in differences(shot)]


def first_screens(browser: Browser, address: str, folder: Path) -> None:
    """What a reader sees first on each page, for the README."""
    for name in PAGES:
        page = browser.new_page(viewport={"width": _WORDS_AT, "height": 1000})
        page.goto(f"{address}/{link(name)}")
        steady(page)
        page.screenshot(path=folder / f"{name}.png")
        page.close()


def main(arguments: list[str]) -> int:
    """Compare, accept or take pictures."""
    with dashboard() as server, browser() as chromium:
        if not arguments or arguments == ["--accept"]:
            lines = compare(chromium, server.address, accept=bool(arguments))
            print("\n".join([*lines, f"the sheet: {SHEET.relative_to(ROOT)}"]))
            return 1 if lines else 0
        folder = Path(arguments[0])
        folder.mkdir(parents=True, exist_ok=True)
        if arguments[1:] == ["--readme"]:
            first_screens(chromium, server.address, folder)
            return 0
        for shot in shots(chromium, server.address):
            if not arguments[1:] or shot.name in arguments[1:]:
                shot.picture.save(folder / f"{shot.name}.png")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
