"""The accounts of mode accounts, in the database; made and changed by `python -m dashboard users`, and by
their owners on the page of the account. DatabaseError where the database cannot be used."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, delete, select, update

from dashboard.access import names, passwords
from dashboard.access.database import accounts as table
from dashboard.access.database import database, sessions, trusted_places
from dashboard.settings import Role, Settings


class AccountError(Exception):
    """Why an account cannot be kept: the key of its sentence in `access.toml`, and what it names."""

    def __init__(self, key: str, /, **values: object) -> None:
        super().__init__(key, values)
        self.key, self.values = f"access.users.{key}", values


@dataclass(frozen=True)
class Account:
    """One person's account.

    `key` is the one spelling of `name`, which is as it was typed when the account was made; `communes` are
    ids (None = all); `changed` is the day of the last change (ISO). `must_change`: the password was given by
    an administrator, and lets in only after its owner has chosen another. `totp_secret` is that of the second
    step (None = no second step), `totp_step` the time step of its last code.
    """

    key: str
    name: str
    hash: str
    role: Role
    communes: tuple[str, ...] | None
    changed: str
    must_change: bool = False
    totp_secret: str | None = None
    totp_step: int = 0

    def __post_init__(self) -> None:
        # A list as it comes out of the database.
        if self.communes is not None:
            object.__setattr__(self, "communes", tuple(self.communes))

    @property
    def can_publish(self) -> bool:
        """Whether its owner may publish data, and so may turn on a second step."""
        return self.role == "editor"


def find(settings: Settings, name: str) -> Account | None:
    """The account of a name in any spelling."""
    try:
        key = names.key(name)
    except ValueError:
        return None
    with database(settings).reading() as state:
        return _find(state, key)


def read(settings: Settings) -> dict[str, Account]:
    """All accounts by key, in order."""
    with database(settings).reading() as state:
        rows = state.execute(select(table).order_by(table.c.key))
        return {row.key: Account(**row._mapping) for row in rows}


def add(  # noqa: PLR0913 # what an account has
    settings: Settings,
    name: str,
    password: str,
    role: Role,
    communes: tuple[str, ...] | None,
    *,
    must_change: bool = False,
) -> Account:
    """Make an account; AccountError where there is one of that name, or it would not be a right one."""
    key = check_new(settings, name, role, communes)
    check_password(name, password)
    hash_, day = passwords.hashed(password), _today()
    account = Account(key, names.tidy(name), hash_, role, communes, day, must_change)
    with database(settings).writing() as state:
        _refuse_taken(state, key)
        state.execute(table.insert().values(**vars(account)))
    return account


def check_new(settings: Settings, name: str, role: Role, communes: tuple[str, ...] | None) -> str:
    """The key of an account that could be made; AccountError where it could not."""
    key = _key(name)
    if role == "editor" and communes is not None:
        raise AccountError("editor_of_some")
    with database(settings).reading() as state:
        _refuse_taken(state, key)
    return key


def known(settings: Settings, name: str) -> Account:
    """The account of a name; AccountError where there is none."""
    key = _key(name)
    with database(settings).reading() as state:
        return _known(state, key, name)


def remove(settings: Settings, name: str) -> Account:
    """Take an account away, and end its sessions."""
    key = _key(name)
    with database(settings).writing() as state:
        account = _known(state, key, name)
        for relation in (table, sessions, trusted_places):
            state.execute(delete(relation).where(relation.c.key == key))
    return account


def set_password(settings: Settings, name: str, password: str, *, must_change: bool = False) -> Account:
    """Give an account another password, and end its sessions."""
    check_password(name, password)
    new_hash = passwords.hashed(password)
    return _change(settings, name, hash=new_hash, must_change=must_change, changed=_today())


def set_totp(settings: Settings, name: str, secret: str | None, step: int = 0) -> Account:
    """Turn the second step of an account on with a secret and the time step of its first code, or off (None),
    and end its sessions."""
    return _change(settings, name, totp_secret=secret, totp_step=step)


def renew_hash(settings: Settings, account: Account, new_hash: str) -> Account | None:
    """Keep a newer hash of the same password; None where it is another one by now."""
    with database(settings).writing() as state:
        unchanged = (table.c.key == account.key) & (table.c.hash == account.hash)
        renewed = state.execute(update(table).where(unchanged).values(hash=new_hash)).rowcount
    return replace(account, hash=new_hash) if renewed else None


def use_totp_step(settings: Settings, account: Account, step: int) -> bool:
    """Take a code's time step; False where it, or a later one, was taken before."""
    with database(settings).writing() as state:
        later = (table.c.key == account.key) & (table.c.totp_step < step)
        return state.execute(update(table).where(later).values(totp_step=step)).rowcount == 1


def check_password(name: str, password: str) -> None:
    """AccountError for a password that is too short, too long, the name, or easily guessed."""
    if not passwords.SHORTEST <= len(password) <= passwords.LONGEST:
        raise AccountError("password_length", least=passwords.SHORTEST, most=passwords.LONGEST)
    if names.spelled(password) == names.spelled(name):
        raise AccountError("password_is_name")
    if passwords.guessable(password, name):
        raise AccountError("password_guessable")


def _change(settings: Settings, name: str, **values: Any) -> Account:
    key = _key(name)
    with database(settings).writing() as state:
        account = _known(state, key, name)
        state.execute(update(table).where(table.c.key == key).values(**values))
        state.execute(delete(sessions).where(sessions.c.key == key))
    return replace(account, **values)


def _find(state: Connection, key: str) -> Account | None:
    row = state.execute(select(table).where(table.c.key == key)).first()
    return Account(**row._mapping) if row is not None else None


def _known(state: Connection, key: str, name: str) -> Account:
    account = _find(state, key)
    if account is None:
        raise AccountError("unknown", name=name)
    return account


def _refuse_taken(state: Connection, key: str) -> None:
    account = _find(state, key)
    if account is not None:
        raise AccountError("taken", name=account.name)


def _today() -> str:
    return datetime.now(UTC).date().isoformat()


def _key(name: str) -> str:
    try:
        return names.key(name)
    except ValueError:
        raise AccountError("name", signs=names.SIGNS.strip(), most=names.LONGEST) from None
