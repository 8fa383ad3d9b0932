"""ASGI middleware in front of everything, page and file, upload and websocket: the gate.

What it does not let through never reaches Streamlit. Open to strangers are only the health routes and the
authenticator's own pages.
"""

from __future__ import annotations

import logging
import secrets
from collections.abc import Callable
from urllib.parse import quote

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Match
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.access import headers, health, plain_pages, policy_reports, requests, uploads, websockets
from dashboard.access.audit import DenialLog
from dashboard.access.authenticators import SECRET
from dashboard.access.media_grants import MediaGrants
from dashboard.access.user import ADDRESS_HEADER, HEADER, SIGN_IN, Authenticator, User
from dashboard.settings import Settings, current
from dashboard.streamlit_host import paths

_LOG = logging.getLogger("dashboard")


class AuthMiddleware:
    """Asks the authenticator who comes, and lets known readers through, with the reader written into HEADER.

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
        self.policy_reports = policy_reports.PolicyReports()
        self.files = MediaGrants()
        self.sign_in = any(getattr(route, "path", "") == SIGN_IN for route in authenticator.routes)
        self._unknown = "no_key" if self.settings.mode == "local" else "not_signed_in"
        proxy = self.settings.proxy
        self._taken_off = {HEADER, SECRET, *(proxy.headers if proxy else ())}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request or a websocket through, or refuse it; anything else (the lifespan) passes."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        # No request brings its own identity.
        scope = _without(scope, {HEADER, ADDRESS_HEADER})
        connection = HTTPConnection(scope)
        if scope["type"] == "websocket":
            await self._websocket(connection, receive, send)
            return
        answer = headers.SecureHeaders(send, secure=self.settings.secure, path=scope["path"])
        try:
            await self._http(connection, receive, answer)
        except Exception as error:
            error_id = secrets.token_hex(4)
            _LOG.error("request failed, id %s: %s", error_id, scope["path"], exc_info=error)
            if answer.started:
                raise
            await plain_pages.failed(connection, error_id)(scope, receive, answer)

    async def _http(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        scope = connection.scope
        if scope["path"] in health.PATHS and scope["method"] in ("GET", "HEAD"):
            signed_in = scope["path"] == health.READY and await self._knows(connection)
            response = await health.answer(scope["path"], self.ready, known=signed_in)
            await response(scope, receive, send)
            return
        # The authenticator's own pages are open to strangers.
        matches = [(route, *route.matches(scope)) for route in self.authenticator.routes]
        own_route = next(((route, child) for route, match, child in matches if match == Match.FULL), None)
        reason = requests.refused(self.settings, connection)
        if reason is None and own_route is None and any(match == Match.PARTIAL for _, match, _ in matches):
            reason = "method"
        if reason is not None:
            await self._refuse(connection, reason)(scope, receive, send)
        elif scope["path"] == policy_reports.PATH and scope["method"] == "POST":
            response = await self.policy_reports.take(Request(scope, receive))
            await response(scope, receive, send)
        elif own_route is not None:
            route, child = own_route
            await route.handle({**scope, **child}, receive, send)
        elif (user := await self.authenticator.user(connection)) is not None:
            await self._let_in(connection, user, receive, send)
        else:
            await self._stranger(connection)(scope, receive, send)

    async def _let_in(self, connection: HTTPConnection, user: User, receive: Receive, send: Send) -> None:
        scope = connection.scope
        onward = self._signed(connection, user)
        if scope["path"].startswith(paths.UPLOAD):
            with self.uploads.one(self.settings, user, connection) as reason:
                if reason is not None:
                    await self._refuse(connection, reason, user)(scope, receive, send)
                    return
                await self.app(onward, self.uploads.measured(receive), send)
            return
        if scope["path"].startswith(paths.MEDIA) and not self.files.of(user).allow(scope["path"]):
            await self._refuse(connection, "not_handed_out", user)(scope, receive, send)
            return
        await self.app(onward, receive, send)

    async def _websocket(self, connection: HTTPConnection, receive: Receive, send: Send) -> None:
        reason = requests.refused(self.settings, connection)
        user = None if reason else await self.authenticator.user(connection)
        if user is None:
            await self._close(connection, reason or self._unknown, None, send)
            return
        with self.sockets.one(user) as full:
            if full is not None:
                await self._close(connection, full, user, send)
                return

            async def let_in() -> bool:
                return await self.authenticator.user(connection) == user

            guarded = websockets.GuardedWebsocket(
                websockets.expiring(receive, websockets.lifetime()) if self.settings.proxy else receive,
                send,
                let_in,
                self.sockets.allowance(user, self.files.of(user)),
                self.session_expired,
            )
            await guarded.serve(self.app, self._signed(connection, user))

    async def _close(self, connection: HTTPConnection, reason: str, user: User | None, send: Send) -> None:
        answer = self._refuse(connection, reason, user)
        answer.headers.update(headers.policy(secure=self.settings.secure))
        await websockets.refuse(connection.scope, answer, send)

    async def _knows(self, connection: HTTPConnection) -> bool:
        return (
            requests.refused_way(self.settings, connection) is None
            and await self.authenticator.user(connection) is not None
        )

    def _stranger(self, connection: HTTPConnection) -> Response:
        """Lead a request for a page to the sign-in page, and from there back here; refuse anything else."""
        scope = connection.scope
        if self.sign_in and paths.is_page(scope) and scope["method"] == "GET":
            query = scope["query_string"].decode("latin-1")
            target = f"{scope['path']}?{query}" if query else scope["path"]
            return RedirectResponse(f"{SIGN_IN}?tiep={quote(target, safe='')}", status_code=303)
        return self._refuse(connection, self._unknown)

    def _refuse(self, connection: HTTPConnection, reason: str, user: User | None = None) -> Response:
        self.denials.note(
            who=user.name if user else "",
            address=requests.address(self.settings, connection),
            reason=reason,
            path=connection.scope["path"],
        )
        return plain_pages.refused(connection, reason)

    def _signed(self, connection: HTTPConnection, user: User) -> Scope:
        """The request as it goes on: with the reader and his or her address, without what proves them to the
        gate alone."""
        onward = _without(connection.scope, self._taken_off)
        address = requests.address(self.settings, connection)
        onward["headers"] += [
            (HEADER.encode(), user.to_header().encode()),
            (ADDRESS_HEADER.encode(), address.encode("ascii", "backslashreplace")),
        ]
        return onward


def _without(scope: Scope, names: set[str]) -> Scope:
    """A copy of the request without some headers, also as CGI would write them."""
    headers = [
        (name, value)
        for name, value in scope["headers"]
        if name.decode("latin-1").lower().replace("_", "-") not in names
    ]
    return {**scope, "headers": headers}
