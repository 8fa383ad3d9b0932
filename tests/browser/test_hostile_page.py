"""Names that are markup on the real pages: they stand there as text; nothing is loaded, run or linked."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect
from reading import ended, open_tables
from served import running
from watching import PATHS, watched

import hostile
from dashboard.dataset import load

QUERY = {
    "goals": "giadinh=khe-tre-1.member.front_head",
    "village": "thon=huong-son-2",
}
# Elements that only a name could have made.
MADE = (
    "b:not([class]), u, s:not([class]), [src*='x.example'], [href*='x.example'], "
    "svg[onload], [onerror], .katex"
)
LANG = {"overview": "vi", "structure": "en", "overlap": "vi", "goals": "en", "changes": "vi"}


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return hostile.folder(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="module")
def server_of_names(browser: Browser, folder) -> Iterator[str]:
    with running(folder) as address:
        yield address


def said(page: Page) -> str:
    """All text of the page, charts' included, without spaces and what is not seen."""
    found = page.evaluate(
        """() => {
          const roots = root => [root, ...[...root.querySelectorAll("*")]
            .flatMap(one => (one.shadowRoot ? roots(one.shadowRoot) : []))];
          const inside = roots(document).slice(1).flatMap(root => [...root.children].map(e => e.innerText));
          const drawn = [...document.querySelectorAll("svg text")].map(e => e.textContent);
          return [document.body.innerText, ...inside, ...drawn].join(" ");
        }"""
    )
    return re.sub(r"[\s\u2060]", "", found)


@pytest.mark.parametrize("name", PATHS)
def test_every_name_is_text(browser: Browser, server_of_names: str, folder, name: str):
    data = load(folder)
    commune = data.communes.set_index("commune_id").at["huong-son", "name"]
    lang = LANG.get(name, "vi")
    with watched(browser, server_of_names) as (page, watch):
        page.goto(
            f"{server_of_names}/{PATHS[name]}?{QUERY.get(name, '')}&xa=huong-son&lang={lang}".replace(
                "?&", "?"
            )
        )
        ended(page)
        open_tables(page)
        assert re.sub(r"\s", "", commune) in said(page)
        assert (
            page.locator("[data-testid=stMain], [data-testid=stSidebar]").locator(MADE).all_inner_texts()
            == []
        )
        page.get_by_role("combobox").first.click()
        expect(page.get_by_role("option").first).to_be_visible()
        assert page.get_by_role("listbox").locator(MADE).count() == 0
        page.keyboard.press("Escape")
        assert watch.wrong == []
