"""Sessions: who is signed in, from when to when.

The browser carries a random token in a cookie; the database has its digest. A session is there or it is over:
signing out, another password and a removed account delete it. It lasts twelve hours, and ends before where
nothing is done for as long as the settings say. A server's clock that is set back by more than ALLOWANCE_S
ends the sessions that seem to lie in the future.
"""

from __future__ import annotations

import hashlib
import re
import secrets
import time
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete, select, update
from starlette.requests import HTTPConnection

from dashboard.access import cookies, requests
from dashboard.access.accounts import Account
from dashboard.access.database import accounts, database, sessions
from dashboard.settings import Settings
from dashboard.text import Text

LASTS_S = 12 * 60 * 60
# Between the password and the code of the second step.
CODE_LASTS_S = 5 * 60
# How far the clocks of two servers, or one clock before and after it was set, may differ.
ALLOWANCE_S = 5 * 60
_COOKIE = "dashboard"
_TOKEN = re.compile(r"[0-9A-Za-z_-]{43}")
# When a session was last seen is written down no more often.
_SEEN_EVERY_S = 60
# Of one account, since a name may be a whole office's; beyond, those begun longest ago are over. Those that
# wait for a code are counted apart: a person who knows the password alone ends no other.
_MOST = 100
# Of what browsers call themselves: the first that is found counts, as each also names those after it.
_BROWSERS = {"Edg": "Edge", "OPR": "Opera", "coc_coc": "Cốc Cốc", "Firefox": "Firefox"}
_BROWSERS |= {"Chrome": "Chrome", "Safari": "Safari"}
_SYSTEMS = {"Android": "Android", "iPhone": "iPhone", "iPad": "iPad", "Windows": "Windows"}
_SYSTEMS |= {"Mac OS": "macOS", "Linux": "Linux"}


@dataclass(frozen=True)
class Session:
    """One sign-in: of which account (`key`), when it began and was last seen (Unix seconds), from which
    address and browser. One that `waits_for_code` lets no reader in yet."""

    id: str
    key: str
    waits_for_code: bool
    started: float
    seen: float
    address: str
    browser: str

    def moments(self, words: Text) -> dict[str, str]:
        """When it `started` and was last `seen`, as this computer's clock says it."""
        moments = {name: datetime.fromtimestamp(getattr(self, name)) for name in ("started", "seen")}
        return {
            name: words("store.when", time=f"{when:%H:%M}", date=words.date(when.date().isoformat()))
            for name, when in moments.items()
        }


def start(
    settings: Settings, connection: HTTPConnection, account: Account, *, waits_for_code: bool = False
) -> str | None:
    """Begin a session in place of the one that the request carries; gives the token for the cookie. None
    where the account is not as it was any more."""
    token, now, before = secrets.token_urlsafe(32), time.time(), token_of(settings, connection)
    row = Session(
        digest(token),
        account.key,
        waits_for_code,
        now,
        now,
        requests.address(settings, connection),
        _browser(connection.headers.get("user-agent", "")),
    )
    with database(settings).writing() as state:
        stored = select(accounts.c.hash, accounts.c.totp_secret).where(accounts.c.key == account.key)
        if state.execute(stored).first() != (account.hash, account.totp_secret):
            return None
        idle = sessions.c.seen < now - settings.idle_minutes * 60 - ALLOWANCE_S
        over = idle | (sessions.c.started < now - LASTS_S - ALLOWANCE_S)
        state.execute(delete(sessions).where(over | (sessions.c.id == digest(before or ""))))
        state.execute(sessions.insert().values(**vars(row)))
        alike = (sessions.c.key == account.key) & (sessions.c.waits_for_code == waits_for_code)
        latest = select(sessions.c.id).where(alike).order_by(sessions.c.started.desc()).limit(_MOST)
        state.execute(delete(sessions).where(alike & sessions.c.id.not_in(latest)))
    return token


def find(settings: Settings, token: str) -> tuple[Session, Account] | None:
    """The session of a token, with its account; None where there is none, or it is over."""
    now = time.time()
    with database(settings).reading() as state:
        whole = select(sessions, accounts).join(accounts, accounts.c.key == sessions.c.key)
        row = state.execute(whole.where(sessions.c.id == digest(token))).first()
    if row is None:
        return None
    table = row._mapping
    session = Session(**{column.name: table[column] for column in sessions.c})
    lasts_s = CODE_LASTS_S if session.waits_for_code else LASTS_S
    if not -ALLOWANCE_S <= now - session.started < lasts_s:
        return None
    if now - session.seen >= settings.idle_minutes * 60:
        return None
    return session, Account(**{column.name: table[column] for column in accounts.c})


def touch(settings: Settings, session: Session) -> None:
    """Write down that a session is seen now, unless that was done just before."""
    now = time.time()
    if now - session.seen >= _SEEN_EVERY_S:
        with database(settings).writing() as state:
            state.execute(update(sessions).where(sessions.c.id == session.id).values(seen=now))


def all_of(settings: Settings, key: str | None = None) -> list[Session]:
    """The sessions of an account, or of all, latest seen first; without those that wait for a code."""
    now = time.time()
    current = (sessions.c.started > now - LASTS_S) & (sessions.c.seen > now - settings.idle_minutes * 60)
    rows = select(sessions).where(current & ~sessions.c.waits_for_code).order_by(sessions.c.seen.desc())
    with database(settings).reading() as state:
        result = state.execute(rows if key is None else rows.where(sessions.c.key == key))
        return [Session(**row._mapping) for row in result]


def end(settings: Settings, session_id: str, key: str | None = None) -> None:
    """End one session, on every server; with a key only where it is of that account."""
    chosen = sessions.c.id == session_id
    with database(settings).writing() as state:
        state.execute(delete(sessions).where(chosen if key is None else chosen & (sessions.c.key == key)))


def end_all(settings: Settings, key: str, but: str = "") -> int:
    """End the sessions of an account, except one; how many there were."""
    with database(settings).writing() as state:
        chosen = (sessions.c.key == key) & (sessions.c.id != but)
        return state.execute(delete(sessions).where(chosen)).rowcount


def digest(token: str) -> str:
    """What the database has in place of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def token_of(settings: Settings, connection: HTTPConnection) -> str | None:
    """The token that a request carries; None where it carries none, two, or what cannot be one."""
    token = cookies.read(settings, connection, _COOKIE)
    return token if token is not None and _TOKEN.fullmatch(token) else None


def cookie(settings: Settings, token: str) -> str:
    """The header `Set-Cookie` that hands a session to the browser."""
    return cookies.write(settings, _COOKIE, token, LASTS_S)


def forget(settings: Settings) -> str:
    """The header `Set-Cookie` that takes the session out of the browser."""
    return cookies.write(settings, _COOKIE, "", 0)


def _browser(agent: str) -> str:
    """Browser and system as a reader knows them, from what the browser calls itself; "" where unknown."""
    parts = (
        next((name for sign, name in names.items() if sign in agent), "") for names in (_BROWSERS, _SYSTEMS)
    )
    return " · ".join(part for part in parts if part)
