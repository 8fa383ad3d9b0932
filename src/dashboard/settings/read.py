"""One settings file, read and checked: each value alone, then all together."""

from __future__ import annotations

import re
import tomllib
from itertools import combinations
from pathlib import Path
from typing import Any, Literal

from dashboard.settings import addresses, fields
from dashboard.settings.model import LOOPBACK, MODES, ROLES, Listed, Proxy, Settings, SettingsError, same_name


def read(path: Path) -> Settings:
    """The settings of one file; `SettingsError` names the first thing that is wrong."""
    try:
        table = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SettingsError("unreadable", file=str(path), reason=error.strerror or "") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError("syntax", file=str(path), reason=str(error)) from error
    if "oidc" in table or table.get("mode") == "oidc":
        raise SettingsError("no_oidc")
    fields.only_known("", table, _TOP)
    mode = fields.choice("mode", table.get("mode", "local"), MODES)
    # Of the tables of other modes, too: a typo there is found before the mode is changed.
    data, _ = (fields.table(table, key, known) for key, known in _TABLES.items())
    settings = Settings(
        mode=mode,
        address=addresses.listening("address", table.get("address", "127.0.0.1")),
        port=fields.whole("port", table.get("port", 8501), range(1, 65536)),
        public_url=addresses.public("public_url", table.get("public_url")),
        trusted_proxies=addresses.networks(
            "trusted_proxies", table.get("trusted_proxies", ["127.0.0.1", "::1"])
        ),
        state=fields.path_of(path, "state", table.get("state")),
        database_url=_database(path, table.get("database_file")),
        idle_minutes=fields.whole("idle_minutes", table.get("idle_minutes", 120), _IDLE_MINUTES),
        data=fields.path_of(path, "data.folder", data.get("folder")),
        store=fields.path_of(path, "data.store", data.get("store")),
        publish=fields.yes("data.publish", data.get("publish", False)),
        proxy=_proxy(path, table) if mode == "proxy" else None,
        source=path,
    )
    _together(settings)
    return settings


# No longer than a session lasts.
_IDLE_MINUTES = range(5, 12 * 60 + 1)
_TOP = {
    "mode",
    "address",
    "port",
    "public_url",
    "trusted_proxies",
    "state",
    "database_file",
    "idle_minutes",
    "data",
    "proxy",
}
_TABLES = {
    "data": {"folder", "store", "publish"},
    "proxy": {"header", "groups_header", "secret_file", "sign_out_url", "readers"},
}


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


def _proxy(path: Path, table: dict[str, Any]) -> Proxy:
    part = fields.table(table, "proxy", _TABLES["proxy"])
    keys = "proxy.header", "proxy.groups_header"
    header = _header(keys[0], fields.text(keys[0], part.get("header")))
    groups_text = fields.optional(keys[1], part.get("groups_header"))
    groups_header = None if groups_text is None else _header(keys[1], groups_text)
    if groups_header == header:
        raise SettingsError("header", key=keys[1], value=header)
    readers = _listed("proxy.readers", part.get("readers", []))
    for listed in readers:
        if listed.kind == "group" and (groups_header is None or "," in listed.who):
            raise SettingsError("no_groups", who=listed.who, key=keys[1])
    return Proxy(
        header,
        groups_header,
        fields.secret(path, "proxy.secret_file", part.get("secret_file")),
        addresses.sign_out("proxy.sign_out_url", part.get("sign_out_url")),
        readers,
    )


def _database(path: Path, value: Any) -> str | None:
    """The address of a PostgreSQL database, out of a file of its own: it holds a password."""
    if value is None:
        return None
    # Loaded where it is needed: a computer of one's own has no use for it.
    from sqlalchemy import make_url  # noqa: PLC0415
    from sqlalchemy.exc import ArgumentError  # noqa: PLC0415

    scheme, rest = fields.secret(path, "database_file", value).partition("://")[::2]
    # The driver by which SQLAlchemy reaches it.
    address = f"postgresql+pg8000://{rest}"
    try:
        url = make_url(address)
    except (ValueError, ArgumentError):
        url = None
    if scheme not in ("postgresql", "postgres") or url is None or not url.database or url.query:
        # Without the reason: it may hold a part of the password.
        raise SettingsError("no_database", key="database_file")
    return address


def _header(key: str, text: str) -> str:
    """A header's name. One that browsers send, or that the gate itself goes by, names no reader."""
    header = text.lower()
    if not re.fullmatch(r"[a-z0-9-]+", header) or _OF_ALL.match(header):
        raise SettingsError("header", key=key, value=header)
    return header


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
    # Which of two rows counts would be a guess.
    for first, second in combinations(readers, 2):
        if first.kind == second.kind and same_name(first.who, second.who):
            raise SettingsError("twice", key=key, who=second.who)
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
