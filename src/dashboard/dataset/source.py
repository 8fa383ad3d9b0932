"""The data folder of a running dashboard: the last good data set, and what is wrong with a newer one."""

from __future__ import annotations

import os
import threading
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from dashboard import schema
from dashboard.dataset.check import check
from dashboard.dataset.model import Dataset
from dashboard.dataset.problems import Problem

# (name, time of change, size) of every file: reading again only when one of these differs.
_Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True)
class State:
    """What there is to show: the last good data set (None = never one), and the errors of the files as
    they are now (empty = they are the data set), with the time since when."""

    dataset: Dataset | None
    errors: tuple[Problem, ...] = ()
    since: datetime | None = None


def default_folder() -> Path:
    """The folder named by DASHBOARD_DATA, else the bundled data set."""
    named = os.environ.get("DASHBOARD_DATA")
    return Path(named) if named else Path(__file__).parents[3] / "data"


class Source:
    """Reads a data folder, and reads it again when its files have changed. Shared by all sessions."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = threading.Lock()
        self._stamp: _Stamp | None = None
        self._state = State(None)

    def current(self) -> State:
        """The state now; one session reads changed files while the others go on with what there is."""
        if self._state.dataset is None:
            with self._lock:
                self._refresh()
        elif self._lock.acquire(blocking=False):
            try:
                self._refresh()
            finally:
                self._lock.release()
        return self._state

    def _refresh(self) -> None:
        stamp = self._now()
        if stamp == self._stamp:
            return
        report = check(self.folder)
        if report.dataset is not None:
            self._state = State(report.dataset)
        else:
            since = self._state.since if self._state.errors else datetime.now().astimezone()
            self._state = State(self._state.dataset, report.errors, since)
        self._stamp = stamp

    def _now(self) -> _Stamp:
        found = []
        for name in (schema.ABOUT_FILE, *(table.file for table in schema.TABLES)):
            try:
                status = (self.folder / name).stat()
            except OSError:
                found.append((name, 0, -1))
            else:
                found.append((name, status.st_mtime_ns, status.st_size))
        return tuple(found)
