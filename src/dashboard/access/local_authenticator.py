"""Mode local: all who open the link with the key read and publish, and no others on this computer.

Without the key a proxy on this computer that adds no header would open the dashboard to all who reach it. The
link that the terminal shows has the key; the browser keeps it as a cookie, and the address forgets it.
"""

from __future__ import annotations

import hashlib
import hmac
import os
import secrets
from base64 import urlsafe_b64encode
from collections.abc import Sequence
from functools import cache

from starlette.datastructures import URL
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send

from dashboard.access.user import LOCAL, User
from dashboard.settings import SettingsError, current, keys
from dashboard.streamlit_host import paths

PARAMETER, COOKIE = "khoa", "dashboard-khoa"
# The environment may name the key; else it is in a file of the user's own, so that a restart changes nothing.
NAMED = "DASHBOARD_KEY"
_SHORTEST, _BYTES = 16, 24
# Keys of links that are not opened yet, each good for one browser.
_UNUSED: set[str] = set()


def key() -> str:
    """The key of this process."""
    from_environment = os.environ.get(NAMED)
    if from_environment is not None and len(from_environment) < _SHORTEST:
        raise SettingsError("short_key", key=NAMED)
    return from_environment or _kept()


@cache
def _kept() -> str:
    """The key of this user; one for this process alone where none can be kept."""
    try:
        secret = keys.own(current().state, "local.key")
    except (OSError, RuntimeError, ValueError):
        secret = secrets.token_bytes(keys.BYTES)
    return urlsafe_b64encode(secret[:_BYTES]).decode()


def cookie(key: str) -> str:
    """What a browser that was let in sends back."""
    return hashlib.sha256(key.encode()).hexdigest()


def link(address: str, port: int) -> str:
    """The link that lets browsers in."""
    return _link(address, port, key())


def link_for_one(address: str, port: int) -> str:
    """A link that lets one browser in: other accounts of this computer see it in the list of processes."""
    one_time_key = secrets.token_urlsafe(_BYTES)
    _UNUSED.add(one_time_key)
    return _link(address, port, one_time_key)


def _link(address: str, port: int, key: str) -> str:
    host = f"[{address}]" if ":" in address else address
    return str(URL(f"http://{host}:{port}/").include_query_params(**{PARAMETER: key}))


class LocalAuthenticator:
    """The authenticator of the key."""

    def __init__(self) -> None:
        self._cookie = cookie(key())
        self.routes: Sequence[BaseRoute] = (_KeyedLink(key()),)

    async def user(self, connection: HTTPConnection) -> User | None:
        """The one reader there is, where the browser has opened the link with the key."""
        sent = connection.cookies.get(COOKIE, "")
        return LOCAL if hmac.compare_digest(sent.encode(), self._cookie.encode()) else None


class _KeyedLink(BaseRoute):
    """Every page whose link carries the key: leads on to the same link without it."""

    def __init__(self, key: str) -> None:
        self._key = key

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Whether a page is asked for with the key."""
        sent = HTTPConnection(scope).query_params.get(PARAMETER, "") if paths.is_page(scope) else ""
        right = sent in _UNUSED or hmac.compare_digest(sent.encode(), self._key.encode())
        return (Match.FULL if right else Match.NONE), {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the browser in."""
        _UNUSED.discard(HTTPConnection(scope).query_params[PARAMETER])
        answer = RedirectResponse(Request(scope).url.remove_query_params(PARAMETER), 303)
        answer.set_cookie(COOKIE, cookie(self._key), httponly=True, samesite="lax")
        await answer(scope, receive, send)
