"""Devices that have signed in before: a signed cookie with the names, so that strangers who guess at a name
cannot keep its owner waiting."""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from itsdangerous import BadData
from starlette.requests import HTTPConnection

from dashboard.access import session
from dashboard.settings import Settings

LASTS_S = 180 * 24 * 60 * 60
_PURPOSE = "device"
# Names that one device remembers; the cookie stays small.
_MOST = 5


@dataclass(frozen=True)
class Device:
    """A browser: its id, and the names that have signed in there, latest first."""

    id: str
    names: tuple[str, ...]

    def known_to(self, name: str) -> str | None:
        """The id, where this name has signed in there."""
        return self.id if name in self.names else None


def read(settings: Settings, connection: HTTPConnection) -> Device:
    """The device of a request; a new one where the cookie is missing, forged or too old."""
    values = session.cookies(connection, session.named(settings, f"dashboard-{_PURPOSE}"))
    try:
        found = session.signer(settings, _PURPOSE).loads(values[-1], max_age=LASTS_S) if values else None
    except (BadData, OSError, ValueError):
        found = None
    if not isinstance(found, list) or len(found) < 2:
        return Device(secrets.token_hex(16), ())
    return Device(str(found[0]), tuple(str(name) for name in found[1:]))


def remember(settings: Settings, device: Device, name: str) -> str:
    """The header `Set-Cookie` by which a device remembers that a name has signed in there."""
    names = (name, *(other for other in device.names if other != name))[:_MOST]
    value = session.signer(settings, _PURPOSE).dumps([device.id, *names])
    return session.set_cookie(settings, session.named(settings, f"dashboard-{_PURPOSE}"), str(value), LASTS_S)
