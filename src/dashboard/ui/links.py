"""Links made by hand: redirected to the form that the filter reads, before the page opens."""

from __future__ import annotations

from urllib.parse import parse_qsl, quote, urlencode

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.access import HEADER
from dashboard.dataset import link, scoped
from dashboard.settings import current
from dashboard.ui import reader
from dashboard.ui.data.pinned import kept
from dashboard.ui.live import source


class CanonicalLinks:
    """ASGI middleware: `?xa=huong-son&ngay=2023-12-31` goes on to the names and dates of the filter."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect a page request whose query can be written better; pass on everything else."""
        if scope["type"] == "http" and scope["method"] == "GET" and scope["query_string"]:
            target = _target(scope)
            if target is not None:
                await RedirectResponse(target, status_code=307)(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _target(scope: Scope) -> str | None:
    query = parse_qsl(scope["query_string"].decode("latin-1"), keep_blank_values=True)
    if not any(key in _READ for key, _ in query):
        return None
    named = next((value for key, value in query if key == link.VERSION), "")
    dataset = kept(named) or source().current().dataset
    headers = Headers(scope=scope)
    if dataset is None or (current().mode != "local" and HEADER not in headers):
        return None
    # What the reader may not see is as unknown as what does not exist.
    dataset = scoped(dataset, reader.named(headers).communes)
    canonical = link.canonical(dataset, query)
    # A path with two slashes in front would be read as another host.
    return f"/{quote(scope['path'].lstrip('/'))}?{urlencode(canonical)}" if canonical != query else None


# The parameters that have a canonical form.
_READ = (link.COMMUNES, link.AS_OF, link.BOUNDARIES, link.GOAL, link.SCENARIO)
