"""The watchdog: ends who hangs, leaves in peace who works, starts or ends."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator

import pytest
import stage

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


@pytest.fixture
def port() -> int:
    return stage.free_ports(1)[0]


@pytest.fixture
def server(port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], stderr=subprocess.DEVNULL)
    stage.until(lambda: stage.listens(port), "the server does not listen")
    yield process
    if process.poll() is None:
        process.send_signal(signal.SIGCONT)
        process.kill()
    process.wait()


@pytest.fixture
def watched(port: int) -> Iterator[None]:
    with stage.watchdog([port]):
        yield


def test_a_stopped_process_is_killed(server: subprocess.Popen[bytes], watched: None):
    os.kill(server.pid, signal.SIGSTOP)
    assert server.wait(LATEST_S) == -signal.SIGKILL


def test_a_busy_process_is_left_in_peace(server: subprocess.Popen[bytes], watched: None, port: int):
    assert stage.asked(port, "/busy")
    with pytest.raises(subprocess.TimeoutExpired):
        server.wait(16)


def test_a_pause_of_some_seconds_is_forgiven(server: subprocess.Popen[bytes], watched: None):
    for _ in range(2):
        os.kill(server.pid, signal.SIGSTOP)
        with pytest.raises(subprocess.TimeoutExpired):
            server.wait(6)
        os.kill(server.pid, signal.SIGCONT)
        with pytest.raises(subprocess.TimeoutExpired):
            server.wait(3)


def test_waiting_ends_when_the_port_answers(port: int):
    waiting = subprocess.Popen([sys.executable, str(stage.WATCHDOG), "--wait", str(port)])
    with pytest.raises(subprocess.TimeoutExpired):
        waiting.wait(1)
    server = subprocess.Popen([sys.executable, "-c", SERVER, str(port)], stderr=subprocess.DEVNULL)
    try:
        assert waiting.wait(LATEST_S) == 0
    finally:
        waiting.kill()
        server.kill()
        server.wait()
