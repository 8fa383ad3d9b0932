"""Why a store refuses, each with its sentence. After any of them but one the store is as it was."""

from __future__ import annotations

import errno
from collections.abc import Sequence

from dashboard.dataset import Problem
from dashboard.store.model import Damaged, Version
from dashboard.text import Text


class StoreError(Exception):
    """A store cannot do what was asked; `sentence` says why and what to do."""

    kind = "failed"

    def __init_subclass__(cls, kind: str) -> None:
        cls.kind = kind

    def __init__(self, **values: object) -> None:
        super().__init__(self.kind, values)
        self.values = values

    def sentence(self, text: Text) -> str:
        """What happened and what to do now."""
        return text(f"store.error.{self.kind}", **self.values)


class NoStoreError(StoreError, kind="no_store"):
    """The store's folder is not there: nothing is created in its place, it may be a disk that is missing."""


class NotWritableError(StoreError, kind="not_writable"):
    """The store's folder, or the disk it is on, may only be read."""


class FullError(StoreError, kind="full"):
    """The disk has no room for the version."""


class UnsureError(StoreError, kind="unsure"):
    """The version is there, but the disk did not confirm that it will stay: the one error after a change."""


class BusyError(StoreError, kind="busy"):
    """Another publish has not finished in time."""


class UnnamedError(StoreError, kind="unnamed"):
    """It was not said who publishes, or why."""


class UnknownVersionError(StoreError, kind="unknown"):
    """There is no such version."""


class OutdatedError(StoreError, kind="outdated"):
    """The version that the new one is based on is no longer current; `current` is (None = a plain folder)."""

    def __init__(self, current: Version | None) -> None:
        super().__init__()
        self.current = current

    def sentence(self, text: Text) -> str:
        """Who published meanwhile, and when."""
        if self.current is None:
            return text("store.error.outdated_plain")
        now = self.current
        values = {"id": now.id, "when": now.when_in_words(text), "who": now.entry.who, "why": now.entry.why}
        return text("store.error.outdated", **values)


class UnchangedError(StoreError, kind="unchanged"):
    """The data are the current ones already, byte by byte; `current` has them."""

    def __init__(self, current: Version) -> None:
        super().__init__(id=current.id)
        self.current = current


class DamagedVersionError(StoreError, kind="damaged"):
    """The version that was asked for is not whole."""

    def __init__(self, damaged: Damaged) -> None:
        super().__init__(id=damaged.id)
        self.damaged = damaged

    def sentence(self, text: Text) -> str:
        """Which file, and what is the matter with it."""
        how = text(f"rule.version_{self.damaged.how}")
        return text("store.error.damaged", id=self.damaged.id, file=self.damaged.file, how=how)


class WrongDataError(StoreError, kind="wrong_data"):
    """The data do not pass the checks; `problems` (never empty) says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(n=len(problems))
        self.problems = tuple(problems)


def from_os_error(error: OSError, folder: object) -> StoreError:
    """An error of the operating system as one of a store."""
    values = {"folder": str(folder)}
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FullError(**values)
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return NotWritableError(**values)
    return StoreError(**values, reason=error.strerror or str(error))
