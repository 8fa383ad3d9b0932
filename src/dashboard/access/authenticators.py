"""Who asks: an authenticator for each mode; those of accounts and of this computer have modules."""

from __future__ import annotations

import hmac
from itertools import chain

from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from dashboard.access import requests
from dashboard.access.local_authenticator import LocalAuthenticator
from dashboard.access.user import Authenticator, User
from dashboard.settings import Settings, same_name

# Carries the secret that only the proxy and this server know.
SECRET = "x-dashboard-secret"  # nosec B105 # the name of the header, not what it holds


def authenticator(settings: Settings) -> Authenticator:
    """The one that the settings name. What a mode needs is imported with it: a computer of one's own loads
    no password hashing."""
    if settings.mode == "accounts":
        from dashboard.access.account_authenticator import AccountAuthenticator  # noqa: PLC0415

        return AccountAuthenticator(settings)
    return ProxyAuthenticator(settings) if settings.mode == "proxy" else LocalAuthenticator()


class ProxyAuthenticator:
    """Mode proxy: a proxy in front signs readers in and names them, perhaps their groups, in headers. It is
    believed where it is trusted and has the secret. A name on the list counts first, then the first group."""

    routes: tuple[BaseRoute, ...] = ()

    def __init__(self, settings: Settings) -> None:
        assert settings.proxy is not None
        self._settings, self._proxy = settings, settings.proxy

    async def user(self, connection: HTTPConnection) -> User | None:
        """Who the proxy says it is; a stranger where the secret, the name or the groups are there twice."""
        sent = [connection.headers.getlist(header) for header in (SECRET, *self._proxy.headers)]
        if any(len(values) > 1 for values in sent) or not all(sent[:2]):
            return None
        secret, name, *groups = (values[0] if values else "" for values in sent)
        if not requests.trusted(self._settings, connection):
            return None
        if not hmac.compare_digest(secret.encode(), self._proxy.secret.encode()):
            return None
        return self._listed(_decoded(name), {_decoded(group) for group in ",".join(groups).split(",")})

    def _listed(self, name: str, groups: set[str]) -> User | None:
        """The reader, with the rights of the row that lets him or her in."""
        readers = self._proxy.readers
        by_name = (row for row in readers if row.kind == "name" and same_name(row.who, name))
        by_group = (row for row in readers if row.kind == "group" and row.who in groups)
        row = next(chain(by_name, by_group), None) if name else None
        return None if row is None else User(name, row.role, row.communes)


def _decoded(value: str) -> str:
    """A name or group: headers carry bytes, and proxies write letters with accents as UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return value.strip()
