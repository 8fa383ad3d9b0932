"""One settings file, read and checked: each value alone, then all together."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

from dashboard.settings import addresses, fields
from dashboard.settings.model import LOOPBACK, MODES, ROLES, Listed, Oidc, Proxy, Settings, SettingsError


def read(path: Path) -> Settings:
    """The settings of one file; `SettingsError` names the first thing that is wrong."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError("unreadable", file=str(path), reason=error.strerror or "") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError("syntax", file=str(path), reason=str(error)) from error
    fields.only_known("", table, _TOP)
    mode = fields.choice("mode", table.get("mode", "local"), MODES)
    data = fields.table(table, "data", {"folder", "store", "publish"})
    settings = Settings(
        mode=mode,
        address=addresses.listening("address", table.get("address", "127.0.0.1")),
        port=fields.port("port", table.get("port", 8501)),
        public_url=addresses.public("public_url", table.get("public_url")),
        trusted_proxies=addresses.networks(
            "trusted_proxies", table.get("trusted_proxies", ["127.0.0.1", "::1"])
        ),
        state=fields.path_of(path, "state", table.get("state")),
        data=fields.path_of(path, "data.folder", data.get("folder")),
        store=fields.path_of(path, "data.store", data.get("store")),
        publish=fields.yes("data.publish", data.get("publish", False)),
        oidc=_oidc(path, table) if mode == "oidc" else None,
        proxy=_proxy(path, table) if mode == "proxy" else None,
        source=path,
    )
    _together(settings)
    return settings


_TOP = {"mode", "address", "port", "public_url", "trusted_proxies", "state", "data", "oidc", "proxy"}


def _together(settings: Settings) -> None:
    """Refuse what is right alone and wrong together."""
    if settings.publish and settings.store is None:
        raise SettingsError("publish_without_store", key="data.publish", store="data.store")
    if settings.mode == "local":
        if settings.address not in LOOPBACK:
            raise SettingsError("open_without_sign_in", address=settings.address)
        return
    for key in ("public_url", "state"):
        if getattr(settings, key) is None:
            raise SettingsError("missing", key=key, mode=settings.mode)


def _oidc(path: Path, table: dict[str, Any]) -> Oidc:
    part = fields.table(table, "oidc", {"issuer", "client_id", "client_secret_file", "scope", "readers"})
    readers = _listed("oidc.readers", part.get("readers", []))
    for one in readers:
        if one.kind == "name" and "@" not in one.who:
            raise SettingsError("no_mail", who=one.who)
    scope = fields.text("oidc.scope", part.get("scope", "openid email profile"))
    if "openid" not in scope.split():
        raise SettingsError("no_openid", key="oidc.scope")
    return Oidc(
        issuer=_issuer(fields.text("oidc.issuer", part.get("issuer"))),
        client_id=fields.text("oidc.client_id", part.get("client_id")),
        client_secret=fields.secret(path, "oidc.client_secret_file", part.get("client_secret_file")),
        scope=scope,
        readers=readers,
    )


def _issuer(written: str) -> str:
    try:
        address = urlsplit(written)
    except ValueError as error:
        raise SettingsError("no_address", key="oidc.issuer", value=written) from error
    if address.scheme not in ("http", "https") or not address.hostname:
        raise SettingsError("no_address", key="oidc.issuer", value=written)
    if address.scheme == "http" and address.hostname not in LOOPBACK:
        raise SettingsError("not_encrypted", value=written)
    return written


def _proxy(path: Path, table: dict[str, Any]) -> Proxy:
    part = fields.table(table, "proxy", {"header", "secret_file", "readers"})
    header = fields.text("proxy.header", part.get("header")).lower()
    # A header that browsers send by themselves, or that the gate itself goes by, names nobody.
    if not re.fullmatch(r"[a-z0-9-]+", header) or _OF_ALL.match(header):
        raise SettingsError("header", key="proxy.header", value=header)
    readers = _listed("proxy.readers", part.get("readers", []))
    for listed in readers:
        if listed.kind == "group":
            raise SettingsError("groups_from_proxy", who=listed.who)
    return Proxy(header, fields.secret(path, "proxy.secret_file", part.get("secret_file")), readers)


_OF_ALL = re.compile(
    r"(host|authorization|cookie|origin|referer|user-agent|connection|upgrade|te|via|range|date|dnt|priority|pragma|from"
    r"|x-real-ip|x-requested-with|x-xsrftoken)$"
    r"|(accept|access-control|cache-control|content|forwarded|if|keep-alive|proxy|sec|transfer)(-|$)"
    r"|(x-forwarded-(for|host|port|proto|server)|x-dashboard-.*)$"
)


def _listed(key: str, rows: Any) -> tuple[Listed, ...]:
    if not isinstance(rows, list) or not all(isinstance(row, dict) for row in rows) or not rows:
        raise SettingsError("no_readers", key=key)
    readers = tuple(_reader(key, row) for row in rows)
    # Which of two rows counts would be a guess; addresses of mail are the same in large and small letters.
    seen = [(one.kind, one.who.casefold() if "@" in one.who else one.who) for one in readers]
    for place, one in enumerate(seen):
        if one in seen[:place]:
            raise SettingsError("twice", key=key, who=readers[place].who)
    return readers


def _reader(key: str, row: dict[str, Any]) -> Listed:
    fields.only_known(key, row, {"name", "group", "role", "communes"})
    if ("name" in row) == ("group" in row):
        raise SettingsError("name_or_group", key=key)
    kind: Literal["name", "group"] = "name" if "name" in row else "group"
    role = fields.choice(f"{key}.role", row.get("role", "viewer"), ROLES)
    communes = fields.texts(f"{key}.communes", row["communes"]) if "communes" in row else None
    if communes is not None and role == "editor":
        raise SettingsError("editor_of_some", who=str(row[kind]))
    return Listed(fields.text(f"{key}.{kind}", row[kind]), kind, role, communes)
