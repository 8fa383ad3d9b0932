"""What an older release kept in `accounts.json` is in the database, once."""

from __future__ import annotations

import json
import logging

import pytest

from dashboard.access import accounts, passwords, takeover
from dashboard.access.account_authenticator import AccountAuthenticator
from dashboard.settings import Settings

PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def old(here) -> dict[str, dict[str, object]]:
    """The file as release 0.4.0 writes it, with two accounts."""
    common = {"hash": passwords.hashed(PASSWORD), "stamp": "0f" * 8, "changed": "2026-03-01"}
    table = {
        "bà ba": {"name": "Bà Ba", "role": "viewer", "communes": ["huong-son"], **common},
        "lan": {"name": "Lan", "role": "editor", "communes": None, **common},
    }
    write(here, table)
    return table


def write(here: Settings, table: object) -> None:
    (here.state / takeover.FILE).write_text(json.dumps(table), "utf-8")


def test_accounts_come_over_with_names_rights_and_passwords(here, old):
    takeover.take_over(here)
    lan, ba = accounts.known(here, "lan"), accounts.known(here, "bà ba")
    assert (lan.name, lan.role, lan.communes, lan.changed) == ("Lan", "editor", None, "2026-03-01")
    assert (ba.name, ba.role, ba.communes) == ("Bà Ba", "viewer", ("huong-son",))
    assert passwords.matches(lan.hash, PASSWORD)
    assert not lan.must_change


def test_once_only_and_the_file_stays_for_a_release_that_is_put_back(here, old):
    before = (here.state / takeover.FILE).read_bytes()
    takeover.take_over(here)
    accounts.remove(here, "lan")
    takeover.take_over(here)
    assert list(accounts.read(here)) == ["bà ba"]
    assert (here.state / takeover.FILE).read_bytes() == before


def test_an_account_that_is_there_already_stays_as_it_is(here, old):
    accounts.add(here, "LAN", "một mật khẩu khác", "viewer", None)
    takeover.take_over(here)
    assert accounts.known(here, "lan").role == "viewer"
    assert "bà ba" in accounts.read(here)


def test_the_server_takes_over_when_it_starts(here, old):
    AccountAuthenticator(here)
    assert sorted(accounts.read(here)) == ["bà ba", "lan"]


@pytest.mark.parametrize(
    "change",
    [
        {"role": "admin"},
        {"hash": "mat-khau"},
        {"role": "editor", "communes": ["huong-son"]},
        {"communes": "huong-son"},
        {"communes": [1]},
        {"name": "chi"},
        {"changed": None},
    ],
    ids=lambda change: next(iter(change)),
)
def test_a_damaged_file_brings_nobody_and_is_named(here, old, caplog, change):
    old["lan"] |= change
    write(here, old)
    with pytest.raises(ValueError, match=r"accounts\.json"):
        takeover.take_over(here)
    with caplog.at_level(logging.ERROR, logger="dashboard"):
        AccountAuthenticator(here)
    assert takeover.FILE in caplog.text
    assert accounts.read(here) == {}


@pytest.mark.parametrize("content", ["", "[1]", '{"lan": "x"}', "\udcff"])
def test_what_is_no_such_file_is_damaged(here, content):
    (here.state / takeover.FILE).write_bytes(content.encode("utf-8", "surrogateescape"))
    with pytest.raises(ValueError, match=r"accounts\.json"):
        takeover.take_over(here)
