"""The accounts: names, passwords, the file, and several who change it at once."""

from __future__ import annotations

import json
import logging
import os
import subprocess
import sys
import unicodedata

import pytest
from argon2 import Type
from hypothesis import given
from hypothesis import strategies as st
from settings_files import with_accounts

from dashboard import settings
from dashboard.access import accounts, names, passwords
from dashboard.access.accounts import AccountError
from dashboard.settings import Settings

PASSWORD = "đường-về-quê-1"


@pytest.fixture
def here(tmp_path) -> Settings:
    return settings.read(with_accounts(tmp_path))


def add(here: Settings, name: str, *, password=PASSWORD, role="viewer", communes=None):
    return accounts.add(here, name, password, role, communes)


def refusal(act) -> str:
    with pytest.raises(AccountError) as refused:
        act()
    return refused.value.key.removeprefix("access.users.")


def test_an_account_is_there_as_it_was_made(here):
    add(here, "Nguyễn Thị Lan", communes=("huong-son",))
    found = accounts.current(here)["nguyễn thị lan"]
    assert (found.name, found.role, found.communes) == ("Nguyễn Thị Lan", "viewer", ("huong-son",))
    assert passwords.matches(found.hash, PASSWORD)


@pytest.mark.parametrize(
    "other", ["LAN", " lan ", "Lan", unicodedata.normalize("NFD", "Lan"), "lan\u0020\u0020"]
)
def test_a_name_in_another_spelling_is_the_same_name(here, other):
    add(here, "lan")
    assert refusal(lambda: add(here, other)) == "taken"


def test_accents_typed_as_letters_or_as_marks_are_the_same(here):
    composed, marks = (unicodedata.normalize(form, "Trần Thị Ngữ") for form in ("NFC", "NFD"))
    assert composed != marks
    assert names.key(composed) == names.key(marks)
    kept = passwords.hashed(unicodedata.normalize("NFD", PASSWORD))
    assert passwords.matches(kept, unicodedata.normalize("NFC", PASSWORD))


@pytest.mark.parametrize(
    "name",
    [
        "",
        "  ",
        "a" * 65,
        "a\nb",
        "a\tb",
        "a\x00",
        "a\u202eb",
        "a\u200bb",
        "a\u2066",
        "a/b",
        "<b>",
        "a:b",
        "a\u00a0b",
    ],
)
def test_what_is_no_name_is_refused(here, name):
    assert refusal(lambda: add(here, name)) == "name"


@given(st.text(max_size=80))
def test_a_key_is_its_own_key_and_any_text_is_a_name_or_refused(written):
    try:
        found = names.key(written)
    except ValueError:
        return
    assert names.key(found) == found
    assert found.isprintable()


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("a" * 9, "password_length"),
        ("a" * 201, "password_length"),
        ("trần thị lan", "password_is_name"),
        ("TRẦN THỊ LAN", "password_is_name"),
    ],
)
def test_a_password_that_is_easily_found_is_refused(here, password, reason):
    assert refusal(lambda: add(here, "Trần Thị Lan", password=password)) == reason
    assert accounts.current(here) == {}


def test_passwords_are_not_in_the_file_and_the_file_is_for_the_service_alone(here):
    add(here, "lan")
    file = here.state / accounts.FILE
    assert PASSWORD not in file.read_text("utf-8")
    assert "$argon2id$" in file.read_text("utf-8")
    assert file.stat().st_mode & 0o777 == 0o600


def test_guessing_at_a_stolen_file_is_expensive(quick_hashes):
    # What OWASP asks of argon2id at least: 19 MB and two rounds.
    assert quick_hashes.type == Type.ID
    assert quick_hashes.memory_cost >= 19 * 1024
    assert quick_hashes.time_cost >= 2


def test_another_password_is_another_stamp_and_the_old_one_is_wrong(here):
    before = add(here, "lan")
    after = accounts.set_password(here, "LAN", "một mật khẩu khác")
    assert accounts.current(here)["lan"] == after
    assert after.credential_version != before.credential_version
    assert not passwords.matches(after.hash, PASSWORD)


def test_a_new_hash_is_kept_only_of_the_account_as_it_was(here):
    lan = add(here, "lan")
    made = passwords.hashed(PASSWORD)
    accounts.keep_hash(here, "lan", lan, made)
    assert accounts.current(here)["lan"].credential_version == lan.credential_version
    assert accounts.current(here)["lan"].hash == made
    accounts.keep_hash(here, "lan", lan, lan.hash)
    assert accounts.current(here)["lan"].hash == made


def damaged(here: Settings, **changes) -> str:
    add(here, "lan")
    table = json.loads((here.state / accounts.FILE).read_text("utf-8"))
    table["lan"] |= changes
    return json.dumps(table)


DAMAGED = {
    "empty": lambda _here: "",
    "half": lambda here: damaged(here)[:-20],
    "a list": lambda _here: "[1]",
    "no object": lambda _here: '{"lan": "x"}',
    "role": lambda here: damaged(here, role="admin"),
    "a plain password": lambda here: damaged(here, hash="mat-khau"),
    "an editor of some": lambda here: damaged(here, role="editor", communes=["huong-son"]),
    "communes": lambda here: damaged(here, communes="huong-son"),
    "a number": lambda here: damaged(here, communes=[1]),
    "another name": lambda here: damaged(here, name="chi"),
    "an unknown field": lambda here: damaged(here, admin=True),
    "bytes": lambda _here: "\udcff",
}


@pytest.mark.parametrize("how", DAMAGED)
def test_a_damaged_file_lets_nobody_in_and_the_log_says_why_once(here, how, caplog):
    written = DAMAGED[how](here)
    (here.state / accounts.FILE).write_bytes(written.encode("utf-8", "surrogateescape"))
    with caplog.at_level(logging.ERROR, logger="dashboard"):
        found = [accounts.current(here) for _ in range(3)]
    assert found == [{}, {}, {}]
    assert [str(here.state / accounts.FILE) in record.getMessage() for record in caplog.records] == [True]
    assert refusal(lambda: add(here, "chi")) == "damaged"


def test_a_file_put_right_is_read_again(here):
    add(here, "lan")
    file = here.state / accounts.FILE
    whole = file.read_bytes()
    file.write_bytes(b"{")
    assert accounts.current(here) == {}
    file.write_bytes(whole)
    assert list(accounts.current(here)) == ["lan"]


def test_a_write_that_fails_leaves_the_accounts_as_they_were(here, monkeypatch):
    add(here, "lan")
    monkeypatch.setattr(os, "fsync", lambda _file: (_ for _ in ()).throw(OSError(28, "No space left")))
    assert refusal(lambda: add(here, "chi")) == "unwritable"
    assert list(accounts.current(here)) == ["lan"]
    assert sorted(file.name for file in here.state.iterdir()) == [".accounts.lock", accounts.FILE]


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


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_what_root_writes_belongs_to_the_service(here):
    os.chown(here.state, 1234, 1234)
    add(here, "lan")
    owners = {file.name: file.stat().st_uid for file in here.state.iterdir()}
    assert owners == {accounts.FILE: 1234, ".accounts.lock": 1234}
