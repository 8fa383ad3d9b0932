"""Mode local: the key in the first link, and what tells that a request comes from elsewhere."""

from __future__ import annotations

import stat

import pytest
from gated import ADDRESS, SOCKET, browsers_of, refused_with
from starlette.responses import PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient

from dashboard import access, settings, text
from dashboard.access import local_authenticator

HTML = {"Accept": "text/html"}
OF_PROXIES = """
    Forwarded Via X-Forwarded-For X-Forwarded-Host X-Forwarded X-Real-IP Client-IP True-Client-IP CF-Ray
    CF-Connecting-IP X-Client-IP X-Cluster-Client-IP X-Original-Host X-Original-URL X-ProxyUser-Ip
    X-Original-Forwarded-For X-Envoy-External-Address X-ARR-LOG-ID X-Azure-ClientIP Fastly-Client-IP
    X-Appengine-User-Ip X-Amzn-Trace-Id CDN-Loop X-Request-Id X-Proxy-Id
"""


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    """Where the user keeps the key."""
    monkeypatch.delenv("DASHBOARD_SETTINGS", raising=False)
    monkeypatch.delenv(local_authenticator.NAMED, raising=False)
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    local_authenticator._kept.cache_clear()
    yield tmp_path / "dashboard"
    local_authenticator._kept.cache_clear()


async def open_socket(socket):
    await socket.accept()
    await socket.close()


def started() -> TestClient:
    """A browser that knows nothing, and a server that has just started."""
    routes = [
        WebSocketRoute("/_stcore/stream", open_socket),
        Route("/{path:path}", lambda _: PlainTextResponse("page"), methods=["GET", "PUT", "POST"]),
    ]
    return browsers_of(access.authenticator(settings.current()), routes)()


@pytest.fixture
def browser() -> TestClient:
    return started()


@pytest.fixture
def keyed(browser) -> TestClient:
    """A browser that has opened the link."""
    browser.get(f"/?khoa={local_authenticator.key()}", headers=HTML)
    return browser


def test_the_link_lets_in_and_leads_on_to_the_same_page_without_the_key(browser):
    link = f"/kiem-nhiem?xa=X%C3%A3+A&khoa={local_authenticator.key()}&lang=en"
    answer = browser.get(link, headers=HTML)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"{ADDRESS}/kiem-nhiem?xa=X%C3%A3+A&lang=en"
    cookie = answer.headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "max-age" not in cookie.lower()
    assert local_authenticator.key() not in cookie
    assert browser.get("/kiem-nhiem", headers=HTML).text == "page"


def test_the_link_that_a_browser_is_started_with_lets_in_that_one_alone(browser):
    link = access.link_for_one("127.0.0.1", 8501)
    assert local_authenticator.key() not in link
    assert browser.get(link, headers=HTML).status_code == 303
    assert browser.get("/kiem-nhiem", headers=HTML).text == "page"
    assert started().get(link, headers=HTML).status_code == 401


@pytest.mark.parametrize("path", ["/", "/kiem-nhiem", "/?khoa=", "/?khoa=x", "/media/x", "/_stcore/health"])
def test_without_the_key_all_is_refused_in_both_languages(browser, path):
    answer = browser.get(path, headers=HTML)
    assert answer.status_code == 401
    for lang in text.LANGUAGES:
        assert text.get(lang)("gate.no_key") in answer.text
    assert "set-cookie" not in answer.headers


@pytest.mark.parametrize("path", ["/_stcore/health", "/media/x", "/_stcore/upload_file/a/b"])
def test_the_key_opens_pages_only(browser, path):
    assert browser.get(path, params={"khoa": local_authenticator.key()}).status_code == 401


def test_a_websocket_needs_the_key_and_the_page_of_this_server(keyed):
    with keyed.websocket_connect(SOCKET, headers={"Origin": ADDRESS}):
        pass
    for headers in ({}, {"Origin": "null"}, {"Origin": "http://127.0.0.1:9000"}):
        assert refused_with(keyed, **headers) == 403
    assert refused_with(started(), Origin=ADDRESS) == 401


def test_what_changes_something_needs_an_origin(keyed):
    assert keyed.post("/x").status_code == 403
    assert keyed.post("/x", headers={"Origin": ADDRESS}).status_code == 200


@pytest.mark.parametrize("header", OF_PROXIES.split())
def test_what_only_a_proxy_adds_means_that_it_comes_from_elsewhere(keyed, header):
    assert keyed.get("/", headers={**HTML, header: "127.0.0.1"}).status_code == 403


def test_what_browsers_send_does_not(keyed):
    sent = {
        "Accept-Language": "vi",
        "Cache-Control": "no-cache",
        "DNT": "1",
        "Priority": "u=0, i",
        "Referer": ADDRESS,
        "Sec-CH-UA-Platform": "Linux",
        "Sec-Fetch-Mode": "navigate",
        "Sec-GPC": "1",
        "TE": "trailers",
        "Upgrade-Insecure-Requests": "1",
        "X-Requested-With": "x",
        "X-Xsrftoken": "x",
    }
    assert keyed.get("/", headers={**HTML, **sent}).status_code == 200


def test_a_restart_locks_no_tab_out(keyed, home):
    before = local_authenticator.key()
    local_authenticator._kept.cache_clear()
    assert local_authenticator.key() == before
    again = started()
    again.cookies = keyed.cookies
    assert again.get("/", headers=HTML).status_code == 200
    (key_file,) = home.iterdir()
    assert stat.S_IMODE(key_file.stat().st_mode) == 0o600


@pytest.mark.parametrize("broken", ["a file in place of the folder", "a damaged key"])
def test_where_no_key_can_be_kept_each_start_has_its_own(keyed, home, broken):
    (key_file,) = home.iterdir()
    if broken == "a damaged key":
        key_file.write_bytes(b"")
    else:
        key_file.unlink()
        home.rmdir()
        home.write_text("", "utf-8")
    local_authenticator._kept.cache_clear()
    again = started()
    again.cookies = keyed.cookies
    assert again.get("/", headers=HTML).status_code == 401
    assert again.get(f"/?khoa={local_authenticator.key()}", headers=HTML).status_code == 303


def test_the_environment_may_name_the_key(monkeypatch, home):
    monkeypatch.setenv(local_authenticator.NAMED, "chìa khoá; của tôi")
    browser = started()
    assert browser.get("/", params={"khoa": "chìa khoá; của tôi"}, headers=HTML).status_code == 303
    assert browser.get("/", headers=HTML).status_code == 200
    assert not home.exists()


@pytest.mark.parametrize("short", ["", "short"])
def test_a_short_key_is_said_at_start(monkeypatch, capsys, short):
    monkeypatch.setenv(local_authenticator.NAMED, short)
    with pytest.raises(SystemExit):
        access.at_start()
    assert local_authenticator.NAMED in capsys.readouterr().err


@pytest.mark.parametrize("address", ["127.0.0.1", "::1"])
def test_the_terminal_shows_the_link_once(monkeypatch, capsys, address):
    monkeypatch.setattr("sys.argv", ["app.py"])
    monkeypatch.setattr(access.start, "_LINK_SHOWN", type(access.start._LINK_SHOWN)())
    access.at_start(address, 9000)
    access.at_start(address, 9000)
    output = capsys.readouterr().out
    host = "[::1]" if ":" in address else address
    assert output.count(f"http://{host}:9000/?khoa={local_authenticator.key()}") == 1


def test_no_filter_is_called_like_the_key():
    from dashboard import registry  # noqa: PLC0415

    assert local_authenticator.PARAMETER not in {parameter.key for parameter in registry.PARAMETERS}
