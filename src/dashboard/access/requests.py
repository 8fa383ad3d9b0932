"""Which requests are refused to all readers, for the path, the method, or the way that they came; the address
behind a request."""

from __future__ import annotations

import re
from functools import cache
from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.types import Scope

from dashboard.settings import LOOPBACK, Settings
from dashboard.streamlit_host import paths

# What proxies add, and no browser. In mode local one of them means that the request came from elsewhere.
_FORWARDED = re.compile(
    r"via|(x-)?forwarded(-.*)?|.*-(client)?ip|cdn-loop|x-request-id"
    r"|(x-(amz.*|appengine|arr|azure|envoy|gateway|original|proxy.*)|cf|fastly)-.*"
)
_UNSAFE = ("POST", "PUT", "DELETE", "PATCH")


def refused(settings: Settings, connection: HTTPConnection) -> str | None:
    """Why this is refused to all readers; None = it is all right."""
    return _refused_path(connection.scope) or refused_way(settings, connection)


def _refused_path(scope: Scope) -> str | None:
    """ "path" for one that is written to mean another, "method" for one that nothing here takes, "shut" for a
    part of Streamlit that is not needed; None = go on."""
    path = scope["path"]
    if _tricky(path):
        return "path"
    folded = path.lower()
    if any(folded == shut or folded.startswith(f"{shut}/") for shut in paths.SHUT):
        return "shut"
    if scope["type"] == "websocket":
        return None if path == paths.STREAM else "shut"
    allowed = ("GET", "HEAD", "PUT", "DELETE") if path.startswith(paths.UPLOAD) else ("GET", "HEAD", "POST")
    return None if scope["method"] in allowed else "method"


def _tricky(path: str) -> bool:
    """Two slashes, steps up, a backslash, a control character, or a second layer of percent signs."""
    return (
        not path.startswith("/")
        or "//" in path
        or "\\" in path
        or "%" in path
        or any(part in (".", "..") for part in path.split("/"))
        or any(ord(letter) < 32 or ord(letter) == 127 for letter in path)
    )


def address(settings: Settings, connection: HTTPConnection) -> str:
    """The address of the reader's computer: what a trusted proxy says, else the one connected."""
    # A proxy adds to the end of the header, or a header of its own behind the one that came in.
    forwarded = ",".join(connection.headers.getlist("x-forwarded-for"))
    if forwarded and trusted(settings, connection):
        return _plain(forwarded.rsplit(",", 1)[-1].strip())
    return _connected(connection)


def trusted(settings: Settings, connection: HTTPConnection) -> bool:
    """Whether the request was handed on by one of the proxies of the settings."""
    try:
        peer = ip_address(_connected(connection))
    except ValueError:
        return False
    return any(peer in network for network in _networks(settings.trusted_proxies))


def refused_way(settings: Settings, connection: HTTPConnection) -> str | None:
    """Why the way of a request is refused to all: "elsewhere", "host", "origin"; None = it is fine."""
    return _refused_here(connection) if settings.mode == "local" else _refused_there(settings, connection)


def _refused_here(connection: HTTPConnection) -> str | None:
    headers = connection.headers
    if _connected(connection) not in LOOPBACK[:2]:
        return "elsewhere"
    if any(map(_FORWARDED.fullmatch, headers)):
        return "elsewhere"
    host = headers.get("host", "")
    if len(headers.getlist("host")) != 1 or not _is_this_computer(host):
        return "host"
    origin = headers.get("origin")
    foreign = _needs_origin(connection) if origin is None else origin.lower() != f"http://{host}".lower()
    return "origin" if foreign else None


def _refused_there(settings: Settings, connection: HTTPConnection) -> str | None:
    hosts = connection.headers.getlist("host")
    if len(hosts) != 1 or hosts[0].lower() != settings.host:
        return "host"
    if _needs_origin(connection):
        public = urlsplit(settings.public_url or "")
        if connection.headers.get("origin", "").lower() != f"{public.scheme}://{public.netloc}".lower():
            return "origin"
    return None


def _needs_origin(connection: HTTPConnection) -> bool:
    scope = connection.scope
    return scope["type"] == "websocket" or scope["method"] in _UNSAFE


def _is_this_computer(host: str) -> bool:
    name, bracket, port = host.rpartition("]") if host.startswith("[") else host.partition(":")
    if bracket == "]":
        return name == "[::1" and (not port or port[1:].isdecimal())
    return name.lower() in LOOPBACK and name != "::1" and (not bracket or port.isdecimal())


def _connected(connection: HTTPConnection) -> str:
    return _plain(connection.client.host) if connection.client else ""


def _plain(host: str) -> str:
    """An IPv4 address that arrived on an IPv6 socket, as IPv4; what is no address is cut short."""
    try:
        parsed = ip_address(host)
    except ValueError:
        return host[:64]
    mapped = getattr(parsed, "ipv4_mapped", None)
    return str(mapped or parsed)


@cache
def _networks(addresses: tuple[str, ...]) -> tuple[IPv4Network | IPv6Network, ...]:
    return tuple(ip_network(network, strict=False) for network in addresses)
