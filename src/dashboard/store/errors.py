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

    def __init__(self, **values: object) -> None:
        super().__init__(self.kind, values)
        self.values = values

    def sentence(self, text: Text) -> str:
        """What happened and what to do now."""
        return text(f"store.error.{self.kind}", **self.values)


class NoStoreError(StoreError):
    """The store's folder is not there: nothing is created in its place, it may be a disk that is missing."""

    kind = "no_store"


class NotWritableError(StoreError):
    """The store's folder, or the disk it is on, may only be read."""

    kind = "not_writable"


class FullError(StoreError):
    """The disk has no room for the version."""

    kind = "full"


class UnsureError(StoreError):
    """The version is there, but the disk did not confirm that it will stay: the one error after a change."""

    kind = "unsure"


class BusyError(StoreError):
    """Another publish has not finished in time."""

    kind = "busy"


class UnnamedError(StoreError):
    """It was not said who publishes, or why."""

    kind = "unnamed"


class UnknownVersionError(StoreError):
    """There is no such version."""

    kind = "unknown"


class OutdatedError(StoreError):
    """The version that the new one is based on is no longer current; `current` is (None = a plain folder)."""

    kind = "outdated"

    def __init__(self, current: Version | None) -> None:
        super().__init__()
        self.current = current

    def sentence(self, text: Text) -> str:
        """Who published meanwhile, and when."""
        if self.current is None:
            return text("store.error.outdated_plain")
        said = {"who": self.current.entry.who, "why": self.current.entry.why}
        return text("store.error.outdated", id=self.current.id, when=self.current.when_said(text), **said)


class UnchangedError(StoreError):
    """The data are the current ones already, byte by byte; `current` has them."""

    kind = "unchanged"

    def __init__(self, current: Version) -> None:
        super().__init__(id=current.id)
        self.current = current


class DamagedVersionError(StoreError):
    """The version that was asked for is not whole."""

    kind = "damaged"

    def __init__(self, damaged: Damaged) -> None:
        super().__init__(id=damaged.id)
        self.damaged = damaged

    def sentence(self, text: Text) -> str:
        """Which file, and what is the matter with it."""
        how = text(f"rule.version_{self.damaged.how}")
        return text("store.error.damaged", id=self.damaged.id, file=self.damaged.file, how=how)


class WrongDataError(StoreError):
    """The data do not pass the checks; `problems` (never empty) says why."""

    kind = "wrong_data"

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__(n=len(problems))
        self.problems = tuple(problems)


def told(error: OSError, folder: object) -> StoreError:
    """An error of the operating system as one of a store."""
    values = {"folder": str(folder)}
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return FullError(**values)
    if error.errno in (errno.EROFS, errno.EACCES, errno.EPERM):
        return NotWritableError(**values)
    return StoreError(**values, reason=error.strerror or str(error))
