"""deploy/nginx/dashboard.conf, run by nginx as it is, before two servers that say what they get."""

from __future__ import annotations

import http.client
import socket
import ssl
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import NamedTuple

import deployment
import pytest
import servers
from echoing import echoing

from asking import UPGRADE, Answer, ask


class Stand(NamedTuple):
    """nginx, and the switches of the two servers behind it."""

    front: deployment.Front
    tls: ssl.SSLContext
    servers: dict[int, ExitStack]

    def ask(
        self, path: str = "/", headers: dict[str, str] | None = None, method: str = "GET", body=None
    ) -> Answer:
        return ask(self.front.address, path, headers or {}, method, body=body, tls=self.tls)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("nginx")


@pytest.fixture(scope="module")
def running(nginx: str, folder: Path) -> Iterator[tuple[deployment.Front, ssl.SSLContext]]:
    plain, tls, one, two = servers.free_ports(4)
    front = deployment.Front(tls, plain, (one, two))
    authority = deployment.certificate(folder)
    with deployment.nginx(deployment.site(folder, front), front.tls):
        yield front, deployment.believes(authority)


@pytest.fixture
def stand(running: tuple[deployment.Front, ssl.SSLContext]) -> Iterator[Stand]:
    front, tls = running
    with ExitStack() as both:
        servers = {port: both.enter_context(ExitStack()) for port in front.processes}
        for port, switch in servers.items():
            switch.enter_context(echoing(port))
        yield Stand(front, tls, servers)


def test_nginx_takes_the_configuration_without_a_warning(nginx: str, tmp_path: Path):
    plain, tls, one, two = servers.free_ports(4)
    deployment.certificate(tmp_path)
    main = deployment.site(tmp_path, deployment.Front(tls, plain, (one, two)))
    tried = subprocess.run([nginx, "-t", "-c", str(main)], capture_output=True, text=True, check=False)
    assert tried.returncode == 0, tried.stderr
    assert "[warn]" not in tried.stderr


def test_nobody_brings_an_identity_or_an_address_along(stand: Stand):
    forged = {
        "X-Dashboard-Reader": "a",
        "X-Dashboard-Secret": "b",
        "X-Remote-User": "c",
        "X-Remote-Groups": "e",
        "X-Forwarded-For": "10.9.9.9",
        "Forwarded": "for=10.9.9.9",
        "X-Real-IP": "10.9.9.9",
        "X_Remote_User": "d",
    }
    got = {name.lower(): value for name, value in stand.ask(headers=forged).json["headers"].items()}
    assert got["x-forwarded-for"] == "127.0.0.1"
    identity = {"x-dashboard-reader", "x-dashboard-secret", "x-remote-user", "x-remote-groups"}
    assert not (identity | {"forwarded", "x-real-ip"}) & set(got)
    assert "d" not in got.values()


def test_host_and_origin_arrive_as_they_were_sent(stand: Stand):
    got = stand.ask(headers={"Origin": stand.front.address}).json["headers"]
    assert got["Host"] == f"{deployment.HOST}:{stand.front.tls}"
    assert got["Origin"] == stand.front.address


def test_only_a_websocket_is_upgraded(stand: Stand):
    got = stand.ask(headers={"Connection": "Upgrade, HTTP2-Settings", "Upgrade": "h2c"}).json["headers"]
    assert "Upgrade" not in got
    assert got["Connection"] == "close"
    assert stand.ask("/_stcore/stream", UPGRADE).status == 101


def test_a_reader_stays_with_the_process_that_answered_first(stand: Stand):
    first = stand.ask()
    cookie = first.headers["set-cookie"]
    assert {"Secure", "HttpOnly", "SameSite=Lax"} <= set(cookie.split("; "))
    headers = {"Cookie": cookie.split(";")[0]}
    assert {stand.ask(headers=headers).json["port"] for _ in range(6)} == {first.json["port"]}
    assert "set-cookie" not in stand.ask(headers=headers).headers


@pytest.mark.parametrize("process", ["one", "two"])
def test_the_other_process_takes_over_at_once_and_keeps_who_opens_a_websocket_there(
    stand: Stand, process: str
):
    mine, other = stand.front.processes if process == "one" else reversed(stand.front.processes)
    cookie = {"Cookie": f"dashboard_process={process}"}
    assert stand.ask(headers=cookie).json["port"] == mine
    stand.servers[mine].close()
    passed_over = stand.ask(headers=cookie)
    assert passed_over.json["port"] == other
    # The session may still be there: only its websocket moves it.
    assert "set-cookie" not in passed_over.headers
    moved = stand.ask("/_stcore/stream", {**UPGRADE, **cookie})
    assert moved.status == 101
    assert moved.headers["set-cookie"].startswith(
        f"dashboard_process={'two' if process == 'one' else 'one'};"
    )


def test_a_made_up_process_is_no_process(stand: Stand):
    assert stand.ask(headers={"Cookie": "dashboard_process=127.0.0.1:22"}).status == 200


def test_without_any_process_a_page_says_so_and_tries_again(stand: Stand):
    for switch in stand.servers.values():
        switch.close()
    answer = stand.ask("/kiem-nhiem")
    assert answer.status == 502
    assert answer.headers["retry-after"] == "5"
    assert "Máy chủ đang khởi động" in answer.body
    assert 'http-equiv="refresh"' in answer.body


def test_files_of_the_program_go_compressed_and_pages_do_not(stand: Stand):
    headers = {"Accept-Encoding": "gzip", "X-Long": "x" * 2000}
    assert stand.ask("/static/js/index.js", headers).headers["content-encoding"] == "gzip"
    assert "content-encoding" not in stand.ask("/", headers).headers


def test_only_handing_in_a_file_may_be_large(stand: Stand):
    large = b"x" * 1_000_000
    assert stand.ask("/_stcore/upload_file/a/b", {}, "PUT", large).status == 200
    assert stand.ask("/", {}, "PUT", large).status == 413


def test_plain_http_leads_to_tls(stand: Stand):
    connection = http.client.HTTPConnection(deployment.HOST, stand.front.plain, timeout=10)
    connection.request("GET", "/kiem-nhiem?xa=a")
    answer = connection.getresponse()
    assert answer.status == 301
    assert answer.getheader("location") == f"{stand.front.address}/kiem-nhiem?xa=a"
    assert answer.getheader("server") == "nginx"
    connection.close()


def test_another_name_is_not_answered(stand: Stand):
    connection = http.client.HTTPConnection("127.0.0.1", stand.front.plain, timeout=10)
    connection.request("GET", "/", headers={"Host": "elsewhere.example"})
    with pytest.raises(http.client.RemoteDisconnected):
        connection.getresponse()
    with (
        socket.create_connection(("127.0.0.1", stand.front.tls), timeout=10) as plain,
        pytest.raises(ssl.SSLError),
    ):
        stand.tls.wrap_socket(plain, server_hostname="elsewhere.example")


def test_every_answer_asks_for_tls_from_now_on(stand: Stand):
    assert stand.ask().headers["strict-transport-security"] == "max-age=31536000"


def test_the_log_holds_no_filters(stand: Stand, folder: Path):
    stand.ask("/kiem-nhiem?xa=looked-for")
    servers.until(lambda: "/kiem-nhiem " in (folder / "access.log").read_text("utf-8"), "nothing is logged")
    assert "looked-for" not in (folder / "access.log").read_text("utf-8")
