"""What every test of this folder begins with."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import postgresql
import pytest
from account_forms import PASSWORD
from argon2 import PasswordHasher
from gated import ADDRESS, browsers_of
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import settings
from dashboard.access import HEADER, accounts, passwords
from dashboard.access.account_authenticator import AccountAuthenticator
from dashboard.settings import Settings
from settings_files import with_accounts


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[PasswordHasher]:
    """Passwords are hashed in no time here; gives what hashes them in a running server."""
    real = passwords._HASHER
    passwords._of_nobody.cache_clear()
    monkeypatch.setattr(passwords, "_HASHER", PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    yield real
    passwords._of_nobody.cache_clear()


@pytest.fixture(scope="session")
def postgresql_url() -> Iterator[str]:
    """The database of a PostgreSQL server."""
    if postgresql.programs() is None:
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL is installed: CI must run the tests on it")
        pytest.skip("no PostgreSQL is installed (Debian: apt install postgresql)")
    with postgresql.cluster() as url:
        yield url


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.slow)])
def accounts_file(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """Settings in mode accounts with an empty database, once of each kind."""
    if request.param == "sqlite":
        return with_accounts(tmp_path)
    url = request.getfixturevalue("postgresql_url")
    postgresql.empty(url)
    return with_accounts(tmp_path, database_url=url)


@pytest.fixture
def here(accounts_file: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """A server in mode accounts, without one yet, named by the environment."""
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(accounts_file))
    return settings.read(accounts_file)


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The server's clock, in a list: the test sets it."""
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


@pytest.fixture
def browsers(here: Settings) -> Callable[..., TestClient]:
    """Makes browsers in front of one server in mode accounts, each with cookies of its own; `/who` gives the
    reader that was let in. Lan is a viewer of one commune, chi an editor."""
    accounts.add(here, "Lan", PASSWORD, "viewer", ("huong-son",))
    accounts.add(here, "chi", PASSWORD, "editor", None)

    async def who(request: Request) -> PlainTextResponse:
        return PlainTextResponse(request.headers[HEADER])

    make = browsers_of(AccountAuthenticator(here), [Route("/{path:path}", who)])

    def browser(address: str = "10.0.0.1") -> TestClient:
        return make(accept="text/html", origin=ADDRESS, **{"x-forwarded-for": address})

    return browser
