"""Writing to a store: a new version is written aside, synced, and takes its number by one rename.

That rename is the only step that changes what is read, and the file system lets one folder have a
name: two publishers cannot both become version 3, even where locks do not work.
"""

from __future__ import annotations

import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from filelock import FileLock, Timeout

from dashboard import schema, text
from dashboard.dataset import check, read
from dashboard.store import files, history
from dashboard.store.errors import (
    DamagedVersionError,
    OutdatedError,
    StoreError,
    WrongDataError,
    from_os_error,
)
from dashboard.store.model import Damaged, Entry, Store, Version

_LOCK = "LOCK"
_ASIDE = ".new-"
# Seconds to wait for another publish: the largest data set takes 15 to check.
_TIMEOUT_S = 60.0
_MAX_LETTERS = 500


def publish(store: Store, folder: Path, entry: Entry, base: str | None) -> Version:
    """Make the data in a folder the current version, and give it.

    `base` is the `About.version` that the publisher started from (None = there were no data to start from).
    Where other data are current by now, OutdatedError says whose; wrong data are refused with
    WrongDataError, the current data and all else with another StoreError. The folder itself stays as it is.
    """
    entry = _tidy(entry)
    with _publishing(store):
        turn = _turn(store)
        beginning = not history.numbers(store)
        if not beginning and base != turn.data_version:
            raise OutdatedError(turn.now)
        with _aside(store, folder) as staged:
            if beginning:
                turn = _begin(turn, base, staged)
            if turn.now is not None and turn.data_version == staged.data_version:
                raise StoreError("unchanged", id=turn.now.id)
            return _commit(turn, staged, entry)


def restore(store: Store, number: int, entry: Entry, base: str | None = None) -> Version:
    """Make the data of an old version current again, as a new version, and give it.

    `base` as for `publish`; None = whatever is current.
    """
    entry = _tidy(entry)
    with _publishing(store):
        old = history.version(store, number)
        turn = _turn(store)
        if base is not None and base != turn.data_version:
            raise OutdatedError(turn.now)
        if turn.now is not None and turn.data_version == old.data_version:
            raise StoreError("unchanged", id=turn.now.id)
        with _aside(store, old.folder) as staged:
            if staged.data_version != old.data_version:  # the disk has changed since the hashes were checked
                raise DamagedVersionError(Damaged(number, old.folder, files.MANIFEST, "differs"))
            return _commit(turn, staged, entry, restores=number)


def prune(store: Store) -> tuple[str, ...]:
    """Remove what a crash left behind, and give its names; nothing during a publish. To be called when the
    server starts. Versions are never touched; a store that may only be read stays as it is."""
    if not store.versions.is_dir():
        return ()
    try:
        with FileLock(store.folder / _LOCK, timeout=0):
            return _remove_leftovers(store)
    except OSError:  # another process has the lock, or the folder may only be read
        return ()


@dataclass(frozen=True)
class _Turn:
    """What a publisher found: the current version, and the number that the next one takes."""

    store: Store
    now: Version | None
    number: int

    @property
    def data_version(self) -> str | None:
        return self.now.data_version if self.now else None


def _turn(store: Store) -> _Turn:
    """The next number is one above the current version, but for those of damaged ones: a folder that was
    given a high number moves nothing."""
    used: set[int | None] = set()
    now = None
    for version in history.every(store):
        if isinstance(version, Version):
            now = version
            break
        used |= {version.number, version.actual}
    number = now.number + 1 if now else 1
    while number in used:
        number += 1
    # Where a lock does not hold, a publisher in between has taken the number then.
    return _Turn(store, now, number)


@dataclass(frozen=True)
class _Staged:
    """A copy of a data folder beside the versions, checked: `sums` are the SHA-256 of its files by name."""

    folder: Path
    sums: dict[str, str]
    data_version: str


@contextmanager
def _publishing(store: Store) -> Iterator[None]:
    """The lock under which one publisher writes to the store; errors of the disk become those of a store."""
    if not store.folder.is_dir():
        raise StoreError("no_store", folder=str(store.folder))
    try:
        with FileLock(store.folder / _LOCK, timeout=_TIMEOUT_S):
            if not store.versions.exists():
                store.versions.mkdir()
                files.sync_folder(store.folder)
            _remove_leftovers(store)
            yield
    except Timeout as error:
        raise StoreError("busy", folder=str(store.folder)) from error
    except OSError as error:
        raise from_os_error(error, store.folder) from error


@contextmanager
def _aside(store: Store, folder: Path) -> Iterator[_Staged]:
    """A checked copy of a data folder; it goes again unless it has become a version by then."""
    aside = store.versions / f"{_ASIDE}{os.getpid()}-{secrets.token_hex(4)}"
    aside.mkdir()
    try:
        there = [name for name in schema.FILES if (folder / name).is_file()]
        readable = [name for name in there if os.access(folder / name, os.R_OK)]
        sums = {name: files.copy(folder / name, aside / name) for name in readable}
        # A file that could not be copied is named in the folder itself.
        report = check(aside if set(sums) == set(read.names(folder)) else folder)
        if report.dataset is None:
            raise WrongDataError(report.errors)
        yield _Staged(aside, sums, report.dataset.about.version)
    finally:
        _remove(aside)


def _begin(turn: _Turn, base: str | None, staged: _Staged) -> _Turn:
    """Make the data that were shown until now version 1, and give the turn after it; the turn itself where
    there were none, or the new ones are they."""
    entry = Entry(text.get()("store.first_who"), text.get()("store.first_why"))
    try:
        with _aside(turn.store, turn.store.plain) as plain:
            if base != plain.data_version:
                raise OutdatedError(None)
            if plain.data_version == staged.data_version:
                return turn
            return _Turn(turn.store, _commit(turn, plain, entry), turn.number + 1)
    except WrongDataError:
        if base is not None:
            raise OutdatedError(None) from None
        return turn


def _commit(turn: _Turn, staged: _Staged, entry: Entry, restores: int | None = None) -> Version:
    """Give the staged copy its story, its hashes and, last, its number."""
    version = Version(
        number=turn.number,
        folder=staged.folder,
        data_version=staged.data_version,
        when=datetime.now().astimezone().replace(microsecond=0),
        entry=entry,
        based_on=turn.now.number if turn.now else None,
        restores=restores,
    )
    files.seal(version, staged.sums)
    versions = turn.store.versions
    numbered = replace(version, folder=versions / version.id)
    try:
        staged.folder.rename(numbered.folder)
    except OSError:
        if numbered.folder.exists():
            raise OutdatedError(history.current(turn.store)) from None
        raise
    try:
        files.sync_folder(versions)
    except OSError as error:  # the version is there to read, but a power cut might still take it away
        raise StoreError("unsure", id=numbered.id, reason=error.strerror or str(error)) from error
    return numbered


def _remove_leftovers(store: Store) -> tuple[str, ...]:
    leftovers = [entry for entry in store.versions.iterdir() if entry.name.startswith(_ASIDE)]
    for entry in leftovers:
        _remove(entry)
    return tuple(entry.name for entry in leftovers if not entry.exists())


def _remove(aside: Path) -> None:
    """Remove a folder that is no version (yet); what cannot be removed now is left to the next time."""
    with suppress(OSError):
        for file in aside.iterdir():
            file.chmod(0o666)  # Windows removes no file that may only be read
    shutil.rmtree(aside, ignore_errors=True)


def _tidy(entry: Entry) -> Entry:
    """The entry with each text on one line of bounded length; who and why must say something."""

    def line(text: str) -> str:
        printable = "".join(letter if letter.isprintable() else " " for letter in text)
        return " ".join(printable.split())[:_MAX_LETTERS]

    tidy = Entry(line(entry.who), line(entry.why), line(entry.file), entry.file_sha256)
    if not tidy.who or not tidy.why:
        raise StoreError("unnamed")
    return tidy
