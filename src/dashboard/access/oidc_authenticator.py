"""Mode oidc: readers sign in at a provider (OpenID Connect); who is on the list of the settings comes in."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from itsdangerous import BadData
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.access import pages, requests, session, targets
from dashboard.access.audit import DenialLog
from dashboard.access.pages import Notice
from dashboard.access.provider import Identity, Provider, ProviderError
from dashboard.access.user import SIGN_IN, User
from dashboard.settings import Listed, Settings

START, BACK = f"{SIGN_IN}/oidc", f"{SIGN_IN}/oidc/tro-lai"
# Asks the provider for another account than the one it knows.
ANOTHER = "khac"
# From leaving for the provider until coming back.
_WAITS_S = 10 * 60
_PURPOSE = "oidc"
# Of a cookie, so that the browser keeps it.
_LONGEST = 3900
_STATUS = {"cancelled": 401, "expired": 400, "unreachable": 503, "failed": 502}


class OidcAuthenticator:
    """The authenticator that asks a provider."""

    def __init__(self, settings: Settings) -> None:
        assert settings.oidc is not None
        assert settings.public_url is not None
        self._settings, self._oidc = settings, settings.oidc
        self._provider = Provider(settings.oidc, settings.public_url.rstrip("/") + BACK)
        self._denials = DenialLog()
        self._by_version = {
            _credential_version(settings.oidc.issuer, entry): entry for entry in settings.oidc.readers
        }
        self.routes: Sequence[BaseRoute] = (
            Route(SIGN_IN, self._sign_in, methods=["GET"]),
            Route(START, self._start, methods=["GET"]),
            Route(BACK, self._back, methods=["GET"]),
            pages.sign_out(settings, self),
            *pages.files(),
        )

    def user(self, connection: HTTPConnection) -> User | None:
        """Whose sign-in the cookie is: one that is not over, by an entry that is still on the list."""
        signed_in = session.sent(self._settings, connection)
        listed = self._by_version.get(signed_in.credential_version) if signed_in else None
        if signed_in is None or listed is None:
            return None
        return User(signed_in.name, listed.role, listed.communes, signed_in.id)

    async def _sign_in(self, request: Request) -> Response:
        target = pages.wanted(request)
        if self.user(request) is not None:
            return RedirectResponse(target, 303)
        gone = pages.SIGNED_OUT in request.query_params
        return self._page(target, Notice("signed_out") if gone else None)

    async def _start(self, request: Request) -> Response:
        target = pages.wanted(request)
        expected: dict[str, Any] = {}
        request.scope["session"] = expected
        try:
            lang = targets.language(target).lang
            address = await self._provider.start(request, lang, again=ANOTHER in request.query_params)
        except ProviderError as error:
            return self._refused(request, target, Notice(f"oidc.{error.reason}", _STATUS[error.reason]))
        answer = RedirectResponse(address, 303)
        answer.headers.append("set-cookie", self._waiting(expected, target))
        return answer

    async def _back(self, request: Request) -> Response:
        request.scope["session"], target = self._waited(request)
        try:
            who = await self._provider.signed_in(request, lambda entry: self._listed(entry) is not None)
        except ProviderError as error:
            answer = self._refused(request, target, Notice(f"oidc.{error.reason}", _STATUS[error.reason]))
        else:
            answer = self._let_in(request, target, who)
        answer.headers.append("set-cookie", session.set_cookie(self._settings, self._cookie, "", 0))
        return answer

    def _let_in(self, request: Request, target: str, who: Identity) -> Response:
        """Let in who is on the list; say to all others why not."""
        listed = self._listed(who)
        if listed is None:
            why = "not_verified" if self._entry("name", who.address) else "not_listed"
            return self._refused(request, target, Notice(f"oidc.{why}", 403, who=who.address or who.name))
        credential_version = _credential_version(self._oidc.issuer, listed)
        facts = {"who": who.name, "subject": who.subject}
        return pages.signed_in(self._settings, request, target, who.name, credential_version, **facts)

    def _listed(self, who: Identity) -> Listed | None:
        """The entry that lets somebody in: that of the verified address, else the first of the groups."""
        named = self._entry("name", who.address) if who.verified else None
        return named or self._entry("group", *who.groups)

    def _entry(self, kind: str, *names: str) -> Listed | None:
        # Addresses are the same in large and small letters, groups are not.
        for entry in self._oidc.readers:
            if entry.kind == kind and (
                entry.who in names or (kind == "name" and entry.who.casefold() in map(str.casefold, names))
            ):
                return entry
        return None

    def _refused(self, request: Request, target: str, notice: Notice) -> Response:
        address = requests.address(self._settings, request)
        self._denials.note(who=notice.who or "", address=address, reason=notice.key, path=request.url.path)
        return self._page(target, notice)

    def _page(self, target: str, notice: Notice | None) -> Response:
        """The page that leads to the provider: a click sends the reader there, so signing out lasts."""
        words = targets.language(target)
        host = escape(urlsplit(self._oidc.issuer).hostname or "")
        there, another = _start_at(target), _start_at(target, **{ANOTHER: "1"})
        # Whoever was refused would be refused again with the same account.
        if notice is not None and notice.who is not None:
            there, another = another, there
            ways = (there, "access.oidc.another"), (another, "access.oidc.again")
        else:
            ways = (there, "access.oidc.enter"), (another, "access.oidc.another")
        links = [
            f'<p class="{kind}"><a class="{look}" href="{escape(link)}">{escape(words(key))}</a></p>'
            for (link, key), kind, look in zip(ways, ("way", "help"), ("button", "other"), strict=True)
        ]
        help_ = f'<p class="help">{escape(words("access.oidc.help", host=host))}</p>'
        return pages.page(target, notice, "\n".join([links[0], help_, links[1]]))

    @property
    def _cookie(self) -> str:
        return session.named(self._settings, f"dashboard-{_PURPOSE}")

    def _waiting(self, expected: dict[str, Any], target: str) -> str:
        """The header `Set-Cookie` that keeps what the provider's answer has to match, and the link."""
        session.make_key(self._settings)
        sign = session.signer(self._settings, _PURPOSE)
        value = str(sign.dumps([expected, target]))
        if len(value) > _LONGEST:
            # The page without its filters is better than no page.
            value = str(sign.dumps([expected, targets.in_language("/", targets.language(target).lang)]))
        return session.set_cookie(self._settings, self._cookie, value, _WAITS_S)

    def _waited(self, request: Request) -> tuple[dict[str, Any], str]:
        """What the cookie kept; nothing where it is missing, forged or too old."""
        values = session.cookies(request, self._cookie)
        try:
            signer = session.signer(self._settings, _PURPOSE)
            expected, target = signer.loads(values[0], max_age=_WAITS_S) if len(values) == 1 else ({}, "/")
        except (BadData, OSError, ValueError):
            return {}, "/"
        return expected, target


def _start_at(target: str, **more: str) -> str:
    return f"{START}?{urlencode({pages.TARGET: target, **more}, safe='', quote_via=quote)}"


def _credential_version(issuer: str, listed: Listed) -> str:
    """By which entry of which provider somebody came in; taken off the list, the sign-in is over."""
    return f"{listed.kind} {listed.who} {issuer}"
