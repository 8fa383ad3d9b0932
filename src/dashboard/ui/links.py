"""Links made by hand: redirected to the form that the filter reads, before the page opens."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from contextlib import nullcontext
from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import registry
from dashboard.access import HEADER
from dashboard.dataset import Dataset, by_village, scoped
from dashboard.settings import current
from dashboard.streamlit_host import paths
from dashboard.ui import reader
from dashboard.ui.data_source import source
from dashboard.ui.pinned import kept


class CanonicalLinks:
    """ASGI middleware: `?xa=huong-son&ngay=2023-12-31` goes on to the names and dates of the filter, and what
    is written below a page (`/xa/huong-son`) to the page."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect a page request whose query or path can be written better; pass on everything else."""
        if scope["type"] != "http" or scope["method"] != "GET":
            await self.app(scope, receive, send)
            return
        moved = _MOVED.get(scope["path"].strip("/"))
        if moved is not None:
            scope = {**scope, "path": f"/{moved}"}
        target = await _canonical(scope) if scope["query_string"] else None
        if moved is not None and target is None:
            target = _address(scope["path"], scope["query_string"].decode("latin-1"))
        if target is not None:
            await RedirectResponse(target, status_code=307)(scope, receive, send)
            return
        page, *below = [part for part in scope["path"].split("/") if part] or [""]
        await self.app(scope, receive, _to_page(page, scope, receive, send) if below else send)


def _to_page(page: str, scope: Scope, receive: Receive, send: Send) -> Send:
    """Sends a redirect to `page` in place of a page: below another one Streamlit's would stay blank."""
    redirected = False

    async def instead(message: Message) -> None:
        nonlocal redirected
        if paths.begins_page(message):
            redirected = True
            target = _address(page, scope["query_string"].decode("latin-1"))
            await RedirectResponse(target, status_code=307)(scope, receive, send)
        elif not redirected:
            await send(message)

    return instead


def _address(path: str, query: str) -> str:
    # A path with two slashes in front would be read as another host.
    return f"/{quote(path.lstrip('/'))}" + (f"?{query}" if query else "")


async def _canonical(scope: Scope) -> str | None:
    """The address with the query as the filter writes it; None where it is so already, or that is unknown."""
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    headers = Headers(scope=scope)
    if not any(key.removeprefix("amp;") in _READ for key, _ in query):
        return None
    if current().mode != "local" and HEADER not in headers:
        return None
    dataset = await _data(next((value for key, value in query if key == registry.VERSION.key), ""))
    if dataset is None:
        return None
    # What the reader may not see is as unknown as what does not exist.
    dataset = by_village(scoped(dataset, reader.named(headers).communes))
    canonical = registry.canonical(dataset, query)
    return _address(scope["path"], urlencode(canonical)) if canonical != query else None


async def _data(version: str) -> Dataset | None:
    """The data that a link means, read in a thread, one at a time.

    Where that takes long, those of before: the page says on the screen that it reads. None for an older
    version, whose link stays as it is.
    """
    read = asyncio.get_running_loop().run_in_executor(_READER, _read, version)
    done, _ = await asyncio.wait([read], timeout=_TIMEOUT_S)
    if done:
        return read.result()
    read.cancel()  # unless it has begun
    return None if version else source().latest.dataset


def _read(version: str) -> Dataset | None:
    return kept(version, nullcontext) or source().current().dataset


_TIMEOUT_S = 0.5
_READER = ThreadPoolExecutor(1, "links")
_MOVED = {alias: page.path for page in registry.PAGES for alias in page.aliases}
# The parameters that have a canonical form.
_READ = {p.key for p in registry.PARAMETERS if p.names is not None or p is registry.SCENARIO}
