"""deploy/nginx/oauth2-proxy.conf in the site as it is: who is signed in where oauth2-proxy says so.

A server of the test stands in for oauth2-proxy: its answers are those that it documents for `auth_request`.
"""

from __future__ import annotations

import json
import ssl
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import deployment
import pytest
import servers
from echoing import echoing, serving

import asking

SECRET = "a-secret-of-the-proxy-in-tests"
SIGNED_IN = {"Cookie": "_oauth2_proxy=lan"}
PAGE = {"Accept": "text/html,*/*"}
FORGED = {
    "X-Remote-User": "forged",
    "X-Remote-Groups": "forged",
    "X-Dashboard-Secret": "forged",
    "X-Auth-Request-Email": "forged",
    "X-Auth-Request-Groups": "forged",
    "X_Remote_User": "forged",
}


class _OAuth2Proxy(BaseHTTPRequestHandler):
    """Knows one reader by a cookie; sends every other reader to a provider, with the way back."""

    def do_GET(self) -> None:
        if self.path == "/oauth2/auth":
            known = "_oauth2_proxy=lan" in self.headers.get("Cookie", "")
            self.send_response(202 if known else 401)
            if known:
                self.send_header("X-Auth-Request-User", "5f2c")
                self.send_header("X-Auth-Request-Email", "lan@example.vn")
                self.send_header("X-Auth-Request-Groups", "thuong-truc,van-phong")
                self.send_header("Set-Cookie", "_oauth2_proxy=renewed; Path=/")
        else:
            self.send_response(302)
            back = self.headers.get("X-Auth-Request-Redirect", "")
            self.send_header("Location", f"https://provider.example{self.path}#{back}")
            self.send_header("X-Arrived", json.dumps(dict(self.headers)))
        self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *_arguments: object) -> None:
        pass


@pytest.fixture(scope="module")
def stand(nginx: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[deployment.Front, int]]:
    """nginx with the site and the sign-in before two servers that say what they get; oauth2-proxy's port."""
    folder: Path = tmp_path_factory.mktemp("oauth2")
    plain, tls, one, two, sign_in = servers.free_ports(5)
    front = deployment.Front(tls, plain, (one, two))
    deployment.certificate(folder)
    written = (deployment.DEPLOY / "nginx" / "oauth2-proxy.conf").read_text("utf-8")
    for old, new in {"127.0.0.1:4180": f"127.0.0.1:{sign_in}", "THE-SECRET": SECRET}.items():
        assert old in written
        written = written.replace(old, new)
    (folder / "dashboard-sign-in.conf").write_text(written, "utf-8")
    with echoing(one), echoing(two), deployment.nginx(deployment.site(folder, front), tls):
        yield front, sign_in


@pytest.fixture
def ask(stand: tuple[deployment.Front, int], request: pytest.FixtureRequest):
    """Asks nginx, while oauth2-proxy runs; gives the status, the headers and the body."""
    front, sign_in = stand
    trusted = ssl.create_default_context()
    trusted.check_hostname, trusted.verify_mode = False, ssl.CERT_NONE

    def send(path: str, *sent: dict[str, str]) -> tuple[int, dict[str, str], str]:
        headers = {key: value for part in sent for key, value in part.items()}
        answer = asking.ask(front.address, path, headers, tls=trusted)
        return answer.status, answer.headers, answer.body

    if getattr(request, "param", True):
        with serving(sign_in, _OAuth2Proxy):
            yield send
    else:
        yield send


def test_a_stranger_is_led_to_sign_in_and_back_to_the_page_with_all_its_filters(ask):
    status, headers, _ = ask("/kiem-nhiem?xa=huong-son&lang=en&rd=//x.example", PAGE, FORGED)
    assert status == 302
    assert (
        headers["location"]
        == "https://provider.example/oauth2/sign_in#/kiem-nhiem?xa=huong-son&lang=en&rd=//x.example"
    )


@pytest.mark.parametrize("path", ["/_stcore/health", "/static/js/index.js", "/media/x", "/_stcore/stream"])
def test_a_stranger_gets_no_file_and_no_websocket(ask, path):
    status, _, body = ask(path, FORGED)
    assert status == 401
    assert '"port"' not in body


@pytest.mark.parametrize(
    "path", ["/", "/static/js/index.js", "/app/static/x", "/_stcore/upload_file/a", "/dang-nhap"]
)
def test_who_is_signed_in_is_named_with_groups_and_the_secret_whatever_was_forged(ask, path):
    status, headers, body = ask(path, SIGNED_IN, FORGED)
    assert status == 200
    got = {name.lower(): value for name, value in json.loads(body)["headers"].items()}
    assert got["x-remote-user"] == "lan@example.vn"
    assert got["x-remote-groups"] == "thuong-truc,van-phong"
    assert got["x-dashboard-secret"] == SECRET
    assert "_oauth2_proxy=renewed" in headers["set-cookie"]
    assert "dashboard_process=" in headers["set-cookie"]
    assert {name for name, value in got.items() if value == "forged"} <= {
        "x-auth-request-email",
        "x-auth-request-groups",
    }


def test_the_secret_does_not_go_to_the_sign_in_nor_a_way_back_of_the_client(ask):
    forged = {"X-Auth-Request-Redirect": "https://evil.example", "X-Forwarded-Host": "evil.example"}
    _, headers, _ = ask("/oauth2/start", forged)
    assert SECRET not in headers["x-arrived"]
    assert "evil.example" not in headers["x-arrived"] + headers["location"]


def test_nobody_asks_in_place_of_nginx(ask):
    assert ask("/oauth2/auth", SIGNED_IN)[0] == 404


def test_the_health_of_the_server_is_told_without_a_sign_in(ask):
    status, _, body = ask("/readyz", FORGED)
    assert status == 200
    assert "x-remote-user" not in body.lower()


@pytest.mark.parametrize("ask", [False], indirect=True)
def test_while_the_sign_in_is_away_nobody_is_let_in_and_the_page_tries_again(ask):
    status, _, body = ask("/", PAGE, SIGNED_IN, FORGED)
    assert status == 500
    assert 'http-equiv="refresh"' in body
    assert '"port"' not in body
