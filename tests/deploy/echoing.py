"""A server that stands in for a process of the dashboard: says what it was asked, and which one it is."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class _Echo(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        if self.headers.get("Upgrade") == "websocket":
            self.send_response(101)
            self.send_header("Upgrade", "websocket")
            self.send_header("Connection", "Upgrade")
            self.end_headers()
            self.close_connection = True
            return
        request = {"port": self.server.server_address[1], "path": self.path, "headers": dict(self.headers)}
        self._answer(json.dumps(request).encode())

    def do_PUT(self) -> None:
        self._answer(self.rfile.read(int(self.headers["Content-Length"]))[:1])

    def _answer(self, body: bytes) -> None:
        self.send_response(200)
        self.send_header(
            "Content-Type", "text/javascript" if self.path.endswith(".js") else "application/json"
        )
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_arguments: object) -> None:
        pass


@contextmanager
def serving(port: int, handler: type[BaseHTTPRequestHandler]) -> Iterator[None]:
    """A server on a port of this computer."""
    server = ThreadingHTTPServer(("127.0.0.1", port), handler)
    # Looks often whether it is to end: each test has two of them.
    threading.Thread(target=server.serve_forever, args=[0.02], daemon=True).start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()


def echoing(port: int) -> AbstractContextManager[None]:
    """The server that says what it was asked."""
    return serving(port, _Echo)
