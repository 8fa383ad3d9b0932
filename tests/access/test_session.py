"""Sign-ins as cookies: which are taken, when they end, and that processes agree."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import replace

import pytest
from settings_files import with_accounts
from starlette.requests import HTTPConnection

from dashboard import settings
from dashboard.access import session
from dashboard.settings import Settings

HOUR = 60 * 60


@pytest.fixture
def here(tmp_path) -> Settings:
    return settings.read(with_accounts(tmp_path))


@pytest.fixture
def clock(monkeypatch) -> list[float]:
    """The server's clock, in a list: the test sets it."""
    now = [time.time()]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


def asking(*cookies: str) -> HTTPConnection:
    headers = [(b"cookie", cookie.encode("latin-1")) for cookie in cookies]
    return HTTPConnection({"type": "http", "headers": headers})


def taken(here: Settings, value: str) -> session.Session:
    found = session.read(here, value)
    assert found is not None
    return found


@pytest.mark.parametrize(
    "forged", ["", "x", "a.b.c", "é", "\x00", "." * 5000, '["lan","' + "0" * 32 + '","s"]', "e30.e30.e30"]
)
def test_what_was_not_issued_is_not_taken(here, forged):
    session.issue(here, "lan", "s")
    assert session.read(here, forged) is None


def test_no_letter_of_a_sign_in_may_be_another(here):
    value = session.issue(here, "lan", "s")
    assert taken(here, value)
    others = {
        value[:at] + ("A" if value[at] != "A" else "B") + value[at + 1 :] for at in range(len(value) - 1)
    }
    assert [other for other in others if session.read(here, other) is not None] == []


def test_a_sign_in_of_another_mode_or_purpose_is_not_taken(here):
    assert session.read(replace(here, mode="oidc"), session.issue(here, "lan", "s")) is None
    value = session.signer(here, "device").dumps(["lan", "0" * 32, "s"])
    assert session.read(here, str(value)) is None


def test_something_else_signed_with_the_key_is_no_sign_in(here):
    session.issue(here, "lan", "s")
    for value in ({}, "x", ["lan"], ["lan", "../../x", "s"], ["lan", 1, "s"], [None, "0" * 32, "s"]):
        assert session.read(here, str(session.signer(here, "session").dumps(value))) is None


def test_it_lasts_twelve_hours(here, clock):
    value = session.issue(here, "lan", "s")
    clock[0] += 12 * HOUR - 2
    assert taken(here, value)
    clock[0] += 3
    assert session.read(here, value) is None


def test_a_clock_set_back_a_little_ends_nothing_and_a_lot_refuses_the_future(here, clock):
    value = session.issue(here, "lan", "s")
    clock[0] -= 4 * 60
    assert taken(here, value)
    clock[0] -= 2 * 60
    assert session.read(here, value) is None


def test_signing_out_ends_one_sign_in_and_no_other(here):
    first, second = session.issue(here, "lan", "s"), session.issue(here, "lan", "s")
    session.revoke(here, taken(here, first))
    assert session.read(here, first) is None
    assert taken(here, second)


def test_files_of_revoked_sign_ins_go_when_these_are_over_anyway(here, clock):
    old, new = (taken(here, session.issue(here, name, "s")) for name in ("lan", "chi"))
    session.revoke(here, old)
    clock[0] += 13 * HOUR
    session.revoke(here, new)
    kept = {file.name for file in (here.state / session.REVOKED).iterdir() if not file.name.startswith(".")}
    assert kept == {new.id}


def test_a_clock_set_ahead_and_back_revives_no_revoked_sign_in(here, clock):
    value = session.issue(here, "lan", "s")
    session.revoke(here, taken(here, value))
    clock[0] += 24 * 365 * HOUR
    session.revoke(here, session.Session("chi", "0" * 32, "s"))
    clock[0] -= 24 * 365 * HOUR
    assert session.read(here, value) is None
    clock[0] += HOUR
    assert taken(here, session.issue(here, "lan", "s"))


def test_where_it_cannot_be_found_out_nobody_is_let_in(here):
    value = session.issue(here, "lan", "s")
    (here.state / session.REVOKED).write_text("no folder")
    assert session.read(here, value) is None


def test_a_cookie_sent_twice_is_not_taken(here):
    value = session.issue(here, "lan", "s")
    assert session.sent(here, asking(f"a=b; dashboard={value}"))
    assert session.sent(here, asking("a=b")) is None
    assert session.sent(here, asking(f"dashboard={value}; dashboard={value}")) is None
    assert session.sent(here, asking(f"dashboard={value}", "dashboard=x")) is None


def test_behind_tls_the_cookie_is_of_this_host_and_never_sent_in_the_clear(tmp_path):
    here = settings.read(with_accounts(tmp_path, scheme="https"))
    value = session.issue(here, "lan", "s")
    said = session.cookie(here, value).split("; ")
    assert said[0] == f"__Host-dashboard={value}"
    assert set(said[1:]) == {"Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Lax", "Secure"}
    assert session.sent(here, asking(f"dashboard={value}")) is None
    assert session.sent(here, asking(f"__Host-dashboard={value}"))


def test_the_browser_forgets_it(here):
    assert session.forget(here).startswith("dashboard=; Path=/; Max-Age=0;")


def test_the_key_is_for_the_service_alone(here):
    session.issue(here, "lan", "s")
    assert (here.state / session.KEY).stat().st_mode & 0o777 == 0o600
    assert [file.name for file in here.state.iterdir()] == [session.KEY]


def test_a_damaged_key_lets_nobody_in_and_is_named(here):
    value = session.issue(here, "lan", "s")
    (here.state / session.KEY).write_text("")
    assert session.read(here, value) is None
    with pytest.raises(ValueError, match="key is damaged"):
        session.issue(here, "lan", "s")


ISSUE = """
import sys
from pathlib import Path
from dashboard import settings
from dashboard.access import session
here = settings.read(Path(sys.argv[1]))
sys.stdin.readline()
print(session.issue(here, "lan", "s"))
"""


def test_processes_that_start_at_once_take_one_key(here):
    command = [sys.executable, "-c", ISSUE, str(here.source)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
    started = [subprocess.Popen(command, **pipes) for _ in range(4)]
    for process in started:
        process.stdin.write("\n")
        process.stdin.flush()
    values = [process.communicate(timeout=60)[0].strip() for process in started]
    assert [session.read(here, value) is not None for value in values] == [True] * 4
