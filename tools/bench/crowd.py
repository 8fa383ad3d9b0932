"""Fifty readers who each change the filter every five seconds: how long the slowest twentieth waits."""

from __future__ import annotations

import asyncio
import statistics
import time
from collections.abc import Iterator, Sequence

import served
from load_campaign import Clicks, work
from screenshots import PAGES

from bench import changes, samples
from bench.table import Row

SESSIONS, EVERY_S, SECONDS = 50, 5.0, 40.0
BUDGET_MS = 150.0
# Of all pages, the ones that a meeting looks at.
_PAGES = ("overview", "structure", "overlap", "goals", "changes")


def measure(sizes: Sequence[int]) -> Iterator[Row]:
    """The median and the 95th percentile of a change, at the smallest and the largest size."""
    for villages in dict.fromkeys((min(sizes), max(sizes))):
        with served.dashboard(samples.folder(villages)) as server:
            changes.wait_for_rest([server])
            clicks = asyncio.run(_clicks(server, villages))
        of = f"{SESSIONS} sessions, a change each {EVERY_S:.0f} s, {villages:,} villages"
        taken = sorted(1000 * seconds for seconds in clicks.seconds)
        yield Row("crowd", f"median: {of}", statistics.median(taken), "ms")
        yield Row("crowd", f"95th percentile: {of}", taken[int(len(taken) * 0.95)], "ms", BUDGET_MS)
        yield Row("crowd", f"errors: {of}", float(sum(clicks.faults.values())), "", 0.0)


async def _clicks(server: served.Server, villages: int) -> Clicks:
    paths = [PAGES[_PAGES[number % len(_PAGES)]] for number in range(SESSIONS)]
    sessions = [samples.page(server, path, villages) for path in paths]
    for session in sessions:
        await session.open()
    clicks = Clicks()
    until = time.monotonic() + SECONDS
    await asyncio.gather(
        *(work(session, number, EVERY_S, until, clicks) for number, session in enumerate(sessions))
    )
    for session in sessions:
        await session.close()
    return clicks
