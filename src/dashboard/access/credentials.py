"""Whether a password or a code is right: a few at once, not too often, and each answer takes as long."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from dashboard.access import accounts, passwords, rate_limit, totp
from dashboard.access.accounts import Account
from dashboard.access.audit import DenialLog, record
from dashboard.access.database import in_thread
from dashboard.access.pages import Notice
from dashboard.access.rate_limit import Attempt
from dashboard.access.user import SIGN_IN
from dashboard.settings import Settings

# Each needs the memory of a hash; more of them wait, so many and for so long, and are told to come again.
_AT_ONCE, _WAITING, _TIMEOUT_S = 2, 100, 4.0
_WRONG, _BUSY, _WRONG_CODE = Notice("wrong", 401), Notice("busy", 503), Notice("wrong_code", 401)


class Credentials:
    """Checks what readers type, in one process."""

    def __init__(self, settings: Settings) -> None:
        self._settings, self._denials = settings, DenialLog()
        self._turn, self._waiting = asyncio.Semaphore(_AT_ONCE), 0

    async def password(self, attempt: Attempt, password: str) -> Account | Notice:
        """The account of an attempt, where the password is right; else what the reader is told."""
        try:
            async with self._one_of_few():
                result = await in_thread(self._password, attempt, password)
        except TimeoutError:
            self._denials.note(who="", address=attempt.address, reason=_BUSY.key, path=SIGN_IN)
            return _BUSY
        return await self._noted(result, attempt)

    async def code(self, attempt: Attempt, account: Account, code: str) -> Account | Notice:
        """The account, where the code is that of its second step; else what the reader is told."""
        result = await in_thread(self._code, attempt, account, code)
        return await self._noted(result, attempt)

    @asynccontextmanager
    async def _one_of_few(self) -> AsyncIterator[None]:
        if self._waiting >= _WAITING:
            raise TimeoutError
        self._waiting += 1
        try:
            async with asyncio.timeout(_TIMEOUT_S):
                await self._turn.acquire()
        finally:
            self._waiting -= 1
        try:
            yield
        finally:
            self._turn.release()

    def _password(self, attempt: Attempt, password: str) -> Account | Notice:
        wait = rate_limit.take(self._settings, attempt)
        if wait:
            return Notice("wait", 429, {"n": wait})
        account = self._with_password(attempt.key, password)
        if account is None:
            return _WRONG
        rate_limit.succeeded(self._settings, attempt, signed_in=account.totp_secret is None)
        return account

    def _with_password(self, key: str, password: str) -> Account | None:
        account = accounts.find(self._settings, key)
        right = passwords.matches(account.hash if account else None, password)
        if account is None or not right:
            return None
        if not passwords.outdated(account.hash):
            return account
        renewed = accounts.renew_hash(self._settings, account, passwords.hashed(password))
        # Where another sign-in, or its owner, was faster, there is another hash to ask.
        return renewed or self._with_password(key, password)

    def _code(self, attempt: Attempt, account: Account, code: str) -> Account | Notice:
        wait = rate_limit.take(self._settings, attempt)
        if wait:
            return Notice("wait", 429, {"n": wait})
        step = totp.matching_step(account.totp_secret or "", code)
        if step is None or not accounts.use_totp_step(self._settings, account, step):
            return _WRONG_CODE
        rate_limit.succeeded(self._settings, attempt)
        return account

    async def _noted(self, result: Account | Notice, attempt: Attempt) -> Account | Notice:
        """Write a refusal into the audit log; what was typed only where it is a name: some type their
        password there."""
        if isinstance(result, Notice):
            account = await in_thread(accounts.find, self._settings, attempt.key)
            who = account.name if account else ""
            if result in (_WRONG, _WRONG_CODE):
                record("sign_in_failed", who=who, address=attempt.address)
            else:
                self._denials.note(who=who, address=attempt.address, reason=result.key, path=SIGN_IN)
        return result
