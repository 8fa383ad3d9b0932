"""The sessions that a server has asked the database about just now.

A page asks for a hundred files, and each is a request of its reader: within FRESH_S the answer is the same.
Where the database does not answer at once, or not at all, readers let in before go on for STALE_S.
"""

from __future__ import annotations

import asyncio
import logging
import threading
import time
from collections import OrderedDict
from concurrent.futures import ThreadPoolExecutor

from starlette.requests import HTTPConnection

from dashboard.access import sessions
from dashboard.access.accounts import Account
from dashboard.access.database import THREADS, DatabaseError
from dashboard.access.sessions import Session
from dashboard.settings import Settings

_LOG = logging.getLogger("dashboard")
FRESH_S, STALE_S = 1.0, 60.0
# So long a reader let in before waits for an answer; after so long there will be none.
_TIMEOUT_S, _LONGEST_S = 0.5, 5.0
# Sessions that are remembered; beyond, those not asked for longest are forgotten.
_REMEMBERED = 10_000
# Threads of readers who were let in before: cookies that are no sessions, in whatever number, wait apart.
_AT_ONCE = 4
SignedIn = tuple[Session, Account]


class SessionCache:
    """The sessions of one process."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._kept: OrderedDict[str, tuple[float, SignedIn]] = OrderedDict()
        # By token, since when the database is being asked, for all who want to know.
        self._questions: dict[str, tuple[float, asyncio.Task[None]]] = {}
        self._threads, self._touching = ThreadPoolExecutor(_AT_ONCE, "sessions"), threading.Lock()
        self._reachable = True

    async def find(self, connection: HTTPConnection) -> SignedIn | None:
        """The session that a request carries, with its account; None for a stranger."""
        token, now = sessions.token_of(self._settings, connection), time.monotonic()
        if token is None:
            return None
        if self._known(token, now, FRESH_S) is None:
            let_in_before = self._known(token, now, STALE_S) is not None
            if token not in self._questions:
                self._questions[token] = (
                    now,
                    asyncio.create_task(self._ask(token, now, let_in_before=let_in_before)),
                )
            since, answer = self._questions[token]
            timeout_s = max(0, since + _TIMEOUT_S - now) if let_in_before else None
            done, _ = await asyncio.wait([answer], timeout=timeout_s)
            for task in done:
                task.result()
        return self._known(token, now, STALE_S)

    def forget(self, key: str) -> None:
        """A session of this account was ended here."""
        for token in [token for token, (_, (session, _)) in self._kept.items() if session.key == key]:
            del self._kept[token]

    def _known(self, token: str, now: float, lasts_s: float) -> SignedIn | None:
        """What was found out in the last so many seconds."""
        at, signed_in = self._kept.get(token, (-lasts_s, None))
        return signed_in if now - at < lasts_s else None

    async def _ask(self, token: str, now: float, *, let_in_before: bool) -> None:
        try:
            async with asyncio.timeout(_LONGEST_S):
                threads = self._threads if let_in_before else THREADS
                signed_in = await asyncio.get_running_loop().run_in_executor(threads, self._read, token)
        except DatabaseError as error:  # the end of the time is one, too
            self._tell(error)
            return
        finally:
            del self._questions[token]
        self._reachable = True
        self._kept.pop(token, None)
        if signed_in is not None:
            self._kept[token] = now, signed_in
            if len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)

    def _read(self, token: str) -> SignedIn | None:
        signed_in = sessions.find(self._settings, token)
        # One at a time: where another writer is in the way the others do not wait for it.
        if signed_in is not None and self._touching.acquire(blocking=False):
            try:
                sessions.touch(self._settings, signed_in[0])
            except DatabaseError as error:
                # On a full disk readers go on.
                self._tell(error)
            finally:
                self._touching.release()
        return signed_in

    def _tell(self, error: Exception) -> None:
        """Say it once, until the database answers again."""
        if self._reachable:
            _LOG.error("the database of sessions cannot be used: %s", str(error) or "no answer")
        self._reachable = False
