"""A server and a Chromium for the tests in this folder; skipped, with the reason, where there is none."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright
from servers import running, with_key

from dashboard import store
from dashboard.dataset import default_folder, load

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# A condition that holds is not waited for; on a machine that does much else it takes its time.
expect.set_options(timeout=45_000)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium, offline for its own errands."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
    if path is None:
        if os.environ.get("CI"):
            pytest.fail("no Chromium is installed: CI must run the browser tests")
        pytest.skip("no Chromium is installed (Debian: apt install chromium; or set CHROMIUM=/path/to/it)")
    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--disable-component-update",
    ]
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=path, args=arguments)
        yield with_key(chromium)
        chromium.close()


@pytest.fixture(scope="session")
def server(browser: Browser) -> Iterator[str]:
    """One server with the bundled data for all tests that change nothing."""
    with running() as address:
        yield address


@pytest.fixture(scope="session")
def publishing(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A server that takes in new data, for all tests that publish none."""
    place = store.Store(tmp_path_factory.mktemp("publishing") / "store", default_folder())
    place.folder.mkdir()
    entry = store.Entry("lan", "đầu tiên")
    store.publish(place, default_folder(), entry, base=load(default_folder()).about.version)
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("DASHBOARD_STORE", str(place.folder))
        patch.setenv("DASHBOARD_PUBLISH", "1")
        with running() as address:
            patch.undo()
            yield address


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Callable[..., Page]]:
    """Opens a page of its own context; after the test no request may have left this computer."""
    contexts = []
    outside: list[str] = []

    def open_one(url: str, width: int = 1440, height: int = 1000) -> Page:
        context = browser.new_context(viewport={"width": width, "height": height})
        contexts.append(context)
        page = context.new_page()
        own = url.split("/")[2]
        page.on(
            "request", lambda request: outside.append(request.url) if is_outside(request.url, own) else None
        )
        page.goto(url)
        return page

    yield open_one
    for context in contexts:
        context.close()
    assert outside == []


def is_outside(url: str, own: str) -> bool:
    """Whether a request goes to another host than the dashboard's own."""
    scheme, _, rest = url.partition("://")
    return scheme in ("http", "https", "ws", "wss") and rest.split("/")[0] != own
