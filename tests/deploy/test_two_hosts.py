"""Two servers with state of their own behind nginx, sharing one PostgreSQL: who is signed in on one is on the
other, and who is out on one is out on both."""

from __future__ import annotations

import http.client
import os
import signal
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlencode

import deployment
import postgresql
import pytest
from servers import until

from dashboard.access import ACCOUNT, SIGN_IN, SIGN_OUT

ONE, TWO = "one", "two"


@dataclass
class Reader:
    """A browser without the browser: its cookies, but for the one by which nginx chooses the server."""

    front: deployment.Front
    tls: ssl.SSLContext
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, server: str, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Ask a server for a page, or send it a form; the status and the page."""
        sent = {**self.cookies, "dashboard_process": server}
        cookie = "; ".join(f"{name}={value}" for name, value in sent.items())
        headers = {"Cookie": cookie, "Accept": "text/html"}
        if form is not None:
            headers |= {"Origin": self.front.address, "Content-Type": "application/x-www-form-urlencoded"}
        connection = http.client.HTTPSConnection(
            deployment.HOST, self.front.tls, context=self.tls, timeout=20
        )
        try:
            body = None if form is None else urlencode(form)
            connection.request("GET" if form is None else "POST", path, body, headers)
            answer = connection.getresponse()
            for written in answer.headers.get_all("set-cookie", []):
                name, _, value = written.partition(";")[0].partition("=")
                self.cookies[name] = value
            return answer.status, answer.read().decode("utf-8", "replace")
        finally:
            connection.close()

    def sign_in(self, server: str, name: str = "lan", password: str = deployment.PASSWORD) -> int:
        form = {"ten": name, "mat_khau": password, "tiep": "/xa"}
        return self.ask(server, SIGN_IN, form)[0]

    def is_in(self, server: str) -> bool:
        return self.ask(server, "/xa")[0] == 200


@pytest.fixture(scope="module")
def deployed(nginx: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple]:
    folder = tmp_path_factory.mktemp("two")
    if postgresql.programs() is None:
        if os.environ.get("CI"):
            pytest.fail("no PostgreSQL is installed: CI must run the tests on it")
        pytest.skip("no PostgreSQL is installed (Debian: apt install postgresql)")
    with postgresql.cluster() as url, deployment.deployed_on_two(folder, ["lan", "chi"], url) as running:
        yield running


@pytest.fixture
def reader(deployed, tmp_path: Path) -> Reader:
    front, processes = deployed
    authority = processes[0].settings.parents[1] / "fullchain.pem"
    return Reader(front, deployment.believes(authority))


def test_a_session_of_one_is_good_on_the_other_and_its_end_holds_on_both(reader: Reader):
    assert reader.sign_in(ONE) == 303
    assert reader.is_in(TWO)
    assert reader.is_in(ONE)
    before = dict(reader.cookies)
    assert reader.ask(TWO, SIGN_OUT, {})[0] == 303
    reader.cookies = before
    assert not reader.is_in(TWO)
    # What the other has just asked the database holds for a second.
    until(lambda: not reader.is_in(ONE), "still let in by the other server")


def test_both_count_attempts_together(reader: Reader):
    wrong = [reader.sign_in((ONE, TWO)[n % 2], "ai đó", "không đúng") for n in range(7)]
    assert wrong == [401] * 5 + [429] * 2


def test_sessions_on_both_are_listed_on_either(reader: Reader):
    second = Reader(reader.front, reader.tls)
    assert (reader.sign_in(ONE, "chi"), second.sign_in(TWO, "chi")) == (303, 303)
    assert reader.ask(TWO, ACCOUNT)[1].count("<li>") == 2


def test_when_one_is_killed_its_readers_are_let_in_by_the_other(reader: Reader, deployed):
    assert reader.sign_in(ONE) == 303
    os.kill(deployed[1][0].pid, signal.SIGKILL)
    assert reader.is_in(ONE)
