"""Who asks: an authenticator for each mode; those of accounts and of a provider have modules of their own."""

from __future__ import annotations

import hmac

from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from dashboard.access import requests
from dashboard.access.user import LOCAL, Authenticator, User
from dashboard.settings import Settings

# Carries the secret that only the proxy and this server know.
SECRET = "x-dashboard-secret"  # nosec B105 # the name of the header, not what it holds


def authenticator(settings: Settings) -> Authenticator:
    """The one that the settings name. What a mode needs is imported with it: a computer of one's own loads
    neither password hashing nor a client of a provider."""
    if settings.mode == "accounts":
        from dashboard.access.account_authenticator import AccountAuthenticator  # noqa: PLC0415

        return AccountAuthenticator(settings)
    if settings.mode == "oidc":
        from dashboard.access.oidc_authenticator import OidcAuthenticator  # noqa: PLC0415

        return OidcAuthenticator(settings)
    return ProxyAuthenticator(settings) if settings.mode == "proxy" else LocalAuthenticator()


class LocalAuthenticator:
    """Mode local: whoever sits at this computer reads and publishes; all others are refused."""

    routes: tuple[BaseRoute, ...] = ()

    def user(self, _connection: HTTPConnection) -> User | None:
        """The one reader there is."""
        return LOCAL


class ProxyAuthenticator:
    """Mode proxy: a proxy in front signs readers in and names them in a header. That is believed from a
    trusted proxy with its secret, and for names on the list."""

    routes: tuple[BaseRoute, ...] = ()

    def __init__(self, settings: Settings) -> None:
        assert settings.proxy is not None
        self._settings, self._proxy = settings, settings.proxy
        self._readers = {
            listed.who: User(listed.who, listed.role, listed.communes) for listed in settings.proxy.readers
        }

    def user(self, connection: HTTPConnection) -> User | None:
        """Who the proxy says it is; a stranger where the header or the secret is there twice."""
        names = connection.headers.getlist(self._proxy.header)
        secrets = connection.headers.getlist(SECRET)
        if len(names) != 1 or len(secrets) != 1 or not requests.trusted(self._settings, connection):
            return None
        if not hmac.compare_digest(secrets[0].encode(), self._proxy.secret.encode()):
            return None
        return self._readers.get(_name(names[0]))


def _name(value: str) -> str:
    """A name as the proxy sent it: headers carry bytes, and proxies write letters with accents as UTF-8."""
    try:
        return value.encode("latin-1").decode("utf-8").strip()
    except UnicodeError:
        return value.strip()
