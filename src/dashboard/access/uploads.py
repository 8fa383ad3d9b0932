"""Files that readers hand in: only where publishing is on, only by editors, not too large, not too many."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext

from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection
from starlette.types import Message, Receive

from dashboard.access.user import User, counted
from dashboard.settings import Settings

# What `maxUploadSize` of .streamlit/config.toml allows, and the frame around the file.
LARGEST = 11 * 1024 * 1024
AT_ONCE = 3
# In memory at the same time, of all readers together: a process may take 1.5 GB (deploy/systemd).
MEMORY_LIMIT = 10 * LARGEST


class Uploads:
    """The uploads under way in this process; `memory_used` says how many bytes earlier ones take."""

    def __init__(self, memory_used: Callable[[], int]) -> None:
        self._memory_used = memory_used
        self._now: Counter[str] = Counter()

    @contextmanager
    def one(self, settings: Settings, user: User, connection: HTTPConnection) -> Iterator[str | None]:
        """Count one upload of a reader while it lasts; gives the reason if it is refused."""
        reason = self._refused(settings, user, connection)
        with nullcontext() if reason else counted(user, self._now):
            yield reason

    def _refused(self, settings: Settings, user: User, connection: HTTPConnection) -> str | None:
        if not (settings.publish and user.can_publish):
            return "upload"
        if connection.scope["method"] != "PUT":
            return None
        length = connection.headers.get("content-length", "")
        if not length.isdecimal():
            return "no_length"
        if int(length) > LARGEST:
            return "too_large"
        full = self._now[user.name] >= AT_ONCE or self._memory_used() + int(length) > MEMORY_LIMIT
        return "too_many" if full else None

    @staticmethod
    def measured(receive: Receive) -> Receive:
        """The body, cut off with an error as soon as it is larger than any file that is taken."""
        received = 0

        async def measure() -> Message:
            nonlocal received
            message = await receive()
            received += len(message.get("body", b""))
            if received > LARGEST:
                raise HTTPException(413)
            return message

        return measure
