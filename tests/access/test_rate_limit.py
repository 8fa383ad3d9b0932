"""How often a sign-in may be tried, and that a stranger keeps no other reader from trying."""

from __future__ import annotations

import pytest
from sqlalchemy import func, select

from dashboard.access import rate_limit
from dashboard.access.database import database, rate_limits, trusted_places
from dashboard.access.rate_limit import Attempt


@pytest.fixture(autouse=True)
def now(clock) -> list[float]:
    """The clock, which stands still unless the test sets it."""
    return clock


def tried(here, attempt: Attempt, times: int) -> int:
    """How many of so many attempts in one moment were let through."""
    return sum(rate_limit.take(here, attempt) == 0 for _ in range(times))


def of(key: str, address: str, device: str = "new") -> Attempt:
    return Attempt(key, address, device)


def test_one_address_has_one_budget_for_all_names(here):
    assert sum(rate_limit.take(here, of(f"name {n}", "10.0.0.1")) == 0 for n in range(40)) == 20


def test_a_stranger_at_work_all_night_keeps_nobody_elsewhere_waiting(here, now):
    for _ in range(400):
        now[0] += 20
        tried(here, of("lan", "10.0.0.66"), 2)
    assert rate_limit.take(here, of("lan", "10.0.0.1")) == 0


def test_many_addresses_together_are_slow_too(here, now):
    let_through = 0
    for n in range(120):
        now[0] += 10
        let_through += sum(tried(here, of("lan", f"10.{part}.0.{n}"), 1) for part in range(3))
    assert let_through <= 120 + 30


def test_where_the_name_has_signed_in_before_strangers_use_nothing_up(here):
    # 45 addresses, as an attacker had them who kept an owner out.
    rate_limit.succeeded(here, of("lan", "10.1.0.1", "own laptop"))
    for n in range(45):
        tried(here, of("lan", f"10.0.0.{n}"), 2)
    assert rate_limit.take(here, of("lan", "10.2.0.1")) > 0
    assert tried(here, of("lan", "10.0.0.1", "own laptop"), 20) == 10
    assert rate_limit.take(here, of("lan", "10.1.0.1", "another device in the office")) == 0


def test_so_many_places_are_remembered_and_those_of_long_ago_are_forgotten(here, now):
    for n in range(300):
        now[0] += 1
        rate_limit.succeeded(here, of("lan", "10.1.0.1", f"device {n}"))
    with database(here).reading() as state:
        places = set(state.execute(select(trusted_places.c.place)).scalars())
    assert len(places) == 200
    assert of("lan", "10.1.0.1", "device 299").places()[0] in places
    assert of("lan", "10.1.0.1", "device 0").places()[0] not in places


def test_places_of_one_name_are_of_no_use_for_another(here):
    rate_limit.succeeded(here, of("lan", "10.1.0.1", "laptop"))
    for n in range(45):
        tried(here, of("chi", f"10.0.0.{n}"), 2)
    assert rate_limit.take(here, of("chi", "10.1.0.1", "laptop")) > 0


def test_a_place_is_forgotten_after_half_a_year(here, now):
    rate_limit.succeeded(here, of("lan", "10.1.0.1", "laptop"))
    now[0] += rate_limit.TRUSTED_S + 1
    for n in range(45):
        tried(here, of("lan", f"10.0.0.{n}"), 2)
    assert rate_limit.take(here, of("lan", "10.1.0.1", "laptop")) > 0


def test_the_wait_is_never_long(here, now):
    waits = []
    for n in range(300):
        now[0] += 1
        waits.append(rate_limit.take(here, of("lan", f"10.0.{n % 50}.1")))
        waits.append(rate_limit.take(here, of("lan", "10.0.0.1")))
    assert 0 < max(waits) <= 30


def test_a_right_password_costs_nothing(here):
    attempt = of("lan", "10.0.0.1", "laptop")
    for _ in range(30):
        assert rate_limit.take(here, attempt) == 0
        rate_limit.succeeded(here, attempt)
    assert tried(here, attempt, 30) == 10


def test_codes_have_a_budget_of_their_own_over_all_addresses(here):
    codes = [Attempt("lan", f"10.0.0.{n}", "x", code=True) for n in range(40)]
    assert sum(rate_limit.take(here, attempt) == 0 for attempt in codes) == 10
    assert rate_limit.take(here, of("lan", "10.0.0.1")) == 0


def test_the_addresses_of_one_network_of_version_six_are_one(here):
    waits = [rate_limit.take(here, of(f"n{n}", f"2001:db8:0:1::{n:x}")) for n in range(30)]
    assert waits.count(0) == 20
    assert rate_limit.take(here, of("n", "2001:db8:0:2::1")) == 0


def test_what_is_no_address_counts_too(here):
    assert tried(here, of("lan", "unknown"), 10) == 5


def test_budgets_that_are_full_again_are_forgotten(here, now):
    for n in range(30):
        rate_limit.take(here, of(f"n{n}", f"10.0.0.{n}"))
    now[0] += 60 * 60
    rate_limit.take(here, of("lan", "10.0.0.1"))
    with database(here).reading() as state:
        assert state.execute(select(func.count()).select_from(rate_limits)).scalar() == 3
