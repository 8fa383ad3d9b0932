"""What a filter change and a start cost, 60 to 90,000 villages: `python tools/bench_sizes.py [VILLAGES …]`.

One server for each size, all at once, asked in turn by a reader without a browser (tools/session_client.py),
so that what else the machine does falls on all alike. Prints a table.
"""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import os
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from screenshots import PAGES
from session_client import Session

from dashboard.dataset import check

ROOT = Path(__file__).parents[1]
SAMPLES = ROOT / "build" / "bench"
SIZES = (60, 600, 6_000, 90_000)
FILTER = "xa"
# Communes between which a reader goes back and forth, and how often each way.
COMMUNES, ROUNDS = 4, 6
PATIENCE_S = 180
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass
class Server:
    """A running server of one size, and what was measured of it."""

    villages: int
    address: str
    process: subprocess.Popen[bytes]
    seconds: list[float] = field(default_factory=list)

    def cpu(self) -> float:
        """CPU seconds used so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / _TICK

    def memory(self) -> float:
        """MB held now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


def folder(villages: int) -> Path:
    """An invented data set of that size, made once."""
    made = SAMPLES / str(villages)
    if not made.exists():
        command = [
            sys.executable,
            "-m",
            "dashboard",
            "sample",
            "--villages",
            str(villages),
            "--out",
            str(made),
        ]
        subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return made


@contextlib.contextmanager
def started(villages: int) -> Iterator[tuple[Server, float]]:
    """A server of one size, and the seconds until it said that it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "DASHBOARD_DATA": str(folder(villages))}
    command = [sys.executable, "-m", "dashboard", "serve", "--port", str(port)]
    begun = time.monotonic()
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        while not _ready(address):
            assert process.poll() is None, "the server stopped at start"
            assert time.monotonic() - begun < PATIENCE_S, "the server is not ready"
            time.sleep(0.02)
        yield Server(villages, address, process), time.monotonic() - begun
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def _ready(address: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:
        return bool(answer.status == 200)
    return False


def starts(sizes: tuple[int, ...]) -> None:
    """Check, first start and restart of each size."""
    for villages in sizes:
        (folder(villages) / ".checked.arrow").unlink(missing_ok=True)
        begun = time.monotonic()
        assert check(folder(villages)).dataset is not None
        checked = time.monotonic() - begun
        row("load and check", villages, checked, "s")
        for name in ("first start, until ready", "restart, until ready"):
            with started(villages) as (_, seconds):
                row(name, villages, seconds, "s")


async def _changes(servers: list[Server], path: str) -> None:
    """Filter changes of one page at every size: first to communes never seen, then back and forth."""
    sessions = [Session(server.address, f"/{path}") for server in servers]
    costs = {"first": [0.0] * len(servers), "again": [0.0] * len(servers)}
    taken: dict[str, list[list[float]]] = {kind: [[] for _ in servers] for kind in costs}
    received = [0] * len(servers)
    for session in sessions:
        await session.open()
    for kind, rounds in (("first", 1), ("again", ROUNDS)):
        for _, number in itertools.product(range(rounds), range(COMMUNES)):
            for place, (server, session) in enumerate(zip(servers, sessions, strict=True)):
                commune = session.options(FILTER)[number]
                cpu, before = server.cpu(), session.received
                taken[kind][place].append(await session.choose(FILTER, [commune]))
                await asyncio.sleep(0.05)  # what follows the answer counts too
                costs[kind][place] += server.cpu() - cpu
                received[place] = max(received[place], session.received - before)
    for kind, rounds in (("first", 1), ("again", ROUNDS)):
        for place, server in enumerate(servers):
            cpu = costs[kind][place] / (rounds * COMMUNES) * 1000
            row(f"/{path}: filter change, {kind}, CPU", server.villages, cpu, "ms")
            row(
                f"/{path}: filter change, {kind}, answered",
                server.villages,
                1000 * statistics.median(taken[kind][place]),
                "ms",
            )
    for place, server in enumerate(servers):
        row(f"/{path}: largest change over the websocket", server.villages, received[place] / 1000, "kB")
    for session in sessions:
        await session.close()


def row(name: str, villages: int, value: float, unit: str) -> None:
    """One line of the table."""
    print(f"{name:<60} {villages:>7} {value:>10.2f} {unit}", flush=True)


def main(sizes: tuple[int, ...]) -> None:
    """Everything, one size beside the other."""
    starts(sizes)
    with contextlib.ExitStack() as stack:
        servers = [stack.enter_context(started(villages))[0] for villages in sizes]
        time.sleep(20)  # the rest of the warm-up
        for server in servers:
            row("memory before the first session", server.villages, server.memory(), "MB")
        for path in PAGES.values():
            asyncio.run(_changes(servers, path))
        for server in servers:
            row("memory afterwards", server.villages, server.memory(), "MB")


if __name__ == "__main__":
    main(tuple(map(int, sys.argv[1:])) or SIZES)
