"""What mode accounts kept in files before it had a database, taken over once: `accounts.json`.

The file stays where it is, for a release that is put back; it is not read again. Sessions are not taken over:
readers sign in once more.
"""

from __future__ import annotations

import json
import logging
from typing import Any

from sqlalchemy import select

from dashboard.access import names, passwords
from dashboard.access.accounts import Account
from dashboard.access.database import accounts, database, taken_over
from dashboard.settings import ROLES, Settings

_LOG = logging.getLogger("dashboard")
FILE = "accounts.json"


def take_over(settings: Settings) -> None:
    """Bring the accounts of the file into the database, unless that was done. ValueError, with the reason,
    where the file is damaged; DatabaseError where the database cannot be written."""
    assert settings.state is not None
    file = settings.state / FILE
    if not file.exists():
        return
    with database(settings).reading() as state:
        if state.execute(select(taken_over).where(taken_over.c.source == FILE)).first():
            return
    try:
        table = json.loads(file.read_text("utf-8"))
        old = [_account(key, row) for key, row in table.items()]
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"{file}: {type(error).__name__}: {error}") from error
    with database(settings).writing() as state:
        # Another server of the same database may have been first.
        if state.execute(select(taken_over).where(taken_over.c.source == FILE)).first():
            return
        existing = set(state.execute(select(accounts.c.key)).scalars())
        for account in old:
            if account.key not in existing:
                state.execute(accounts.insert().values(**vars(account)))
        state.execute(taken_over.insert().values(source=FILE))
    _LOG.warning("accounts: %d taken over from %s, which is not read any more", len(old), file)


def _account(key: str, row: dict[str, Any]) -> Account:
    """One account of the file; ValueError, TypeError or KeyError where it is not one."""
    communes = row["communes"]
    texts = [row["name"], row["hash"], row["changed"], *(communes or [])]
    right = (
        all(isinstance(value, str) and value for value in texts)
        and (communes is None or isinstance(communes, list))
        and row["role"] in ROLES
        and (communes is None or row["role"] == "viewer")
        and passwords.is_hash(row["hash"])
        and names.key(row["name"]) == key
    )
    if not right:
        raise ValueError(f"the account {key!r} is not written as an account")
    return Account(key, row["name"], row["hash"], row["role"], communes, row["changed"])
