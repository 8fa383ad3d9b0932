"""Reading a store, and which data are shown: those of the store, where one is set up, else those of the plain
folder. Readers take no lock: a version is whole before it has its name."""

from __future__ import annotations

import getpass
import re
from collections.abc import Collection, Iterator
from pathlib import Path

from dashboard import settings, text
from dashboard.dataset import DataError, Dataset, Place, Problem, check, default_folder, load
from dashboard.store.errors import (
    DamagedVersionError,
    StoreError,
    WrongDataError,
    from_os_error,
)
from dashboard.store.files import open_version
from dashboard.store.model import Damaged, Store, Version, version_id


def current(store: Store) -> Version | None:
    """The newest whole version; None where there is none."""
    return next((version for version in every(store) if isinstance(version, Version)), None)


def versions(store: Store) -> tuple[Version, ...]:
    """All whole versions, newest first."""
    return tuple(version for version in every(store) if isinstance(version, Version))


def damaged(store: Store) -> tuple[Damaged, ...]:
    """All versions that are not whole, newest first: they are passed over, and to be named to the reader."""
    return tuple(version for version in every(store) if isinstance(version, Damaged))


def version(store: Store, number: int) -> Version:
    """The version of that number; StoreError where there is none, DamagedVersionError."""
    if number not in numbers(store):
        choices = ", ".join(map(version_id, numbers(store))) or "–"
        raise StoreError("unknown", id=version_id(number), known=choices)
    result = _open(store, number)
    if isinstance(result, Damaged):
        raise DamagedVersionError(result)
    return result


def _open(store: Store, number: int) -> Version | Damaged:
    return open_version(store.versions / version_id(number), number)


def find(store: Store, data_version: str) -> Version | None:
    """The newest whole version with these data, named by their `About.version`; None where none has them."""
    return next((version for version in versions(store) if version.data_version == data_version), None)


def of_version(store: Store, data_version: str) -> Dataset | None:
    """The data with that `About.version`; None where no whole version has them, or the rules have become
    stricter since."""
    match = find(store, data_version)
    try:
        return read(store, match.number) if match else None
    except WrongDataError:
        return None


def since(store: Store, data_versions: Collection[str]) -> tuple[Version, ...]:
    """The whole versions after the oldest with one of these data, newest first; none where none has them."""
    matches = filter(None, (find(store, data_version) for data_version in data_versions))
    oldest = min((version.number for version in matches), default=None)
    return () if oldest is None else tuple(version for version in versions(store) if version.number > oldest)


def read(store: Store, number: int) -> Dataset:
    """The data of a version; WrongDataError where the rules have become stricter since."""
    try:
        return load(version(store, number).folder, folder_before(store, number))
    except DataError as error:
        raise WrongDataError(error.problems) from error


def folder_before(store: Store, number: int) -> Path | None:
    """The folder of the newest whole version before that number; None where there is none."""
    older = (_open(store, earlier) for earlier in numbers(store) if earlier < number)
    return next((version.folder for version in older if isinstance(version, Version)), None)


def every(store: Store) -> Iterator[Version | Damaged]:
    """All versions, whole or not, newest first; each is read only when it is asked for."""
    return (_open(store, number) for number in numbers(store))


def numbers(store: Store) -> list[int]:
    """The numbers of all versions, newest first: by number, since a clock can be set back."""
    try:
        names = [entry.name for entry in store.versions.iterdir()]
    except FileNotFoundError:
        if not store.folder.is_dir():
            raise StoreError("no_store", folder=str(store.folder)) from None
        return []
    except OSError as error:
        raise from_os_error(error, store.versions) from error
    result = {int(name) for name in names if re.fullmatch(r"[0-9]{4,}", name)}
    return sorted((number for number in result if version_id(number) in names and number > 0), reverse=True)


def default_store() -> Store | None:
    """The store that the settings name; None where they name none: then there is only the plain folder."""
    folder = settings.current().store
    return Store(folder, default_folder()) if folder else None


def shown(store: Store) -> Place:
    """The folder of the newest whole version, for `dataset.Source`; the plain folder until there is one.

    Newer versions that are not whole are named beside it. A store that is gone shows nothing, rather than
    figures that were replaced long ago.
    """
    if not store.folder.is_dir():
        return Place(None, (Problem("store_missing", str(store.folder)),))
    problems: list[Problem] = []
    try:
        for version in every(store):
            if isinstance(version, Version):
                return Place(version.folder, tuple(problems), folder_before(store, version.number))
            place = f"{store.versions.name}/{version.id}/{version.file}"
            problems.append(Problem(f"version_{version.how}", place, values=version.values))
    except StoreError as error:
        return Place(None, (Problem("store_unreadable", str(store.folder), values=error.values),))
    return Place(None, tuple(problems)) if problems else Place(store.plain)


def default_place() -> Place:
    """The data that a server with these settings shows."""
    store = default_store()
    return Place(default_folder()) if store is None else shown(store)


def base(store: Store) -> str | None:
    """The `About.version` of the data shown now, on which a publish begun now is based; None where there are
    none. A caller that showed data to a person takes the version of those instead."""
    now = current(store)
    if now is not None:
        return now.data_version
    folder = shown(store).folder
    dataset = check(folder).dataset if folder else None
    return dataset.about.version if dataset else None


def login() -> str:
    """The name under which this process's user is signed in; a word for "not known" where there is none."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # a container's user may have no name; Windows has no pwd
        return text.get()("store.nobody")
