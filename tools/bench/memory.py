"""What a process holds with the bundled data: with one session, and for each further one."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence

import servers
from screens import PAGES
from session_client import Session

from bench import changes, samples
from bench.table import Row
from dashboard.registry import COMMUNES

ONE_MB, FURTHER_MB = 350.0, 5.0
FURTHER = 20
BUNDLED = 60


def measure(_sizes: Sequence[int]) -> Iterator[Row]:
    """Memory after each session has opened every page and chosen a commune on it."""
    with servers.dashboard() as server:
        changes.wait_for_rest([server])
        yield Row("memory", "before the first session", server.memory(), "MB")
        with_one, with_all = asyncio.run(_sessions(server))
        yield Row("memory", "with one session", with_one, "MB", ONE_MB)
        yield Row(
            "memory", f"each of {FURTHER} further sessions", (with_all - with_one) / FURTHER, "MB", FURTHER_MB
        )


async def _sessions(server: servers.Server) -> tuple[float, float]:
    """Memory with one session, and with all."""
    first = await _visit(server, tuple(PAGES.values()))
    with_one = server.memory()
    further = [await _visit(server, (path,)) for path in (*PAGES.values(), *PAGES.values())[:FURTHER]]
    with_all = server.memory()
    for session in (*first, *(session for opened in further for session in opened)):
        await session.close()
    return with_one, with_all


async def _visit(server: servers.Server, paths: Sequence[str]) -> list[Session]:
    """A session for each page, with a commune chosen and everything again."""
    opened = []
    for path in paths:
        session = samples.page(server, path, BUNDLED)
        await session.open()
        commune = session.options[COMMUNES.key][0]
        for choice in ([commune], []):
            await session.choose(COMMUNES.key, choice)
        opened.append(session)
    return opened
