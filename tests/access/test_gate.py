"""The gate around an app of the test: who is sent where, how long a websocket lasts, what an error says."""

from __future__ import annotations

import contextlib
import json
import logging
from dataclasses import replace
from html import unescape

import pytest
from gated import ADDRESS, SOCKET, browsers_of, refused_with
from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route, WebSocketRoute
from starlette.testclient import TestClient
from starlette.websockets import WebSocketDisconnect
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard import text
from dashboard.access import HEADER, User, media_grants, uploads, websockets
from settings_files import proxied

EDITOR = User("chi", "editor")
FILE = f"/media/{'a' * 32}.svg"
SHELL = '<html lang="en"><title>Streamlit</title><noscript>x</noscript><div id="root"></div></html>'


class SwitchedAuthenticator:
    """Lets in the user that the test has set; has a sign-in page."""

    def __init__(self) -> None:
        self.now: User | None = EDITOR
        self.routes = [Route("/dang-nhap", lambda _request: PlainTextResponse("sign in"))]

    async def user(self, _connection: HTTPConnection) -> User | None:
        return self.now


async def page(request):
    if request.url.path == "/fails":
        raise ValueError("secret detail")
    return HTMLResponse(SHELL, headers={"Server": "x", "Access-Control-Allow-Origin": "*"})


async def who(request):
    return PlainTextResponse(",".join(request.headers.getlist(HEADER)))


async def echo(socket):
    """Offers what it is told to, makes what it is asked for, and says everything else again."""
    await socket.accept()
    with contextlib.suppress(WebSocketDisconnect):
        while True:
            message = await socket.receive()
            if message["type"] == "websocket.disconnect":
                return
            if message.get("bytes"):
                await socket.send_text("made")
            elif (word := message["text"]).startswith(("/media/", "id-")):
                await socket.send_bytes(offer(word))
            else:
                await socket.send_text(word)


def offer(file: str) -> bytes:
    """What Streamlit sends for a button that gives a file out."""
    message = ForwardMsg()
    button = message.delta.new_element.download_button
    button.url, button.deferred_file_id = (file, "") if file.startswith("/") else ("", file)
    return bytes(message.SerializeToString())


async def received(request):
    return PlainTextResponse(str(len(await request.body())))


ROUTES = [
    Route("/who", who),
    WebSocketRoute("/_stcore/stream", echo),
    Route("/_stcore/upload_file/a/b", received, methods=["PUT"]),
    Route("/{path:path}", page, methods=["GET", "HEAD"]),
]


@pytest.fixture
def authenticator() -> SwitchedAuthenticator:
    return SwitchedAuthenticator()


@pytest.fixture
def held() -> list[int]:
    """The sizes of files that were handed in and are in memory."""
    return []


@pytest.fixture
def browser(authenticator, held, tmp_path, monkeypatch) -> TestClient:
    """A browser in front of the gate, in a mode with a public address, publishing on."""
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(proxied(tmp_path, 8501, publish=True)))
    (tmp_path / "state").mkdir()
    make = browsers_of(authenticator, ROUTES, upload_memory_used=lambda: sum(held))
    return make(accept="text/html", origin=ADDRESS)


def audit(tmp_path) -> list[dict[str, str]]:
    return [json.loads(line) for line in (tmp_path / "state" / "audit.log").read_text("utf-8").splitlines()]


def test_a_stranger_is_sent_to_sign_in_and_back_to_the_page_and_filters(browser, authenticator):
    authenticator.now = None
    answer = browser.get("/kiem-nhiem?xa=X%C3%A3+A&lang=en")
    assert answer.status_code == 303
    back = "/dang-nhap?tiep=%2Fkiem-nhiem%3Fxa%3DX%25C3%25A3%2BA%26lang%3Den"
    assert answer.headers["location"] == back


@pytest.mark.parametrize("path", ["/_stcore/health", "/media/x", "/static/x.js", "/app/static/x.html"])
def test_a_stranger_is_not_sent_to_sign_in_for_a_file(browser, authenticator, path):
    authenticator.now = None
    assert browser.get(path).status_code == 401


def test_the_reader_goes_on_and_no_other(browser):
    answer = browser.get("/who", headers={HEADER: User("x", "viewer").to_header()})
    assert User.from_header(answer.text) == EDITOR


@pytest.mark.parametrize("now", [None, User("chi", "viewer", ("huong-son",))])
def test_a_sign_in_that_ended_or_changed_closes_the_websocket_at_the_next_message(
    browser, authenticator, now
):
    with browser.websocket_connect(SOCKET) as socket:
        socket.send_text("a")
        assert socket.receive_text() == "a"
        authenticator.now = now
        socket.send_text("b")
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


def told_of(browser, file: str) -> None:
    """The page is told of a file on its websocket, as Streamlit does it."""
    with browser.websocket_connect(SOCKET) as socket:
        socket.send_text(file)
        socket.receive_bytes()


def test_a_file_goes_to_the_reader_who_was_told_of_it(browser, authenticator):
    told_of(browser, FILE)
    assert browser.get(FILE).status_code == 200
    authenticator.now = replace(EDITOR, session="another sign-in")
    assert browser.get(FILE).status_code == 200


@pytest.mark.parametrize(
    "user", [User("lan", "editor"), User("chi", "viewer"), User("chi", "editor", ("huong-son",))]
)
def test_nobody_else_is_given_a_file_and_not_who_had_other_rights(browser, authenticator, user):
    told_of(browser, FILE)
    authenticator.now = user
    assert browser.get(FILE).status_code == 404
    told_of(browser, FILE)
    assert browser.get(FILE).status_code == 200


@pytest.mark.parametrize(
    "file",
    ["/media/", "/media/x", f"/media/{'b' * 32}.svg", f"/media/x{'a' * 32}.svg", f"/media/{'a' * 33}.svg"],
)
def test_a_file_that_nobody_was_told_of_is_not_there(browser, file):
    told_of(browser, FILE)
    assert browser.get(file).status_code == 404


def make(browser, file_id: str) -> str:
    """Ask for a file that is made on demand; what the server says to that."""
    request = BackMsg()
    request.backend_operation_request.deferred_file.file_id = file_id
    with browser.websocket_connect(SOCKET) as socket:
        socket.send_bytes(request.SerializeToString())
        return socket.receive_text()


def test_a_file_is_made_only_for_the_reader_who_was_offered_it(browser, authenticator):
    told_of(browser, "id-1")
    assert make(browser, "id-1") == "made"
    for reader, file in ((EDITOR, "id-2"), (User("lan", "editor"), "id-1")):
        authenticator.now = reader
        with pytest.raises(WebSocketDisconnect):
            make(browser, file)


def test_only_the_last_files_of_a_reader_are_kept(browser, monkeypatch):
    monkeypatch.setattr(media_grants, "LIMIT", 2)
    files = [f"/media/{letter * 32}.svg" for letter in "abc"]
    for file in (files[0], files[1], files[0], files[2]):
        told_of(browser, file)
    assert [browser.get(file).status_code for file in files] == [200, 404, 200]


def test_a_message_that_is_too_large_closes_the_websocket(browser):
    with browser.websocket_connect(SOCKET) as socket:
        socket.send_text("a" * (websockets.LARGEST + 1))
        with pytest.raises(WebSocketDisconnect):
            socket.receive_text()


def test_only_so_many_websockets_of_one_reader_open(browser, monkeypatch):
    monkeypatch.setattr(websockets, "OF_ONE_READER", 1)
    with browser.websocket_connect(SOCKET):
        assert refused_with(browser) == 503
    with browser.websocket_connect(SOCKET) as socket:
        socket.send_text("again")
        assert socket.receive_text() == "again"


def test_an_editor_hands_in_a_file(browser):
    assert browser.put("/_stcore/upload_file/a/b", content=b"12345").text == "5"


@pytest.mark.parametrize("reader", [User("lan", "viewer"), User("ba", "viewer", ("huong-son",))])
def test_who_may_not_publish_hands_in_no_file(browser, authenticator, reader):
    authenticator.now = reader
    assert browser.put("/_stcore/upload_file/a/b", content=b"1").status_code == 403


def test_an_upload_says_its_length_and_keeps_to_the_limit(browser, monkeypatch):
    monkeypatch.setattr(uploads, "LARGEST", 10)
    put = "/_stcore/upload_file/a/b"
    assert browser.put(put, content=iter([b"123"])).status_code == 411
    assert browser.put(put, content=b"1" * 11).status_code == 413
    assert browser.put(put, content=b"1" * 10).status_code == 200


def test_only_so_many_uploads_at_once(browser, monkeypatch):
    monkeypatch.setattr(uploads, "AT_ONCE", 0)
    assert browser.put("/_stcore/upload_file/a/b", content=b"1").status_code == 429


def test_no_more_files_are_kept_in_memory_than_there_is_room_for(browser, held):
    put = "/_stcore/upload_file/a/b"
    held.append(uploads.MEMORY_LIMIT)
    assert browser.put(put, content=b"1").status_code == 429
    held.clear()
    assert browser.put(put, content=b"1").status_code == 200


@pytest.mark.parametrize("lang", text.LANGUAGES)
def test_an_error_is_a_sentence_with_an_id_and_the_log_has_the_trace(browser, lang, caplog):
    with caplog.at_level(logging.ERROR, logger="dashboard"):
        answer = browser.get(f"/fails?lang={lang}")
    assert answer.status_code == 500
    record = next(record for record in caplog.records if record.name == "dashboard")
    assert record.exc_info is not None
    error_id = record.getMessage().split("id ")[1][:8]
    assert text.get(lang)("data.failure", id=error_id) in unescape(answer.text)
    assert "secret detail" not in answer.text
    assert "script-src" in answer.headers["content-security-policy"]


def test_a_refusal_is_in_the_audit_log_once_in_a_while(browser, authenticator, tmp_path):
    authenticator.now = None
    for _ in range(20):
        browser.get("/_stcore/health", headers={"x-forwarded-for": "10.1.1.1, 10.0.0.7"})
    entries = audit(tmp_path)
    assert [(entry["event"], entry["reason"], entry["address"]) for entry in entries] == [
        ("refused", "not_signed_in", "10.0.0.7")
    ]


def test_the_address_is_what_the_proxy_adds_whether_in_the_same_header_or_in_one_more(
    browser, authenticator, tmp_path
):
    authenticator.now = None
    twice = [("x-forwarded-for", "10.9.9.9"), ("x-forwarded-for", "10.0.0.7"), ("accept", "*/*")]
    browser.get("/_stcore/health", headers=twice)
    assert [entry["address"] for entry in audit(tmp_path)] == ["10.0.0.7"]


@pytest.mark.parametrize("path", ["/healthz", "/readyz"])
@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "CONNECT", "TRACE"])
def test_the_health_routes_are_for_reading(browser, authenticator, path, method):
    authenticator.now = None
    assert browser.request(method, path).status_code in (401, 405)
