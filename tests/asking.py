"""Plain requests to a running server, byte for byte as a stranger could write them."""

from __future__ import annotations

import http.client
import json
import ssl
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

UPGRADE = {
    "Connection": "Upgrade",
    "Upgrade": "websocket",
    "Sec-WebSocket-Version": "13",
    "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ==",
}


@dataclass(frozen=True)
class Answer:
    """Names of headers are in small letters, several of one name together."""

    status: int
    headers: dict[str, str]
    body: str

    @property
    def json(self) -> Any:
        return json.loads(self.body)


def ask(
    address: str,
    path: str,
    headers: dict[str, str],
    method: str = "GET",
    *,
    body: bytes | None = None,
    tls: ssl.SSLContext | None = None,
) -> Answer:
    """The answer to one request; a path is sent as it is written."""
    place = urlsplit(address)
    connection = http.client.HTTPConnection(place.hostname or "", place.port, timeout=20)
    if tls is not None:
        connection = http.client.HTTPSConnection(place.hostname or "", place.port, context=tls, timeout=20)
    try:
        connection.request(method, path, body, {"Host": place.netloc, **headers})
        answer = connection.getresponse()
        text = "" if answer.status == 101 else answer.read().decode("utf-8", "replace")
        names = {name.lower(): ", ".join(answer.headers.get_all(name, [])) for name in answer.headers}
        return Answer(answer.status, names, text)
    finally:
        connection.close()


def handshake(address: str, headers: dict[str, str], path: str = "/_stcore/stream") -> Answer:
    """The answer to a websocket's handshake: 101 where it opens."""
    return ask(address, path, {**UPGRADE, "Origin": address, **headers})
