"""How often a sign-in may be tried, and that a stranger keeps nobody else from trying."""

from __future__ import annotations

import pytest

from dashboard.access import rate_limit
from dashboard.access.rate_limit import Attempt, RateLimiter


@pytest.fixture
def now() -> list[float]:
    return [0.0]


@pytest.fixture
def counted(now) -> RateLimiter:
    return RateLimiter(clock=lambda: now[0])


def tried(counted: RateLimiter, attempt: Attempt, times: int) -> int:
    """How many of so many attempts in one moment were let through."""
    return sum(counted.take(attempt) == 0 for _ in range(times))


def test_one_address_has_one_budget_for_all_names(counted):
    names = [Attempt(f"name {n}", "10.0.0.1") for n in range(100)]
    assert sum(counted.take(one) == 0 for one in names) == 20


def test_a_stranger_at_work_all_night_keeps_nobody_elsewhere_waiting(counted, now):
    for _ in range(8 * 60 * 60):
        now[0] += 1
        counted.take(Attempt("lan", "10.0.0.66"))
    assert counted.wait(Attempt("lan", "10.0.0.1")) == 0


def test_many_addresses_together_are_slow_too(counted, now):
    for hour in range(1, 4):
        let_through = 0
        while now[0] < hour * 60 * 60:
            now[0] += 10
            let_through += sum(
                counted.take(Attempt("lan", f"10.{hour}.{round(now[0]) % 250}.{n}")) == 0 for n in range(5)
            )
        assert let_through <= 360 + 30


def test_a_device_of_the_reader_has_a_budget_that_strangers_cannot_use_up(counted):
    for n in range(100):
        tried(counted, Attempt("lan", f"10.0.0.{n}"), 10)
    assert counted.wait(Attempt("lan", "10.0.1.1")) > 0
    assert tried(counted, Attempt("lan", "10.0.0.1", "own laptop"), 100) == 10


def test_the_wait_is_never_long(counted, now):
    waits = []
    for n in range(3000):
        now[0] += 0.1
        waits.append(counted.take(Attempt("lan", f"10.0.{n % 200}.1")))
        waits.append(counted.take(Attempt("lan", "10.0.0.1", "laptop")))
    assert max(waits) <= 30


def test_a_right_password_costs_nothing(counted):
    attempt = Attempt("lan", "10.0.0.1")
    for _ in range(100):
        assert counted.take(attempt) == 0
        counted.give_back(attempt)
    assert tried(counted, attempt, 100) == 5


def test_the_addresses_of_one_network_of_version_six_are_one(counted):
    found = [counted.take(Attempt(f"n{n}", f"2001:db8:0:1::{n:x}")) for n in range(50)]
    assert found.count(0) == 20
    assert counted.wait(Attempt("n", "2001:db8:0:2::1")) == 0


def test_what_is_no_address_counts_too(counted):
    assert tried(counted, Attempt("lan", "unknown"), 10) == 5


def test_memory_is_bounded(counted, monkeypatch):
    monkeypatch.setattr(rate_limit, "_REMEMBERED", 100)
    for n in range(1000):
        counted.take(Attempt(f"n{n}", f"10.0.{n // 250}.{n % 250}"))
    assert len(counted._left) == 100
