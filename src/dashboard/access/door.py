"""What every way of signing in gives the gate."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from dashboard.access.reader import Reader

SIGN_IN, SIGN_OUT = "/dang-nhap", "/dang-xuat"


class Door(Protocol):
    """One way of finding out who asks. The gate knows no other."""

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """The door's own pages, the only ones beside the health routes that are open to strangers."""
        ...

    def reader(self, connection: HTTPConnection) -> Reader | None:
        """Who asks; None = a stranger. Called for every request and every message of a websocket, so it is
        cheap, and sees at once that a sign-in was revoked, or an account changed."""
        ...
