"""Takes processes away under open pages: `python tools/failover_campaign.py [--sessions 50]`.

Two processes behind nginx with TLS, the watchdog beside them (tools/deployment.py). All pages are first
gathered on one process; then that one is killed, told to end, stopped, or both are restarted one after the
other. Prints for each fault how many pages came back, after how many seconds, whether their filters were kept
and whether any reader was asked to sign in; exit code 1 where a promise is broken.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import signal
import ssl
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from pathlib import Path

import deployment
from session_client import Session

FILTER = "xa"
PROCESS = "dashboard_process"
# Until a page is connected again: what is promised.
SOON_S, HUNG_S = 2.0, 30.0
TIMEOUT_S = 90.0
# Open pages of one name.
EACH_READER = 5


@dataclass
class Page:
    """One open page: what it shows, when it lost its connection, and when it was back."""

    session: Session
    place: str
    lost: list[float] = field(default_factory=list)
    back: list[float] = field(default_factory=list)

    async def live(self) -> None:
        """Come back whenever the connection is lost."""
        while True:
            await self.session.lost()
            self.lost.append(time.monotonic())
            await self.session.come_back(TIMEOUT_S)
            self.back.append(time.monotonic())

    async def shows_its_filter(self) -> bool:
        """Click: whether the page is drawn for the place that was chosen before the fault."""
        await self.session.choose(FILTER, self.session.choices[FILTER])
        return self.session.shows(self.place)


@dataclass(frozen=True)
class Fault:
    """What is done to the processes, the seconds promised, and whether they count from the fault (else from
    the loss of the connection, where pages lose it one after the other)."""

    work: Callable[[list[deployment.Process]], None]
    promised_s: float
    from_fault: bool = True


def killed(processes: list[deployment.Process]) -> None:
    """The process that serves is gone in the middle of a word."""
    os.kill(processes[0].pid, signal.SIGKILL)


def ended(processes: list[deployment.Process]) -> None:
    """The process that serves is told to end."""
    os.kill(processes[0].pid, signal.SIGTERM)


def stopped(processes: list[deployment.Process]) -> None:
    """The process that serves hangs: it keeps its connections and says nothing."""
    os.kill(processes[0].pid, signal.SIGSTOP)


def rolled(processes: list[deployment.Process]) -> None:
    """An update: one after the other ends and begins again."""
    for process in processes:
        process.restart()


FAULTS = {
    "kill -9": Fault(killed, SOON_S),
    "SIGTERM": Fault(ended, SOON_S),
    "SIGSTOP": Fault(stopped, HUNG_S),
    "rolling restart": Fault(rolled, SOON_S, from_fault=False),
}


def main() -> int:
    """Run every fault."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--faults", nargs="+", choices=list(FAULTS), default=list(FAULTS))
    chosen = parser.parse_args()
    names = readers(chosen.sessions)
    with (
        tempfile.TemporaryDirectory() as place,
        deployment.deployed(Path(place), names) as (front, processes),
    ):
        tls = deployment.believes(Path(place) / "fullchain.pem")
        good = []
        for name in chosen.faults:
            for process in processes:
                process.answered()
            pages = opened(front.address, tls, chosen.sessions)
            good.append(asyncio.run(suffer(name, processes, pages)))
    return 0 if all(good) else 1


async def suffer(name: str, processes: list[deployment.Process], opening: Awaitable[list[Page]]) -> bool:
    """One fault under many pages; whether every promise was kept."""
    fault = FAULTS[name]
    pages = await opening
    living = [asyncio.create_task(page.live()) for page in pages]
    begun = time.monotonic()
    await asyncio.to_thread(fault.work, processes)
    while not all(page.back and len(page.back) == len(page.lost) for page in pages):
        if any(task.done() for task in living) or time.monotonic() - begun > TIMEOUT_S:
            break
        await asyncio.sleep(0.05)
    for task in living:
        task.cancel()
    await asyncio.gather(*living, return_exceptions=True)
    away = sorted(
        back - (begun if fault.from_fault else lost)
        for page in pages
        for lost, back in zip(page.lost, page.back, strict=False)
    )
    connected = sum(len(page.back) == len(page.lost) > 0 for page in pages)
    with_filter = sum([await page.shows_its_filter() for page in pages if len(page.back) == len(page.lost)])
    signed_out = sum(page.session.signed_out for page in pages)
    for page in pages:
        await page.session.close()
    print(
        f"{name}: {connected} of {len(pages)} pages back after {statistics.median(away):.2f} s (median), "
        f"{away[-1]:.2f} s (last); filters kept {with_filter}; asked to sign in {signed_out}",
        flush=True,
    )
    return away[-1] <= fault.promised_s and connected == with_filter == len(pages) and signed_out == 0


async def opened(address: str, tls: ssl.SSLContext, count: int) -> list[Page]:
    """Pages with a filter each, all of them on the first process."""
    names = readers(count)
    pages = []
    for number in range(count):
        session = await on_the_first(address, tls, names[number % len(names)])
        places = session.options[FILTER]
        place = places[number % len(places)]
        await session.choose(FILTER, [place])
        pages.append(Page(session, place))
    return pages


def readers(pages: int) -> list[str]:
    """So many names that each has EACH_READER pages."""
    return [f"reader-{number}" for number in range(-(-pages // EACH_READER))]


async def on_the_first(address: str, tls: ssl.SSLContext, name: str) -> Session:
    """A page on the first process; after a fault nginx takes seconds until it sends readers there again."""
    while True:
        session = Session(address, tls=tls)
        session.http.cookies.set(PROCESS, "one", domain=deployment.HOST)
        await session.sign_in(name, deployment.PASSWORD)
        await session.open()
        if all(cookie.value == "one" for cookie in session.http.cookies.jar if cookie.name == PROCESS):
            return session
        await session.close()
        await asyncio.sleep(1)


if __name__ == "__main__":
    sys.exit(main())
