"""The accounts of mode accounts: one file, read at each request, written by `python -m dashboard users`."""

from __future__ import annotations

import json
import logging
import os
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from filelock import FileLock, Timeout

from dashboard.access import names, passwords
from dashboard.settings import ROLES, Role, Settings

_LOG = logging.getLogger("dashboard")
FILE = "accounts.json"
_LOCK = ".accounts.lock"
_PATIENCE_S = 20
# What reading a file gives that is not there, not JSON, or JSON of something else.
_DAMAGE = (OSError, ValueError, TypeError, KeyError, AttributeError)


class AccountError(Exception):
    """Why an account cannot be kept: the key of its sentence in `access.toml`, and what it names."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = f"access.users.{key}", values


@dataclass(frozen=True)
class Account:
    """One person's account.

    `name` is as it was typed when the account was made; `communes` are ids (None = all); `credential_version`
    is another one after each change, which ends the sign-ins made before; `changed` is the day of it (ISO).
    """

    name: str
    hash: str
    role: Role
    communes: tuple[str, ...] | None
    credential_version: str
    changed: str


def current(settings: Settings) -> Mapping[str, Account]:
    """The accounts now, by key. None at all where the file is damaged: the log says why.

    Cheap: read again only when the file is another one.
    """
    path = _path(settings)
    try:
        status = path.stat()
    except FileNotFoundError:
        return {}
    except OSError as error:
        return _unreadable(path, str(error))
    # Also the time at which rights were changed: a file that could not be read may be readable now.
    return _kept(path, (status.st_mtime_ns, status.st_ctime_ns, status.st_size, status.st_ino))


def add(
    settings: Settings, name: str, password: str, role: Role, communes: tuple[str, ...] | None
) -> Account:
    """Make an account; AccountError where there is one of that name, or it would not be a right one."""
    key = check_new(settings, name, role, communes)
    _check_password(name, password)
    account = _changed(Account(names.tidy(name), passwords.hashed(password), role, communes, "", ""))
    with _changing(settings) as accounts:
        if key in accounts:
            raise AccountError("taken", name=accounts[key].name)
        accounts[key] = account
    return account


def check_new(settings: Settings, name: str, role: Role, communes: tuple[str, ...] | None) -> str:
    """The key of an account that could be made; AccountError where it could not."""
    key = _key(name)
    if role == "editor" and communes is not None:
        raise AccountError("editor_of_some")
    _check_folder(settings)
    accounts = read(settings)
    if key in accounts:
        raise AccountError("taken", name=accounts[key].name)
    return key


def remove(settings: Settings, name: str) -> Account:
    """Take an account away; its sign-ins end at the next click."""
    with _changing(settings) as accounts:
        return accounts.pop(_known(accounts, name))


def set_password(settings: Settings, name: str, password: str) -> Account:
    """Give an account another password; its sign-ins end at the next click."""
    _check_password(name, password)
    new_hash = passwords.hashed(password)
    with _changing(settings) as accounts:
        key = _known(accounts, name)
        accounts[key] = _changed(replace(accounts[key], hash=new_hash))
        return accounts[key]


def keep_hash(settings: Settings, key: str, account: Account, new_hash: str) -> None:
    """Keep a newer hash of the same password: the sign-ins stay."""
    with _changing(settings) as accounts:
        if accounts.get(key) == account:
            accounts[key] = replace(account, hash=new_hash)


def known(settings: Settings, name: str) -> Account:
    """The account of a name; AccountError where there is none, or the file is damaged."""
    accounts = read(settings)
    return accounts[_known(accounts, name)]


def read(settings: Settings) -> dict[str, Account]:
    """The accounts by key; AccountError where the file is damaged."""
    try:
        return _read(_path(settings))
    except FileNotFoundError:
        return {}
    except _DAMAGE as error:
        raise AccountError("damaged", file=str(_path(settings)), reason=_reason(error)) from error


@contextmanager
def _changing(settings: Settings) -> Iterator[dict[str, Account]]:
    """The accounts, to be changed; written whole afterwards. One at a time, over all processes."""
    _check_folder(settings)
    lock = _path(settings).with_name(_LOCK)
    try:
        with FileLock(lock, timeout=_PATIENCE_S, mode=0o600):
            _hand_over(lock)
            accounts = read(settings)
            yield accounts
            _write(_path(settings), accounts)
    except Timeout as error:
        raise AccountError("busy") from error
    except OSError as error:
        raise AccountError("unwritable", folder=str(settings.state), reason=_reason(error)) from error


def _write(path: Path, accounts: Mapping[str, Account]) -> None:
    """Whole or not at all, also where the power fails."""
    table = {key: _row(account) for key, account in sorted(accounts.items())}
    part = path.with_name(f".{FILE}.{secrets.token_hex(8)}")
    file = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(file, "w", encoding="utf-8") as stream:
            json.dump(table, stream, ensure_ascii=False, indent=1)
            stream.flush()
            os.fsync(stream.fileno())
        _hand_over(part)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def _check_password(name: str, password: str) -> None:
    """AccountError for a password that is too short, too long, or the name."""
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        raise AccountError("password_length", least=passwords.SHORTEST, most=passwords.LONGEST)
    if names.spelled(password) == names.spelled(name):
        raise AccountError("password_is_name")


def _check_folder(settings: Settings) -> None:
    if not _path(settings).parent.is_dir():
        raise AccountError("no_state", folder=str(_path(settings).parent))


def _hand_over(path: Path) -> None:
    """What an administrator wrote as root belongs to the service, whose folder it is."""
    if os.name == "posix" and os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)


@lru_cache(maxsize=4)
def _kept(path: Path, _state_of_file: tuple[int, ...]) -> Mapping[str, Account]:
    try:
        return _read(path)
    except _DAMAGE as error:
        return _nobody(path, _reason(error))


def _nobody(path: Path, reason: str) -> Mapping[str, Account]:
    _LOG.error("accounts: %s cannot be read, nobody is let in: %s", path, reason)
    return {}


# At each request there is the same reason: the log says it once.
_unreadable = lru_cache(maxsize=4)(_nobody)


def _read(path: Path) -> dict[str, Account]:
    table = json.loads(path.read_text("utf-8"))
    return {key: _account(key, row) for key, row in table.items()}


def _account(key: str, row: dict[str, Any]) -> Account:
    """One account of the file; ValueError, TypeError or KeyError where it is not one."""
    communes = row["communes"]
    texts = [row["name"], row["hash"], row["stamp"], row["changed"], *(communes or [])]
    right = (
        all(isinstance(value, str) and value for value in texts)
        and (communes is None or isinstance(communes, list))
        and row["role"] in ROLES
        and (communes is None or row["role"] == "viewer")
        and passwords.is_hash(row["hash"])
        and names.key(row["name"]) == key
    )
    account = Account(
        name=row["name"],
        hash=row["hash"],
        role=row["role"],
        communes=None if communes is None else tuple(communes),
        credential_version=row["stamp"],
        changed=row["changed"],
    )
    if not right or row.keys() != _row(account).keys():
        raise ValueError(f"the account {key!r} is not written as an account")
    return account


def _row(account: Account) -> dict[str, Any]:
    """An account as the file has it."""
    return {"stamp" if key == "credential_version" else key: value for key, value in asdict(account).items()}


def _changed(account: Account) -> Account:
    day = datetime.now(UTC).date().isoformat()
    return replace(account, credential_version=secrets.token_hex(8), changed=day)


def _known(accounts: Mapping[str, Account], name: str) -> str:
    key = _key(name)
    if key not in accounts:
        raise AccountError("unknown", name=name)
    return key


def _key(name: str) -> str:
    try:
        return names.key(name)
    except ValueError:
        raise AccountError("name", signs=names.SIGNS.strip(), most=names.LONGEST) from None


def _reason(error: Exception) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or f"{type(error).__name__}: {error}"


def _path(settings: Settings) -> Path:
    assert settings.state is not None
    return settings.state / FILE
