"""Cookies: no script reads them, no form of another site sends them along; behind TLS of this host alone."""

from __future__ import annotations

from starlette.requests import HTTPConnection

from dashboard.settings import Settings


def read(settings: Settings, connection: HTTPConnection, name: str) -> str | None:
    """The one value that a request carries under a cookie's name; None where it carries none, or several."""
    parts = (part for line in connection.headers.getlist("cookie") for part in line.split(";"))
    pairs = (part.strip().partition("=") for part in parts)
    values = [value for key, _, value in pairs if key == _full(settings, name)]
    return values[0] if len(values) == 1 else None


def write(settings: Settings, name: str, value: str, lasts_s: int) -> str:
    """A header `Set-Cookie`; 0 seconds take it out of the browser."""
    secure = "; Secure" if settings.secure else ""
    parts = f"Path=/; Max-Age={lasts_s}; HttpOnly; SameSite=Lax{secure}"
    return f"{_full(settings, name)}={value}; {parts}"


def _full(settings: Settings, name: str) -> str:
    """The name; behind TLS one that browsers take from this host alone."""
    return f"__Host-{name}" if settings.secure else name
