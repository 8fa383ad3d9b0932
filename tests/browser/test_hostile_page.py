"""Names that are markup on the real pages: they are there as text; nothing is loaded, run or linked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle

import pytest
from playwright.sync_api import Browser, Page, expect
from reading import ended, open_tables
from screens import PAGES
from servers import running
from watching import full_link, watched

import hostile
from dashboard import text
from dashboard.dataset import load

# Elements that only a name could have made.
MADE = (
    "b:not([class]), u, s:not([class]), [src*='x.example'], [href*='x.example'], "
    "svg[onload], [onerror], .katex"
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return hostile.folder(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def server_of_names(browser: Browser, folder) -> Iterator[str]:
    with running(folder) as address:
        yield address


def page_text(page: Page) -> str:
    """All text of the page, charts' included, without spaces and what is not seen."""
    shown_text = page.evaluate(
        """() => {
          const roots = root => [root, ...[...root.querySelectorAll("*")]
            .flatMap(one => (one.shadowRoot ? roots(one.shadowRoot) : []))];
          const inside = roots(document).slice(1).flatMap(root => [...root.children].map(e => e.innerText));
          const drawn = [...document.querySelectorAll("svg text")].map(e => e.textContent);
          return [document.body.innerText, ...inside, ...drawn].join(" ");
        }"""
    )
    return re.sub(r"[\s\u2060]", "", shown_text)


@pytest.mark.parametrize(("name", "lang"), list(zip(PAGES, cycle(text.LANGUAGES), strict=False)))
def test_every_name_is_text(browser: Browser, server_of_names: str, folder, name: str, lang: str):
    data = load(folder)
    commune = data.communes.set_index("commune_id").at["huong-son", "name"]
    with watched(browser, server_of_names) as (page, watch):
        commune_chosen = "" if name == "commune" else "xa=huong-son"
        page.goto(f"{server_of_names}/{full_link(name, lang, commune_chosen)}")
        ended(page)
        open_tables(page)
        assert re.sub(r"\s", "", commune) in page_text(page)
        assert (
            page.locator("[data-testid=stMain], [data-testid=stSidebar]").locator(MADE).all_inner_texts()
            == []
        )
        page.get_by_role("combobox").first.click()
        expect(page.get_by_role("option").first).to_be_visible()
        assert page.get_by_role("listbox").locator(MADE).count() == 0
        page.keyboard.press("Escape")
        assert watch.wrong == []
