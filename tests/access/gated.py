"""An app of the test behind the gate, and browsers in front of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import BaseRoute
from starlette.testclient import TestClient, WebSocketDenialResponse

from dashboard.access import Authenticator, Readiness
from dashboard.access.middleware import AuthMiddleware

ADDRESS, SOCKET = "http://127.0.0.1:8501", "ws://127.0.0.1:8501/_stcore/stream"


def browsers_of(
    authenticator: Authenticator, routes: Sequence[BaseRoute], **options: Callable[[], int]
) -> Callable[..., TestClient]:
    """Makes browsers in front of one server, each with cookies of its own; they send the headers that are
    named. `options` are those of the gate."""
    gate = Middleware(
        AuthMiddleware,
        authenticator=authenticator,
        ready=lambda: Readiness("ready", "v1", 3),
        **options,
    )
    app = Starlette(routes=routes, middleware=[gate])

    def browser(**headers: str) -> TestClient:
        return TestClient(app, ADDRESS, headers=headers, follow_redirects=False, client=("127.0.0.1", 1))

    return browser


def refused_with(browser: TestClient, **headers: str) -> int:
    """The status with which a websocket of this browser is refused."""
    with (
        pytest.raises(WebSocketDenialResponse) as refused,
        browser.websocket_connect(SOCKET, headers=headers),
    ):
        pass
    return refused.value.status_code
