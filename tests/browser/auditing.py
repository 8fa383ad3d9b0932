"""What a page is asked for every eye: the rules of axe-core, sizes of texts and targets, what is cut off."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page

AXE = Path(__file__).with_name("axe") / "node_modules" / "axe-core" / "axe.min.js"
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SMALLEST_TEXT = 12  # px
SMALLEST_TARGET = 24  # px

_RULES = """async ([within, tags]) => {
  const found = await axe.run(within, {resultTypes: ["violations"], runOnly: {type: "tag", values: tags}});
  return found.violations.flatMap(({id, nodes}) => nodes.map(({html}) => [id, html]));
}"""
# The page and every component on it, which has a tree of its own.
_ROOTS = """const roots = (root) => [root, ...[...root.querySelectorAll("*")]
  .flatMap(one => (one.shadowRoot ? roots(one.shadowRoot) : []))];"""
# Every text that is drawn, with its size; that of signs drawn as letters of a font of symbols is no text.
_TEXTS = f"""smallest => {{ {_ROOTS}
  const found = [];
  for (const root of roots(document.body)) {{
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {{
      const said = walk.currentNode.textContent.trim(), around = walk.currentNode.parentElement;
      if (!said || !around) continue;
      if (around.closest("style, script, noscript, [data-testid=stIconMaterial]")) continue;
      if (!around.checkVisibility()) continue;
      const size = parseFloat(getComputedStyle(around).fontSize);
      if (size < smallest) found.push(`${{size}} px: ${{said.slice(0, 40)}}`);
    }}
  }}
  return found;
}}"""
# Links within a sentence and what is drawn for the eye alone are no targets (WCAG 2.5.8).
_TARGETS = f"""smallest => {{ {_ROOTS}
  return roots(document)
  .flatMap(root => [...root.querySelectorAll("a, button, input, summary, [role=option]")])
  .filter(one => one.checkVisibility({{visibilityProperty: true, opacityProperty: true}}))
  .filter(one => !one.closest("p"))
  .map(one => [one, (one.matches("input") ? one.closest("[role=group], label") ?? one : one)
    .getBoundingClientRect()])
  .filter(([, box]) => box.right > 0 && box.left < innerWidth && box.width > 1)
  .filter(([, box]) => box.width < smallest || box.height < smallest)
  .map(([one, box]) => [box.width, box.height].map(Math.round).join("×") + one.outerHTML.slice(0, 120)); }}"""
# Texts that leave a box which hides what leaves it, and texts outside their chart. Accents may reach a little
# above a line, which is hidden nowhere.
_CUT = """() => { ROOTS
  const IGNORED = "svg, style, [data-testid=stIconMaterial], .unseen";
  const found = [];
  const range = document.createRange();
  const places = [...document.querySelectorAll("main, [data-testid=stSidebar]")];
  for (const root of places.flatMap(roots)) {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    while (walk.nextNode()) {
      const said = walk.currentNode.textContent.trim(), around = walk.currentNode.parentElement;
      if (!said || !around?.checkVisibility() || around.closest(IGNORED)) continue;
      range.selectNodeContents(walk.currentNode);
      const text = range.getBoundingClientRect();
      if (text.right <= 0) continue;  // in the closed sidebar
      for (let box = around; box && box !== root; box = box.parentElement) {
        const look = getComputedStyle(box), edge = box.getBoundingClientRect();
        if (look.display === "inline" || edge.width < 2) continue;
        if (["auto", "scroll"].includes(look.overflowX)) break;  // a wide table is moved within its place
        const wide = ["hidden", "clip"].includes(look.overflowX) && text.right > edge.right + 1;
        const high = ["hidden", "clip"].includes(look.overflowY) && text.bottom > edge.bottom + 4;
        if (wide || high) found.push(`${box.tagName} ${box.dataset.testid ?? ""}: ${said.slice(0, 60)}`);
      }
    }
  }
  return found;
}""".replace("ROOTS", _ROOTS)
_WIDER = """() => [document.documentElement, document.querySelector("main")].filter(Boolean)
  .map(one => one.scrollWidth - one.clientWidth).filter(more => more > 0)"""
# The outline of what has the focus, or of the field that it is in; looks into components, too.
_FOCUS = """() => {
  let one = document.activeElement;
  while (one?.shadowRoot?.activeElement) one = one.shadowRoot.activeElement;
  if (!one || one === document.body) return null;
  const field = one.closest("[role=group]");
  const outlined = [one, ...(field ? [field] : [])].map(each => getComputedStyle(each))
    .some(look => look.outlineStyle !== "none" && parseFloat(look.outlineWidth) >= 2);
  const box = one.getBoundingClientRect();
  const name = one.getAttribute("aria-label") || (one.labels?.[0] ?? one.querySelector("p") ?? one).innerText;
  // Of what stands in a component its host says where on the page it is.
  let seen = one;
  const card = one.closest("article")?.dataset.key ?? "";
  while (seen.getRootNode().host) seen = seen.getRootNode().host;
  return {name: name.trim(), tag: one.tagName, role: one.getAttribute("role") ?? "",
    card, main: Boolean(seen.closest("main")), outlined,
    top: box.top + document.querySelector("main").scrollTop};
}"""
# A menu finds its place a moment after it is opened.
IN_WINDOW = """() => {
  const box = document.activeElement.getBoundingClientRect();
  return box.bottom > 0 && box.top < innerHeight;
}"""


def script() -> str:
    """axe-core, which CI must have."""
    if not AXE.is_file():
        if os.environ.get("CI"):
            pytest.fail("no axe-core is installed: CI must run these tests")
        pytest.skip("no axe-core is installed (npm ci --prefix tests/browser/axe; Debian: apt install npm)")
    return AXE.read_text("utf-8")


def violations(page: Page, within: str = "html") -> list[str]:
    """The rules of WCAG 2.2 A and AA, and of good practice, that are broken, each with the markup."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(script())
    broken = page.evaluate(_RULES, [within, TAGS])
    return [f"{rule}: {html[:300]}" for rule, html in broken if not _is_excepted(rule, html)]


def _is_excepted(rule: str, html: str) -> bool:
    """Streamlit hangs an open list at the end of the page, outside its landmarks; it belongs to the field
    that opened it, which names it. The rule is good practice, not one of WCAG."""
    return rule == "region" and 'role="listbox"' in html


def small_texts(page: Page) -> list[str]:
    """Texts smaller than may be read."""
    return page.evaluate(_TEXTS, SMALLEST_TEXT)


def small_targets(page: Page) -> list[str]:
    """Controls smaller than can be hit."""
    return page.evaluate(_TARGETS, SMALLEST_TARGET)


def cut(page: Page) -> list[str]:
    """Texts of which a part cannot be seen."""
    return page.evaluate(_CUT)


def wider(page: Page) -> list[int]:
    """By how many px the page must be moved sideways."""
    return page.evaluate(_WIDER)


def focused(page: Page) -> dict[str, Any] | None:
    """What has the focus, and whether that is seen; None where nothing has it."""
    return page.evaluate(_FOCUS)
