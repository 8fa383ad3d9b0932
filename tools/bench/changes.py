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

import servers
from screens import PAGES
from session_client import Session

from bench import samples
from bench.table import Row
from dashboard.registry import COMMUNES

SEEN_MS, NEW_MS = 25.0, 150.0
GROWTH, MESSAGES = 1.2, 25.0
# What the line carries: of the page with the matrix, and of any other for each three of its charts.
MATRIX_KB, THREE_CHARTS_KB = 60.0, 20.0
# Each choice holds about as many villages at every size, so that only what is not chosen differs.
CHOICES, CHOSEN_VILLAGES = 8, 42
# Of these, so many are chosen again and again: a browser that goes to and fro between some communes.
CHOSEN_AGAIN, ROUNDS = 4, 4
# A click's answer has come before all of its work is done.
_AFTER_S = 0.05


@dataclass
class Change:
    """What changes of one kind cost on one server: CPU seconds, and bytes of each."""

    cpu: float = 0.0
    received: list[int] = field(default_factory=list)
    on_the_wire: int = 0
    messages: int = 0

    @property
    def cpu_ms(self) -> float:
        """Of one change."""
        return self.cpu / len(self.received) * 1000

    @property
    def kb(self) -> float:
        """Of the messages of one change, the mean."""
        return sum(self.received) / len(self.received) / 1000

    @property
    def line_kb(self) -> float:
        """What the line carried of it, compressed."""
        return self.on_the_wire / len(self.received) / 1000


@dataclass
class Reader:
    """One page of one server, what it is asked for, and what its changes cost: by kind, "new" and "seen"."""

    villages: int
    server: servers.Server
    session: Session
    choices: list[list[str]] = field(default_factory=list)
    costs: dict[str, Change] = field(default_factory=dict)

    async def open(self, name: str) -> None:
        """Open the page, and find what was not asked for together yet: other communes for each page,
        since pages share figures; one at a time on the page of one commune."""
        await self.session.open()
        # As the list is now: one of thousands changes with the choice.
        names = samples.communes(self.villages)
        ends = tuple(f" {commune}" for commune in names)
        offered = self.session.options[COMMUNES.key]
        communes = [commune for commune in offered if commune.endswith(ends)][:_COMMUNES]
        if name == "commune":
            self.choices = [[commune] for commune in communes[:CHOICES]]
            return
        together = round(CHOSEN_VILLAGES / self.villages * len(names))
        before = list(PAGES).index(name) * CHOICES
        several = itertools.islice(itertools.combinations(communes, together), before, before + CHOICES)
        self.choices = [list(choice) for choice in several]

    async def change(self, kind: str, communes: list[str]) -> None:
        """Choose these communes, none for everything."""
        cpu, received, on_the_wire = self.server.cpu(), self.session.received, self.session.on_the_wire
        messages = self.session.messages
        await self.session.choose(COMMUNES.key, communes)
        await asyncio.sleep(_AFTER_S)
        cost = self.costs.setdefault(kind, Change())
        cost.cpu += self.server.cpu() - cpu
        cost.received.append(self.session.received - received)
        cost.on_the_wire += self.session.on_the_wire - on_the_wire
        cost.messages += self.session.messages - messages


def measure(sizes: Sequence[int]) -> Iterator[Row]:
    """CPU and bytes of a filter change on every page at each size, and how both grow."""
    with contextlib.ExitStack() as stack:
        running = {
            villages: stack.enter_context(servers.dashboard(samples.folder(villages))) for villages in sizes
        }
        wait_for_rest(running.values())
        for name, path in PAGES.items():
            readers, charts = asyncio.run(_page(running, name, path))
            yield from _rows(name, readers, charts)


async def _page(servers: dict[int, servers.Server], name: str, path: str) -> tuple[list[Reader], int]:
    """The changes of one page, and the number of its charts."""
    readers = [
        Reader(villages, server, samples.page(server, path, villages)) for villages, server in servers.items()
    ]
    charts = 0
    for reader in readers:
        await reader.open(name)
    for number in range(CHOICES):
        for reader in readers:
            await reader.change("new", reader.choices[number])
            charts = max(charts, reader.session.charts)
    back: list[list[str]] = [[]] if name != "commune" else []
    for _, number in itertools.product(range(ROUNDS), range(CHOSEN_AGAIN)):
        for reader in readers:
            for communes in (reader.choices[number], *back):
                await reader.change("seen", communes)
    for reader in readers:
        await reader.session.close()
    return readers, charts


def _rows(name: str, readers: Sequence[Reader], charts: int) -> Iterator[Row]:
    """The rows of one page."""
    least = min(readers, key=lambda reader: reader.villages)
    kb = MATRIX_KB if name == "overlap" else THREE_CHARTS_KB * max(1.0, charts / 3)
    kinds = {"seen": "seen before", "new": "never seen"}
    for reader in readers:
        size = f"{reader.villages:,} villages"
        most_ms = {"seen": SEEN_MS if reader is least else None, "new": NEW_MS}
        for kind, label in kinds.items():
            cost = reader.costs[kind]
            yield Row("changes", f"{name}: CPU, {label}, {size}", cost.cpu_ms, "ms", most_ms[kind])
            yield Row("changes", f"{name}: sent, {label}, {size}", cost.line_kb, "kB", kb)
            yield Row("changes", f"{name}: sent, before compression, {label}, {size}", cost.kb, "kB")
        sent = reader.costs["new"]
        budget = MESSAGES if reader is least else None
        yield Row("changes", f"{name}: messages, {size}", sent.messages / len(sent.received), "", budget)
    most = max(readers, key=lambda reader: reader.villages)
    if most is least:
        return
    between = f"{least.villages:,} to {most.villages:,} villages"
    for kind, label in kinds.items():
        small, large = least.costs[kind], most.costs[kind]
        yield Row("changes", f"{name}: CPU, {label}, {between}", large.cpu_ms / small.cpu_ms, "×", GROWTH)
        yield Row("changes", f"{name}: sent, {label}, {between}", large.line_kb / small.line_kb, "×", GROWTH)


def wait_for_rest(running: Iterable[servers.Server]) -> None:
    """Wait until what the servers do after they are ready, the rest of the warm-up, is done."""
    until = time.monotonic() + servers.TIMEOUT_S
    for server in running:
        while time.monotonic() < until:
            cpu = server.cpu()
            time.sleep(_IDLE_S)
            if server.cpu() - cpu < _IDLE_CPU_S:
                break


# At most so many are chosen among; of 60 villages seven of the ten, in 120 ways, of more two, in 91.
_COMMUNES = 14
# A server that uses less than this in so many seconds has nothing left to do.
_IDLE_S, _IDLE_CPU_S = 2.0, 0.1
