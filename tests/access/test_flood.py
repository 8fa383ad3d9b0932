"""A reader who floods the server waits, others do not, and the health is answered all the while."""

from __future__ import annotations

import asyncio
from contextlib import ExitStack
from types import SimpleNamespace
from typing import Any

import pytest
from gated import ADDRESS, SOCKET, browsers_of
from starlette.requests import HTTPConnection
from starlette.routing import WebSocketRoute
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from dashboard.access import User, run_queue, websockets
from dashboard.access.media_grants import Grants
from dashboard.access.websockets import GuardedWebsocket, MessageRate, Sockets
from own_loop import finished
from settings_files import proxied

LAN, MINH = User("lan", "viewer"), User("minh", "viewer")
ASK, STOP = BackMsg(), BackMsg(stop_script=True)
ASK.rerun_script.SetInParent()
ENDED = ForwardMsg(script_finished=ForwardMsg.FINISHED_SUCCESSFULLY)


class Page:
    """A page of a reader: what its browser sends is put in, what the app is given comes out."""

    def __init__(self, sockets: Sockets, user: User) -> None:
        self.sent: asyncio.Queue[dict[str, Any]] = asyncio.Queue()
        allowed = sockets.allowance(user, Grants())
        self.guarded = GuardedWebsocket(self.sent.get, self._ignore, self._let_in, allowed)
        self.given: list[Any] = []
        self.task = asyncio.create_task(self.guarded.serve(self._app, {}))

    async def _app(self, _scope, receive, _send) -> None:
        while not self.given or self.given[-1]["type"] == "websocket.receive":
            self.given.append(await receive())

    async def _let_in(self) -> bool:
        return True

    async def _ignore(self, _message) -> None:
        pass

    def sends(self, *messages: BackMsg) -> None:
        for message in messages:
            self.sent.put_nowait({"type": "websocket.receive", "bytes": message.SerializeToString()})

    def leaves(self) -> None:
        self.sent.put_nowait({"type": "websocket.disconnect", "code": 1001})

    async def run_ends(self) -> None:
        await self.guarded.send({"type": "websocket.send", "bytes": ENDED.SerializeToString()})


async def settled() -> None:
    """Let everything happen that can."""
    for _ in range(20):
        await asyncio.sleep(0)


@pytest.fixture
def pauses(monkeypatch) -> list[float]:
    """How long messages had to wait; they do not."""
    seconds: list[float] = []

    async def pause(pause_s: float) -> None:
        seconds.append(pause_s)

    monkeypatch.setattr(websockets, "asyncio", SimpleNamespace(**vars(asyncio) | {"sleep": pause}))
    return seconds


def test_the_messages_of_all_pages_of_one_reader_count_together(pauses):
    async def scene() -> None:
        sockets = Sockets()
        pages = [Page(sockets, LAN) for _ in range(10)]
        of_minh = Page(sockets, MINH)
        for page in pages:
            page.sends(*[STOP] * (websockets.MESSAGES // len(pages)))
        await settled()
        assert not pauses
        pages[0].sends(STOP)
        await settled()
        assert pauses
        pauses.clear()
        of_minh.sends(*[STOP] * websockets.MESSAGES)
        await settled()
        assert not pauses

    finished(scene())


def test_a_rate_is_kept_over_any_time():
    now = 0.0
    rate = MessageRate(lambda: now)
    for _ in range(websockets.MESSAGES):
        assert rate.wait_s() == pytest.approx(0)
    # What comes at once leaves one after the other.
    waits = [rate.wait_s() for _ in range(10)]
    assert waits == pytest.approx([n / websockets.PER_S for n in range(1, 11)])
    now = 3600.0
    assert rate.wait_s() == 0


def test_opening_another_page_gives_no_new_rate(pauses):
    async def scene() -> None:
        sockets = Sockets()
        for _ in range(2):
            page = Page(sockets, LAN)
            page.sends(*[STOP] * websockets.MESSAGES)
            await settled()
            page.leaves()
            await page.task
        assert pauses

    finished(scene())


def busy(sockets: Sockets, count: int) -> list[Page]:
    """Pages of so many readers that are drawn for the first time, without end."""
    pages = [Page(sockets, User(f"busy {n}", "viewer")) for n in range(count)]
    for page in pages:
        page.sends(ASK)
    return pages


def test_a_message_that_asks_for_a_run_waits_for_its_turn_and_what_follows_stays_behind():
    async def scene() -> None:
        sockets = Sockets()
        others = busy(sockets, run_queue.FIRST_AT_ONCE)
        page = Page(sockets, LAN)
        page.sends(STOP, ASK, STOP)
        await settled()
        assert [BackMsg.FromString(message["bytes"]) for message in page.given] == [STOP]
        await others[0].run_ends()
        await settled()
        assert [BackMsg.FromString(message["bytes"]) for message in page.given] == [STOP, ASK, STOP]

    finished(scene())


def test_who_works_goes_on_while_many_pages_come_back():
    async def scene() -> None:
        sockets = Sockets()
        page = Page(sockets, LAN)
        page.sends(ASK)
        await settled()
        await page.run_ends()
        busy(sockets, 50)
        await settled()
        page.sends(ASK)
        await settled()
        assert len(page.given) == 2

    finished(scene())


def test_who_leaves_while_waiting_is_gone_and_asks_for_nothing():
    async def scene() -> None:
        sockets = Sockets()
        others = busy(sockets, run_queue.FIRST_AT_ONCE)
        page, last = Page(sockets, LAN), Page(sockets, MINH)
        page.sends(ASK)
        last.sends(ASK)
        await settled()
        page.leaves()
        await page.task
        assert [message["type"] for message in page.given] == ["websocket.disconnect"]
        await others[0].run_ends()
        await settled()
        assert len(last.given) == 1

    finished(scene())


@pytest.mark.parametrize("end", ["leaves", "cancelled", "fails"])
def test_a_page_that_ends_while_it_is_drawn_gives_its_place_back(end):
    async def scene() -> None:
        sockets = Sockets()
        others = busy(sockets, run_queue.FIRST_AT_ONCE)
        page, last = others[0], Page(sockets, MINH)
        last.sends(ASK)
        await settled()
        assert not last.given
        if end == "leaves":
            page.leaves()
        elif end == "cancelled":
            page.task.cancel()
        else:
            page.sent.put_nowait({})
        await settled()
        assert page.task.done()
        assert len(last.given) == 1

    finished(scene())


def test_health_is_answered_while_many_wait_and_no_more_than_some_run(monkeypatch, tmp_path):
    monkeypatch.setenv("DASHBOARD_SETTINGS", str(proxied(tmp_path, 8501)))
    (tmp_path / "state").mkdir()
    running: list[str] = []

    class Named:
        """Believes a header."""

        routes = ()

        async def user(self, connection: HTTPConnection) -> User:
            return User(connection.headers["x-name"], "viewer")

    async def draw(socket) -> None:
        await socket.accept()
        await socket.send_text("open")
        await socket.receive_bytes()
        running.append(socket.headers["x-name"])
        await socket.send_text("runs")
        await socket.receive()
        running.remove(socket.headers["x-name"])

    make = browsers_of(Named(), [WebSocketRoute("/_stcore/stream", draw)])
    with make(origin=ADDRESS) as browser, ExitStack() as opened:
        pages = []
        for n in range(50):
            page = browser.websocket_connect(SOCKET, headers={"x-name": f"reader {n}"})
            pages.append(opened.enter_context(page))
            assert page.receive_text() == "open"
            page.send_bytes(ASK.SerializeToString())
        assert browser.get("/healthz", headers={"x-name": "watchdog"}).json() == {"status": "ok"}
        for page in pages:
            # Their turns come in the order in which they asked.
            assert page.receive_text() == "runs"
            assert len(running) <= run_queue.FIRST_AT_ONCE
            page.close()
