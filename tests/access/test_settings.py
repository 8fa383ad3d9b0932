"""The settings file: what it may say, and the sentence where it is wrong."""

from __future__ import annotations

import pytest

from dashboard import access, settings, text
from settings_files import SECRET, proxied, write

NOT_LOCAL = 'mode = "accounts"\nstate = "state"\npublic_url = "{url}"'


def error_key(folder, lines: str) -> str:
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
        ("port = 0", "no_whole"),
        ("port = true", "no_whole"),
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
        ("idle_minutes = 0", "no_whole"),
        ('idle_minutes = "60"', "no_whole"),
        ('database_file = "none"', "unreadable"),
    ],
)
def test_what_is_wrong_is_named(tmp_path, lines, key):
    assert error_key(tmp_path, lines) == key


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('groups_header = "X-Remote-Groups"', "", "no_groups"),
        ('group = "editors"', 'group = "cn=editors,dc=example"', "no_groups"),
        ('group = "editors"', 'group = "xã hương sơn"', "twice"),
        ('groups_header = "X-Remote-Groups"', 'groups_header = "x-remote-user"', "header"),
        ('groups_header = "X-Remote-Groups"', 'groups_header = "Cookie"', "header"),
        ('groups_header = "X-Remote-Groups"', 'groups_header = "X_Groups"', "header"),
        ("/oauth2/sign_out?rd=%2F", "//elsewhere.example", "no_sign_out"),
        ("/oauth2/sign_out?rd=%2F", "http://auth.example/logout", "no_sign_out"),
        ("/oauth2/sign_out?rd=%2F", "javascript:alert(1)", "no_sign_out"),
        ("/oauth2/sign_out?rd=%2F", "/a b", "no_sign_out"),
        ('name = "lan"', 'name = "lan"\ngroup = "all"', "name_or_group"),
        ('name = "lan"', 'role = "viewer"', "name_or_group"),
        ('role = "editor"', 'role = "editor"\ncommunes = ["huong-son"]', "editor_of_some"),
        ('header = "X-Remote-User"', 'header = "Host"', "header"),
        ('header = "X-Remote-User"', 'header = "X-Forwarded-For"', "header"),
        ('header = "X-Remote-User"', 'header = "Accept-Language"', "header"),
        ('header = "X-Remote-User"', 'header = "X_Remote_User"', "header"),
        ('header = "X-Remote-User"', "", "needed"),
        ('name = "chi"', 'name = " lan"', "twice"),
        ('name = "chi"', 'name = "lan@a.example"\n[[proxy.readers]]\nname = "Lan@A.example"', "twice"),
        ('secret_file = "secret"', 'secret_file = "nothing"', "unreadable"),
    ],
)
def test_what_is_wrong_about_a_proxy_is_named(tmp_path, old, new, key):
    lines = proxied(tmp_path, 8501).read_text("utf-8")
    assert old in lines
    assert error_key(tmp_path, lines.replace(old, new, 1)) == key


@pytest.mark.parametrize("url", ["/oauth2/sign_out", "https://auth.example.vn/logout?rd=https://a.example"])
def test_the_proxy_may_sign_out_here_or_elsewhere(tmp_path, url):
    lines = proxied(tmp_path, 8501).read_text("utf-8").replace("/oauth2/sign_out?rd=%2F", url)
    proxy = settings.read(write(tmp_path, lines)).proxy
    assert proxy is not None
    assert proxy.sign_out_url == url


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


@pytest.mark.parametrize(("secret", "rights", "key"), [("short", 0o640, "short"), (SECRET, 0o644, "open")])
def test_a_secret_that_is_short_or_that_every_account_can_read_is_refused(tmp_path, secret, rights, key):
    file = proxied(tmp_path, 8501)
    (tmp_path / "secret").write_text(secret, "utf-8")
    (tmp_path / "secret").chmod(rights)
    with pytest.raises(settings.SettingsError, match=f"{key}_secret"):
        settings.read(file)


def test_a_typo_in_the_table_of_another_mode_is_named(tmp_path):
    assert error_key(tmp_path, 'mode = "local"\n[proxy]\nheadr = "x"\n') == "unknown"


@pytest.mark.parametrize(
    "lines", ['mode = "oidc"', 'mode = "accounts"\n[oidc]\nissuer = "https://a.example"']
)
def test_who_signed_in_by_openid_connect_is_told_what_to_do(tmp_path, lines):
    assert error_key(tmp_path, lines) == "no_oidc"
    for lang in text.LANGUAGES:
        sentence = text.get(lang)("settings.no_oidc")
        assert "mode = proxy" in sentence
        assert "docs/deploy" in sentence


def test_without_a_file_the_server_is_for_this_computer(monkeypatch):
    monkeypatch.delenv("DASHBOARD_SETTINGS", raising=False)
    assert settings.current().mode == "local"


@pytest.mark.parametrize(
    ("arguments", "configured"),
    [(["app:app", "--host", "0.0.0.0"], ""), (["--host=192.168.1.4"], ""), ([], "::")],
)
def test_a_server_for_this_computer_does_not_start_for_others(monkeypatch, capsys, arguments, configured):
    monkeypatch.delenv("DASHBOARD_SETTINGS", raising=False)
    monkeypatch.setattr("sys.argv", ["start", *arguments])
    with pytest.raises(SystemExit) as ended:
        access.at_start(configured)
    assert ended.value.code == 2
    assert "mode = accounts or proxy" in capsys.readouterr().err


def test_an_address_with_a_way_to_sign_in_starts(monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(proxied(tmp_path, 8501)))
    monkeypatch.setattr("sys.argv", ["uvicorn", "app:app", "--host", "0.0.0.0"])
    assert access.at_start().mode == "proxy"


@pytest.mark.parametrize("is_file", [False, True])
def test_a_state_that_is_a_file_or_cannot_be_written_is_said_at_start(monkeypatch, tmp_path, capsys, is_file):
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(proxied(tmp_path, 8501)))
    if is_file:
        (tmp_path / "state").write_text("", "utf-8")
    else:
        # The rights of files do not bind root, who runs some of these tests.
        monkeypatch.setattr("os.access", lambda *_: False)
    with pytest.raises(SystemExit):
        access.at_start()
    assert str(tmp_path / "state") in capsys.readouterr().err


def with_database(folder, written: str) -> settings.Settings:
    (folder / "url").write_text(f"{written}\n", "utf-8")
    (folder / "url").chmod(0o640)
    lines = NOT_LOCAL.format(url="https://a.example") + '\ndatabase_file = "url"'
    return settings.read(write(folder, lines))


def test_the_database_is_named_by_a_file_of_its_own(tmp_path):
    here = with_database(tmp_path, "postgresql://dashboard:mật@10.0.0.5:5432/dashboard")
    assert here.database_url == "postgresql+pg8000://dashboard:mật@10.0.0.5:5432/dashboard"


@pytest.mark.parametrize(
    "written",
    [
        "mysql://a@b/dashboard",
        "postgresql://10.0.0.5",
        "dashboard dashboard",
        "postgresql://dashboard:mat@khau:1@10.0.0.5/dashboard",
        "postgresql://dashboard:mat@10.0.0.5:khau/dashboard",
        "postgresql://dashboard:mat@10.0.0.5/dashboard?sslmode=require",
    ],
)
def test_what_is_no_database_is_named_without_its_password(tmp_path, written):
    with pytest.raises(settings.SettingsError, match="no_database") as refused:
        with_database(tmp_path, written)
    assert "khau" not in str(refused.value)
    assert refused.value.__context__ is None
