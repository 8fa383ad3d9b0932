"""The files that every page begins with, as the gate gives them out."""

from __future__ import annotations

import pytest
from settings_files import proxied
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import HTTPConnection
from starlette.responses import PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.access import AuthMiddleware, Reader, Readiness, front_end

ADDRESS = "http://127.0.0.1:8501"
SCRIPT = next(path for path in front_end.files() if path.startswith("/static/js/index."))
FONT = next(path for path in front_end.files() if path.endswith(".woff2"))
STREAMLIT = "Streamlit's own answer"


class OpenDoor:
    """Lets everyone in, or nobody."""

    open = True
    routes = ()

    def reader(self, _connection: HTTPConnection) -> Reader | None:
        return Reader("chi", "editor") if self.open else None


@pytest.fixture
def door() -> OpenDoor:
    return OpenDoor()


@pytest.fixture
def browser(door, tmp_path, monkeypatch) -> TestClient:
    """A browser in front of the gate, behind which Streamlit answers with one sentence."""
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(proxied(tmp_path, 8501)))
    (tmp_path / "state").mkdir()
    gate = Middleware(AuthMiddleware, authenticator=door, ready=lambda: Readiness("ready", "v1", 3))
    behind = Route("/{path:path}", lambda _request: PlainTextResponse(STREAMLIT), methods=["GET", "HEAD"])
    app = Starlette(routes=[behind], middleware=[gate])
    return TestClient(app, ADDRESS, headers={"origin": ADDRESS}, client=("127.0.0.1", 1))


def on_disk(path: str) -> bytes:
    return (front_end.streamlit_files() / path.lstrip("/")).read_bytes()


@pytest.mark.parametrize(("accepted", "packed"), [("gzip, deflate, br", "gzip"), ("identity", None)])
def test_a_script_is_what_streamlit_has_packed_for_who_can_unpack(browser, accepted, packed):
    answer = browser.get(SCRIPT, headers={"accept-encoding": accepted})
    assert answer.content == on_disk(SCRIPT)
    assert answer.headers.get("content-encoding") == packed
    assert answer.headers["vary"] == "Accept-Encoding"
    assert answer.headers["content-type"].startswith("text/javascript")
    assert answer.headers["cache-control"] == "private, immutable, max-age=31536000"


def test_packed_is_a_third_at_most(browser):
    assert int(browser.get(SCRIPT).headers["content-length"]) * 3 < len(on_disk(SCRIPT))


def test_a_font_goes_as_it_is(browser):
    answer = browser.get(FONT)
    assert answer.content == on_disk(FONT)
    assert "content-encoding" not in answer.headers


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("GET", "/static/js/unknown.js", {}),
        ("GET", "/static/index.html", {}),
        ("GET", SCRIPT, {"range": "bytes=0-9"}),
        ("HEAD", SCRIPT, {}),
    ],
)
def test_anything_else_is_streamlits_to_answer(browser, method, path, sent):
    answer = browser.request(method, path, headers=sent)
    assert answer.headers["content-length"] == str(len(STREAMLIT))


def test_a_stranger_gets_none(browser, door):
    door.open = False
    assert browser.get(SCRIPT).status_code == 401
