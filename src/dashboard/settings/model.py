"""What can be set, and what a setting that is wrong is called."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

Mode = Literal["local", "accounts", "oidc", "proxy"]
Role = Literal["viewer", "editor"]
MODES: tuple[Mode, ...] = ("local", "accounts", "oidc", "proxy")
ROLES: tuple[Role, ...] = ("viewer", "editor")
LOOPBACK = ("127.0.0.1", "::1", "localhost")


class SettingsError(Exception):
    """What is wrong with the settings: the key of its sentence in `settings.toml`, and what it names."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = key, values


@dataclass(frozen=True)
class Listed:
    """One reader of a list (modes oidc and proxy): who, the role, and the communes (None = all)."""

    who: str
    kind: Literal["name", "group"]
    role: Role
    communes: tuple[str, ...] | None


@dataclass(frozen=True)
class Oidc:
    """The provider that signs readers in, and what it is asked for (`scope`)."""

    issuer: str
    client_id: str
    client_secret: str
    scope: str
    readers: tuple[Listed, ...]


@dataclass(frozen=True)
class Proxy:
    """The proxy that signs readers in and names them in a header, and the secret it proves itself with."""

    header: str
    secret: str
    readers: tuple[Listed, ...]


@dataclass(frozen=True)
class Settings:
    """Every setting of the server; the defaults are those of a computer of one's own.

    `state` is the folder where the service writes accounts, revoked sign-ins, its key and the audit log; None
    only in mode local. `public_url` is the address that readers open; None only in mode local.
    """

    mode: Mode = "local"
    address: str = "127.0.0.1"
    port: int = 8501
    public_url: str | None = None
    trusted_proxies: tuple[str, ...] = ("127.0.0.1", "::1")
    state: Path | None = None
    data: Path | None = None
    store: Path | None = None
    publish: bool = False
    oidc: Oidc | None = None
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
