"""A tab that was opened before an update: it loads itself again, once, and shows no error."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from urllib.parse import urlencode

import pytest
import servers
from playwright.sync_api import Browser, Page, expect
from reading import TIMEOUT_S, ended, linked

from dashboard.streamlit_host import paths

SCRIPT = re.compile(rb"\.([\w-]{8})\.js\b")


@pytest.fixture(scope="module")
def other_release(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder to import from first: the installed Streamlit, its front end of scripts with other names."""
    installed = paths.static_folder().parent
    # Streamlit serves its front end only from a folder of that name.
    copy = tmp_path_factory.mktemp("release") / "site-packages" / installed.name
    for path in installed.rglob("*"):
        target = copy / path.relative_to(installed)
        if path.is_dir():
            target.mkdir(parents=True)
        elif path.suffix in (".js", ".html") and "static" in path.parts:
            name, content = (
                SCRIPT.sub(rb".new\1.js", part) for part in (path.name.encode(), path.read_bytes())
            )
            target.with_name(name.decode()).write_bytes(content)
        else:
            target.symlink_to(path)
    return copy.parent


@contextmanager
def updated(release: Path, port: int) -> Iterator[None]:
    """A server of the other release."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PYTHONPATH", f"{release}:{servers.ROOT / 'src'}")
        with servers.running(port=port):
            yield


@pytest.fixture
def tab(browser: Browser) -> Iterator[tuple[Page, list[str]]]:
    """A page, and the addresses that it has loaded, whole or not."""
    context = browser.new_context(viewport={"width": 1440, "height": 1000})
    page = context.new_page()
    loads: list[str] = []
    page.on("request", lambda request: loads.append(request.url) if request.is_navigation_request() else None)
    yield page, loads
    context.close()


def connected(page: Page) -> None:
    """Wait until the page has its server again."""
    expect(page.get_by_test_id("stApp")).to_have_attribute("data-test-connection-state", "CONNECTED")
    ended(page)


def test_a_tab_that_finds_another_release_loads_itself_once_with_its_link(
    tab: tuple[Page, list[str]], other_release: Path
):
    page, loads = tab
    port = servers.free_port()
    with servers.running(port=port) as address:
        page.goto(f"{address}/kiem-nhiem?{urlencode({'xa': 'Xã Hương Sơn'})}")
        ended(page)
    with ExitStack() as running:
        with page.expect_event("load", timeout=TIMEOUT_S * 1000):
            running.enter_context(updated(other_release, port))
        connected(page)
        linked(page, xa="Xã Hương Sơn")
        expect(page.get_by_text("Xã Hương Sơn · số liệu đến").first).to_be_visible()
        page.get_by_role("link", name="Dữ liệu").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Dữ liệu")
        connected(page)
        expect(page.get_by_test_id("stException")).to_have_count(0)
    assert len(loads) == 2


def test_a_tab_whose_server_starts_again_stays_as_it_is(tab: tuple[Page, list[str]]):
    page, loads = tab
    port = servers.free_port()
    with servers.running(port=port) as address:
        page.goto(address)
        ended(page)
    with page.expect_websocket(), servers.running(port=port):
        connected(page)
        page.get_by_role("link", name="Mục tiêu").first.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Mục tiêu")
        ended(page)
    assert len(loads) == 1


def test_a_script_that_is_gone_loads_the_page_again_but_makes_no_loop(
    tab: tuple[Page, list[str]], server: str
):
    page, loads = tab
    page.route("**/static/js/ButtonGroup.*.js", lambda route: route.fulfill(status=404))
    page.goto(server, wait_until="commit")
    # Hidden until the page has loaded itself again.
    expect(page.get_by_text("ButtonGroup").first).to_be_visible()
    ended(page)
    assert len(loads) == 2
