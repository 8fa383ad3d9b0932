"""The settings file: what it may say, and the sentence where it is wrong."""

from __future__ import annotations

import pytest
from settings_files import proxied, write

from dashboard import access, settings, text

NOT_LOCAL = 'mode = "accounts"\nstate = "state"\npublic_url = "{url}"'


def said(folder, lines: str) -> str:
    """The key of the error that a file with these lines gives; its sentence can be written."""
    with pytest.raises(settings.SettingsError) as error:
        settings.read(write(folder, lines))
    for lang in text.LANGUAGES:
        assert text.get(lang)(f"settings.{error.value.key}", **error.value.values)
    return error.value.key


@pytest.mark.parametrize(
    ("lines", "key"),
    [
        ("mode = ", "syntax"),
        ('mood = "local"', "unknown"),
        ('mode = "open"', "choice"),
        ("port = 0", "wrong"),
        ("port = true", "wrong"),
        ('address = "0.0.0.0"', "open_without_sign_in"),
        ('mode = "accounts"', "missing"),
        ('mode = "accounts"\npublic_url = "https://a.example"', "missing"),
        (NOT_LOCAL.format(url="a.example"), "no_address"),
        (NOT_LOCAL.format(url="http://a.example"), "not_encrypted"),
        ('trusted_proxies = ["nginx"]', "no_network"),
        ("[data]\nfolders = 1", "unknown"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, lines, key):
    assert said(tmp_path, lines) == key


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "lan"', 'group = "all"', "groups_from_proxy"),
        ('name = "lan"', 'name = "lan"\ngroup = "all"', "name_or_group"),
        ('name = "lan"', 'role = "viewer"', "name_or_group"),
        ('role = "editor"', 'role = "editor"\ncommunes = ["huong-son"]', "editor_of_some"),
        ('header = "X-Remote-User"', 'header = "Host"', "header"),
        ('secret_file = "secret"', 'secret_file = "nothing"', "unreadable"),
    ],
)
def test_what_is_wrong_about_a_proxy_is_named(tmp_path, old, new, key):
    lines = proxied(tmp_path, 8501).read_text("utf-8")
    assert old in lines
    assert said(tmp_path, lines.replace(old, new, 1)) == key


def test_a_short_secret_is_refused(tmp_path):
    file = proxied(tmp_path, 8501)
    (tmp_path / "secret").write_text("short", "utf-8")
    with pytest.raises(settings.SettingsError, match="short_secret"):
        settings.read(file)


def test_paths_count_from_the_folder_of_the_settings(tmp_path):
    assert settings.read(proxied(tmp_path, 8501)).state == tmp_path / "state"


def test_without_a_file_the_server_is_for_this_computer(monkeypatch):
    monkeypatch.delenv("DASHBOARD_SETTINGS", raising=False)
    assert settings.current().mode == "local"


@pytest.mark.parametrize(
    "arguments",
    [["app:app", "--host", "0.0.0.0"], ["--host=192.168.1.4"]],
)
def test_a_server_for_this_computer_does_not_start_for_others(monkeypatch, capsys, arguments):
    monkeypatch.delenv("DASHBOARD_SETTINGS", raising=False)
    monkeypatch.setattr("sys.argv", ["start", *arguments])
    with pytest.raises(SystemExit) as ended:
        access.at_start()
    assert ended.value.code == 2
    assert "mode = accounts, oidc" in capsys.readouterr().err


def test_nor_where_streamlit_is_told_so(monkeypatch, capsys):
    monkeypatch.delenv("DASHBOARD_SETTINGS", raising=False)
    monkeypatch.setattr("sys.argv", ["app.py"])
    with pytest.raises(SystemExit):
        access.at_start("::")
    assert "::" in capsys.readouterr().err


def test_an_address_with_a_way_to_sign_in_starts(monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(proxied(tmp_path, 8501)))
    monkeypatch.setattr("sys.argv", ["uvicorn", "app:app", "--host", "0.0.0.0"])
    assert access.at_start().mode == "proxy"
