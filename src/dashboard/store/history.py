"""Reading a store. Readers take no lock: a version is whole before it has its name."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from dashboard.dataset import DataError, Dataset, load
from dashboard.store.errors import (
    DamagedVersionError,
    NoStoreError,
    UnknownVersionError,
    WrongDataError,
    told,
)
from dashboard.store.files import opened
from dashboard.store.model import Damaged, Store, Version, written


def current(store: Store) -> Version | None:
    """The newest whole version; None where there is none."""
    return next((found for found in every(store) if isinstance(found, Version)), None)


def versions(store: Store) -> tuple[Version, ...]:
    """All whole versions, newest first."""
    return tuple(found for found in every(store) if isinstance(found, Version))


def damaged(store: Store) -> tuple[Damaged, ...]:
    """All versions that are not whole, newest first: they are passed over, and should be said."""
    return tuple(found for found in every(store) if isinstance(found, Damaged))


def version(store: Store, number: int) -> Version:
    """The version of that number; UnknownVersionError, DamagedVersionError."""
    if number not in numbers(store):
        known = ", ".join(written(known) for known in numbers(store)) or "–"
        raise UnknownVersionError(id=written(number), known=known)
    found = opened(store.versions / written(number), number)
    if isinstance(found, Damaged):
        raise DamagedVersionError(found)
    return found


def find(store: Store, data_version: str) -> Version | None:
    """The newest whole version with these data, named by their `About.version`; None where none has them."""
    return next((found for found in versions(store) if found.data_version == data_version), None)


def read(store: Store, number: int) -> Dataset:
    """The data of a version; WrongDataError where the rules have become stricter since."""
    try:
        return load(version(store, number).folder, folder_before(store, number))
    except DataError as error:
        raise WrongDataError(error.problems) from error


def folder_before(store: Store, number: int) -> Path | None:
    """The folder of the newest whole version before that number; None where there is none."""
    older = (opened(store.versions / written(n), n) for n in numbers(store) if n < number)
    return next((found.folder for found in older if isinstance(found, Version)), None)


def every(store: Store) -> Iterator[Version | Damaged]:
    """All versions, whole or not, newest first; each is read only when it is asked for."""
    for number in numbers(store):
        yield opened(store.versions / written(number), number)


def numbers(store: Store) -> list[int]:
    """The numbers of all versions, newest first: by number, since a clock can be set back."""
    try:
        names = [entry.name for entry in store.versions.iterdir()]
    except FileNotFoundError:
        if not store.folder.is_dir():
            raise NoStoreError(folder=str(store.folder)) from None
        return []
    except OSError as error:
        raise told(error, store.versions) from error
    found = [int(name) for name in names if re.fullmatch(r"[0-9]{4,}", name)]
    return sorted({number for number in found if written(number) in names and number > 0}, reverse=True)
