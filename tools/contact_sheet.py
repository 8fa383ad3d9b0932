"""Every page in both languages at every width: one sheet of pictures, compared with the accepted ones.

python tools/contact_sheet.py             # `make contact-sheet`: exit 1 where something differs
python tools/contact_sheet.py --accept    # `make accept-screens`: what is there now is accepted

The sheet and the pictures of the differences go to build/contact-sheet. Accepted are, in
tests/browser/screens, a small grey picture of each screen (see `alike`) and the words of each page: a number
in small print changes few pixels, but it is another word.
"""

from __future__ import annotations

import difflib
import io
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import alike
from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, Page
from screenshots import OF_ONE, PAGES, browser
from served import ROOT, dashboard

WIDTHS = (360, 390, 768, 1440, 1920)
# The narrowest is on the sheet and searched for what is cut; it looks as the next one does.
COMPARED = WIDTHS[1:]
LANGUAGES = ("vi", "en")
ACCEPTED = ROOT / "tests" / "browser" / "screens"
BUILD = ROOT / "build" / "contact-sheet"
_FONT = ROOT / "src" / "dashboard" / "static" / "fonts" / "BeVietnamPro-SemiBold.ttf"
# At this width the words of a page are kept: no name is broken or left out there.
_WORDS_AT = 1440
# Higher than every page: what is on a page is then in the window, and no picture has to be put together.
_HEIGHT = 16_000
_LEAST = 900
_PATIENCE_S = 150
# So long a screen may go on changing, and so long is from one look to the next.
_SECOND_LOOKS_S = 30
_BETWEEN_LOOKS_MS = 300
_LINES = 12  # of differing words that a report names
_GAP, _LABEL = 12, 26  # of the sheet, px

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
    """One screen: what it is called ("goals-vi-390"), its picture, its words where they are kept, and which
    words are cut off or too small."""

    page: str
    lang: str
    width: int
    picture: Image.Image
    words: str = ""
    faults: tuple[str, ...] = ()

    @property
    def name(self) -> str:
        """Its name as a file, without the ending."""
        return f"{self.page}-{self.lang}-{self.width}"


def shots(browser: Browser, address: str, pages: Sequence[str] = tuple(PAGES)) -> Iterator[Shot]:
    """The screens of these pages, each page opened once in each language and then made wider.

    A screen that is not as accepted is looked at again until it is, or looks the same twice.
    """
    context = browser.new_context(
        viewport={"width": WIDTHS[0], "height": _HEIGHT}, reduced_motion="reduce", locale="vi-VN"
    )
    page = context.new_page()
    for name in pages:
        for lang in LANGUAGES:
            page.set_viewport_size({"width": WIDTHS[0], "height": _HEIGHT})
            page.goto(f"{address}/{PAGES[name]}?{OF_ONE.get(name, '')}&lang={lang}".replace("?&", "?"))
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": _HEIGHT})
                yield _looked_at(page, name, lang, width)
    context.close()


def differences(shot: Shot) -> list[str]:
    """In what the shot differs from the accepted one, in words; nothing where it does not."""
    if shot.width not in COMPARED:
        return []
    kept = ACCEPTED / f"{shot.name}.webp"
    if not kept.exists():
        return [f"{shot.name}: never accepted"]
    found = alike.difference(_read(kept), alike.small(shot.picture))
    said = [f"{shot.name}: {found}"] if found else []
    if shot.words:
        kept = ACCEPTED / f"{shot.page}-{shot.lang}.txt"
        before = kept.read_text("utf-8") if kept.exists() else ""
        said += [f"{shot.name}: {line}" for line in different_words(before, shot.words)]
    return said


def different_words(accepted: str, present: str) -> list[str]:
    """The lines that are only in one of two texts, the first of them: "- 50/60" and "+ 51/60"."""
    found = [line for line in difflib.ndiff(accepted.splitlines(), present.splitlines()) if line[0] in "+-"]
    more = len(found) - _LINES
    return [*found[:_LINES], *([f"and {more} more lines"] if more > 0 else [])]


def report(taken: Sequence[Shot]) -> list[str]:
    """Write the sheet, and a picture of each screen that differs; what differs and what is cut, in words."""
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    sheet(taken).save(BUILD / "contact-sheet.jpg", quality=80)
    said = []
    for shot in taken:
        found = differences(shot)
        said += [*found, *(f"{shot.name}: {fault}" for fault in shot.faults)]
        kept = ACCEPTED / f"{shot.name}.webp"
        if found:
            shot.picture.save(BUILD / f"{shot.name}.png")
        if found and kept.exists():
            alike.shown(_read(kept), alike.small(shot.picture)).save(BUILD / f"{shot.name}-differences.png")
    return said


def sheet(taken: Sequence[Shot]) -> Image.Image:
    """All screens on one picture, each a fourth as large: a row per page, a column per language and width."""
    columns = sorted({(LANGUAGES.index(shot.lang), shot.width) for shot in taken})
    left, x = {}, _GAP
    for lang, width in columns:
        left[LANGUAGES[lang], width] = x
        x += width // alike.FACTOR + _GAP
    pages = list(dict.fromkeys(shot.page for shot in taken))
    top, y = {}, _GAP
    for page in pages:
        top[page] = y
        highest = max(shot.picture.height for shot in taken if shot.page == page)
        y += highest // alike.FACTOR + _LABEL + _GAP
    whole = Image.new("RGB", (x, y), "#8A93A1")
    pen, font = ImageDraw.Draw(whole), ImageFont.truetype(str(_FONT), 13)
    for shot in taken:
        corner = (left[shot.lang, shot.width], top[shot.page])
        pen.text(corner, f"{shot.page} {shot.lang} {shot.width}", "white", font)
        whole.paste(shot.picture.reduce(alike.FACTOR), (corner[0], corner[1] + _LABEL))
    return whole


def accept(taken: Sequence[Shot]) -> None:
    """Keep these screens as the accepted ones, in place of all before."""
    folder = Path(tempfile.mkdtemp(dir=ACCEPTED.parent, prefix="screens-"))
    for shot in taken:
        if shot.width in COMPARED:
            alike.small(shot.picture).save(folder / f"{shot.name}.webp", lossless=True, method=6)
        if shot.words:
            (folder / f"{shot.page}-{shot.lang}.txt").write_text(shot.words, "utf-8")
    folder.chmod(0o755)
    shutil.rmtree(ACCEPTED, ignore_errors=True)
    folder.rename(ACCEPTED)


def _looked_at(page: Page, name: str, lang: str, width: int) -> Shot:
    until = time.monotonic() + _SECOND_LOOKS_S
    shot = _shot(page, name, lang, width)
    while differences(shot) and time.monotonic() < until:
        page.wait_for_timeout(_BETWEEN_LOOKS_MS)
        before, shot = shot, _shot(page, name, lang, width)
        if (shot.picture.size, shot.words) == (before.picture.size, before.words) and not alike.difference(
            alike.small(before.picture), alike.small(shot.picture)
        ):
            break
    return shot


def _shot(page: Page, name: str, lang: str, width: int) -> Shot:
    _steady(page)
    high = min(max(int(page.evaluate(_CONTENT)), _LEAST), _HEIGHT)
    clip = {"x": 0, "y": 0, "width": width, "height": high}
    taken = page.screenshot(type="jpeg", quality=95, clip=clip, animations="disabled")
    words = "\n".join(page.evaluate(_WORDS)) + "\n" if width == _WORDS_AT else ""
    faults = tuple(page.evaluate(_FAULTS))
    return Shot(name, lang, width, Image.open(io.BytesIO(taken)).convert("RGB"), words, faults)


def _steady(page: Page) -> None:
    """Wait until everything is drawn and nothing has moved from one look to the next."""
    until = time.monotonic() + _PATIENCE_S
    before = None
    while (now := page.evaluate(_DRAWN)) is None or now != before:
        if time.monotonic() > until:
            raise TimeoutError(f"{page.url} is not drawn after {_PATIENCE_S} s")
        before = now
        page.wait_for_timeout(60)


def _read(file: Path) -> Image.Image:
    with Image.open(file) as kept:
        return kept.convert("L")


def main(arguments: list[str]) -> int:
    """Take all screens, then compare or accept them."""
    taken = []
    with dashboard() as server, browser() as chromium:
        for shot in shots(chromium, server.address):
            print(shot.name, file=sys.stderr)
            taken.append(shot)
    if arguments == ["--accept"]:
        accept(taken)
    said = report(taken)
    print("\n".join([*said, f"the sheet: {(BUILD / 'contact-sheet.jpg').relative_to(ROOT)}"]))
    return 1 if said else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
