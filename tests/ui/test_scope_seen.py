"""What a reader of some communes is told of newer files that are wrong: that they are, nothing of them."""

from __future__ import annotations

from datetime import datetime

import pytest

from dashboard.access import User
from dashboard.dataset import State, check
from dashboard.ui import scope

OF_ONE, OF_ALL = User("one", "viewer", ("huong-son",)), User("all", "viewer")


@pytest.fixture
def stale(bundled, tmp_path) -> State:
    """Good data beside newer ones whose errors quote a village of another commune."""
    (tmp_path / "villages.csv").write_text("village_id,commune_id\nkhe-tre-1,khe-tre\n", "utf-8")
    errors = check(tmp_path).errors
    assert errors
    return State(bundled, errors, datetime.now().astimezone())


def as_reader(monkeypatch, who: User) -> None:
    monkeypatch.setattr(scope, "reader", lambda: who)


def test_since_when_and_no_error(stale, monkeypatch):
    as_reader(monkeypatch, OF_ONE)
    seen = scope.seen(stale)
    assert (seen.errors, seen.since) == ((), stale.since)
    assert set(seen.dataset.communes["commune_id"]) == {"huong-son"}


def test_a_reader_of_all_is_told_the_errors(stale, monkeypatch):
    as_reader(monkeypatch, OF_ALL)
    assert scope.seen(stale) is stale


def test_without_good_data_there_is_nothing_and_no_error_either(stale, monkeypatch):
    as_reader(monkeypatch, OF_ONE)
    assert scope.seen(State(None, stale.errors, stale.since)) == State(None, since=stale.since)
