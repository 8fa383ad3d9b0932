"""Mode accounts: readers sign in with name and password on a page of this server."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection, Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dashboard.access import accounts, names, pages, passwords, requests, session, targets
from dashboard.access.accounts import Account, AccountError
from dashboard.access.audit import DenialLog, record
from dashboard.access.pages import Notice
from dashboard.access.rate_limit import Attempt, RateLimiter
from dashboard.access.user import SIGN_IN, User
from dashboard.settings import Settings

_LOG = logging.getLogger("dashboard")
# Each needs the memory of a hash; more of them wait, and beyond that many are told to come again.
_AT_ONCE, _WAITING = 2, 50
_LARGEST_FORM, _FIELDS, _SENT_AS = 32 * 1024, 10, "application/x-www-form-urlencoded"


@dataclass(frozen=True)
class _Form:
    """What the sign-in page sends."""

    name: str
    password: str
    target: str


class AccountAuthenticator:
    """The authenticator of the accounts of this server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._rate_limiter, self._denials = RateLimiter(), DenialLog()
        self._turn, self._waiting = asyncio.Semaphore(_AT_ONCE), 0
        self.routes: Sequence[BaseRoute] = (
            Route(SIGN_IN, self._sign_in, methods=["GET", "POST"]),
            pages.sign_out(settings, self),
            *pages.files(),
        )
        if not accounts.current(settings):
            _LOG.warning("no account yet: python -m dashboard users add NAME")

    def user(self, connection: HTTPConnection) -> User | None:
        """Whose sign-in the cookie is: one that is not over, of an account that is as it was then."""
        signed_in = session.sent(self._settings, connection)
        account = accounts.current(self._settings).get(signed_in.name) if signed_in else None
        if signed_in is None or account is None or account.credential_version != signed_in.credential_version:
            return None
        return User(account.name, account.role, account.communes, signed_in.id)

    async def _sign_in(self, request: Request) -> Response:
        if request.method == "POST":
            form = await _form(request)
            return (
                pages.sign_in("/", form) if isinstance(form, Notice) else await self._checked(request, form)
            )
        target = pages.wanted(request)
        if self.user(request) is not None:
            return RedirectResponse(target, 303)
        gone = pages.SIGNED_OUT in request.query_params
        return pages.sign_in(target, Notice("signed_out") if gone else None)

    async def _checked(self, request: Request, form: _Form) -> Response:
        """Let in whose password is right; say to all others why not."""
        if not form.name.strip() or not form.password:
            return pages.sign_in(form.target, _EMPTY, form.name)
        address, device = (
            requests.address(self._settings, request),
            session.trusted_device(self._settings, request),
        )
        key = _key(form.name)
        result = await self._account(Attempt(key, address, device.known_to(key)), form.password)
        if isinstance(result, Notice):
            self._note(result, key, address)
            answer = pages.sign_in(form.target, result, form.name)
            if result.n is not None:
                answer.headers["retry-after"] = str(result.n)
            return answer
        answer = pages.signed_in(
            self._settings, request, form.target, key, result.credential_version, who=result.name
        )
        answer.headers.append("set-cookie", session.remember(self._settings, device, key))
        return answer

    async def _account(self, attempt: Attempt, password: str) -> Account | Notice:
        """The account, where the password is right; else what the reader is told."""
        wait = self._rate_limiter.wait(attempt)
        if wait:
            return _later(wait)
        if self._waiting >= _WAITING:
            return _BUSY
        self._waiting += 1
        try:
            async with self._turn:
                # Others of the same budget may have been before.
                wait = self._rate_limiter.take(attempt)
                if wait:
                    return _later(wait)
                account = await run_in_threadpool(self._verified, attempt.name, password)
        finally:
            self._waiting -= 1
        if account is None:
            return _WRONG
        self._rate_limiter.give_back(attempt)
        return account

    def _verified(self, key: str, password: str) -> Account | None:
        """The account of a name and password; takes as long where there is none of that name."""
        account = accounts.current(self._settings).get(key)
        right = passwords.matches(account.hash if account else None, password)
        if account is None or not right:
            return None
        if passwords.outdated(account.hash):
            try:
                accounts.keep_hash(self._settings, key, account, passwords.hashed(password))
            except AccountError as error:
                # It stays as it is until the next time.
                _LOG.warning("accounts: the hash of %s could not be renewed: %s", account.name, error)
        return account

    def _note(self, notice: Notice, key: str, address: str) -> None:
        """Into the audit log; what was typed only where it is a name: some type their password there."""
        known = accounts.current(self._settings).get(key)
        who = known.name if known else ""
        if notice == _WRONG:
            record("sign_in_failed", who=who, address=address)
        else:
            self._denials.note(who=who, address=address, reason=notice.key, path=SIGN_IN)


_EMPTY, _WRONG, _BUSY = Notice("empty", 400), Notice("wrong", 401), Notice("busy", 503)
_MALFORMED, _TOO_LARGE = Notice("malformed", 400), Notice("malformed", 413)


def _later(seconds: int) -> Notice:
    return Notice("wait", 429, seconds)


async def _form(request: Request) -> _Form | Notice:
    """What was sent, as a form of a few fields; read no further than such a form can be."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != _SENT_AS:
        return _MALFORMED
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST_FORM:
            return _TOO_LARGE
    try:
        fields = parse_qs(body.decode("ascii"), True, True, "utf-8", "strict", _FIELDS)
        name, password, target = (
            _only(fields, field) for field in (pages.NAME, pages.PASSWORD, pages.TARGET)
        )
    except ValueError:
        return _MALFORMED
    return _Form(name, password, targets.local(target))


def _only(fields: dict[str, list[str]], name: str) -> str:
    """The one value of a field, blank where there is none; ValueError where there are several."""
    (value,) = fields.get(name, [""])
    return value


def _key(name: str) -> str:
    """The spelling under which a name is kept; blank where it cannot be one."""
    try:
        return names.key(name)
    except ValueError:
        return ""
