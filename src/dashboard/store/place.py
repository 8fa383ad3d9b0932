"""Which data are shown: those of the store, where one is set up, else those of the plain folder."""

from __future__ import annotations

import getpass

from dashboard import settings, text
from dashboard.dataset import Place, Problem, check, default_folder
from dashboard.store import history
from dashboard.store.errors import StoreError
from dashboard.store.model import Damaged, Store


def default_store() -> Store | None:
    """The store that the settings name; None where they name none: then there is only the plain folder."""
    named = settings.current().store
    return Store(named, default_folder()) if named else None


def shown(store: Store) -> Place:
    """The folder of the newest whole version, for `dataset.Source`; the plain folder until there is one.

    Newer versions that are not whole are named beside it. A store that is gone shows nothing, rather than
    figures that were replaced long ago.
    """
    if not store.folder.is_dir():
        return Place(None, (Problem("store_missing", str(store.folder)),))
    try:
        return _newest_whole(store)
    except StoreError as error:
        return Place(None, (Problem("store_unreadable", str(store.folder), values=error.values),))


def default_place() -> Place:
    """The data that a server with these settings shows."""
    store = default_store()
    return Place(default_folder()) if store is None else shown(store)


def base(store: Store) -> str | None:
    """The `About.version` of the data shown now, on which a publish begun now is based; None where there are
    none. Whoever showed data to a person takes the version of those instead."""
    now = history.current(store)
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


def _newest_whole(store: Store) -> Place:
    problems: list[Problem] = []
    for found in history.every(store):
        if not isinstance(found, Damaged):
            return Place(found.folder, tuple(problems), history.folder_before(store, found.number))
        place = f"{store.versions.name}/{found.id}/{found.file}"
        problems.append(Problem(f"version_{found.how}", place))
    return Place(None, tuple(problems)) if problems else Place(store.plain)
