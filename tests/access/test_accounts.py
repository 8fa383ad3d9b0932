"""The accounts: names, passwords, the database, and several who change it at once."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import unicodedata
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import postgresql
import pytest
from argon2 import Type
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import IntegrityError

from dashboard import settings
from dashboard.access import accounts, names, passwords
from dashboard.access.accounts import AccountError
from dashboard.access.database import FILE, DatabaseError, database
from dashboard.access.database import accounts as table
from dashboard.settings import Settings
from settings_files import with_accounts

PASSWORD = "đường-về-quê-1"


def add(here: Settings, name: str, *, password=PASSWORD, role="viewer", communes=None):
    return accounts.add(here, name, password, role, communes)


def refusal(act) -> str:
    with pytest.raises(AccountError) as refused:
        act()
    return refused.value.key.removeprefix("access.users.")


def test_an_account_is_there_as_it_was_made(here):
    added = add(here, "Nguyễn Thị Lan", communes=("huong-son",))
    stored = accounts.read(here)["nguyễn thị lan"]
    assert stored == added == accounts.known(here, "NGUYỄN thị Lan")
    assert (stored.name, stored.role, stored.communes) == ("Nguyễn Thị Lan", "viewer", ("huong-son",))
    assert passwords.matches(stored.hash, PASSWORD)


@pytest.mark.parametrize("spelling", ["LAN", " lan ", unicodedata.normalize("NFD", "Lan"), "lan\u0020\u0020"])
def test_a_name_in_another_spelling_is_the_same_name(here, spelling):
    add(here, "lan")
    assert refusal(lambda: add(here, spelling)) == "taken"


def test_accents_typed_as_letters_or_as_marks_are_the_same():
    composed, marks = (unicodedata.normalize(form, "Trần Thị Ngữ") for form in ("NFC", "NFD"))
    assert composed != marks
    assert names.key(composed) == names.key(marks)
    stored = passwords.hashed(unicodedata.normalize("NFD", PASSWORD))
    assert passwords.matches(stored, unicodedata.normalize("NFC", PASSWORD))


@pytest.mark.parametrize(
    "name",
    [
        *("", "  ", "a" * 65, "a\nb", "a\tb", "a\x00", "a\u202eb", "a\u200bb", "a\u2066"),
        *("a/b", "<b>", "a:b", "a\u00a0b"),
    ],
)
def test_what_is_no_name_is_refused(tmp_path, name):
    assert refusal(lambda: add(settings.read(with_accounts(tmp_path)), name)) == "name"


@given(st.text(max_size=80))
def test_a_key_is_its_own_key_and_any_text_is_a_name_or_refused(written):
    try:
        key = names.key(written)
    except ValueError:
        return
    assert names.key(key) == key
    assert key.isprintable()


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("a" * 9, "password_length"),
        ("a" * 201, "password_length"),
        ("trần thị lan", "password_is_name"),
        ("TRẦN THỊ LAN", "password_is_name"),
        ("1234567890", "password_guessable"),
        ("qwertyuiop", "password_guessable"),
        ("Mật khẩu 123", "password_guessable"),
        ("tranthilan1", "password_guessable"),
        ("aaaaaaaaaaaaaaa", "password_guessable"),
    ],
)
def test_a_password_that_is_easily_found_is_refused(tmp_path, password, reason):
    here = settings.read(with_accounts(tmp_path))
    assert refusal(lambda: add(here, "Trần Thị Lan", password=password)) == reason
    assert accounts.read(here) == {}


@pytest.mark.parametrize("password", ["một hai ba bốn năm", "thói quen tốt 88", "x" * 3 + "kq7!vTz#" * 24])
def test_a_sentence_or_a_long_random_text_is_taken(tmp_path, password):
    assert add(settings.read(with_accounts(tmp_path)), "lan", password=password)


def test_passwords_are_not_in_the_file_and_the_file_is_for_the_service_alone(tmp_path):
    here = settings.read(with_accounts(tmp_path))
    add(here, "lan")
    files = list(here.state.iterdir())
    assert FILE in {file.name for file in files}
    content = b"".join(file.read_bytes() for file in files)
    assert PASSWORD.encode() not in content
    assert b"$argon2id$" in content
    assert {file.stat().st_mode & 0o777 for file in files} == {0o600}


def test_a_file_that_was_brought_back_is_for_the_service_alone_again(tmp_path):
    here = settings.read(with_accounts(tmp_path))
    (here.state / FILE).touch(0o644)
    add(here, "lan")
    assert {file.stat().st_mode & 0o777 for file in here.state.iterdir()} == {0o600}


def test_guessing_at_a_stolen_file_is_expensive(quick_hashes):
    # What OWASP asks of argon2id at least: 19 MB and two rounds.
    assert quick_hashes.type == Type.ID
    assert quick_hashes.memory_cost >= 19 * 1024
    assert quick_hashes.time_cost >= 2


def test_a_new_hash_is_kept_only_of_the_account_as_it_was(here):
    lan = add(here, "lan")
    newer = accounts.renew_hash(here, lan, passwords.hashed(PASSWORD))
    assert accounts.read(here)["lan"] == newer
    assert newer.hash != lan.hash
    assert accounts.renew_hash(here, lan, lan.hash) is None
    assert accounts.read(here)["lan"] == newer


def test_a_code_is_taken_once(here):
    lan = add(here, "lan")
    assert [accounts.use_totp_step(here, lan, step) for step in (5, 5, 4, 6)] == [True, False, False, True]


def test_no_message_of_an_error_has_what_is_kept(here):
    lan = add(here, "lan")
    with pytest.raises(IntegrityError) as error, database(here).writing() as state:
        state.execute(table.insert().values(**vars(lan)))
    assert "INSERT INTO accounts" in str(error.value)
    assert lan.hash not in str(error.value)


def test_a_server_that_stops_while_it_writes_keeps_the_others_waiting_for_a_moment(tmp_path, postgresql_url):
    postgresql.empty(postgresql_url)
    here = settings.read(with_accounts(tmp_path, database_url=postgresql_url))
    add(here, "lan")
    with suppress(DatabaseError), database(here).writing():
        add(here, "chi")
    assert sorted(accounts.read(here)) == ["chi", "lan"]


ADD = """
import sys
from pathlib import Path
from dashboard import settings
from dashboard.access import accounts
here = settings.read(Path(sys.argv[1]))
sys.stdin.readline()
for n in range(5):
    accounts.add(here, f"{sys.argv[2]} {n}", "mot-mat-khau-dai", "viewer", None)
"""


def test_accounts_added_by_several_at_once_are_all_there(here):
    started = [
        subprocess.Popen(
            [sys.executable, "-c", ADD, str(here.source), name], stdin=subprocess.PIPE, text=True
        )
        for name in ("a", "b", "c")
    ]
    for process in started:
        process.stdin.write("\n")
        process.stdin.flush()
    assert [process.wait(60) for process in started] == [0, 0, 0]
    for process in started:
        process.stdin.close()
    assert sorted(accounts.read(here)) == sorted(f"{name} {n}" for name in "abc" for n in range(5))


def test_who_comes_while_another_makes_the_database_waits(tmp_path):
    here = settings.read(with_accounts(tmp_path))
    here.state.mkdir(exist_ok=True)
    other = sqlite3.connect(here.state / FILE, isolation_level=None, check_same_thread=False)
    other.execute("BEGIN IMMEDIATE")
    with ThreadPoolExecutor() as pool:
        reading = pool.submit(accounts.read, here)
        with suppress(TimeoutError):
            reading.result(0.3)
        assert not reading.done()
        other.execute("COMMIT")
        assert reading.result() == {}
    other.close()


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_what_root_writes_belongs_to_the_service(tmp_path):
    here = settings.read(with_accounts(tmp_path))
    os.chown(here.state, 1234, 1234)
    add(here, "lan")
    assert {file.stat().st_uid for file in here.state.iterdir()} == {1234}
