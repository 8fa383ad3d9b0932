"""Mode accounts: readers sign in with name and password on a page of this server, and where they have turned
it on with a code (`access.totp`)."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable, Sequence

from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.access import accounts, forms, pages, rate_limit, requests, sessions, takeover, targets
from dashboard.access.account_page import AccountPage
from dashboard.access.accounts import Account
from dashboard.access.audit import record
from dashboard.access.credentials import Credentials
from dashboard.access.database import DatabaseError, in_thread
from dashboard.access.pages import CODE, NAME, PASSWORD, TARGET, Notice
from dashboard.access.session_cache import SessionCache
from dashboard.access.user import ACCOUNT, SIGN_IN, SIGN_OUT, User
from dashboard.settings import Settings
from dashboard.streamlit_host.index_html import language

_LOG = logging.getLogger("dashboard")
_SECOND_STEP = f"{SIGN_IN}/ma"
_EMPTY, _EXPIRED, _UNAVAILABLE = Notice("empty", 400), Notice("expired", 401), Notice("unavailable", 503)
_WRONG = Notice("wrong", 401)


class AccountAuthenticator:
    """The authenticator of the accounts of this server."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._sessions = settings, SessionCache(settings)
        self._credentials = Credentials(settings)
        account = AccountPage(settings, self._sessions, self._credentials)
        self.routes: Sequence[BaseRoute] = (
            Route(SIGN_IN, _guarded(self._sign_in), methods=["GET", "POST"]),
            Route(_SECOND_STEP, _guarded(self._second_step), methods=["POST"]),
            Route(SIGN_OUT, _guarded(self._sign_out), methods=["POST"]),
            Route(ACCOUNT, _guarded(account.answer), methods=["GET", "POST"]),
            *pages.files(),
        )
        _prepare(settings)

    async def user(self, connection: HTTPConnection) -> User | None:
        """Whose session the cookie is: one that is not over, and waits neither for a code nor for a password
        that its owner has chosen."""
        signed_in = await self._sessions.find(connection)
        if signed_in is None or signed_in[0].waits_for_code or signed_in[1].must_change:
            return None
        session, account = signed_in
        return User(account.name, account.role, account.communes, session.id)

    async def _sign_in(self, request: Request) -> Response:
        if request.method == "POST":
            return await self._checked(request)
        target, signed_in = pages.target_of(request), await self._sessions.find(request)
        if signed_in is None:
            signed_out = pages.SIGNED_OUT in request.query_params
            return pages.sign_in(target, Notice("signed_out") if signed_out else None)
        if signed_in[0].waits_for_code:
            return pages.second_step(target, _SECOND_STEP)
        if signed_in[1].must_change:
            return RedirectResponse(pages.address(target, ACCOUNT), 303)
        return RedirectResponse(target, 303)

    async def _checked(self, request: Request) -> Response:
        """Let in a reader whose password is right; say to all others why not."""
        form = await forms.read(request, NAME, PASSWORD)
        if isinstance(form, Notice):
            return pages.sign_in("/", form)
        name, target = form[NAME], form[TARGET]
        if not name.strip() or not form[PASSWORD]:
            return pages.sign_in(target, _EMPTY, name)
        attempt = rate_limit.attempt(self._settings, request, name)
        result = await self._credentials.password(attempt, form[PASSWORD])
        if isinstance(result, Notice):
            return pages.sign_in(target, result, name)
        answer = await self._begin(request, result, target, waits_for_code=result.totp_secret is not None)
        answer.headers.append("set-cookie", rate_limit.cookie(self._settings, attempt))
        return answer

    async def _second_step(self, request: Request) -> Response:
        form = await forms.read(request, CODE)
        if isinstance(form, Notice):
            return pages.sign_in("/", form)
        signed_in = await self._sessions.find(request)
        if signed_in is None or not signed_in[0].waits_for_code:
            return pages.sign_in(form[TARGET], _EXPIRED)
        attempt = rate_limit.attempt(self._settings, request, signed_in[1].name, code=True)
        result = await self._credentials.code(attempt, signed_in[1], form[CODE])
        if isinstance(result, Notice):
            return pages.second_step(form[TARGET], _SECOND_STEP, result)
        return await self._begin(request, result, form[TARGET])

    async def _begin(
        self, request: Request, account: Account, target: str, *, waits_for_code: bool = False
    ) -> Response:
        """Begin a session, and lead on to the link."""
        token = await in_thread(
            sessions.start, self._settings, request, account, waits_for_code=waits_for_code
        )
        if token is None:
            return pages.sign_in(target, _WRONG, account.name)
        self._sessions.forget(account.key)
        if not waits_for_code:
            record("sign_in", who=account.name, address=requests.address(self._settings, request))
        more = waits_for_code or account.must_change
        answer = RedirectResponse(pages.address(target) if more else target, 303)
        answer.headers.append("set-cookie", sessions.cookie(self._settings, token))
        return answer

    async def _sign_out(self, request: Request) -> Response:
        """End the session for all tabs; forms of other sites never come here."""
        signed_in = await self._sessions.find(request)
        if signed_in is not None:
            try:
                await in_thread(sessions.end, self._settings, signed_in[0].id)
            except DatabaseError as error:
                # The browser forgets it all the same.
                _LOG.error("a session of %s could not be ended: %s", signed_in[1].name, error)
            self._sessions.forget(signed_in[1].key)
            record("sign_out", who=signed_in[1].name, address=requests.address(self._settings, request))
        target = targets.in_language("/", language(request).lang)
        answer = RedirectResponse(pages.address(target, **{pages.SIGNED_OUT: "1"}), 303)
        answer.headers.append("set-cookie", sessions.forget(self._settings))
        return answer


def _guarded(handle: Callable[[Request], Awaitable[Response]]) -> Callable[[Request], Awaitable[Response]]:
    """Where the database cannot be used, a sentence says so."""

    async def guarded(request: Request) -> Response:
        try:
            return await handle(request)
        except DatabaseError as error:
            _LOG.error("the database of accounts cannot be used: %s", error)
            return pages.sign_in("/", _UNAVAILABLE)

    return guarded


def _prepare(settings: Settings) -> None:
    """Take older accounts over; say where there are none. A server whose database is away starts all the
    same: its readers are told."""
    try:
        takeover.take_over(settings)
        if not accounts.read(settings):
            _LOG.warning("no account yet: python -m dashboard users add NAME")
    except (ValueError, *DatabaseError) as error:
        _LOG.error("accounts cannot be read, nobody is let in: %s", error)
