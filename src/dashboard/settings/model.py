"""What can be set, and what a setting that is wrong is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

Mode = Literal["local", "accounts", "proxy"]
Role = Literal["viewer", "editor"]
MODES: tuple[Mode, ...] = ("local", "accounts", "proxy")
ROLES: tuple[Role, ...] = ("viewer", "editor")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class SettingsError(Exception):
    """What is wrong with the settings: the key of its sentence in `settings.toml`, and what it names."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


@dataclass(frozen=True)
class Listed:
    """One reader, or one group of them, that mode proxy lets in: who, the role, the communes (None = all)."""

    who: str
    kind: Literal["name", "group"]
    role: Role
    communes: tuple[str, ...] | None


def same_name(one: str, other: str) -> bool:
    """Whether two names are one; addresses of mail are the same in large and small letters."""
    return one == other or ("@" in one and one.casefold() == other.casefold())


@dataclass(frozen=True)
class Proxy:
    """The proxy that signs readers in and names them, perhaps their groups, in headers; the secret that it
    proves itself with; where readers sign out there (None = nowhere)."""

    header: str
    groups_header: str | None
    secret: str
    sign_out_url: str | None
    readers: tuple[Listed, ...]

    @property
    def headers(self) -> tuple[str, ...]:
        """The headers that say who reads."""
        return (self.header, self.groups_header) if self.groups_header else (self.header,)


@dataclass(frozen=True)
class Settings:
    """Every setting of the server; the defaults are those of a computer of one's own.

    `state` is the folder where the service writes the database of accounts and sessions, and the audit log;
    None only in mode local. `database_url` is that of PostgreSQL in place of the file. A session ends after
    `idle_minutes` in which nothing is done. `public_url` is the address that readers open; None only in mode
    local.
    """

    mode: Mode = "local"
    address: str = "127.0.0.1"
    port: int = 8501
    public_url: str | None = None
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    state: Path | None = None
    database_url: str | None = None
    idle_minutes: int = 120
    data: Path | None = None
    store: Path | None = None
    publish: bool = False
    proxy: Proxy | None = None
    source: Path | None = field(default=None, compare=False)

    @property
    def secure(self) -> bool:
        """Whether readers come over TLS: cookies are marked Secure then."""
        return self.public_url is not None and self.public_url.startswith("https://")

    @property
    def host(self) -> str | None:
        """The host (and port, unless it is the scheme's own) that readers' requests carry."""
        return urlsplit(self.public_url).netloc.lower() if self.public_url else None
