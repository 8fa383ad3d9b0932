"""Versions of the data set: plain folders, each written once and never changed (docs/store.md)."""

from dashboard.store.difference import Difference, TableDifference, compare, difference
from dashboard.store.errors import (
    BusyError,
    DamagedVersionError,
    FullError,
    NoStoreError,
    NotWritableError,
    OutdatedError,
    StoreError,
    UnchangedError,
    UnknownVersionError,
    UnnamedError,
    UnsureError,
    WrongDataError,
)
from dashboard.store.history import current, damaged, find, read, version, versions
from dashboard.store.model import Damaged, Entry, Store, Version, written
from dashboard.store.place import base, default_place, default_store, login, shown
from dashboard.store.writing import prune, publish, restore

__all__ = [
    "BusyError",
    "Damaged",
    "DamagedVersionError",
    "Difference",
    "Entry",
    "FullError",
    "NoStoreError",
    "NotWritableError",
    "OutdatedError",
    "Store",
    "StoreError",
    "TableDifference",
    "UnchangedError",
    "UnknownVersionError",
    "UnnamedError",
    "UnsureError",
    "Version",
    "WrongDataError",
    "base",
    "compare",
    "current",
    "damaged",
    "default_place",
    "default_store",
    "difference",
    "find",
    "login",
    "prune",
    "publish",
    "read",
    "restore",
    "shown",
    "version",
    "versions",
    "written",
]
