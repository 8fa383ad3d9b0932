"""Plain requests to a running server, byte for byte as a stranger could write them."""

from __future__ import annotations

import http.client
from dataclasses import dataclass
from urllib.parse import urlsplit

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str


def ask(address: str, path: str, headers: dict[str, str], method: str = "GET") -> Answer:
    """The answer to one request; a path is sent as it is written."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
    try:
        connection.request(method, path, headers={"Host": place.netloc, **headers})
        answer = connection.getresponse()
        opened = answer.status == 101
        body = "" if opened else answer.read().decode("utf-8", "replace")
        return Answer(answer.status, {name.lower(): value for name, value in answer.getheaders()}, body)
    finally:
        connection.close()


def handshake(address: str, headers: dict[str, str], path: str = "/_stcore/stream") -> Answer:
    """The answer to a websocket's handshake: 101 where it opens."""
    return ask(address, path, {**UPGRADE, "Origin": address, **headers})
