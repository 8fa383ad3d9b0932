"""`python -m dashboard users`: what an administrator does and is told."""

from __future__ import annotations

import getpass
import io
import json
import os
import re
import sys

import pytest
from starlette.requests import HTTPConnection

from dashboard import settings, text
from dashboard.__main__ import main
from dashboard.access import accounts, passwords, sessions, takeover, totp
from dashboard.access.database import FILE
from settings_files import with_accounts, write

PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def file(accounts_file, monkeypatch):
    """The settings of a server without accounts, named by the environment."""
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(accounts_file))
    return accounts_file


@pytest.fixture
def users(monkeypatch, capsys):
    """Runs the command with a line on its input: its exit code, and what it says."""
    # `--settings` changes it for the process; the test after this one has its own again.
    monkeypatch.setenv("DASHBOARD_SETTINGS", os.environ.get("DASHBOARD_SETTINGS", ""))

    def run(*arguments: str, typed: str = PASSWORD) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed + "\n"))
        code = main(["users", *arguments])
        output = capsys.readouterr()
        return code, output.out, output.err

    return run


def stored(file):
    return accounts.read(settings.read(file))


def test_an_account_from_its_making_to_its_end(file, users):
    message = "Đã thêm tài khoản Lan: xem, mọi xã. Lần đầu đăng nhập người đó phải chọn mật khẩu khác.\n"
    assert users("add", "Lan")[:2] == (0, message)
    assert users("password", "lan", typed="mot-mat-khau-khac")[0] == 0
    assert passwords.matches(stored(file)["lan"].hash, "mot-mat-khau-khac")
    assert users("remove", "LAN")[0] == 0
    assert users("list")[1] == "Chưa có tài khoản nào.\n"


def test_a_password_of_the_administrator_must_be_changed(file, users):
    users("add", "lan")
    assert stored(file)["lan"].must_change
    here = settings.read(file)
    accounts.set_password(here, "lan", "mot-mat-khau-rieng")
    users("password", "lan")
    assert stored(file)["lan"].must_change
    assert users("list", "--lang", "en")[1].endswith("; has not chosen a password yet\n")


def signed_in(here: settings.Settings, name: str) -> str:
    scope = {
        "type": "http",
        "headers": [(b"user-agent", b"Firefox/140 (Windows)")],
        "client": ("10.0.0.7", 1),
    }
    token = sessions.start(here, HTTPConnection(scope), accounts.known(here, name))
    assert token is not None
    return token


def test_sessions_are_listed_and_ended(file, users):
    here = settings.read(file)
    for name in ("Lan", "chi"):
        accounts.add(here, name, PASSWORD, "viewer", None)
    assert users("sessions")[1] == "Không ai đang đăng nhập.\n"
    tokens = [signed_in(here, name) for name in ("lan", "chi", "lan")]
    assert len(users("sessions")[1].splitlines()) == 3
    lines = users("sessions", "LAN", "--lang", "en")[1].splitlines()
    assert len(lines) == 2
    pattern = re.compile(r"Lan: since .*, last seen .*, 10\.0\.0\.7 and Firefox · Windows")
    assert all(map(pattern.fullmatch, lines))
    assert users("sign-out", "lan", "--lang", "en")[1] == "Ended 2 sign-ins of Lan.\n"
    assert [sessions.find(here, token) is not None for token in tokens] == [False, True, False]


def test_the_second_step_is_turned_off_for_who_has_lost_the_phone(file, users):
    here = settings.read(file)
    accounts.add(here, "chi", PASSWORD, "editor", None)
    accounts.set_totp(here, "chi", totp.new_secret())
    assert users("list", "--lang", "en")[1].endswith("; two-step verification\n")
    assert users("reset-totp", "chi", "--lang", "en")[1] == "Turned off two-step verification of chi.\n"
    assert stored(file)["chi"].totp_secret is None


def test_accounts_of_an_older_release_are_there(file, users):
    row = {"name": "Lan", "hash": passwords.hashed(PASSWORD), "role": "viewer", "communes": None}
    table = {"lan": {**row, "stamp": "0f", "changed": "2026-03-01"}}
    old = file.parent / "state" / takeover.FILE
    old.write_text(json.dumps(table), "utf-8")
    assert users("list", "--lang", "en")[1].startswith("Lan: reads, every commune (last changed ")
    old.write_text("{", "utf-8")
    assert users("list")[0] == 0


def test_a_damaged_file_of_an_older_release_is_a_sentence(file, users):
    (file.parent / "state" / takeover.FILE).write_text("{", "utf-8")
    code, _, err = users("list", "--lang", "en")
    assert (code, err.startswith("The older file of accounts is damaged")) == (2, True)


def test_role_and_communes(file, users):
    users("add", "chi", "--role", "editor")
    code, _, err = users("add", "ba", "--commune", "huong-son", "--commune", "huong-loc")
    assert (code, err) == (0, "")
    by_name = stored(file)
    assert (by_name["chi"].role, by_name["chi"].communes) == ("editor", None)
    assert (by_name["ba"].role, by_name["ba"].communes) == ("viewer", ("huong-son", "huong-loc"))


def test_the_list_in_english_says_what_each_may_do(file, users):
    users("add", "chi", "--role", "editor")
    users("add", "ba", "--commune", "huong-son")
    lines = users("list", "--lang", "en")[1].splitlines()
    assert lines[0].startswith("ba: reads, huong-son (last changed ")
    assert lines[1].startswith("chi: reads and publishes data, every commune (last changed ")


def test_a_commune_that_the_data_do_not_have_is_kept_with_a_warning(file, users):
    code, _, err = users("add", "ba", "--commune", "huong-son", "--commune", "nowhere", "--lang", "en")
    assert code == 0
    assert err.startswith("warning: the data in use have no commune nowhere; the communes: khe-tre, ")
    assert stored(file)["ba"].communes == ("huong-son", "nowhere")


@pytest.mark.parametrize(
    ("arguments", "typed", "key"),
    [
        (("add", "lan"), PASSWORD, "taken"),
        (("add", "chi"), "ngan", "password_length"),
        (("add", "chi"), "qwertyuiop", "password_guessable"),
        (("add", "chi"), "", "no_answer"),
        (("add", "a\u202eb"), PASSWORD, "name"),
        (("add", "chi", "--role", "editor", "--commune", "x"), PASSWORD, "editor_of_some"),
        (("password", "ai"), PASSWORD, "unknown"),
        (("remove", "ai"), PASSWORD, "unknown"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(file, users, arguments, typed, key):
    users("add", "lan")
    before = stored(file)
    values = {"name": "lan" if key == "taken" else "ai", "least": 10, "most": 200}
    if key == "name":
        values |= {"signs": "-_.@+'", "most": 64}
    for lang in text.LANGUAGES:
        code, out, err = users(*arguments, "--lang", lang, typed=typed)
        assert (code, out) == (2, "")
        assert err == text.get(lang)(f"access.users.{key}", **values) + "\n"
    assert stored(file) == before


def test_in_another_mode_it_says_where_accounts_are_kept(tmp_path, users):
    file = write(tmp_path, 'mode = "local"')
    code, _, err = users("list", "--settings", str(file), "--lang", "en")
    assert code == 2
    assert err.startswith("The settings say mode = local; ")


def test_wrong_settings_are_a_sentence(tmp_path, users):
    code, _, err = users("list", "--settings", str(tmp_path / "none.toml"))
    assert code == 2
    assert "none.toml" in err


def test_a_folder_of_state_that_is_not_there_is_a_sentence(file, users):
    (file.parent / "state").rmdir()
    code, _, err = users("add", "lan", "--lang", "en")
    assert code == 2
    assert err.startswith("There is no folder ")


@pytest.mark.parametrize("content", [b"no database", b"SQLite format 3\x00" + b"x" * 8000])
def test_a_damaged_database_is_a_sentence(tmp_path, users, content):
    file = with_accounts(tmp_path)
    (tmp_path / "state" / FILE).write_bytes(content)
    code, _, err = users("add", "lan", "--lang", "en", "--settings", str(file))
    assert code == 2
    assert err.startswith("The database of accounts cannot be used: ")
    assert err.count("\n") == 1


@pytest.mark.parametrize(("again", "code"), [(PASSWORD, 0), ("mot-mat-khau-khac", 2)])
def test_at_a_terminal_the_password_is_typed_twice(file, monkeypatch, capsys, again, code):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = iter([PASSWORD, again])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(typed))
    assert main(["users", "add", "lan"]) == code
    assert ("lan" in stored(file)) == (code == 0)
    assert PASSWORD not in "".join(capsys.readouterr())
