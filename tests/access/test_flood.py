"""A session that floods the server: it waits, another does not."""

from __future__ import annotations

import asyncio
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

from dashboard.access import websockets
from dashboard.access.media_grants import Grants

CALM = 3


def test_while_one_session_floods_another_is_answered_at_once(monkeypatch):
    order: list[str] = []
    calm_is_done = asyncio.Event()

    async def pause(_seconds: float) -> None:
        # As long as it takes the other: only who floods comes here.
        await calm_is_done.wait()

    async def receive():
        await asyncio.sleep(0)
        return {"type": "websocket.receive", "text": "x"}

    async def session(name: str, messages: int) -> None:
        watched = websockets.GuardedWebsocket(receive, receive, lambda: True, Grants())
        for _ in range(messages):
            await watched.receive()
            order.append(name)

    async def calm() -> None:
        # Comes when the other has sent as much as hands can.
        while len(order) < websockets.MESSAGES:
            await asyncio.sleep(0)
        await session("calm", CALM)
        calm_is_done.set()

    async def both() -> None:
        await asyncio.wait_for(asyncio.gather(session("flood", websockets.MESSAGES + 50), calm()), 10)

    monkeypatch.setattr(websockets, "asyncio", SimpleNamespace(sleep=pause))
    with ThreadPoolExecutor(1) as pool:  # a browser test may have left a loop in this thread
        pool.submit(asyncio.run, both()).result()
    assert order.index("calm") == websockets.MESSAGES
    assert order[websockets.MESSAGES : websockets.MESSAGES + CALM] == ["calm"] * CALM
    assert order.count("flood") == websockets.MESSAGES + 50
