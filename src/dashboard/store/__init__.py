"""Versions of the data set: plain folders, each written once and never changed (docs/store.md)."""

from dashboard.store.difference import Difference, TableDifference, compare, difference
from dashboard.store.errors import DamagedVersionError, OutdatedError, StoreError, WrongDataError
from dashboard.store.history import (
    base,
    current,
    damaged,
    default_place,
    default_store,
    find,
    login,
    of_version,
    read,
    shown,
    since,
    version,
    versions,
)
from dashboard.store.model import Damaged, Entry, Store, Version, version_id
from dashboard.store.writing import prune, publish, restore

__all__ = [
    "Damaged",
    "DamagedVersionError",
    "Difference",
    "Entry",
    "OutdatedError",
    "Store",
    "StoreError",
    "TableDifference",
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
    "of_version",
    "prune",
    "publish",
    "read",
    "restore",
    "shown",
    "since",
    "version",
    "version_id",
    "versions",
]
