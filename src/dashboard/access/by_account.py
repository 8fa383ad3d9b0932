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
from dashboard.access.audit import Refusals, record
from dashboard.access.pages import Said
from dashboard.access.rate_limit import Attempt, Attempts
from dashboard.access.reader import SIGN_IN, Reader
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


class ByAccount:
    """The authenticator of the accounts of this server."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._attempts, self._refusals = Attempts(), Refusals()
        self._turn, self._waiting = asyncio.Semaphore(_AT_ONCE), 0
        self.routes: Sequence[BaseRoute] = (
            Route(SIGN_IN, self._sign_in, methods=["GET", "POST"]),
            pages.sign_out(settings, self),
            *pages.files(),
        )
        if not accounts.current(settings):
            _LOG.warning("no account yet: python -m dashboard users add NAME")

    def reader(self, connection: HTTPConnection) -> Reader | None:
        """Whose sign-in the cookie is: one that is not over, of an account that is as it was then."""
        found = session.sent(self._settings, connection)
        account = accounts.current(self._settings).get(found.name) if found else None
        if found is None or account is None or account.stamp != found.stamp:
            return None
        return Reader(account.name, account.role, account.communes, found.id)

    async def _sign_in(self, request: Request) -> Response:
        if request.method == "POST":
            form = await _form(request)
            return pages.sign_in("/", form) if isinstance(form, Said) else await self._checked(request, form)
        target = pages.wanted(request)
        if self.reader(request) is not None:
            return RedirectResponse(target, 303)
        gone = pages.SIGNED_OUT in request.query_params
        return pages.sign_in(target, Said("signed_out") if gone else None)

    async def _checked(self, request: Request, form: _Form) -> Response:
        """Let in whose password is right; say to all others why not."""
        if not form.name.strip() or not form.password:
            return pages.sign_in(form.target, _EMPTY, form.name)
        address, device = requests.address(self._settings, request), session.device(self._settings, request)
        named = _key(form.name)
        found = await self._account(Attempt(named, address, device.known_to(named)), form.password)
        if isinstance(found, Said):
            self._note(found, named, address)
            answer = pages.sign_in(form.target, found, form.name)
            if found.n is not None:
                answer.headers["retry-after"] = str(found.n)
            return answer
        answer = pages.signed_in(self._settings, request, form.target, named, found.stamp, who=found.name)
        answer.headers.append("set-cookie", session.remember(self._settings, device, named))
        return answer

    async def _account(self, attempt: Attempt, password: str) -> Account | Said:
        """The account, where the password is right; else what the reader is told."""
        wait = self._attempts.wait(attempt)
        if wait:
            return _later(wait)
        if self._waiting >= _WAITING:
            return _BUSY
        self._waiting += 1
        try:
            async with self._turn:
                # Others of the same budget may have been before.
                wait = self._attempts.take(attempt)
                if wait:
                    return _later(wait)
                account = await run_in_threadpool(self._verified, attempt.name, password)
        finally:
            self._waiting -= 1
        if account is None:
            return _WRONG
        self._attempts.give_back(attempt)
        return account

    def _verified(self, named: str, password: str) -> Account | None:
        """The account of a name and password; takes as long where there is none of that name."""
        account = accounts.current(self._settings).get(named)
        right = passwords.matches(account.hash if account else None, password)
        if account is None or not right:
            return None
        if passwords.outdated(account.hash):
            try:
                accounts.keep_hash(self._settings, named, account, passwords.hashed(password))
            except AccountError as error:
                # It stays as it is until the next time.
                _LOG.warning("accounts: the hash of %s could not be renewed: %s", account.name, error)
        return account

    def _note(self, said: Said, named: str, address: str) -> None:
        """Into the audit log; what was typed only where it is a name: some type their password there."""
        known = accounts.current(self._settings).get(named)
        who = known.name if known else ""
        if said == _WRONG:
            record("sign_in_failed", who=who, address=address)
        else:
            self._refusals.note(who=who, address=address, reason=said.key, path=SIGN_IN)


_EMPTY, _WRONG, _BUSY = Said("empty", 400), Said("wrong", 401), Said("busy", 503)
_MALFORMED, _TOO_LARGE = Said("malformed", 400), Said("malformed", 413)


def _later(seconds: int) -> Said:
    return Said("wait", 429, seconds)


async def _form(request: Request) -> _Form | Said:
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
        name, password, target = (_only(fields, one) for one in (pages.NAME, pages.PASSWORD, pages.TARGET))
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
