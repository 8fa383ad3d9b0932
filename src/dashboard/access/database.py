"""The database of mode accounts: accounts, sessions, trusted places, rate limits; by SQLAlchemy Core.

SQLite in the folder of state, or PostgreSQL by the setting `database_file`, so that servers on several hosts
share it. Short transactions, in threads of their own (`in_thread`): a database that hangs stops nothing else.
Those that write come one at a time over all servers, so that what is read before a write still holds.
"""

from __future__ import annotations

import asyncio
import os
import sqlite3
import ssl
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache, partial
from pathlib import Path
from typing import Any, ParamSpec, TypeVar

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Connection,
    Float,
    Integer,
    MetaData,
    String,
    Table,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.exc import SQLAlchemyError

from dashboard.settings import LOOPBACK, Settings

FILE = "state.db"
# What a read or a write raises where the database cannot be reached, or is damaged.
DatabaseError = (SQLAlchemyError, OSError)
# Another writer is waited for so long; a server that does not answer is given up after it.
_TIMEOUT_S = 5
_PAUSE_S = 0.01
# Any number: its holder is the one who writes.
_WRITE_LOCK = 4_211_975
# PostgreSQL ends the transaction of a server that has stopped in the midst of it, before others stop waiting.
_LIMITS = "SET statement_timeout = '4s'; SET idle_in_transaction_session_timeout = '2s'"
THREADS = ThreadPoolExecutor(10, "database")
P = ParamSpec("P")
T = TypeVar("T")

_METADATA = MetaData()
# One row a person; `key` is the name's one spelling (`names.key`), `changed` the day (ISO) of the last
# change, `totp_step` the time step of the last code that was taken: a code is taken once.
accounts = Table(
    "accounts",
    _METADATA,
    Column("key", String, primary_key=True),
    Column("name", String, nullable=False),
    Column("hash", String, nullable=False),
    Column("role", String, nullable=False),
    Column("communes", JSON(none_as_null=True)),
    Column("changed", String, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("totp_secret", String),
    Column("totp_step", Integer, nullable=False, default=0),
)
# One row a sign-in that is not over; `id` is a digest of what the cookie carries, moments are Unix seconds.
sessions = Table(
    "sessions",
    _METADATA,
    Column("id", String, primary_key=True),
    Column("key", String, nullable=False, index=True),
    Column("waits_for_code", Boolean, nullable=False),
    Column("started", Float, nullable=False),
    Column("seen", Float, nullable=False),
    Column("address", String, nullable=False),
    Column("browser", String, nullable=False),
)
# One row for each account and place (a device or a network) where it has signed in before.
trusted_places = Table(
    "trusted_places",
    _METADATA,
    Column("key", String, primary_key=True),
    Column("place", String, primary_key=True),
    Column("seen", Float, nullable=False),
)
# One row a budget of attempts: how many were left at a moment.
rate_limits = Table(
    "rate_limits",
    _METADATA,
    Column("budget", String, primary_key=True),
    Column("left", Float, nullable=False),
    Column("at", Float, nullable=False),
)
# One row for each older form of the state that was taken over.
taken_over = Table("taken_over", _METADATA, Column("source", String, primary_key=True))


class Database:
    """The database of one server's settings; its tables are made at first use."""

    def __init__(self, url: str, file: Path | None) -> None:
        self._file, self._making, self._made = file, threading.Lock(), False
        # What goes into a statement (a hash, a secret) is in no message of an error.
        pool = {} if file is not None else {"pool_pre_ping": True, "pool_timeout": _TIMEOUT_S}
        self._engine = create_engine(url, connect_args=_arguments(url), hide_parameters=True, **pool)
        if file is not None:
            event.listen(self._engine, "connect", _configure_sqlite)
            event.listen(self._engine, "begin", _begin_sqlite)
        else:
            event.listen(self._engine, "connect", _configure_postgresql)

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that only reads."""
        self._make()
        with self._engine.begin() as connection:
            yield connection

    @contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may write, the only one of its kind at a time."""
        self._make()
        with self._write() as connection:
            yield connection

    @contextmanager
    def _write(self) -> Iterator[Connection]:
        with self._engine.connect().execution_options(writes=True) as connection, connection.begin():
            if self._file is None:
                connection.execute(select(func.pg_advisory_xact_lock(_WRITE_LOCK)))
            yield connection

    def _make(self) -> None:
        if self._made:
            return
        with self._making:
            if self._file is not None:
                _make_file(self._file)
            with self._write() as connection:
                _METADATA.create_all(connection)
            self._made = True


async def in_thread(call: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """What a call that uses the database gives, without keeping the event loop waiting."""
    return await asyncio.get_running_loop().run_in_executor(THREADS, partial(call, *args, **kwargs))


def database(settings: Settings) -> Database:
    """The database of these settings, in mode accounts."""
    assert settings.state is not None
    return _kept(settings.state, settings.database_url)


@cache
def _kept(state: Path, url: str | None) -> Database:
    if url is not None:
        return Database(url, None)
    return Database(f"sqlite:///{state / FILE}", state / FILE)


def _arguments(url: str) -> dict[str, Any]:
    """How the driver connects: to other computers over TLS, with a certificate that this one trusts."""
    if url.startswith("sqlite"):
        return {"timeout": _TIMEOUT_S, "check_same_thread": False}
    host = make_url(url).host
    context = None if host is None or host in LOOPBACK else ssl.create_default_context()
    return {"timeout": _TIMEOUT_S, "ssl_context": context}


def _configure_sqlite(connection: Any, _record: object) -> None:
    # Transactions begin as `_begin_sqlite` says, not as the driver guesses.
    connection.isolation_level = None
    # Where another process makes the database at this moment, SQLite refuses this at once instead of waiting.
    give_up_at = time.monotonic() + _TIMEOUT_S
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError:
            if time.monotonic() > give_up_at:
                raise
            time.sleep(_PAUSE_S)
        else:
            return


def _configure_postgresql(connection: Any, _record: object) -> None:
    connection.cursor().execute(_LIMITS)
    connection.commit()


def _begin_sqlite(connection: Connection) -> None:
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _make_file(path: Path) -> None:
    """For the service alone, whose folder it is, also where an administrator comes first as root, or put a
    copy back; the files that SQLite puts beside it take owner and rights from it."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    if path.stat().st_mode & 0o077:
        path.chmod(0o600)
    if os.name == "posix" and os.geteuid() == 0:
        owner = path.parent.stat()
        os.chown(path, owner.st_uid, owner.st_gid)
