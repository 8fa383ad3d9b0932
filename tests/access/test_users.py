"""`python -m dashboard users`: what an administrator does and is told."""

from __future__ import annotations

import getpass
import io
import os
import sys

import pytest
from settings_files import with_accounts, write

from dashboard import settings, text
from dashboard.__main__ import main
from dashboard.access import accounts, passwords

PASSWORD = "mot-mat-khau-dai"


@pytest.fixture
def file(tmp_path, monkeypatch):
    """The settings of a server without accounts, named by the environment."""
    found = with_accounts(tmp_path)
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(found))
    return found


@pytest.fixture
def users(monkeypatch, capsys):
    """Runs the command with a line on its input: its exit code, and what it says."""
    # `--settings` changes it for the process; the test after this one has its own again.
    monkeypatch.setenv("DASHBOARD_SETTINGS", os.environ.get("DASHBOARD_SETTINGS", ""))

    def run(*arguments: str, typed: str = PASSWORD) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "stdin", io.StringIO(typed + "\n"))
        code = main(["users", *arguments])
        said = capsys.readouterr()
        return code, said.out, said.err

    return run


def kept(file):
    return accounts.read(settings.read(file))


def test_an_account_from_its_making_to_its_end(file, users):
    assert users("add", "Lan")[:2] == (0, "Đã thêm tài khoản Lan: xem, mọi xã.\n")
    assert users("password", "lan", typed="mot-mat-khau-khac")[0] == 0
    assert passwords.matches(kept(file)["lan"].hash, "mot-mat-khau-khac")
    assert users("remove", "LAN")[0] == 0
    assert users("list")[1] == "Chưa có tài khoản nào.\n"


def test_role_and_communes(file, users):
    users("add", "chi", "--role", "editor")
    code, _, said = users("add", "ba", "--commune", "huong-son", "--commune", "huong-loc")
    assert (code, said) == (0, "")
    found = kept(file)
    assert (found["chi"].role, found["chi"].communes) == ("editor", None)
    assert (found["ba"].role, found["ba"].communes) == ("viewer", ("huong-son", "huong-loc"))


def test_the_list_in_english_says_what_each_may_do(file, users):
    users("add", "chi", "--role", "editor")
    users("add", "ba", "--commune", "huong-son")
    lines = users("list", "--lang", "en")[1].splitlines()
    assert lines[0].startswith("ba: reads, huong-son (last changed ")
    assert lines[1].startswith("chi: reads and publishes data, every commune (last changed ")


def test_a_commune_that_the_data_do_not_have_is_kept_with_a_warning(file, users):
    code, _, said = users("add", "ba", "--commune", "huong-son", "--commune", "nowhere", "--lang", "en")
    assert code == 0
    assert said.startswith("warning: the data in use have no commune nowhere; the communes: khe-tre, ")
    assert kept(file)["ba"].communes == ("huong-son", "nowhere")


@pytest.mark.parametrize(
    ("arguments", "typed", "key"),
    [
        (("add", "lan"), PASSWORD, "taken"),
        (("add", "chi"), "ngan", "password_length"),
        (("add", "chi"), "", "no_answer"),
        (("add", "a\u202eb"), PASSWORD, "name"),
        (("add", "chi", "--role", "editor", "--commune", "x"), PASSWORD, "editor_of_some"),
        (("password", "ai"), PASSWORD, "unknown"),
        (("remove", "ai"), PASSWORD, "unknown"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(file, users, arguments, typed, key):
    users("add", "lan")
    before = kept(file)
    values = {"name": "lan" if key == "taken" else "ai", "least": 10, "most": 200}
    if key == "name":
        values |= {"signs": "-_.@+'", "most": 64}
    for lang in text.LANGUAGES:
        code, out, said = users(*arguments, "--lang", lang, typed=typed)
        assert (code, out) == (2, "")
        assert said == text.get(lang)(f"access.users.{key}", **values) + "\n"
    assert kept(file) == before


def test_in_another_mode_it_says_where_accounts_are_kept(tmp_path, users):
    file = write(tmp_path, 'mode = "local"')
    code, _, said = users("list", "--settings", str(file), "--lang", "en")
    assert code == 2
    assert said.startswith("The settings say mode = local; ")


def test_wrong_settings_are_a_sentence(tmp_path, users):
    code, _, said = users("list", "--settings", str(tmp_path / "none.toml"))
    assert code == 2
    assert "none.toml" in said


def test_a_folder_of_state_that_is_not_there_is_a_sentence(file, users):
    (file.parent / "state").rmdir()
    code, _, said = users("add", "lan", "--lang", "en")
    assert code == 2
    assert said.startswith("There is no folder ")


@pytest.mark.parametrize(("again", "code"), [(PASSWORD, 0), ("mot-mat-khau-khac", 2)])
def test_at_a_terminal_the_password_is_typed_twice(file, monkeypatch, capsys, again, code):
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    typed = iter([PASSWORD, again])
    monkeypatch.setattr(sys, "stdin", Terminal())
    monkeypatch.setattr(getpass, "getpass", lambda _prompt: next(typed))
    assert main(["users", "add", "lan"]) == code
    assert ("lan" in kept(file)) == (code == 0)
    assert PASSWORD not in "".join(capsys.readouterr())
