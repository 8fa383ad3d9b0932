"""Accounts and cookies of mode accounts: of readers who are let in, and of every kind who are not."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from unittest.mock import patch

from settings_files import with_accounts, with_provider

from dashboard import settings
from dashboard.access import HEADER, User, accounts, session
from dashboard.settings import Settings

PASSWORD = "mot-mat-khau-dai"
HOUR = 60 * 60
FORGED = User("local", "editor").to_header()
LET_IN = ("viewer", "editor", "of one commune", "viewer with a forged header")
KINDS = (
    "stranger",
    *LET_IN,
    "expired",
    "of the future",
    "revoked",
    "removed account",
    "changed password",
    "no such account",
    "forged cookie",
    "altered cookie",
    "cookie signed by another key",
    "cookie of another mode",
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
    (here.state.parent / "other").mkdir()
    viewer, gone, changed = issued(here, "lan"), _removed(here), _changed(here)
    return {
        "stranger": {},
        "viewer": cookie(viewer),
        "editor": cookie(issued(here, "chi")),
        "of one commune": cookie(issued(here, "bà")),
        "viewer with a forged header": {**cookie(viewer), HEADER: FORGED},
        "expired": cookie(issued(here, "lan", -13 * HOUR)),
        "of the future": cookie(issued(here, "lan", HOUR)),
        "revoked": cookie(_revoked(here)),
        "removed account": cookie(gone),
        "changed password": cookie(changed),
        "no such account": cookie(session.issue(here, "ai", "")),
        "forged cookie": cookie("WyJsYW4iLCIwIiwicyJd.x.y"),
        "altered cookie": cookie("X" + viewer[1:]),
        "cookie signed by another key": cookie(
            session.issue(
                replace(here, state=here.state.parent / "other"), "lan", _credential_version(here, "lan")
            )
        ),
        "cookie of another mode": cookie(
            session.issue(replace(here, mode="oidc"), "lan", _credential_version(here, "lan"))
        ),
        "cookie twice": {"Cookie": f"dashboard={viewer}; dashboard={viewer}"},
        "cookie of another name": {"Cookie": f"__Host-dashboard={viewer}"},
        "forged header": {HEADER: FORGED},
        "header of a proxy": {"X-Remote-User": "chi", "X-Forwarded-User": "chi"},
        "foreign host": {**cookie(viewer), "Host": "elsewhere.example"},
    }


def cookie(value: str) -> dict[str, str]:
    """The header that carries a sign-in."""
    return {"Cookie": f"a=b; dashboard={value}"}


def issued(here: Settings, name: str, later_s: float = 0) -> str:
    """A sign-in of an account as it is now, at another time."""
    with patch("time.time", return_value=time.time() + later_s):
        return session.issue(here, name, _credential_version(here, name))


def _credential_version(here: Settings, name: str) -> str:
    return accounts.known(here, name).credential_version


def _revoked(here: Settings) -> str:
    value = issued(here, "lan")
    found = session.read(here, value)
    assert found is not None
    session.revoke(here, found)
    return value


def _removed(here: Settings) -> str:
    accounts.add(here, "gone", PASSWORD, "editor", None)
    value = issued(here, "gone")
    accounts.remove(here, "gone")
    return value


def _changed(here: Settings) -> str:
    value = issued(here, "chi")
    accounts.set_password(here, "chi", PASSWORD + "2")
    accounts.set_password(here, "chi", PASSWORD)
    return value


ISSUER = "http://127.0.0.1:9"
OIDC_LET_IN = ("viewer", "editor", "of a group, one commune", "viewer with a forged header")
OIDC_KINDS = (
    "stranger",
    *OIDC_LET_IN,
    "expired",
    "revoked",
    "no longer listed",
    "of a group no longer listed",
    "of another provider",
    "cookie of another mode",
    "forged cookie",
    "cookie of the way to the provider",
    "forged header",
    "foreign host",
)


def sent_by_oidc_kind(folder: Path, port: int) -> tuple[Path, dict[str, dict[str, str]]]:
    """Settings in mode oidc, and what each of OIDC_KINDS sends to a server with them."""
    file = with_provider(folder, ISSUER, port)
    here = settings.read(file)

    def stamped(credential_version: str, *, later_s: float = 0, issuer: str = ISSUER) -> str:
        with patch("time.time", return_value=time.time() + later_s):
            return session.issue(here, "reader", f"{credential_version} {issuer}")

    viewer, gone = stamped("name Lan@huyen.example"), stamped("name Lan@huyen.example")
    found = session.read(here, gone)
    assert found is not None
    session.revoke(here, found)
    waiting = str(
        session.signer(here, "oidc").dumps(["reader", "0" * 32, f"name Lan@huyen.example {ISSUER}"])
    )
    other_mode = replace(here, mode="accounts")
    return file, {
        "stranger": {},
        "viewer": cookie(viewer),
        "editor": cookie(stamped("name chi@huyen.example")),
        "of a group, one commune": cookie(stamped("group xa-huong-son")),
        "viewer with a forged header": {**cookie(viewer), HEADER: FORGED},
        "expired": cookie(stamped("name Lan@huyen.example", later_s=-13 * HOUR)),
        "revoked": cookie(gone),
        "no longer listed": cookie(stamped("name ai@huyen.example")),
        "of a group no longer listed": cookie(stamped("group lan@huyen.example")),
        "of another provider": cookie(stamped("name Lan@huyen.example", issuer="http://127.0.0.1:10")),
        "cookie of another mode": cookie(
            session.issue(other_mode, "reader", f"name Lan@huyen.example {ISSUER}")
        ),
        "forged cookie": cookie("X" + viewer[1:]),
        "cookie of the way to the provider": cookie(waiting),
        "forged header": {HEADER: FORGED},
        "foreign host": {**cookie(viewer), "Host": "elsewhere.example"},
    }
