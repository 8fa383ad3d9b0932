"""How this server is run: one TOML file outside the project, named by DASHBOARD_SETTINGS.

Without one the dashboard is for this computer only. `deploy/dashboard.toml` is the example with every key.
"""

from __future__ import annotations

import os
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from ipaddress import ip_network
from pathlib import Path
from typing import Any, Literal
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
    """The provider that signs readers in."""

    issuer: str
    client_id: str
    client_secret: str
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


def current() -> Settings:
    """The settings of this process."""
    named = os.environ.get("DASHBOARD_SETTINGS")
    return _kept(Path(named)) if named else _from_environment()


@cache
def _kept(path: Path) -> Settings:
    """Read once: a file edited half-way changes nothing while the server runs."""
    return read(path)


def read(path: Path) -> Settings:
    """The settings of one file; `SettingsError` names the first thing that is wrong."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError("unreadable", file=str(path), reason=error.strerror or "") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError("syntax", file=str(path), reason=str(error)) from error
    _known("", table, _TOP)
    mode = _choice("mode", table.get("mode", "local"), MODES)
    data = _table(table, "data", {"folder", "store", "publish"})
    settings = Settings(
        mode=mode,
        address=_text("address", table.get("address", "127.0.0.1")),
        port=_whole("port", table.get("port", 8501)),
        public_url=_optional("public_url", table.get("public_url")),
        trusted_proxies=_texts("trusted_proxies", table.get("trusted_proxies", ["127.0.0.1", "::1"])),
        state=_path(path, "state", table.get("state")),
        data=_path(path, "data.folder", data.get("folder")),
        store=_path(path, "data.store", data.get("store")),
        publish=_yes("data.publish", data.get("publish", False)),
        oidc=_oidc(path, table) if mode == "oidc" else None,
        proxy=_proxy(path, table) if mode == "proxy" else None,
        source=path,
    )
    _together(settings)
    return settings


_TOP = {"mode", "address", "port", "public_url", "trusted_proxies", "state", "data", "oidc", "proxy"}


def _from_environment() -> Settings:
    """Without a file: local, with the folders that the environment names."""
    data, kept = os.environ.get("DASHBOARD_DATA"), os.environ.get("DASHBOARD_STORE")
    return Settings(
        data=Path(data) if data else None,
        store=Path(kept) if kept else None,
        publish=os.environ.get("DASHBOARD_PUBLISH") == "1",
    )


def _together(settings: Settings) -> None:
    """Refuse what is right alone and wrong together."""
    for one in settings.trusted_proxies:
        if not _is_network(one):
            raise SettingsError("no_network", key="trusted_proxies", value=one)
    if settings.mode == "local":
        if settings.address not in LOOPBACK:
            raise SettingsError("open_without_sign_in", address=settings.address)
        return
    for key in ("public_url", "state"):
        if getattr(settings, key) is None:
            raise SettingsError("missing", key=key, mode=settings.mode)
    if urlsplit(settings.public_url or "").scheme not in ("http", "https") or not settings.host:
        raise SettingsError("no_address", key="public_url", value=settings.public_url)
    if not settings.secure and urlsplit(settings.public_url).hostname not in LOOPBACK:
        raise SettingsError("not_encrypted", value=settings.public_url)


def _oidc(path: Path, table: dict[str, Any]) -> Oidc:
    part = _table(table, "oidc", {"issuer", "client_id", "client_secret_file", "readers"})
    return Oidc(
        issuer=_text("oidc.issuer", part.get("issuer")),
        client_id=_text("oidc.client_id", part.get("client_id")),
        client_secret=_secret(path, "oidc.client_secret_file", part.get("client_secret_file")),
        readers=_listed("oidc.readers", part.get("readers", [])),
    )


def _proxy(path: Path, table: dict[str, Any]) -> Proxy:
    part = _table(table, "proxy", {"header", "secret_file", "readers"})
    header = _text("proxy.header", part.get("header")).lower()
    # A header that every browser sends, or that the gate itself goes by, names nobody.
    if not re.fullmatch(r"[a-z0-9-]+", header) or header in _NO_NAME:
        raise SettingsError("header", key="proxy.header", value=header)
    readers = _listed("proxy.readers", part.get("readers", []))
    for listed in readers:
        if listed.kind == "group":
            raise SettingsError("groups_from_proxy", who=listed.who)
    return Proxy(header, _secret(path, "proxy.secret_file", part.get("secret_file")), readers)


_NO_NAME = ("host", "cookie", "origin", "accept", "user-agent", "x-dashboard-reader", "x-dashboard-secret")


def _listed(key: str, rows: Any) -> tuple[Listed, ...]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or not rows:
        raise SettingsError("no_readers", key=key)
    return tuple(_reader(key, row) for row in rows)


def _reader(key: str, row: dict[str, Any]) -> Listed:
    _known(key, row, {"name", "group", "role", "communes"})
    if ("name" in row) == ("group" in row):
        raise SettingsError("name_or_group", key=key)
    kind: Literal["name", "group"] = "name" if "name" in row else "group"
    role = _choice(f"{key}.role", row.get("role", "viewer"), ROLES)
    communes = _texts(f"{key}.communes", row["communes"]) if "communes" in row else None
    if communes is not None and role == "editor":
        raise SettingsError("editor_of_some", who=str(row[kind]))
    return Listed(_text(f"{key}.{kind}", row[kind]), kind, role, communes)


def _is_network(written: str) -> bool:
    try:
        ip_network(written, strict=False)
    except ValueError:
        return False
    return True


def _known(key: str, table: dict[str, Any], known: set[str]) -> None:
    for name in table:
        if name not in known:
            raise SettingsError("unknown", key=f"{key}.{name}".lstrip("."), known=", ".join(sorted(known)))


def _table(table: dict[str, Any], key: str, known: set[str]) -> dict[str, Any]:
    part = table.get(key, {})
    if not isinstance(part, dict):
        raise SettingsError("wrong", key=key, value=part)
    _known(key, part, known)
    return part


def _choice(key: str, value: Any, known: tuple[Any, ...]) -> Any:
    for choice in known:
        if choice == value:
            return choice
    raise SettingsError("choice", key=key, value=value, known=", ".join(known))


def _text(key: str, value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise SettingsError("wrong", key=key, value=value)
    return value.strip()


def _optional(key: str, value: Any) -> str | None:
    return None if value is None else _text(key, value)


def _texts(key: str, value: Any) -> tuple[str, ...]:
    if not isinstance(value, list) or not value:
        raise SettingsError("wrong", key=key, value=value)
    return tuple(_text(key, one) for one in value)


def _whole(key: str, value: Any) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not 0 < value < 65536:
        raise SettingsError("wrong", key=key, value=value)
    return value


def _yes(key: str, value: Any) -> bool:
    if not isinstance(value, bool):
        raise SettingsError("wrong", key=key, value=value)
    return value


def _path(file: Path, key: str, value: Any) -> Path | None:
    """A path; a relative one counts from the folder of the settings."""
    return None if value is None else file.parent / _text(key, value)


def _secret(file: Path, key: str, value: Any) -> str:
    path = _path(file, key, value)
    if path is None:
        raise SettingsError("wrong", key=key, value=value)
    try:
        secret = path.read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError("unreadable", file=str(path), reason=str(error)) from error
    if len(secret) < 16:
        raise SettingsError("short_secret", file=str(path))
    return secret
