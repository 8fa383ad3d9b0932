"""A browser page that notes all that must not happen on it: violations of the content policy, requests to
other hosts, errors of scripts, answers without the headers, dialogs."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Dialog,
    Page,
    Request,
    Response,
)
from screens import PAGES, link

from dashboard.access import headers

# A page of what if has all that a page can have.
CHANGE = "giadinh=khe-tre-1.member.front_head"


def full_link(name: str, lang: str, *more: str) -> str:
    """The link to a page that shows all that it can."""
    return link(name, lang, CHANGE if name == "goals" else "", *more)


# Violations are told to the document where they happen, before any of its own scripts runs.
_NOTED = """
addEventListener("securitypolicyviolation", event => console.error(
  `POLICY ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));
"""
# Streamlit's page looks for its server below its own path before it finds it at the root.
_SEARCHES = {
    f"/{path}/_stcore/{name}" for path in PAGES.values() for name in ("health", "host-config") if path
}


@dataclass
class Watch:
    """What was seen on one page."""

    own: str
    wrong: list[str] = field(default_factory=list)
    seen: int = 0

    def follow(self, page: Page) -> None:
        """Note what happens on a page, from before it opens."""
        page.add_init_script(_NOTED)
        page.on("console", self._console)
        page.on("request", self._request)
        page.on("response", self._response)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        self.wrong.append(f"dialog: {dialog.message}")
        dialog.dismiss()

    def _console(self, message: ConsoleMessage) -> None:
        if message.type == "error" and not self._is_search(message.location.get("url", "")):
            self.wrong.append(f"console: {message.text} at {message.location.get('url')}")

    def _request(self, request: Request) -> None:
        if self._is_outside(request.url):
            self.wrong.append(f"outside: {request.url}")

    def _response(self, response: Response) -> None:
        if not response.url.startswith("http"):
            return
        self.seen += 1
        if response.status >= 400 and not self._is_search(response.url):
            self.wrong.append(f"status {response.status}: {response.url}")
        sent = response.headers
        for name, value in headers.policy(secure=False).items():
            if name.lower() not in sent:
                self.wrong.append(f"no {name}: {response.url}")
            elif name != "Cache-Control" and sent[name.lower()] != value:
                self.wrong.append(f"other {name}: {response.url}")

    def _is_search(self, url: str) -> bool:
        return urlsplit(url).netloc == self.own and urlsplit(url).path in _SEARCHES

    def _is_outside(self, url: str) -> bool:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https", "ws", "wss") and parts.netloc != self.own


def new_context(browser: Browser, width: int = 1440) -> BrowserContext:
    """A browser's profile of its own, in which pages may copy."""
    return browser.new_context(
        viewport={"width": width, "height": 1000}, permissions=["clipboard-read", "clipboard-write"]
    )


@contextlib.contextmanager
def watching(context: BrowserContext, address: str) -> Iterator[tuple[Page, Watch]]:
    """A page, and what is noted of it; the caller asserts that it is nothing."""
    page, watch = context.new_page(), Watch(urlsplit(address).netloc)
    watch.follow(page)
    try:
        yield page, watch
    finally:
        page.close()


@contextlib.contextmanager
def watched(browser: Browser, address: str, width: int = 1440) -> Iterator[tuple[Page, Watch]]:
    """The same for a page in a context of its own."""
    context = new_context(browser, width)
    try:
        with watching(context, address) as page_and_watch:
            yield page_and_watch
    finally:
        context.close()
