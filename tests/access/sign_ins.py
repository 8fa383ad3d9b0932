"""Accounts and sessions of mode accounts: of readers who are let in, and of every kind who are not."""

from __future__ import annotations

import time
from pathlib import Path
from unittest.mock import patch

from starlette.requests import HTTPConnection

from dashboard import settings
from dashboard.access import HEADER, User, accounts, sessions
from dashboard.settings import Settings
from settings_files import with_accounts

PASSWORD = "mot-mat-khau-dai"
HOUR = 60 * 60
ELSEWHERE = HTTPConnection({"type": "http", "headers": [], "client": ("10.0.0.1", 1)})
FORGED = User("local", "editor").to_header()
LET_IN = ("viewer", "editor", "of one commune", "viewer with a forged header")
KINDS = (
    "stranger",
    *LET_IN,
    "expired",
    "idle",
    "of the future",
    "signed out",
    "removed account",
    "changed password",
    "first password",
    "waits for a code",
    "forged cookie",
    "altered cookie",
    "session of another server",
    "cookie twice",
    "cookie of another name",
    "forged header",
    "header of a proxy",
    "foreign host",
)


def accounts_of(folder: Path, port: int) -> Path:
    """Settings with the accounts lan (viewer), chi (editor) and bà (one commune)."""
    file = with_accounts(folder, port)
    here = settings.read(file)
    accounts.add(here, "lan", PASSWORD, "viewer", None)
    accounts.add(here, "chi", PASSWORD, "editor", None)
    accounts.add(here, "bà", PASSWORD, "viewer", ("huong-son",))
    return file


def sent_by_kind(file: Path) -> dict[str, dict[str, str]]:
    """What each of KINDS sends to a server with these settings."""
    here = settings.read(file)
    assert here.state is not None
    viewer, removed, changed = issued(here, "lan"), _removed(here), _changed(here)
    other_server = accounts_of(_folder(here.state.parent / "other"), here.port)
    return {
        "stranger": {},
        "viewer": cookie(viewer),
        "editor": cookie(issued(here, "chi")),
        "of one commune": cookie(issued(here, "bà")),
        "viewer with a forged header": {**cookie(viewer), HEADER: FORGED},
        "expired": cookie(issued(here, "lan", -13 * HOUR)),
        "idle": cookie(issued(here, "lan", -3 * HOUR)),
        "of the future": cookie(issued(here, "lan", HOUR)),
        "signed out": cookie(_ended(here)),
        "removed account": cookie(removed),
        "changed password": cookie(changed),
        "first password": cookie(_first(here)),
        "waits for a code": cookie(issued(here, "chi", waits_for_code=True)),
        "forged cookie": cookie("WyJsYW4iLCIwIiwicyJd.x.y"),
        "altered cookie": cookie(("X" if viewer[0] != "X" else "Y") + viewer[1:]),
        "session of another server": cookie(issued(settings.read(other_server), "lan")),
        "cookie twice": {"Cookie": f"dashboard={viewer}; dashboard={viewer}"},
        "cookie of another name": {"Cookie": f"__Host-dashboard={viewer}"},
        "forged header": {HEADER: FORGED},
        "header of a proxy": {"X-Remote-User": "chi", "X-Forwarded-User": "chi"},
        "foreign host": {**cookie(viewer), "Host": "elsewhere.example"},
    }


def cookie(value: str) -> dict[str, str]:
    """The header that carries a sign-in."""
    return {"Cookie": f"a=b; dashboard={value}"}


def issued(here: Settings, name: str, later_s: float = 0, *, waits_for_code: bool = False) -> str:
    """The token of a session of an account as it is now, begun at another time."""
    account = accounts.known(here, name)
    with patch("time.time", return_value=time.time() + later_s):
        token = sessions.start(here, ELSEWHERE, account, waits_for_code=waits_for_code)
    assert token is not None
    return token


def _folder(path: Path) -> Path:
    path.mkdir()
    return path


def _ended(here: Settings) -> str:
    token = issued(here, "lan")
    sessions.end(here, sessions.digest(token))
    return token


def _removed(here: Settings) -> str:
    accounts.add(here, "gone", PASSWORD, "editor", None)
    token = issued(here, "gone")
    accounts.remove(here, "gone")
    return token


def _changed(here: Settings) -> str:
    token = issued(here, "chi")
    accounts.set_password(here, "chi", PASSWORD + "2")
    accounts.set_password(here, "chi", PASSWORD)
    return token


def _first(here: Settings) -> str:
    accounts.add(here, "new", PASSWORD, "editor", None, must_change=True)
    return issued(here, "new")
