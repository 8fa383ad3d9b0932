"""Sessions: which cookies are taken, when they end, and that servers agree."""

from __future__ import annotations

import pytest
from sqlalchemy import select
from starlette.requests import HTTPConnection

from dashboard import settings
from dashboard.access import accounts, sessions, totp
from dashboard.access.database import database
from dashboard.access.database import sessions as table
from dashboard.settings import Settings
from settings_files import with_accounts

MINUTE, HOUR = 60, 60 * 60
FIREFOX = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def lan(here) -> accounts.Account:
    return accounts.add(here, "Lan", "mot-mat-khau-dai", "viewer", None)


def asking(*cookies: str, address: str = "10.0.0.1", agent: str = "") -> HTTPConnection:
    headers = [(b"cookie", cookie.encode("latin-1")) for cookie in cookies]
    headers.append((b"user-agent", agent.encode()))
    return HTTPConnection({"type": "http", "headers": headers, "client": (address, 1)})


def started(here: Settings, account: accounts.Account, connection: HTTPConnection | None = None) -> str:
    token = sessions.start(here, connection or asking(), account)
    assert token is not None
    return token


def test_a_session_is_found_by_its_token_with_its_account(here, lan):
    token = started(here, lan, asking(agent=FIREFOX))
    session, account = sessions.find(here, token)
    assert account == lan
    assert (session.key, session.address, session.browser) == ("lan", "10.0.0.1", "Firefox · Windows")


def test_the_database_does_not_hold_what_the_cookie_carries(tmp_path):
    here = settings.read(with_accounts(tmp_path))
    token = started(here, accounts.add(here, "lan", "mot-mat-khau-dai", "viewer", None))
    assert token.encode() not in b"".join(file.read_bytes() for file in here.state.iterdir())


def test_it_lasts_twelve_hours_however_much_is_done(here, lan, clock):
    token = started(here, lan)
    for _ in range(11):
        clock[0] += HOUR
        sessions.touch(here, sessions.find(here, token)[0])
    clock[0] += HOUR - 1
    assert sessions.find(here, token)
    clock[0] += 2
    assert sessions.find(here, token) is None


def test_who_does_nothing_for_two_hours_is_out(here, lan, clock):
    token = started(here, lan)
    clock[0] += 119 * MINUTE
    session, _ = sessions.find(here, token)
    sessions.touch(here, session)
    clock[0] += 119 * MINUTE
    assert sessions.find(here, token)
    clock[0] += 2 * MINUTE
    assert sessions.find(here, token) is None


def test_what_is_kept_of_a_session_that_is_over_goes_when_somebody_signs_in(here, lan, clock):
    over = started(here, lan)
    clock[0] += 2 * HOUR + 6 * MINUTE
    current = started(here, lan)
    with database(here).reading() as state:
        stored = set(state.execute(select(table.c.id)).scalars())
    assert stored == {sessions.digest(current)} != {sessions.digest(over)}


def test_the_settings_say_after_how_long(tmp_path, clock):
    file = with_accounts(tmp_path)
    file.write_text(file.read_text("utf-8") + "\nidle_minutes = 15\n", "utf-8")
    here = settings.read(file)
    token = started(here, accounts.add(here, "lan", "mot-mat-khau-dai", "viewer", None))
    clock[0] += 16 * MINUTE
    assert sessions.find(here, token) is None


def test_one_that_waits_for_a_code_lasts_five_minutes(here, lan, clock):
    token = sessions.start(here, asking(), lan, waits_for_code=True)
    assert sessions.find(here, token)[0].waits_for_code
    clock[0] += 5 * MINUTE + 1
    assert sessions.find(here, token) is None


def test_a_clock_set_back_a_little_ends_nothing_and_a_lot_refuses_the_future(here, lan, clock):
    token = started(here, lan)
    clock[0] -= 4 * MINUTE
    assert sessions.find(here, token)
    clock[0] -= 2 * MINUTE
    assert sessions.find(here, token) is None


def test_a_clock_set_ahead_and_back_revives_no_session_that_was_ended(here, lan, clock):
    token = started(here, lan)
    sessions.end(here, sessions.find(here, token)[0].id)
    clock[0] += 24 * 365 * HOUR
    started(here, lan)
    clock[0] -= 24 * 365 * HOUR
    assert sessions.find(here, token) is None


def test_the_list_has_those_that_are_not_over_latest_seen_first(here, lan, clock):
    chi = accounts.add(here, "chi", "mot-mat-khau-dai", "viewer", None)
    started(here, lan)
    clock[0] += 3 * HOUR
    second = started(here, lan)
    clock[0] += MINUTE
    third = started(here, chi)
    digests = [sessions.digest(token) for token in (third, second)]
    assert [session.id for session in sessions.all_of(here)] == digests
    assert [session.id for session in sessions.all_of(here, "lan")] == digests[1:]


def test_no_session_begins_with_a_password_that_was_changed_meanwhile(here, lan):
    accounts.set_password(here, "lan", "một mật khẩu khác")
    assert sessions.start(here, asking(), lan) is None


def test_no_session_begins_without_the_second_step_that_was_turned_on_meanwhile(here, lan):
    accounts.set_totp(here, "lan", totp.new_secret())
    assert sessions.start(here, asking(), lan) is None


def test_an_account_has_so_many_sessions_and_the_earliest_are_over(here, lan, clock):
    chi = accounts.add(here, "chi", "mot-mat-khau-dai", "viewer", None)
    tokens = [started(here, chi)]
    for _ in range(102):
        clock[0] += 1
        tokens.append(started(here, lan))
    there = [sessions.find(here, token) is not None for token in tokens]
    assert there == [True, False, False, *[True] * 100]


def test_who_knows_the_password_alone_ends_no_session_and_is_in_no_list(here, lan, clock):
    token = started(here, lan)
    for _ in range(101):
        clock[0] += 1
        sessions.start(here, asking(), lan, waits_for_code=True)
    assert sessions.find(here, token)
    assert [session.id for session in sessions.all_of(here, "lan")] == [sessions.digest(token)]


@pytest.mark.parametrize("value", ["", "x", "é", "a" * 44, "a" * 42 + "!", '["lan"]', "a.b.c"])
def test_what_cannot_be_a_token_is_not_looked_up(here, value):
    assert sessions.token_of(here, asking(f"dashboard={value}")) is None


def test_a_cookie_sent_twice_is_not_taken(here, lan):
    token = started(here, lan)
    assert sessions.token_of(here, asking(f"a=b; dashboard={token}")) == token
    assert sessions.token_of(here, asking("a=b")) is None
    assert sessions.token_of(here, asking(f"dashboard={token}; dashboard={token}")) is None
    assert sessions.token_of(here, asking(f"dashboard={token}", "dashboard=x")) is None


def test_behind_tls_the_cookie_is_of_this_host_and_never_sent_in_the_clear(tmp_path):
    here = settings.read(with_accounts(tmp_path, scheme="https"))
    token = "a" * 43
    parts = sessions.cookie(here, token).split("; ")
    assert parts[0] == f"__Host-dashboard={token}"
    assert set(parts[1:]) == {"Path=/", "Max-Age=43200", "HttpOnly", "SameSite=Lax", "Secure"}
    assert sessions.token_of(here, asking(f"dashboard={token}")) is None
    assert sessions.token_of(here, asking(f"__Host-dashboard={token}")) == token


def test_the_browser_forgets_it(here):
    assert sessions.forget(here).startswith("dashboard=; Path=/; Max-Age=0;")
