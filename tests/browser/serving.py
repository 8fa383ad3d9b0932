"""A fresh dashboard server for a test."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
PATIENCE_S = 180  # a start takes 5 s; on a machine that does much else many times that


@contextlib.contextmanager
def running(
    folder: Path | None = None, settings: Path | None = None, port: int | None = None
) -> Iterator[str]:
    """A fresh server on a free port of this computer, or on that of its public address; gives its address."""
    port = port or free_port()
    named = {"DASHBOARD_DATA": folder, "DASHBOARD_SETTINGS": settings}
    environment = {**os.environ, **{name: str(path) for name, path in named.items() if path}}
    command = [sys.executable, "-m", "dashboard", "serve", "--port", str(port)]
    process = subprocess.Popen(
        command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    address = f"http://127.0.0.1:{port}"
    try:
        until = time.monotonic() + PATIENCE_S
        while not answers(address):
            assert process.poll() is None, "the server stopped at start"
            assert time.monotonic() < until, "the server is not up"
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(PATIENCE_S)


def free_port() -> int:
    """A port of this computer on which nobody listens."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def answers(address: str) -> bool:
    """Whether the server says that it is up."""
    with (
        contextlib.suppress(OSError),
        urllib.request.urlopen(f"{address}/healthz", timeout=2) as response,
    ):
        return bool(response.status == 200)
    return False
