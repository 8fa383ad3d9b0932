"""Filter changes asked for by a reader without a browser: CPU of the server and bytes over the websocket.

One server for each size, all at once, asked in turn, so that what else the machine does falls on all alike.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import served
from screenshots import PAGES
from session_client import Session

from bench import samples
from bench.table import Row

SEEN_MS, NEW_MS = 25.0, 150.0
GROWTH = 1.2
# A page with the matrix, and any other for each three of its cards.
MATRIX_KB, THREE_CARDS_KB = 60.0, 20.0
PAIRS, ROUNDS = 4, 4
# A click's answer has come before all of its work is done.
_AFTER_S = 0.05


@dataclass
class Change:
    """What changes of one kind cost on one server: CPU seconds, and bytes of each."""

    cpu: float = 0.0
    received: list[int] = field(default_factory=list)
    on_the_wire: int = 0

    @property
    def cpu_ms(self) -> float:
        """Of one change."""
        return self.cpu / len(self.received) * 1000

    @property
    def kb(self) -> float:
        """The mean of one change."""
        return sum(self.received) / len(self.received) / 1000


@dataclass
class Reader:
    """One page of one server, and what its changes cost: by kind, "new" and "seen"."""

    villages: int
    server: served.Server
    session: Session
    found: dict[str, Change] = field(default_factory=dict)

    async def change(self, kind: str, places: Sequence[int]) -> None:
        """Choose communes by their places in the list, none for everything."""
        names = self.session.options(samples.LINK["commune"])
        cpu, received, on_the_wire = self.server.cpu(), self.session.received, self.session.on_the_wire
        await self.session.choose(samples.LINK["commune"], [names[place] for place in places])
        await asyncio.sleep(_AFTER_S)
        found = self.found.setdefault(kind, Change())
        found.cpu += self.server.cpu() - cpu
        found.received.append(self.session.received - received)
        found.on_the_wire += self.session.on_the_wire - on_the_wire


def measure(sizes: Sequence[int]) -> Iterator[Row]:
    """CPU and bytes of a filter change on every page at each size, and how both grow."""
    with contextlib.ExitStack() as stack:
        servers = {
            villages: stack.enter_context(served.dashboard(samples.folder(villages))) for villages in sizes
        }
        wait_for_rest(servers.values())
        for number, (name, path) in enumerate(PAGES.items()):
            readers, cards = asyncio.run(_page(servers, path, number))
            yield from _rows(name, readers, cards)


async def _page(servers: dict[int, served.Server], path: str, number: int) -> tuple[list[Reader], int]:
    """The changes of one page, and the number of its cards."""
    readers = [
        Reader(villages, server, samples.page(server, path, villages)) for villages, server in servers.items()
    ]
    for reader in readers:
        await reader.session.open()
    choices = _choices(path, number)
    cards = 0
    for choice in choices:
        for reader in readers:
            await reader.change("new", choice)
            cards = max(cards, reader.session.cards)
    back = [()] if path != PAGES["commune"] else []
    for _, choice in itertools.product(range(ROUNDS), choices):
        for reader in readers:
            for places in (choice, *back):
                await reader.change("seen", places)
    for reader in readers:
        await reader.session.close()
    return readers, cards


def _choices(path: str, number: int) -> list[tuple[int, ...]]:
    """Communes that nobody has asked for together yet, others for each page, since pages share figures; one
    at a time on the page of one commune."""
    if path == PAGES["commune"]:
        return [(place,) for place in range(PAIRS)]
    pairs = itertools.combinations(range(_COMMUNES), 2)
    return list(itertools.islice(pairs, number * PAIRS, (number + 1) * PAIRS))


def _rows(name: str, readers: Sequence[Reader], cards: int) -> Iterator[Row]:
    """The rows of one page."""
    least = min(readers, key=lambda reader: reader.villages)
    kb = MATRIX_KB if name == "overlap" else THREE_CARDS_KB * max(1.0, cards / 3)
    for reader in readers:
        of = f"{reader.villages:,} villages"
        at_least = reader is least
        seen, new = reader.found["seen"], reader.found["new"]
        yield Row(
            "changes", f"{name}: CPU, seen before, {of}", seen.cpu_ms, "ms", SEEN_MS if at_least else None
        )
        yield Row("changes", f"{name}: CPU, never seen, {of}", new.cpu_ms, "ms", NEW_MS)
        yield Row("changes", f"{name}: sent, seen before, {of}", seen.kb, "kB", kb)
        yield Row("changes", f"{name}: sent, never seen, {of}", new.kb, "kB", kb)
        wire = (seen.on_the_wire + new.on_the_wire) / (len(seen.received) + len(new.received)) / 1000
        yield Row("changes", f"{name}: sent, compressed on the line, {of}", wire, "kB")
    most = max(readers, key=lambda reader: reader.villages)
    if most is least:
        return
    between = f"{least.villages:,} to {most.villages:,} villages"
    for kind, said in (("seen", "seen before"), ("new", "never seen")):
        small, large = least.found[kind], most.found[kind]
        yield Row("changes", f"{name}: CPU, {said}, {between}", large.cpu_ms / small.cpu_ms, "×", GROWTH)
        yield Row("changes", f"{name}: sent, {said}, {between}", large.kb / small.kb, "×", GROWTH)


def wait_for_rest(servers: Iterable[served.Server]) -> None:
    """Wait until what the servers do after they are ready, the rest of the warm-up, is done."""
    until = time.monotonic() + served.PATIENCE_S
    for server in servers:
        while time.monotonic() < until:
            cpu = server.cpu()
            time.sleep(_IDLE_S)
            if server.cpu() - cpu < _IDLE_CPU_S:
                break


# So many communes every size has.
_COMMUNES = 10
# A server that uses less than this in so many seconds has nothing left to do.
_IDLE_S, _IDLE_CPU_S = 2.0, 0.1
