"""The values of a settings file, each of its kind; `SettingsError` names the key of one that is not."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

from dashboard.settings.model import SettingsError


def only_known(key: str, table: dict[str, Any], known: set[str]) -> None:
    """Refuse a key that is not known."""
    for name in table:
        if name not in known:
            raise SettingsError("unknown", key=f"{key}.{name}".lstrip("."), known=", ".join(sorted(known)))


def table(table: dict[str, Any], key: str, known: set[str]) -> dict[str, Any]:
    """A table of known keys; empty where it is left out."""
    part = table.get(key, {})
    if not isinstance(part, dict):
        raise SettingsError("wrong", key=key, value=part)
    only_known(key, part, known)
    return part


def choice(key: str, value: Any, choices: tuple[Any, ...]) -> Any:
    """One of a few."""
    for option in choices:
        if option == value:
            return option
    raise SettingsError("choice", key=key, value=value, known=", ".join(choices))


def text(key: str, value: Any) -> str:
    """A text that is not blank."""
    if value is None:
        raise SettingsError("needed", key=key)
    if not isinstance(value, str) or not value.strip() or not value.isprintable():
        raise SettingsError("wrong", key=key, value=value)
    return value.strip()


def optional(key: str, value: Any) -> str | None:
    """A text, or None where it is left out."""
    return None if value is None else text(key, value)


def texts(key: str, value: Any) -> tuple[str, ...]:
    """At least one text."""
    if not isinstance(value, list) or not value:
        raise SettingsError("wrong", key=key, value=value)
    return tuple(text(key, item) for item in value)


def whole(key: str, value: Any, allowed: range) -> int:
    """A whole number of a range."""
    if not isinstance(value, int) or isinstance(value, bool) or value not in allowed:
        raise SettingsError("no_whole", key=key, value=value, least=allowed[0], most=allowed[-1])
    return value


def yes(key: str, value: Any) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise SettingsError("wrong", key=key, value=value)
    return value


def path_of(file: Path, key: str, value: Any) -> Path | None:
    """A path; a relative one counts from the folder of the settings."""
    return None if value is None else file.parent / text(key, value)


def secret(file: Path, key: str, value: Any) -> str:
    """The secret in a file of its own, which not every account of the computer may read; a relative path
    counts from the folder of the settings."""
    path = file.parent / text(key, value)
    try:
        secret = path.read_text("utf-8").strip()
        open_to_all = os.name == "posix" and path.stat().st_mode & stat.S_IROTH
    except OSError as error:
        raise SettingsError("unreadable", file=str(path), reason=error.strerror or "") from error
    except UnicodeDecodeError as error:
        raise SettingsError("unreadable", file=str(path), reason=str(error)) from error
    if open_to_all:
        raise SettingsError("open_secret", file=str(path))
    if len(secret) < 16:
        raise SettingsError("short_secret", file=str(path))
    return secret
