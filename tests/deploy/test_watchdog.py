"""The watchdog: ends who hangs, leaves in peace who works, starts or ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

import deployment
import pytest
import servers

# Answers like the dashboard; on "/busy" it computes for seconds, in a thread, as a page would.
SERVER = """
import sys, threading, time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

class Answers(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path == "/busy":
            threading.Thread(target=self.compute).start()
        self.send_response(200)
        self.send_header("Content-Length", "0")
        self.end_headers()

    def compute(self):
        end = time.monotonic() + 20
        while time.monotonic() < end:
            sum(range(100000))

ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), Answers).serve_forever()
"""
# From the moment it hangs: four questions of 2.5 s with a second between, and some for a slow computer.
LATEST_S = 30


Server = subprocess.Popen[bytes]


@contextmanager
def serving(port: int) -> Iterator[Server]:
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], stderr=subprocess.DEVNULL)
    try:
        servers.until(lambda: deployment.listens(port), "the server does not listen")
        yield process
    finally:
        if process.poll() is None:
            process.send_signal(signal.SIGCONT)
            process.kill()
        process.wait()


@pytest.fixture(scope="module")
def watched() -> Iterator[dict[str, Server]]:
    """Three processes under one watchdog, some time after each was treated as its name says."""
    ports = servers.free_ports(3)
    with ExitStack() as running:
        stopped, busy, paused = (running.enter_context(serving(port)) for port in ports)
        running.enter_context(deployment.watchdog(ports))
        os.kill(stopped.pid, signal.SIGSTOP)
        assert servers.answers(f"http://127.0.0.1:{ports[1]}/busy")
        for _ in range(2):
            for what, seconds in ((signal.SIGSTOP, 6), (signal.SIGCONT, 3)):
                os.kill(paused.pid, what)
                time.sleep(seconds)
        with suppress(subprocess.TimeoutExpired):
            stopped.wait(LATEST_S)
        yield {"stopped": stopped, "busy": busy, "paused": paused}


def test_a_stopped_process_is_killed(watched: dict[str, Server]):
    assert watched["stopped"].poll() == -signal.SIGKILL


def test_a_busy_process_is_left_in_peace(watched: dict[str, Server]):
    assert watched["busy"].poll() is None


def test_a_pause_of_some_seconds_is_forgiven(watched: dict[str, Server]):
    assert watched["paused"].poll() is None


def test_waiting_ends_when_the_port_answers():
    (port,) = servers.free_ports(1)
    waiting = subprocess.Popen([sys.executable, str(deployment.WATCHDOG), "--wait", str(port)])
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(1)
    try:
        with serving(port):
            assert waiting.wait(LATEST_S) == 0
    finally:
        waiting.kill()
