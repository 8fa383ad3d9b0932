"""Why a store refuses, each with its sentence. After any of them but "unsure" the store is as it was."""

from __future__ import annotations

import errno
from collections.abc import Sequence

from dashboard.dataset import Problem
from dashboard.store.model import Damaged, Version
from dashboard.text import Text

_KINDS = {
    **dict.fromkeys((errno.ENOSPC, errno.EDQUOT), "full"),
    **dict.fromkeys((errno.EROFS, errno.EACCES, errno.EPERM), "not_writable"),
}


class StoreError(Exception):
    """A store cannot do what was asked; `sentence` says why and what to do.

    `kind` is "no_store" (the folder is not there: nothing is created in its place, it may be a disk that is
    missing), "not_writable", "full", "failed" (any other error of the disk), "unsure" (the version is there,
    but the disk did not confirm that it will stay: the one error after a change), "busy" (another publish has
    not finished in time), "unnamed" (who publishes, or why), "unknown" (no such version), "unchanged" (the
    data are the current ones already, byte by byte), or that of a class below.
    """

    def __init__(self, kind: str, **values: object) -> None:
        super().__init__(kind, values)
        self.kind = kind
        self.values = values

    def sentence(self, text: Text) -> str:
        """What happened and what to do now."""
        return text(f"store.error.{self.kind}", **self.values)


class OutdatedError(StoreError):
    """The version that the new one is based on is no longer current; `current` is (None = a plain folder)."""

    def __init__(self, current: Version | None) -> None:
        super().__init__("outdated" if current else "outdated_plain")
        self.current = current

    def sentence(self, text: Text) -> str:
        """Who published meanwhile, and when."""
        if (now := self.current) is None:
            return super().sentence(text)
        values = {"id": now.id, "when": now.when_in_words(text), "who": now.entry.who, "why": now.entry.why}
        return text("store.error.outdated", **values)


class DamagedVersionError(StoreError):
    """The version that was asked for is not whole."""

    def __init__(self, damaged: Damaged) -> None:
        super().__init__("damaged", id=damaged.id, file=damaged.file)
        self._damaged = damaged

    def sentence(self, text: Text) -> str:
        """Which file, and what is the matter with it."""
        return text("store.error.damaged", **self.values, how=self._damaged.reason(text))


class WrongDataError(StoreError):
    """The data do not pass the checks; `problems` (never empty) says why."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("wrong_data", n=len(problems))
        self.problems = tuple(problems)


def from_os_error(error: OSError, folder: object) -> StoreError:
    """An error of the operating system as one of a store."""
    kind = _KINDS.get(error.errno or 0, "failed")
    return StoreError(kind, folder=str(folder), reason=error.strerror or str(error))
