"""The settings file: what it may say, and the sentence where it is wrong."""

from __future__ import annotations

import pytest
from settings_files import proxied, with_provider, write

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
        (NOT_LOCAL.format(url="ftp://a.example"), "no_address"),
        (NOT_LOCAL.format(url="https://"), "no_address"),
        (NOT_LOCAL.format(url="https://a.example/bang"), "no_address"),
        (NOT_LOCAL.format(url="https://a.example?xa=b"), "no_address"),
        (NOT_LOCAL.format(url="https://lan@a.example"), "no_address"),
        (NOT_LOCAL.format(url="https://a.example:https"), "no_address"),
        (NOT_LOCAL.format(url="https://[::1"), "no_address"),
        (NOT_LOCAL.format(url="https://a b.example"), "no_address"),
        (NOT_LOCAL.format(url="https://a.example\\n"), "wrong"),
        ('address = "a.example"', "no_listening"),
        ('address = "300.1.1.1"', "no_listening"),
        ('trusted_proxies = ["nginx"]', "no_network"),
        ('trusted_proxies = ["0.0.0.0/0"]', "every_network"),
        ('trusted_proxies = ["10.0.0.1", "::/0"]', "every_network"),
        ("[data]\npublish = true", "publish_without_store"),
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
        ('header = "X-Remote-User"', 'header = "X-Forwarded-For"', "header"),
        ('header = "X-Remote-User"', 'header = "Accept-Language"', "header"),
        ('header = "X-Remote-User"', 'header = "X_Remote_User"', "header"),
        ('header = "X-Remote-User"', "", "needed"),
        ('name = "chi"', 'name = " lan"', "twice"),
        ('secret_file = "secret"', 'secret_file = "nothing"', "unreadable"),
    ],
)
def test_what_is_wrong_about_a_proxy_is_named(tmp_path, old, new, key):
    lines = proxied(tmp_path, 8501).read_text("utf-8")
    assert old in lines
    assert said(tmp_path, lines.replace(old, new, 1)) == key


@pytest.mark.parametrize(
    ("written", "host"),
    [
        ("https://A.Example/", "a.example"),
        ("https://a.example:443", "a.example"),
        ("https://a.example:8443", "a.example:8443"),
        ("http://[::1]:8501", "[::1]:8501"),
        ("https://đảng.example", "xn--ng-pma4931a.example"),
    ],
)
def test_the_public_address_is_compared_as_browsers_send_it(tmp_path, written, host):
    assert settings.read(write(tmp_path, NOT_LOCAL.format(url=written))).host == host


def test_one_address_of_mail_in_two_spellings_is_named(tmp_path):
    lines = with_provider(tmp_path, "https://sign-in.example").read_text("utf-8")
    assert said(tmp_path, lines.replace("chi@huyen.example", "LAN@huyen.example")) == "twice"


def test_an_issuer_that_is_no_address_is_named(tmp_path):
    lines = with_provider(tmp_path, "https://[::1").read_text("utf-8")
    assert said(tmp_path, lines) == "no_address"


def test_a_short_secret_is_refused(tmp_path):
    file = proxied(tmp_path, 8501)
    (tmp_path / "secret").write_text("short", "utf-8")
    with pytest.raises(settings.SettingsError, match="short_secret"):
        settings.read(file)


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


def test_a_state_that_cannot_be_written_is_said_at_start(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(proxied(tmp_path, 8501)))
    # The rights of files do not bind root, who runs some of these tests.
    monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(SystemExit):
        access.at_start()
    assert str(tmp_path / "state") in capsys.readouterr().err


def test_a_file_in_place_of_the_state_is_said_at_start(monkeypatch, tmp_path, capsys):
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(proxied(tmp_path, 8501)))
    (tmp_path / "state").write_text("", "utf-8")
    with pytest.raises(SystemExit):
        access.at_start()
    assert str(tmp_path / "state") in capsys.readouterr().err
