"""Websockets behind the gate: how many, how large and fast their messages, how long they are let in."""

from __future__ import annotations

import asyncio
import secrets
import time
from collections import Counter, defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.access import run_queue
from dashboard.access.media_grants import Grants
from dashboard.access.run_queue import RunQueue, Runs
from dashboard.access.user import LOCAL, User, counted
from dashboard.streamlit_host import messages

# 100 people with five pages each, on one process while the other is away, and some to spare; an open page
# takes 0.1 to 0.3 MB. Of one reader: a name that a whole office shares.
AT_ONCE, OF_ONE_READER = 600, 40
LARGEST = 1024 * 1024
# Messages of one reader, on all websockets together: so many at once, then so many in a second.
MESSAGES, PER_S = 20, 10.0
# In mode proxy the handshake says who reads: a page connects again by itself, and the proxy decides again.
# Websockets that opened together end apart.
LASTS_S, _SHORTEST = 10 * 60, 0.7
_GOING_AWAY, _POLICY, _TOO_BIG = 1001, 1008, 1009


def lifetime() -> float:
    """Seconds that one websocket of mode proxy may stay open."""
    return LASTS_S * (1 - (1 - _SHORTEST) * secrets.randbelow(1000) / 1000)


def expiring(receive: Receive, lasts_s: float) -> Receive:
    """What receives messages, and raises TimeoutError after so many seconds."""
    end = asyncio.get_running_loop().time() + lasts_s

    async def before_the_end() -> Message:
        async with asyncio.timeout_at(end):
            message = await receive()
            # A flooding reader never waits, and would never be told that the time is over.
            await asyncio.sleep(0)
        return message

    return before_the_end


class MessageRate:
    """How fast the messages of one reader come."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        # When all that has come would have come at PER_S.
        self._until = 0.0

    def wait_s(self) -> float:
        """Count one message; how long it has to wait."""
        now = self._clock()
        self._until = max(self._until, now) + 1 / PER_S
        return max(0.0, self._until - now - MESSAGES / PER_S)


@dataclass(frozen=True)
class Allowance:
    """What a reader may have on one websocket: files, messages, runs."""

    files: Grants
    rate: MessageRate
    runs: Runs


class Sockets:
    """The websockets that are open in this process, and what their readers may use up."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()
        self._rates: defaultdict[str, MessageRate] = defaultdict(MessageRate)
        self._first = RunQueue(run_queue.FIRST_AT_ONCE)
        self._later = RunQueue(run_queue.AT_ONCE)

    @contextmanager
    def one(self, user: User) -> Iterator[str | None]:
        """Count one websocket of a reader while it is open; gives "full" where there are too many."""
        most = AT_ONCE if user == LOCAL else OF_ONE_READER
        full = self._open.total() >= AT_ONCE or self._open[user.name] >= most
        with nullcontext() if full else counted(user, self._open):
            yield "full" if full else None

    def allowance(self, user: User, files: Grants) -> Allowance:
        """What a reader may have on one more websocket; messages on all of them count together."""
        return Allowance(files, self._rates[user.name], Runs(user.name, self._first, self._later))


class GuardedWebsocket:
    """One open websocket. A message is taken only while its sender is still let in, and asks for no file but
    what the server has offered; else the websocket is closed. It waits where it comes too fast, or asks for a
    run out of turn. A page whose sign-in has ended is sent `session_expired` before. Where `receive` raises
    TimeoutError its time is over."""

    def __init__(
        self,
        receive: Receive,
        send: Send,
        let_in: Callable[[], Awaitable[bool]],
        allowed: Allowance,
        session_expired: bytes = b"",
    ) -> None:
        self._receive, self._send, self._let_in = receive, send, let_in
        self._allowed, self._session_expired = allowed, session_expired
        self._closed = False
        # The message that came while the one before it waited for its turn.
        self._next: asyncio.Future[Message] | None = None

    async def serve(self, app: ASGIApp, scope: Scope) -> None:
        """Let an app answer it, to its end."""
        try:
            await app(scope, self.receive, self.send)
        finally:
            self._allowed.runs.close()
            if self._next is not None:
                self._next.cancel()

    async def receive(self) -> Message:
        """The next message of the browser; its end where the sign-in or the time is over."""
        following, self._next = self._next, None
        try:
            message = await (following or self._receive())
        except TimeoutError:
            return await self._close(_GOING_AWAY)
        if message["type"] != "websocket.receive":
            return message
        if not await self._let_in():
            if self._session_expired:
                await self.send({"type": "websocket.send", "bytes": self._session_expired})
            return await self._close(_POLICY)
        data = message.get("bytes") or b""
        if len(data or message.get("text") or "") > LARGEST:
            return await self._close(_TOO_BIG)
        request = messages.from_browser(data)
        if request.file is not None and not self._allowed.files.allow(request.file):
            return await self._close(_POLICY)
        if (pause_s := self._allowed.rate.wait_s()) > 0:
            await asyncio.sleep(pause_s)
        return await self._in_turn(message) if request.run else message

    async def send(self, message: Message) -> None:
        """Pass on what the server says, until the connection was closed here."""
        if self._closed:
            return
        answer = messages.from_server(message.get("bytes") or b"")
        self._allowed.files.note(answer.files)
        if answer.run == "begun":
            self._allowed.runs.begun()
        elif answer.run == "ended":
            self._allowed.runs.ended()
        await self._send(message)

    async def _in_turn(self, message: Message) -> Message:
        """A message that asks for a run, when it is its turn; the end of the connection where that comes
        first."""
        turn = self._allowed.runs.ask()
        if turn.done():
            return message
        self._next = following = asyncio.ensure_future(self._receive())
        first: list[asyncio.Future[Any]] = [turn, following]
        await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        with suppress(TimeoutError):  # `receive` raises it again
            if not turn.done() and following.result()["type"] == "websocket.disconnect":
                return following.result()
        await turn
        return message

    async def _close(self, code: int) -> Message:
        self._closed = True
        await self._send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}


async def refuse(scope: Scope, answer: Response, send: Send) -> None:
    """Refuse a websocket before it opens, with an answer that says why where the server can send one."""
    if "websocket.http.response" not in scope.get("extensions", {}):
        await send({"type": "websocket.close", "code": _POLICY})
        return
    start = {"status": answer.status_code, "headers": answer.raw_headers}
    await send({"type": "websocket.http.response.start", **start})
    await send({"type": "websocket.http.response.body", "body": bytes(answer.body)})
