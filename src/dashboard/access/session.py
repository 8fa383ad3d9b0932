"""A sign-in, as the browser carries it: a signed cookie that lasts twelve hours and can be revoked.

Everything is kept in the folder `state`, so that all processes of one server agree: the key of the signatures
in `key`, one empty file for each sign-in that ended early in `revoked`. A second cookie remembers the names
that have signed in on a device, so that strangers who guess at a name cannot keep its owner waiting.

The server's clock may be wrong. Set back within ALLOWANCE_S it changes nothing. Set back further, sign-ins
that seem to lie in the future are refused, so their readers sign in again; a sign-in that had run out may be
taken again, for no longer than the clock went back. One that was revoked stays so, whichever way it goes.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
import secrets
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from itsdangerous import BadData, URLSafeTimedSerializer
from starlette.requests import HTTPConnection

from dashboard.settings import Settings

_LOG = logging.getLogger("dashboard")
LASTS_S = 12 * 60 * 60
# How far two clocks, or one clock before and after it was set, may differ.
ALLOWANCE_S = 5 * 60
KEY, REVOKED = "key", "revoked"
_COOKIE = "dashboard"
# Its time of change: what was signed before is over, since the files of sign-ins revoked then are gone.
_FLOOR = ".before"
DEVICE_LASTS_S = 180 * 24 * 60 * 60
_SESSION, _DEVICE = "session", "device"
# Names that one device remembers; the cookie stays small.
_MOST_NAMES = 5
# Cookies are at most 4 kB; longer ones are not looked at.
_LONGEST = 4096
_ID = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Session:
    """One sign-in: whose, its id, and the credential_version of the account when it was made."""

    name: str
    id: str
    credential_version: str


def issue(settings: Settings, name: str, credential_version: str) -> str:
    """The cookie's value for a new sign-in; makes the key on first use. OSError or ValueError where the key
    can be neither read nor written."""
    make_key(settings)
    return str(signer(settings, _SESSION).dumps([name, secrets.token_hex(16), credential_version]))


def make_key(settings: Settings) -> None:
    """Make the key of the signatures, unless there is one. OSError where it cannot be written."""
    folder = _state(settings)
    if not (folder / KEY).exists():
        _make_key(folder)


def read(settings: Settings, value: str) -> Session | None:
    """The sign-in of a cookie's value; None where it is forged, over, revoked or of another mode."""
    if len(value) > _LONGEST:
        return None
    try:
        content, signed = signer(settings, _SESSION).loads(value, return_timestamp=True)
    except (BadData, OSError, ValueError):
        return None
    if not _is_session(content):
        return None
    name, session_id, credential_version = content
    issued, now = signed.timestamp(), time.time()
    if not -ALLOWANCE_S <= now - issued < LASTS_S or _ended(_state(settings), session_id, issued):
        return None
    return Session(name, session_id, credential_version)


def sent(settings: Settings, connection: HTTPConnection) -> Session | None:
    """The sign-in that a request carries; None where it carries none, or two."""
    values = cookies(connection, named(settings, _COOKIE))
    return read(settings, values[0]) if len(values) == 1 else None


def cookies(connection: HTTPConnection, name: str) -> list[str]:
    """Every value that a request carries under one cookie's name."""
    parts = (part for line in connection.headers.getlist("cookie") for part in line.split(";"))
    pairs = (part.strip().partition("=") for part in parts)
    return [value for key, _, value in pairs if key == name]


def revoke(settings: Settings, session: Session) -> None:
    """End a sign-in for all processes. OSError where that cannot be written down."""
    folder = _state(settings) / REVOKED
    folder.mkdir(mode=0o700, exist_ok=True)
    file, now = folder / session.id, time.time()
    file.touch(0o600)
    # By the clock that dates the sign-ins, not by that of the disk.
    os.utime(file, (now, now))
    _prune(folder)


def end(settings: Settings, session: Session) -> None:
    """Revoke a sign-in; where that cannot be written down, the log says so; the browser forgets it."""
    try:
        revoke(settings, session)
    except OSError as error:
        _LOG.error("the sign-in %s of %s could not be revoked: %s", session.id, session.name, error)


def cookie(settings: Settings, value: str) -> str:
    """The header `Set-Cookie` that hands a sign-in to the browser."""
    return set_cookie(settings, named(settings, _COOKIE), value, LASTS_S)


def forget(settings: Settings) -> str:
    """The header `Set-Cookie` that takes the sign-in out of the browser."""
    return set_cookie(settings, named(settings, _COOKIE), "", 0)


def set_cookie(settings: Settings, name: str, value: str, lasts_s: int) -> str:
    """A header `Set-Cookie`: no script reads it, no form of another site sends it along."""
    secure = "; Secure" if settings.secure else ""
    return f"{name}={value}; Path=/; Max-Age={lasts_s}; HttpOnly; SameSite=Lax{secure}"


def signer(settings: Settings, purpose: str) -> URLSafeTimedSerializer:
    """What signs with the key, for one purpose and mode: nothing signed for another is taken. OSError or
    ValueError where there is no key."""
    path = _state(settings) / KEY
    status = path.stat()
    return _made(path, (status.st_mtime_ns, status.st_size, status.st_ino), f"{purpose}-{settings.mode}")


@lru_cache(maxsize=32)
def _made(path: Path, _state_of_file: tuple[int, int, int], salt: str) -> URLSafeTimedSerializer:
    key = path.read_text("ascii")
    if len(key) != 2 * hashlib.sha256().digest_size:
        raise ValueError(f"{path} is damaged: remove it, a new one is made (readers sign in again)")
    return URLSafeTimedSerializer(
        key, salt, signer_kwargs={"key_derivation": "hmac", "digest_method": hashlib.sha256}
    )


def _make_key(folder: Path) -> None:
    """Whole before it can be seen, and the first one stays: processes that start at once take the same."""
    part = folder / f".{KEY}.{secrets.token_hex(8)}"
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, secrets.token_hex(hashlib.sha256().digest_size).encode())
        os.fsync(file)
    finally:
        os.close(file)
    try:
        with suppress(FileExistsError):
            os.link(part, folder / KEY)
    finally:
        part.unlink()


def _is_session(content: object) -> bool:
    return (
        isinstance(content, list)
        and len(content) == 3
        and all(isinstance(part, str) for part in content)
        and _ID.fullmatch(content[1]) is not None
    )


def _ended(state: Path, session_id: str, issued: float) -> bool:
    """Whether a sign-in was revoked; also where that is not known."""
    folder = state / REVOKED
    try:
        return _changed_at(folder / session_id) is not None or issued <= (_changed_at(folder / _FLOOR) or 0)
    except OSError:
        return True


def _changed_at(file: Path) -> float | None:
    """The time of change of a file; None where there is none."""
    try:
        return file.stat().st_mtime
    except FileNotFoundError:
        return None


def _prune(folder: Path) -> None:
    """Remove the files of sign-ins that are over anyway, and remember up to when: a clock that was set ahead
    and back again revives none of them."""
    until = time.time() - LASTS_S - 2 * ALLOWANCE_S
    for file in folder.iterdir():
        changed = _changed_at(file)
        if _ID.fullmatch(file.name) and changed is not None and changed < until:
            _raise_floor(folder / _FLOOR, changed + ALLOWANCE_S)
            file.unlink(missing_ok=True)


def _raise_floor(floor: Path, moment: float) -> None:
    moment = max(moment, _changed_at(floor) or 0)
    # With its time before it can be seen: none of the sign-ins of today may seem over for a moment.
    part = floor.with_name(f"{_FLOOR}.{secrets.token_hex(8)}")
    part.touch(0o600)
    os.utime(part, (moment, moment))
    part.replace(floor)


def named(settings: Settings, name: str) -> str:
    """A cookie's name; behind TLS one that the browser takes from this host alone."""
    return f"__Host-{name}" if settings.secure else name


def _state(settings: Settings) -> Path:
    assert settings.state is not None
    return settings.state


@dataclass(frozen=True)
class TrustedDevice:
    """A browser: its id, and the names that have signed in there, latest first."""

    id: str
    names: tuple[str, ...]

    def known_to(self, name: str) -> str | None:
        """The id, where this name has signed in there."""
        return self.id if name in self.names else None


def trusted_device(settings: Settings, connection: HTTPConnection) -> TrustedDevice:
    """The device of a request; a new one where the cookie is missing, forged or too old."""
    values = cookies(connection, named(settings, f"{_COOKIE}-{_DEVICE}"))
    try:
        content = signer(settings, _DEVICE).loads(values[-1], max_age=DEVICE_LASTS_S) if values else None
    except (BadData, OSError, ValueError):
        content = None
    if not isinstance(content, list) or len(content) < 2:
        return TrustedDevice(secrets.token_hex(16), ())
    return TrustedDevice(str(content[0]), tuple(str(name) for name in content[1:]))


def remember(settings: Settings, known: TrustedDevice, name: str) -> str:
    """The header `Set-Cookie` by which a device remembers that a name has signed in there."""
    names = (name, *(other for other in known.names if other != name))[:_MOST_NAMES]
    value = signer(settings, _DEVICE).dumps([known.id, *names])
    return set_cookie(settings, named(settings, f"{_COOKIE}-{_DEVICE}"), str(value), DEVICE_LASTS_S)
