"""Mode local: whoever sits at this computer reads and publishes; the gate refuses all others."""

from __future__ import annotations

from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from dashboard.access.reader import LOCAL, Reader


class Local:
    """The door of a computer of one's own: nobody signs in."""

    routes: tuple[BaseRoute, ...] = ()

    def reader(self, _connection: HTTPConnection) -> Reader | None:
        """The one reader there is."""
        return LOCAL
