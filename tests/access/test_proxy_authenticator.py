"""Mode proxy: who is let in by the headers of the proxy in front, with which rights, and for how long."""

from __future__ import annotations

import json
import time

import pytest
from gated import ADDRESS, SOCKET, browsers_of, refused_with
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.types import Message
from starlette.websockets import WebSocket, WebSocketDisconnect

from dashboard import settings
from dashboard.access import HEADER, User, authenticator, websockets
from own_loop import finished
from settings_files import SECRET, proxied

PROVEN, NAME, GROUPS = ("X-Dashboard-Secret", SECRET), "X-Remote-User", "X-Remote-Groups"


async def arrived(request: Request) -> Response:
    return JSONResponse(dict(request.headers))


async def echo(socket: WebSocket) -> None:
    await socket.accept()
    while True:
        try:
            await socket.send_text(await socket.receive_text())
        except WebSocketDisconnect:
            return


@pytest.fixture
def front(tmp_path, monkeypatch) -> TestClient:
    """What the proxy in front speaks to."""
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(proxied(tmp_path, 8501)))
    (tmp_path / "state").mkdir()
    routes = [Route("/", arrived), WebSocketRoute("/_stcore/stream", echo)]
    return browsers_of(authenticator(settings.current()), routes)(origin=ADDRESS)


def reader(front: TestClient, *sent: tuple[str, str]) -> User | None:
    """Who reads the page for which a proxy sends these headers; None = refused."""
    answer = front.get("/", headers=[(name, value.encode()) for name, value in (PROVEN, *sent)])
    if answer.status_code == 401:
        return None
    return User.from_header(answer.json()[HEADER])


@pytest.mark.parametrize(
    ("name", "groups", "rights"),
    [
        ("dung", "xã hương sơn", ("viewer", ("huong-son",))),
        ("dung", "staff ,  xã hương sơn", ("viewer", ("huong-son",))),
        ("dung", "editors,xã hương sơn", ("viewer", ("huong-son",))),
        ("dung", "editors", ("editor", None)),
        ("bà", "editors", ("viewer", ("huong-son",))),
        ("lan", "editors", ("viewer", None)),
        ("lan", "", ("viewer", None)),
        ("Giang@Xa.example", "editors", ("viewer", ("huong-son",))),
    ],
)
def test_a_name_counts_before_groups_and_the_first_group_listed_before_others(front, name, groups, rights):
    assert reader(front, (NAME, name), (GROUPS, groups)) == User(name, *rights)


@pytest.mark.parametrize(
    "sent",
    [
        [(NAME, "dung")],
        [(NAME, "Lan")],
        [(NAME, "dung"), (GROUPS, "")],
        [(NAME, "dung"), (GROUPS, "editor")],
        [(NAME, "dung"), (GROUPS, "Editors")],
        [(NAME, "editors"), (GROUPS, "lan")],
        [(NAME, ""), (GROUPS, "editors")],
        [(NAME, "  "), (GROUPS, "editors")],
        [(GROUPS, "editors")],
        [(NAME, "dung"), (GROUPS, "editors"), (GROUPS, "editors")],
        [(NAME, "dung"), (NAME, "dung"), (GROUPS, "editors")],
        [(NAME, "lan"), (GROUPS, "a"), (GROUPS, "b")],
        [(NAME, "dung"), (GROUPS, "editors"), PROVEN],
    ],
)
def test_who_is_not_listed_has_no_name_or_comes_with_two_headers_is_a_stranger(front, sent):
    assert reader(front, *sent) is None


def test_what_proves_a_reader_to_the_gate_goes_no_further(front):
    written = [PROVEN, (NAME, "lan"), (GROUPS, "a")]
    forged = [(name.replace("-", "_"), "forged") for name, _ in written]
    arrived = front.get("/", headers=[*written, *forged]).json()
    assert not {name.replace("_", "-") for name in arrived} & {name.lower() for name, _ in written}
    assert "forged" not in json.dumps(arrived)


def test_a_socket_is_cut_after_a_while_and_who_is_named_no_more_is_out(front, monkeypatch):
    """The headers of a handshake are as old as its websocket."""
    monkeypatch.setattr(websockets, "LASTS_S", 0.5)
    with front.websocket_connect(SOCKET, headers=dict([PROVEN, (NAME, "lan")])) as socket:
        socket.send_text("a")
        assert socket.receive_text() == "a"
        with pytest.raises(WebSocketDisconnect) as cut:
            socket.receive_text()
        assert cut.value.code == 1001
    assert refused_with(front, **dict([PROVEN])) == 401


def test_who_sends_without_a_pause_is_cut_too():
    async def at_once() -> Message:
        return {"type": "websocket.receive"}

    async def flooded() -> None:
        receive, end = websockets.expiring(at_once, 0.05), time.monotonic() + 20
        while time.monotonic() < end:
            await receive()

    with pytest.raises(TimeoutError):
        finished(flooded())


def test_no_two_sockets_are_cut_together_and_none_lasts_longer_than_ten_minutes(front):
    lasting = {websockets.lifetime() for _ in range(50)}
    assert len(lasting) > 1
    assert all(6 * 60 <= seconds <= 10 * 60 for seconds in lasting)
