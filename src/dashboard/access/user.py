"""Who is asking: the reader behind a request, as an authenticator found out and the pages may know."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Protocol

from starlette.requests import HTTPConnection
from starlette.routing import BaseRoute

from dashboard.settings import Role

SIGN_IN, SIGN_OUT = "/dang-nhap", "/dang-xuat"
# The page on which readers change their password and see their sessions.
ACCOUNT = f"{SIGN_IN}/tai-khoan"
# Set by the gate on every request it lets through, and taken off every request that comes in.
HEADER = "x-dashboard-reader"
# The reader's address, for the audit log; a header of its own, since it may change while a session goes on.
ADDRESS_HEADER = "x-dashboard-address"


@dataclass(frozen=True)
class User:
    """A person who was let in.

    `communes` are the ids this reader may see (None = all). `session` is the id of the sign-in, blank where
    the mode has none (local, proxy).
    """

    name: str
    role: Role
    communes: tuple[str, ...] | None = None
    session: str = ""

    @property
    def can_publish(self) -> bool:
        """Whether this reader may hand in and publish data: editors who see every commune."""
        return self.role == "editor" and self.communes is None

    def to_header(self) -> str:
        """The value of the header that carries this reader to the pages; ASCII."""
        return urlsafe_b64encode(json.dumps(asdict(self)).encode()).decode()

    @classmethod
    def from_header(cls, value: str) -> User:
        """The reader that the gate wrote into the header."""
        table = json.loads(urlsafe_b64decode(value))
        communes = table.pop("communes")
        return cls(**table, communes=None if communes is None else tuple(communes))


# The person at the computer on which a server in mode local runs.
LOCAL = User("local", "editor")


class Authenticator(Protocol):
    """One way of finding out who asks. The middleware knows no other."""

    @property
    def routes(self) -> Sequence[BaseRoute]:
        """Its own pages, the only ones beside the health routes that are open to strangers."""
        ...

    async def user(self, connection: HTTPConnection) -> User | None:
        """Who asks; None = a stranger. Called for every request and every message of a websocket, so it is
        cheap; a session that was ended, or an account that was changed, on any server, it sees within a
        second."""
        ...


@contextmanager
def counted(user: User, under_way: Counter[str]) -> Iterator[None]:
    """Count one thing of a reader while it lasts, by name."""
    under_way[user.name] += 1
    try:
        yield
    finally:
        under_way[user.name] -= 1
        under_way += Counter()  # without the names that have none
