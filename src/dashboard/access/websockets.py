"""Websockets behind the gate: how many, how large and fast their messages, how long they are let in."""

from __future__ import annotations

import asyncio
import time
from collections import Counter, deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from starlette.responses import Response
from starlette.types import Message, Receive, Scope, Send

from dashboard.access.media_grants import Grants
from dashboard.access.user import LOCAL, User, counted

# 100 people with five pages each, on one process while the other is away, and some to spare; an open page
# takes 0.1 to 0.3 MB. Of one reader: a name that a whole office shares.
AT_ONCE, OF_ONE_READER = 600, 40
LARGEST = 1024 * 1024
# So many messages in so many seconds is more than hands can do; after that one every so often.
MESSAGES, WITHIN_S, PAUSE_S = 60, 2.0, 0.1
_POLICY, _TOO_BIG = 1008, 1009


class Sockets:
    """The websockets that are open in this process."""

    def __init__(self) -> None:
        self._open: Counter[str] = Counter()

    @contextmanager
    def one(self, user: User) -> Iterator[str | None]:
        """Count one websocket of a reader while it is open; gives "full" where there are too many."""
        most = AT_ONCE if user == LOCAL else OF_ONE_READER
        full = self._open.total() >= AT_ONCE or self._open[user.name] >= most
        with nullcontext() if full else counted(user, self._open):
            yield "full" if full else None


class GuardedWebsocket:
    """One open websocket. A message is taken only while its sender is still let in, and asks for no file but
    those of `files`, which learns what the server offers; else the websocket is closed. A page whose sign-in
    has ended is sent `session_expired` before."""

    def __init__(
        self,
        receive: Receive,
        send: Send,
        let_in: Callable[[], bool],
        files: Grants,
        session_expired: bytes = b"",
    ) -> None:
        self._receive, self._send, self._let_in = receive, send, let_in
        self._files, self._session_expired = files, session_expired
        self._closed = False
        self._times: deque[float] = deque(maxlen=MESSAGES)

    async def receive(self) -> Message:
        """The next message of the browser; the end of the connection where the sign-in has ended."""
        message = await self._receive()
        if message["type"] != "websocket.receive":
            return message
        if not self._let_in():
            if self._session_expired:
                await self.send({"type": "websocket.send", "bytes": self._session_expired})
            return await self._close(_POLICY)
        if len(message.get("bytes") or message.get("text") or "") > LARGEST:
            return await self._close(_TOO_BIG)
        if not self._files.allow_message(message.get("bytes") or b""):
            return await self._close(_POLICY)
        await self._slow_down()
        return message

    async def send(self, message: Message) -> None:
        """Pass on what the server says, until the connection was closed here."""
        if self._closed:
            return
        self._files.note(message.get("bytes") or b"")
        await self._send(message)

    async def _slow_down(self) -> None:
        """Let who floods wait; the others do not notice."""
        now = time.monotonic()
        if len(self._times) == MESSAGES and now - self._times[0] < WITHIN_S:
            await asyncio.sleep(PAUSE_S)
        self._times.append(now)

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
