"""Loads one process as an office would, and then as no office should: `python tools/load_campaign.py`.

The process is behind nginx with TLS, as it is deployed (tools/deployment.py); the other one is away.

1. `--sessions` pages, one change of the filter each `--every` seconds, for `--seconds`: errors, how long
   a change takes, memory at the start, in the middle and at the end.
2. `--sockets` websockets that say nothing, of readers and of strangers.
3. Floods: files handed in by strangers, viewers and an editor, bodies sent a letter at a time, one page
   and thirty of one reader that ask for runs without end, `--reconnects` pages that come back at once,
   `--sign-ins` people who sign in at once.
After each the pages still answer. Prints the numbers; exit code 1 where a promise is broken.
"""

from __future__ import annotations

import argparse
import asyncio
import itertools
import random
import ssl
import statistics
import sys
import tempfile
import threading
import time
import urllib.request
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from urllib.parse import urlsplit

import deployment
from servers import free_ports
from session_client import STREAM, Session, SessionError
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import InvalidStatus, WebSocketException

from dashboard import text

FILTER = "xa"
FLOODS = (
    "sockets",
    "files of strangers",
    "files of a viewer",
    "files of an editor",
    "slow bodies",
    "runs",
    "runs of thirty pages",
    "reconnects",
    "sign-ins",
)
# Until a reader who signs in is in, or is told to come again.
SIGN_IN_WITHIN_S = 5.0
PROMISED_S = 0.3
# How often /healthz is asked for, and the patience of the watchdog.
HEALTH_EVERY_S, HEALTH_WITHIN_S = 0.5, 2.5
# Memory may grow by so much from the middle of the run to its end and be called flat.
FLAT = 1.05
NAMES = [f"reader-{number}" for number in range(50)]
FILE = 9 * 1024 * 1024
BOUNDARY = "boundary"
BEFORE = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.xlsx"\r\n\r\n'.encode()
AFTER = f"\r\n--{BOUNDARY}--\r\n".encode()
SAMPLE_S = 2.0
WHOLE_REGION = text.get("vi")("selection.whole_region", name="")


@dataclass(frozen=True)
class Office:
    """Where the dashboard is, and what is needed to believe its certificate."""

    address: str
    tls: ssl.SSLContext

    async def page(self, name: str) -> Session:
        """A page of a reader who has just signed in."""
        session = Session(self.address, tls=self.tls)
        await session.sign_in(name, deployment.PASSWORD)
        return session

    @asynccontextmanager
    async def open_pages(self, names: Iterable[str]) -> AsyncIterator[list[Session]]:
        """An open page for each name, of one sign-in where a name comes again."""
        sessions: list[Session] = []
        signed_in: dict[str, Session] = {}
        for name in names:
            if name in signed_in:
                sessions.append(Session(self.address, tls=self.tls))
                sessions[-1].http.cookies.update(signed_in[name].http.cookies)
            else:
                sessions.append(await self.page(name))
                signed_in[name] = sessions[-1]
        for session in sessions:
            await session.open()
        yield sessions
        for session in sessions:
            await session.close()


@dataclass
class Clicks:
    """What was measured while pages were worked with."""

    seconds: list[float] = field(default_factory=list)
    health: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)
    memory_mb: list[float] = field(default_factory=list)

    def begin(self) -> None:
        """What was before does not count."""
        self.seconds.clear()
        self.health.clear()

    def summary(self) -> str:
        """In a line."""
        seconds = sorted(self.seconds)
        middle, last = statistics.median(seconds), seconds[int(len(seconds) * 0.95)]
        faults = ", ".join(f"{fault} × {count}" for fault, count in self.faults.items()) or "none"
        return (
            f"{len(seconds)} changes, median {middle * 1000:.0f} ms, 95 % {last * 1000:.0f} ms, "
            f"longest {seconds[-1] * 1000:.0f} ms; errors: {faults}"
        )

    @property
    def good(self) -> bool:
        """Whether the promises were kept."""
        seconds = sorted(self.seconds)
        return not self.faults and seconds[int(len(seconds) * 0.95)] < PROMISED_S


def main() -> int:
    """Run every part on one process."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--sessions", type=int, default=100)
    parser.add_argument("--seconds", type=float, default=600.0)
    parser.add_argument("--every", type=float, default=15.0)
    parser.add_argument("--sockets", type=int, default=1000)
    parser.add_argument("--reconnects", type=int, default=300)
    parser.add_argument("--sign-ins", type=int, default=80)
    parser.add_argument("--flood", type=float, default=20.0, help="seconds of each flood")
    parser.add_argument("--floods", nargs="*", choices=FLOODS, default=FLOODS, metavar="FLOOD")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        plain, tls, port, unused_port = free_ports(4)
        front = deployment.Front(tls, plain, (port, unused_port))
        office = Office(front.address, deployment.believes(deployment.certificate(folder)))
        file = deployment.settings(folder, front.address, NAMES)
        with (
            deployment.process(file, port) as process,
            deployment.nginx(deployment.site(folder, front), front.tls),
        ):
            good = asyncio.run(campaign(chosen, office, process))
            good &= process.starts == 1
            print(f"starts of the process: {process.starts}; memory at the end {process.memory_mb():.0f} MB")
    return 0 if good else 1


async def campaign(chosen: argparse.Namespace, office: Office, process: deployment.Process) -> bool:
    """Every part, one after the other."""
    clicks = await by_hand(chosen, office, process)
    good = clicks.good and flat(clicks.memory_mb)
    for name in chosen.floods:
        good &= await under(name, partial(flood, name, chosen, office), office, process)
    return good


async def by_hand(chosen: argparse.Namespace, office: Office, process: deployment.Process) -> Clicks:
    """Pages that are worked with by hand."""
    clicks = Clicks()
    sessions = [await office.page(NAMES[number % len(NAMES)]) for number in range(chosen.sessions)]
    opened = [await session.open() for session in sessions]
    print(f"{len(opened)} pages opened, median {statistics.median(opened) * 1000:.0f} ms", flush=True)
    until = time.monotonic() + chosen.seconds
    async with memory(process, clicks):
        await asyncio.gather(
            *(work(session, number, chosen.every, until, clicks) for number, session in enumerate(sessions))
        )
    for session in sessions:
        await session.close()
    memory_mb = clicks.memory_mb
    print(f"{clicks.summary()}")
    print(
        f"memory {memory_mb[0]:.0f} MB at the start, {memory_mb[len(memory_mb) // 2]:.0f} in the middle, "
        f"{memory_mb[-1]:.0f} at the end",
        flush=True,
    )
    return clicks


async def work(session: Session, number: int, every: float, until: float, clicks: Clicks) -> None:
    """One reader: a place or two, one change each so many seconds; the same ones for the same `number`."""
    choice = random.Random(number)
    await asyncio.sleep(choice.uniform(0, every))
    while time.monotonic() < until:
        begun = time.monotonic()
        # A whole region has another name on the page than in the list, and takes in its communes.
        communes = [name for name in session.options[FILTER] if not name.endswith(WHOLE_REGION)]
        places = choice.sample(communes, choice.choice((0, 1, 1, 2)))
        try:
            clicks.seconds.append(await session.choose(FILTER, places))
            if not all(map(session.shows, places)):
                clicks.faults["another place is shown"] += 1
        except (SessionError, WebSocketException, OSError, TimeoutError) as fault:
            clicks.faults[f"{type(fault).__name__}: {fault}"] += 1
            return
        await asyncio.sleep(max(0.0, every - (time.monotonic() - begun)))


async def flood(name: str, chosen: argparse.Namespace, office: Office, meanwhile: Clicks) -> str:
    """One of FLOODS; what was seen of it. `meanwhile` is emptied when it begins."""
    viewer = await office.page(NAMES[0])
    return await {
        "sockets": lambda: idle(office, chosen.sockets),
        "files of strangers": lambda: files(office, chosen.flood, {}),
        "files of a viewer": lambda: files(office, chosen.flood, {"Cookie": viewer.cookies}),
        "files of an editor": lambda: files_of_editor(office, chosen.flood),
        "slow bodies": lambda: slowly(office, chosen.flood),
        "runs": lambda: runs(office, chosen.flood, 1, meanwhile),
        "runs of thirty pages": lambda: runs(office, chosen.flood, 30, meanwhile),
        "reconnects": lambda: reconnects(office, chosen.reconnects, meanwhile),
        "sign-ins": lambda: sign_ins(office, chosen.sign_ins, meanwhile),
    }[name]()


async def under(
    name: str, flood: Callable[[Clicks], Awaitable[str]], office: Office, process: deployment.Process
) -> bool:
    """A flood, and four readers who work meanwhile and afterwards; whether they noticed nothing."""
    meanwhile, afterwards = Clicks(), Clicks()
    readers = NAMES[-5:-1]
    async with (
        office.open_pages(readers) as sessions,
        memory(process, meanwhile),
        health(process, meanwhile),
    ):
        working = [
            asyncio.create_task(work(session, number, 1.0, float("inf"), meanwhile))
            for number, session in enumerate(sessions)
        ]
        result = await flood(meanwhile)
        for task in working:
            task.cancel()
        await asyncio.gather(*working, return_exceptions=True)
    async with office.open_pages(readers) as sessions:
        end = time.monotonic() + 3
        await asyncio.gather(
            *(work(session, number, 0.5, end, afterwards) for number, session in enumerate(sessions))
        )
    print(f"{name}: {result}; memory up to {max(meanwhile.memory_mb):.0f} MB")
    print(f"  meanwhile {meanwhile.summary()}\n  afterwards {afterwards.summary()}")
    missed = sum(seconds >= HEALTH_WITHIN_S for seconds in meanwhile.health)
    print(f"  /healthz: longest {max(meanwhile.health):.2f} s, {missed} missed", flush=True)
    return not meanwhile.faults and not missed and afterwards.good


async def idle(office: Office, count: int) -> str:
    """Websockets that open and say nothing: half of them of strangers."""
    readers = [await office.page(name) for name in NAMES[:40]]
    outcomes: Counter[str] = Counter()
    open_sockets: list[ClientConnection] = []
    limit = asyncio.Semaphore(50)

    async def open_one(number: int) -> None:
        headers = {"Cookie": readers[number // 2 % len(readers)].cookies} if number % 2 else {}
        async with limit:
            try:
                open_sockets.append(await silent_websocket(office, headers))
                outcomes["open"] += 1
            except InvalidStatus as refused:
                outcomes[f"refused with {refused.response.status_code}"] += 1

    await asyncio.gather(*(open_one(number) for number in range(count * 2)))
    await asyncio.sleep(5)
    for socket in open_sockets:
        await socket.close()
    return ", ".join(f"{count} {outcome}" for outcome, count in outcomes.items())


async def silent_websocket(office: Office, headers: dict[str, str]) -> ClientConnection:
    """A websocket that asks for nothing."""
    return await connect(
        office.address.replace("http", "ws", 1) + STREAM,
        origin=office.address,
        ssl=office.tls,
        subprotocols=["streamlit", "PLACEHOLDER_AUTH_TOKEN"],
        additional_headers=headers,
        proxy=None,
        open_timeout=30,
    )


async def files(office: Office, seconds: float, headers: dict[str, str], session: str = "none") -> str:
    """Files of 10 MB handed in, thirty at a time, without end."""
    outcomes: Counter[str] = Counter()
    end, numbers = time.monotonic() + seconds, itertools.count()

    async def send() -> None:
        while time.monotonic() < end:
            path = f"/_stcore/upload_file/{session}/{next(numbers)}"
            outcomes[await upload(office, path, headers, chunks(FILE))] += 1

    await asyncio.gather(*(send() for _ in range(30)))
    return ", ".join(f"{count} × {outcome}" for outcome, count in sorted(outcomes.items()))


async def files_of_editor(office: Office, seconds: float) -> str:
    """The same by one who may, into a page that is open."""
    session = await office.page(NAMES[-1])
    await session.open()
    token = session.http.cookies.get("_streamlit_xsrf") or ""
    headers = {"X-Xsrftoken": token, "Cookie": session.cookies}
    result = await files(office, seconds, headers, session.id)
    await session.close()
    return result


async def slowly(office: Office, seconds: float) -> str:
    """Two hundred bodies that never end, a letter each second."""

    async def letters() -> AsyncIterator[bytes]:
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            yield b"x"
            await asyncio.sleep(1)

    path = "/_stcore/upload_file/none/slow"
    headers = {"Cookie": (await office.page(NAMES[-1])).cookies}
    outcomes = Counter(await asyncio.gather(*(upload(office, path, headers, letters()) for _ in range(200))))
    return ", ".join(f"{count} × {outcome}" for outcome, count in sorted(outcomes.items()))


async def runs(office: Office, seconds: float, pages: int, meanwhile: Clicks) -> str:
    """Pages of one reader that ask for their next run without waiting for the last."""

    async def ask_on(session: Session, end: float) -> int:
        count = 0
        with suppress(WebSocketException):
            while time.monotonic() < end:
                await session.ask()
                count += 1
                await asyncio.sleep(0.002 * pages)
        return count

    async with office.open_pages(NAMES[:1] * pages) as sessions:
        reading = [asyncio.create_task(session.lost()) for session in sessions]
        meanwhile.begin()
        end = time.monotonic() + seconds
        counts = await asyncio.gather(*(ask_on(session, end) for session in sessions))
        for task in reading:
            task.cancel()
        await asyncio.gather(*reading, return_exceptions=True)
    return f"{sum(counts)} runs asked for by {pages} of one reader"


async def reconnects(office: Office, count: int, meanwhile: Clicks) -> str:
    """Pages that lose their connection at once and come back as browsers do, until each is drawn again."""
    # Not the readers who are looked at meanwhile.
    names = NAMES[:-5]
    seconds: list[float] = []

    async def back(session: Session) -> None:
        begun = time.monotonic()
        await session.lose()
        await session.come_back(60)
        await session.choose(FILTER, session.choices.get(FILTER, []))
        seconds.append(time.monotonic() - begun)

    async with office.open_pages(names[number % len(names)] for number in range(count)) as sessions:
        meanwhile.begin()
        await asyncio.gather(*map(back, sessions))
    return (
        f"{len(seconds)} pages back after {statistics.median(seconds):.1f} s (median), "
        f"the last after {max(seconds):.1f} s"
    )


async def sign_ins(office: Office, count: int, meanwhile: Clicks) -> str:
    """People of one address who send name and password at once."""
    outcomes: Counter[str] = Counter()

    async def enter(name: str) -> float:
        begun = time.monotonic()
        try:
            await office.page(name)
            outcomes["in"] += 1
        except SessionError as error:
            outcomes[str(error)] += 1
        return time.monotonic() - begun

    meanwhile.begin()
    seconds = await asyncio.gather(*(enter(NAMES[number % len(NAMES)]) for number in range(count)))
    if max(seconds) > SIGN_IN_WITHIN_S:
        meanwhile.faults["a sign-in took too long"] += 1
    answers = ", ".join(f"{outcome} × {number}" for outcome, number in outcomes.items())
    return f"{answers}; median {statistics.median(seconds):.1f} s, the last {max(seconds):.1f} s"


async def upload(office: Office, path: str, headers: dict[str, str], body: AsyncIterator[bytes]) -> str:
    """Hand in a file of FILE bytes, whatever the server says meanwhile; its answer."""
    place = urlsplit(office.address)
    try:
        reader, writer = await asyncio.open_connection(place.hostname, place.port, ssl=office.tls)
    except OSError:
        return "no connection"
    length = str(len(BEFORE) + FILE + len(AFTER))
    lines = {"Host": place.netloc, "Origin": office.address, "Content-Length": length, **headers}
    lines["Content-Type"] = f"multipart/form-data; boundary={BOUNDARY}"
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    answer = asyncio.create_task(reader.readline())
    try:
        writer.write(f"PUT {path} HTTP/1.1\r\n{head}\r\n".encode() + BEFORE)
        async for part in body:
            writer.write(part)
            await writer.drain()
            if answer.done():
                break
        writer.write(AFTER)
        line = await asyncio.wait_for(answer, 30)
        return line.decode().partition(" ")[2][:3] or "closed"
    except (OSError, TimeoutError):
        return "closed"
    finally:
        answer.cancel()
        writer.close()


async def chunks(size: int) -> AsyncIterator[bytes]:
    """So many bytes, in parts."""
    part = bytes(64 * 1024)
    for _ in range(size // len(part)):
        yield part


@asynccontextmanager
async def memory(process: deployment.Process, clicks: Clicks) -> AsyncIterator[None]:
    """Note the memory of the process meanwhile."""

    async def look() -> None:
        while True:
            clicks.memory_mb.append(process.memory_mb())
            await asyncio.sleep(SAMPLE_S)

    looking = asyncio.create_task(look())
    try:
        yield
    finally:
        looking.cancel()
        clicks.memory_mb.append(process.memory_mb())


@asynccontextmanager
async def health(process: deployment.Process, clicks: Clicks) -> AsyncIterator[None]:
    """Ask the process for its health meanwhile, as the watchdog does but more often."""
    stopped = threading.Event()

    def look() -> None:
        while not stopped.wait(HEALTH_EVERY_S):
            begun = time.monotonic()
            with suppress(OSError):
                url = f"http://127.0.0.1:{process.port}/healthz"
                urllib.request.urlopen(url, timeout=HEALTH_WITHIN_S).close()
            clicks.health.append(time.monotonic() - begun)

    # A thread: the loop here has three hundred pages to open, and would be measured, too.
    looking = asyncio.create_task(asyncio.to_thread(look))
    try:
        yield
    finally:
        stopped.set()
        await looking


def flat(memory_mb: Iterable[float]) -> bool:
    """Whether memory grew no more after the middle of the run."""
    values = list(memory_mb)
    middle = values[len(values) // 3 : len(values) * 2 // 3] or values
    return statistics.median(values[-max(1, len(values) // 6) :]) <= FLAT * statistics.median(middle)


if __name__ == "__main__":
    sys.exit(main())
