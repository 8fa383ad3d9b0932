"""`serve`: starts the server as the settings say; what `make run` and the service start."""

from __future__ import annotations

import argparse
import logging
import socket
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from pathlib import Path
from urllib.parse import urljoin

import uvicorn

from dashboard import access, text
from dashboard.commands import DONE, WRONG_USAGE, RefusedError
from dashboard.settings import Settings

_ROOT = Path(__file__).parents[3]
# A server that is not up by then has said why on the terminal.
_TIMEOUT_S = 120
# The largest message of a browser; a longer one ends its websocket before it is in memory.
_LARGEST_MESSAGE = 1024 * 1024
_SHUT_DOWN_S = 5


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The options of the command."""
    words = text.get()
    parser.add_argument("--port", type=int, help=words("cli.serve_port"))
    parser.add_argument("--open", action="store_true", help=words("cli.serve_open"))


def run(options: argparse.Namespace) -> int:
    """Serve until the process is told to end."""
    settings = access.at_start()
    port = settings.port if options.port is None else options.port
    if _taken(settings, port):
        raise RefusedError(WRONG_USAGE, text.get()("cli.serve_taken", port=str(port)))
    access.show_link(settings, settings.address, port)
    if options.open:
        threading.Thread(target=_open_when_ready, args=[settings, port], daemon=True).start()
    # nginx notes requests, by their path alone: links carry filters.
    logging.getLogger("uvicorn.access").addFilter(lambda _record: False)
    # One worker: sessions live in one process. The gate itself believes forwarded addresses, of trusted
    # proxies only; the server's name is not told.
    uvicorn.run(
        "app:app",
        app_dir=str(_ROOT),
        host=settings.address,
        port=port,
        log_level="warning",
        proxy_headers=False,
        server_header=False,
        ws_max_size=_LARGEST_MESSAGE,
        timeout_graceful_shutdown=_SHUT_DOWN_S,
    )
    return DONE


def _taken(settings: Settings, port: int) -> bool:
    """Whether another program listens there already."""
    family = socket.AF_INET6 if ":" in settings.address else socket.AF_INET
    with socket.socket(family) as probe:
        return probe.connect_ex((settings.address, port)) == 0


def _open_when_ready(settings: Settings, port: int) -> None:
    """Open the dashboard in the browser as soon as it answers."""
    local = access.link_for_one(settings.address, port)
    until = time.monotonic() + _TIMEOUT_S
    while time.monotonic() < until:
        try:
            with urllib.request.urlopen(urljoin(local, "/healthz"), timeout=2):  # nosec B310 # always http
                webbrowser.open(settings.public_url or local)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.3)
