"""A page of the dashboard without a browser: opened by its link, and read."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from streamlit.testing.v1 import AppTest

from chart_words import words_of_charts
from dashboard import registry

ROOT = Path(__file__).parents[1]
NAMES = [page.name for page in registry.PAGES]
# A choice for each page that shows something for one place only.
EXAMPLES = {registry.COMMUNES.key: "huong-son", registry.VILLAGE.key: "huong-son-2"}


def needed(name: str) -> dict[str, str]:
    """What the link of a page has to name so that the page shows something."""
    page = next(page for page in registry.PAGES if page.name == name)
    return {page.needs.key: EXAMPLES[page.needs.key]} if page.needs else {}


def open_page(
    name: str = "overview", state: Mapping[str, object] | None = None, **query: str | list[str]
) -> AppTest:
    """The page that a link opens, in a session that holds `state`; the router has run before it."""
    at = AppTest.from_file(ROOT / "src" / "dashboard" / "router.py", default_timeout=120)
    for key, value in (state or {}).items():
        at.session_state[key] = value
    _name(at, query)
    at.run()
    return at if name == "overview" else go(at, name, **query)


def go(at: AppTest, name: str, **query: str | list[str]) -> AppTest:
    """Another page in the same session."""
    at.switch_page(str(ROOT / "pages" / f"{name}.py"))
    _name(at, query)
    at.run()
    assert not at.exception
    return at


def _name(at: AppTest, query: Mapping[str, str | list[str]]) -> None:
    for key, value in query.items():
        at.query_params[key] = value


def words(at: AppTest, *kinds: str) -> str:
    """All text of the page, or of these kinds of elements alone; markdown escapes taken away."""
    texts = [str(element.value) for kind in kinds or _KINDS for element in at.get(kind)]
    charts = [] if kinds else words_of_charts(at)
    return re.sub(r"\\(.)", r"\1", "\n".join([*texts, *charts]))


_KINDS = ("title", "header", "markdown", "caption", "success", "info", "warning", "error")
