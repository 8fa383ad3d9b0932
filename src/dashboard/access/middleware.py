"""ASGI middleware in front of everything, page and file, upload and websocket: the gate.

What it does not let through never reaches Streamlit. Open to strangers are only the health routes and the
authenticator's own pages.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import quote

from starlette.requests import HTTPConnection
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Match
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.access import headers, health, plain_pages, requests, uploads, websockets
from dashboard.access.audit import DenialLog
from dashboard.access.authenticators import SECRET
from dashboard.access.media_grants import MediaGrants
from dashboard.access.user import HEADER, SIGN_IN, Authenticator, User
from dashboard.settings import Settings, current
from dashboard.streamlit_host import paths

_LOG = logging.getLogger("dashboard")


@dataclass(frozen=True)
class _Asked:
    """A request: its connection, and the address of who asks."""

    connection: HTTPConnection
    address: str

    @property
    def path(self) -> str:
        return str(self.connection.scope["path"])

    @property
    def method(self) -> str:
        return str(self.connection.scope.get("method", "GET"))


class AuthMiddleware:
    """Asks the authenticator who comes, and lets through whom it knows, with the reader written into HEADER.

    `upload_memory_used` says how many bytes of uploaded files are in memory; `session_expired` is sent on the
    websocket of a page whose sign-in has ended.
    """

    def __init__(
        self,
        app: ASGIApp,
        authenticator: Authenticator,
        ready: Callable[[], health.Readiness],
        upload_memory_used: Callable[[], int] = lambda: 0,
        session_expired: bytes = b"",
    ) -> None:
        self.app, self.authenticator, self.ready = app, authenticator, ready
        self.session_expired = session_expired
        self.settings: Settings = current()
        self.denials = DenialLog()
        self.sockets = websockets.Sockets()
        self.uploads = uploads.Uploads(upload_memory_used)
        self.files = MediaGrants()
        self.sign_in = any(getattr(route, "path", "") == SIGN_IN for route in authenticator.routes)
        self._taken_off = {HEADER, SECRET, *([self.settings.proxy.header] if self.settings.proxy else [])}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request or a websocket through, or refuse it; anything else (the lifespan) passes."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        # No request brings its own identity.
        scope = _without(scope, {HEADER})
        connection = HTTPConnection(scope)
        asked = _Asked(connection, requests.address(self.settings, connection))
        if scope["type"] == "websocket":
            await self._websocket(asked, receive, send)
            return
        answer = headers.SecureHeaders(send, secure=self.settings.secure, path=asked.path)
        try:
            await self._http(asked, receive, answer)
        except Exception as error:
            error_id = secrets.token_hex(4)
            _LOG.error("request failed, id %s: %s", error_id, asked.path, exc_info=error)
            if answer.started:
                raise
            await plain_pages.failed(connection, error_id)(scope, receive, answer)

    async def _http(self, asked: _Asked, receive: Receive, send: Send) -> None:
        scope = asked.connection.scope
        if asked.path in health.PATHS and asked.method in ("GET", "HEAD"):
            answer = await health.answer(asked.path, self.ready, known=self._knows(asked))
            await answer(scope, receive, send)
            return
        reason = requests.refused(self.settings, asked.connection)
        reason = reason or _wrong_method(self.authenticator.routes, scope)
        if reason is not None:
            await self._refuse(asked, reason)(scope, receive, send)
            return
        own = _route(self.authenticator.routes, scope)
        if own is not None:
            route, child = own
            await route.handle({**scope, **child}, receive, send)
            return
        user = self.authenticator.user(asked.connection)
        if user is None:
            await self._stranger(asked)(scope, receive, send)
            return
        await self._let_in(asked, user, receive, send)

    async def _let_in(self, asked: _Asked, user: User, receive: Receive, send: Send) -> None:
        scope = asked.connection.scope
        onward = self._signed(scope, user)
        if asked.path.startswith(paths.UPLOAD):
            with self.uploads.one(self.settings, user, asked.connection) as reason:
                if reason is not None:
                    await self._refuse(asked, reason, user)(scope, receive, send)
                    return
                await self.app(onward, self.uploads.measured(receive), send)
            return
        if asked.path.startswith(paths.MEDIA) and not self.files.of(user).allow(asked.path):
            await self._refuse(asked, "not_handed_out", user)(scope, receive, send)
            return
        await self.app(onward, receive, send)

    async def _websocket(self, asked: _Asked, receive: Receive, send: Send) -> None:
        scope = asked.connection.scope
        reason = requests.refused(self.settings, asked.connection)
        user = None if reason else self.authenticator.user(asked.connection)
        if user is None:
            await self._close(asked, reason or "not_signed_in", None, send)
            return
        with self.sockets.one(user) as full:
            if full is not None:
                await self._close(asked, full, user, send)
                return
            let_in = partial(self._still, asked.connection, user)
            watched = websockets.GuardedWebsocket(
                receive, send, let_in, self.files.of(user), self.session_expired
            )
            await self.app(self._signed(scope, user), watched.receive, watched.send)

    def _still(self, connection: HTTPConnection, user: User) -> bool:
        return self.authenticator.user(connection) == user

    async def _close(self, asked: _Asked, reason: str, user: User | None, send: Send) -> None:
        answer = self._refuse(asked, reason, user)
        answer.headers.update(headers.policy(secure=self.settings.secure))
        await websockets.refuse(asked.connection.scope, answer, send)

    def _knows(self, asked: _Asked) -> bool:
        return (
            requests.refused_way(self.settings, asked.connection) is None
            and self.authenticator.user(asked.connection) is not None
        )

    def _stranger(self, asked: _Asked) -> Response:
        """A page is asked for: on to the sign-in page, which leads back here. Anything else is refused."""
        if self.sign_in and paths.is_page(asked.connection.scope) and asked.method == "GET":
            query = asked.connection.scope["query_string"].decode("latin-1")
            wanted = f"{asked.path}?{query}" if query else asked.path
            return RedirectResponse(f"{SIGN_IN}?tiep={quote(wanted, safe='')}", status_code=303)
        return self._refuse(asked, "not_signed_in")

    def _refuse(self, asked: _Asked, reason: str, user: User | None = None) -> Response:
        who = user.name if user else ""
        self.denials.note(who=who, address=asked.address, reason=reason, path=asked.path)
        return plain_pages.refused(asked.connection, reason)

    def _signed(self, scope: Scope, user: User) -> Scope:
        """The request as it goes on: with the reader, without what proves it to the gate alone."""
        onward = _without(scope, self._taken_off)
        onward["headers"].append((HEADER.encode(), user.to_header().encode()))
        return onward


def _without(scope: Scope, names: set[str]) -> Scope:
    """A copy of the request without some headers, also as CGI would write them."""
    headers_ = [header for header in scope["headers"] if _written(header[0]) not in names]
    return {**scope, "headers": headers_}


def _route(routes: Sequence[BaseRoute], scope: Scope) -> tuple[BaseRoute, Scope] | None:
    """The authenticator's own page for a request."""
    for route in routes:
        match, child = route.matches(scope)
        if match == Match.FULL:
            return route, child
    return None


def _wrong_method(routes: Sequence[BaseRoute], scope: Scope) -> str | None:
    """ "method" where the authenticator has such a page, but not for this method."""
    matches = [route.matches(scope)[0] for route in routes]
    return "method" if Match.PARTIAL in matches and Match.FULL not in matches else None


def _written(name: bytes) -> str:
    return name.decode("latin-1").lower().replace("_", "-")
