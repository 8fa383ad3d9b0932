"""Addresses of a settings file, each as it is compared with what requests carry."""

from __future__ import annotations

import re
from ipaddress import ip_address, ip_network
from typing import Any
from urllib.parse import urlsplit

from dashboard.settings import fields
from dashboard.settings.model import LOOPBACK, SettingsError

_PORTS = {"http": 80, "https": 443}
# Letters, digits and hyphens between dots, or an IPv6 address in brackets.
_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?|\[[0-9a-f:.]+\]")


def public(key: str, value: Any) -> str | None:
    """Where readers open the dashboard, as browsers write it in Host and Origin: small letters, letters with
    accents in their ASCII form, no port that goes without saying. None where it is left out."""
    url = fields.optional(key, value)
    if url is None:
        return None
    try:
        parts = urlsplit(url)
        host = parts.netloc.rpartition(":")[0] if parts.port is not None else parts.netloc.rstrip(":")
        host = host.encode("idna").decode().lower()
    except ValueError as error:
        raise SettingsError("no_address", key=key, value=url) from error
    # The pages are at the root; a name, a password or a filter are no part of where that is.
    beside = parts.path.strip("/") or parts.query or parts.fragment
    if parts.scheme not in _PORTS or beside or not _HOST.fullmatch(host):
        raise SettingsError("no_address", key=key, value=url)
    if parts.scheme == "http" and host.strip("[]") not in LOOPBACK:
        raise SettingsError("not_encrypted", value=url)
    port = "" if parts.port in (None, _PORTS[parts.scheme]) else f":{parts.port}"
    return f"{parts.scheme}://{host}{port}"


def sign_out(key: str, value: Any) -> str | None:
    """Where a proxy signs readers out: a path of the same host, or an https:// address."""
    url = fields.optional(key, value)
    if url is None or re.fullmatch(r"/(?![/\\])[!-~]*|https://[!-~]+", url):
        return url
    raise SettingsError("no_sign_out", key=key, value=url)


def listening(key: str, value: Any) -> str:
    """An address of this computer."""
    address = fields.text(key, value)
    try:
        return address if address == "localhost" else str(ip_address(address))
    except ValueError as error:
        raise SettingsError("no_listening", key=key, value=address) from error


def networks(key: str, value: Any) -> tuple[str, ...]:
    """Addresses and networks; never all there are."""
    texts = fields.texts(key, value)
    for text in texts:
        try:
            network = ip_network(text, strict=False)
        except ValueError as error:
            raise SettingsError("no_network", key=key, value=text) from error
        if network.prefixlen == 0:
            raise SettingsError("every_network", key=key, value=text)
    return texts
