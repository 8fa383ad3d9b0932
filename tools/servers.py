"""Servers on ports of this computer, and what their processes use: for pictures, measuring and tests."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dashboard.access import local_authenticator

ROOT = Path(__file__).parents[1]
# Of every server in mode local that is started here; browsers carry it as this cookie.
KEY = "the key of the servers on the stage"
COOKIE = {
    "name": local_authenticator.COOKIE,
    "value": local_authenticator.cookie(KEY),
    "domain": "127.0.0.1",
    "path": "/",
}
COOKIES = f"{COOKIE['name']}={COOKIE['value']}"
TIMEOUT_S = 300  # a start takes 5 s; on a machine that does much else many times that


@dataclass(frozen=True)
class Server:
    """A server that answers; `ready_s` are the seconds that this took."""

    address: str
    pid: int
    ready_s: float

    def cpu(self) -> float:
        """CPU seconds that the process has used; its workers are counted apart by the system."""
        # The process's own clock (clock_getcpuclockid, which Python has not): /proc counts ticks of 10 ms,
        # and a change takes two.
        return time.clock_gettime(~self.pid << 3 | 2)

    def memory(self) -> float:
        """MB that the process holds now."""
        return memory_mb(self.pid)


@contextmanager
def dashboard(
    data: Path | None = None, settings: Path | None = None, port: int | None = None, ready: str = "/readyz"
) -> Iterator[Server]:
    """The dashboard as `make run` starts it, with the data of a folder (None = the bundled ones)."""
    folders = {"DASHBOARD_DATA": data, "DASHBOARD_SETTINGS": settings}
    environment = {**os.environ, local_authenticator.NAMED: KEY}
    environment |= {name: str(path) for name, path in folders.items() if path}
    port = port or free_port()
    with _running(command(port), ROOT, environment, f"http://127.0.0.1:{port}", ready) as server:
        yield server


def with_key(browser: Any) -> Any:
    """A browser of Playwright that carries the key in each context and page which it opens from now on."""
    new_context, new_page = browser.new_context, browser.new_page

    def context(**options: Any) -> Any:
        opened = new_context(**options)
        opened.add_cookies([COOKIE])
        return opened

    def page(**options: Any) -> Any:
        opened = new_page(**options)
        opened.context.add_cookies([COOKIE])
        return opened

    browser.new_context, browser.new_page = context, page
    return browser


@contextmanager
def running(data: Path | None = None, settings: Path | None = None, port: int | None = None) -> Iterator[str]:
    """The address of a dashboard, from when it is alive, with data or not."""
    with dashboard(data, settings, port, "/healthz") as server:
        yield server.address


@contextmanager
def streamlit(script: Path) -> Iterator[Server]:
    """A script as `streamlit run` starts it, with Streamlit's own settings."""
    port = free_port()
    start = [
        *(sys.executable, "-m", "streamlit", "run", str(script), "--server.port", str(port)),
        *("--server.headless=true", "--browser.gatherUsageStats=false", "--server.address=127.0.0.1"),
    ]
    address = f"http://127.0.0.1:{port}"
    # Away from the settings of the dashboard.
    with (
        tempfile.TemporaryDirectory() as folder,
        _running(start, Path(folder), os.environ, address, "/_stcore/health") as server,
    ):
        yield server


@contextmanager
def _running(
    start: Sequence[str], folder: Path, environment: Mapping[str, str], address: str, ready: str
) -> Iterator[Server]:
    begun = time.monotonic()
    process = subprocess.Popen(
        start, cwd=folder, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )

    def is_ready() -> bool:
        if process.poll() is not None:
            raise RuntimeError(f"the server ended at start: {' '.join(start)}")
        return answers(address + ready)

    try:
        until(is_ready, f"the server is not ready: {' '.join(start)}")
        yield Server(address, process.pid, time.monotonic() - begun)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def command(port: int) -> list[str]:
    """What starts a dashboard."""
    return [sys.executable, "-m", "dashboard", "serve", "--port", str(port)]


def free_port() -> int:
    """A port of this computer on which no program listens."""
    return free_ports(1)[0]


def free_ports(count: int) -> list[int]:
    """Ports of this computer on which no program listens."""
    probes = [socket.socket() for _ in range(count)]
    for probe in probes:
        probe.bind(("127.0.0.1", 0))
    ports = [int(probe.getsockname()[1]) for probe in probes]
    for probe in probes:
        probe.close()
    return ports


def answers(address: str) -> bool:
    """Whether a server answers with "OK"."""
    with suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
        return bool(answer.status == 200)
    return False


def memory_mb(pid: int) -> float:
    """MB that a process holds now, without its helpers."""
    return int(Path(f"/proc/{pid}/status").read_text("ascii", "replace").split("VmRSS:")[1].split()[0]) / 1024


def until(holds: Callable[[], bool], otherwise: str) -> None:
    """Wait for something to hold."""
    end = time.monotonic() + TIMEOUT_S
    while not holds():
        if time.monotonic() > end:
            raise TimeoutError(otherwise)
        time.sleep(0.02)
