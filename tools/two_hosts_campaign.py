"""Two servers on two hosts that share a PostgreSQL over TLS: `python tools/two_hosts_campaign.py`, as root.

Each server has a network namespace with an address of its own; nginx with TLS and the database are on a third
address. Prints what holds of: a sign-in on one is good on the other, its end holds on both, and where one is
killed its open pages are back on the other with their filters. Exit code 1 where one does not hold.
"""

from __future__ import annotations

import asyncio
import os
import signal
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import deployment
import postgresql
from session_client import Session, SessionError

FRONT, ADDRESSES = "10.77.0.1", ("10.77.0.11", "10.77.0.12")
BRIDGE = "dashboard"
FILTER, PLACE, PROCESS = "xa", "Xã Hương Sơn", "dashboard_process"
PAGES, TIMEOUT_S = 20, 60.0
NAMES = ["lan", "chi"]


def main() -> int:
    """Build it, try it, take it down."""
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        folder = Path(place)
        hosts = stack.enter_context(two_hosts())
        (folder / "database").mkdir()
        authority = deployment.certificate(folder / "database", f"IP:{FRONT}")
        os.environ["SSL_CERT_FILE"] = str(authority)
        url = stack.enter_context(postgresql.cluster(FRONT, authority))
        front, processes = stack.enter_context(deployment.deployed_on_two(folder, NAMES, url, hosts))
        return asyncio.run(campaign(front, processes, deployment.believes(folder / "fullchain.pem")))


@contextmanager
def two_hosts() -> Iterator[tuple[deployment.Host, deployment.Host]]:
    """Two network namespaces on a bridge with this one."""
    namespaces = []
    run(f"ip link add {BRIDGE} type bridge")
    try:
        run(f"ip addr add {FRONT}/24 dev {BRIDGE}", f"ip link set {BRIDGE} up")
        for number, address in enumerate(ADDRESSES):
            name, cable = f"dashboard-{number}", f"dashboard-v{number}"
            run(f"ip netns add {name}")
            namespaces.append(name)
            run(
                f"ip link add {cable} type veth peer name eth0 netns {name}",
                f"ip link set {cable} master {BRIDGE} up",
                f"ip -n {name} addr add {address}/24 dev eth0",
                f"ip -n {name} link set eth0 up",
                f"ip -n {name} link set lo up",
            )
        yield tuple(
            deployment.Host(address, FRONT, ("ip", "netns", "exec", name))
            for address, name in zip(ADDRESSES, namespaces, strict=True)
        )
    finally:
        for name in namespaces:
            run(f"ip netns del {name}")
        run(f"ip link del {BRIDGE}")


def run(*commands: str) -> None:
    """Run commands, one after the other."""
    for command in commands:
        subprocess.run(command.split(), check=True)


async def campaign(front: deployment.Front, processes: list[deployment.Process], tls: ssl.SSLContext) -> int:
    """Try what is promised."""
    reader = Session(front.address, tls=tls)
    on(reader, "one")
    await reader.sign_in("lan", deployment.PASSWORD)
    results = {"signed in on one, in on the other": await is_in(reader, "two")}
    results["and on the one"] = await is_in(reader, "one")

    pages = [Session(front.address, tls=tls, choices={FILTER: [PLACE]}) for _ in range(PAGES)]
    for page in pages:
        on(page, "one")
        await page.sign_in("chi", deployment.PASSWORD)
        await page.open()
    begun = time.monotonic()
    os.kill(processes[0].pid, signal.SIGKILL)
    await asyncio.gather(*(come_back(page) for page in pages))
    seconds = time.monotonic() - begun
    with_filter = [page.shows(PLACE) for page in pages if not page.signed_out]
    results[f"one killed: {PAGES} pages back with their filter after {seconds:.1f} s"] = (
        with_filter == [True] * PAGES
    )

    processes[0].answered()
    await reader.http.post("/dang-xuat", headers={"Origin": front.address})
    results["signed out on one, out on the other within 2 s"] = await is_out(reader, "two", 2.0)
    results["out on the one, too"] = await is_out(reader, "one", 2.0)
    for promise, holds in results.items():
        print(f"{'yes' if holds else 'NO ':3} {promise}")
    return 0 if all(results.values()) else 1


def on(session: Session, server: str) -> None:
    """Let nginx lead a browser to one of the servers."""
    session.http.cookies.set(PROCESS, server, domain=deployment.HOST, path="/")


async def is_in(reader: Session, server: str) -> bool:
    """Whether a server lets the reader in."""
    on(reader, server)
    return (await reader.http.get("/xa", headers={"Accept": "text/html"})).status_code == 200


async def is_out(reader: Session, server: str, within_s: float) -> bool:
    """Whether a server refuses what was the reader's cookie, in time."""
    until = time.monotonic() + within_s
    while await is_in(reader, server):
        if time.monotonic() > until:
            return False
        await asyncio.sleep(0.1)
    return True


async def come_back(page: Session) -> None:
    """Wait until a page is cut off, and then connected and drawn again."""
    await page.lost()
    await page.come_back(TIMEOUT_S)
    try:
        await page.choose(FILTER, [PLACE])
    except SessionError as error:
        print(f"a page: {error}")


if __name__ == "__main__":
    sys.exit(main())
