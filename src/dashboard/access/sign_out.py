"""Signing out, where readers sign in with a cookie: `POST /dang-xuat` ends the sign-in for all its tabs."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from dashboard.access import pages, peer, session, shell, targets
from dashboard.access.audit import record
from dashboard.access.door import SIGN_OUT, Door
from dashboard.settings import Settings

# Says on the sign-in page that the reader has signed out.
SIGNED_OUT = "ra"


def route(settings: Settings, door: Door) -> Route:
    """The route; the gate refuses forms of other sites."""

    async def sign_out(request: Request) -> Response:
        found = session.sent(settings, request)
        if found is not None:
            reader = door.reader(request)
            who = reader.name if reader is not None else found.name
            session.end(settings, found)
            record("sign_out", who=who, address=peer.address(settings, request))
        target = targets.in_language("/", shell.language(request).lang)
        answer = RedirectResponse(pages.address(target, **{SIGNED_OUT: "1"}), 303)
        answer.headers.append("set-cookie", session.forget(settings))
        return answer

    return Route(SIGN_OUT, sign_out, methods=["POST"])
