"""Servers on free ports of this computer, and what their processes use: for pictures and for measuring."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
PATIENCE_S = 600


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
        status = Path(f"/proc/{self.pid}/status").read_text()
        return int(status.split("VmRSS:")[1].split()[0]) / 1024


@contextlib.contextmanager
def dashboard(data: Path | None = None) -> Iterator[Server]:
    """The dashboard as `make run` starts it, with the data of a folder (None = the bundled ones)."""
    environment = os.environ if data is None else {**os.environ, "DASHBOARD_DATA": str(data)}
    command = [sys.executable, "-m", "dashboard", "serve", "--port"]
    with _running(command, ROOT, environment, "/readyz") as server:
        yield server


@contextlib.contextmanager
def streamlit(script: Path) -> Iterator[Server]:
    """A script as `streamlit run` starts it, with Streamlit's own settings."""
    command = [
        *(sys.executable, "-m", "streamlit", "run", str(script)),
        *("--server.headless=true", "--browser.gatherUsageStats=false", "--server.address=127.0.0.1"),
        "--server.port",
    ]
    # Away from the settings of the dashboard.
    with (
        tempfile.TemporaryDirectory() as folder,
        _running(command, Path(folder), os.environ, "/_stcore/health") as server,
    ):
        yield server


@contextlib.contextmanager
def _running(
    command: Sequence[str], folder: Path, environment: os._Environ[str] | dict[str, str], ready: str
) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    begun = time.monotonic()
    process = subprocess.Popen(
        [*command, str(port)],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        while not _answers(address + ready):
            if process.poll() is not None:
                raise RuntimeError(f"the server ended at start: {' '.join(command)}")
            if time.monotonic() - begun > PATIENCE_S:
                raise TimeoutError(f"the server is not ready: {' '.join(command)}")
            time.sleep(0.02)
        yield Server(address, process.pid, time.monotonic() - begun)
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _answers(address: str) -> bool:
    with contextlib.suppress(OSError), urllib.request.urlopen(address, timeout=5) as answer:
        return bool(answer.status == 200)
    return False
