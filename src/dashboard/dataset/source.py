"""The data folder of a running dashboard: the last good data set, and what is wrong with a newer one."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from dashboard import schema, settings
from dashboard.dataset.cache import checked
from dashboard.dataset.check import against
from dashboard.dataset.model import Dataset, today
from dashboard.dataset.problems import Problem

# What a disk or a network does and undoes without a trace on the files: read again after so many seconds.
_PASSING = frozenset({"file_unreadable", "folder_unreadable"})
_AGAIN_AFTER_S = 5.0
# The data set that comes with the program.
BUNDLED = Path(__file__).parents[3] / "data"
Stamp = tuple[tuple[str, int, int], ...]
Reading = Callable[[], AbstractContextManager[None]]


@dataclass(frozen=True)
class Place:
    """Where the data lie now: the folder (None = nowhere), what is wrong with newer data elsewhere, and where
    the version before lies (None = there is none)."""

    folder: Path | None
    problems: tuple[Problem, ...] = ()
    earlier: Path | None = field(default=None, compare=False)


@dataclass(frozen=True)
class State:
    """What there is to show: the last good data set (None = never one), and the errors of the files as
    they are now, or of newer ones (empty = they are the data set), with the time since when."""

    dataset: Dataset | None
    errors: tuple[Problem, ...] = ()
    since: datetime | None = None


def default_folder() -> Path:
    """The folder that the settings name, else the bundled data set."""
    return settings.current().data or BUNDLED


class Source:
    """Reads a data folder, and reads it again when its files have changed. Shared by all sessions.

    In place of one folder it takes a function that says at each look where the data lie now. `today` says
    which day it is: the boundaries of now are those of that day.
    """

    def __init__(self, where: Path | Callable[[], Place], today: Callable[[], str] = today) -> None:
        self._where = where
        self._today = today
        self._lock = threading.Lock()
        self._stamp: tuple[Place, Stamp] | None = None  # of what was read last
        self._again_at: float | None = None  # of the clock that never goes back
        self._state = State(None)

    def current(self, reading: Reading = nullcontext) -> State:
        """The state now; one session reads changed files while the others go on with what there is. Within
        `reading` every caller waits for files that are read."""
        if self._state.dataset is None:
            with reading(), self._lock:
                self._refresh(nullcontext)
        elif self._lock.acquire(blocking=False):
            try:
                self._refresh(reading)
            finally:
                self._lock.release()
        return _not_later_than_now(self._state)

    @property
    def latest(self) -> State:
        """What was read last, without a look at the files."""
        return _not_later_than_now(self._state)

    def _refresh(self, reading: Reading) -> None:
        self._read_again(reading)
        dataset = self._state.dataset
        if dataset is not None and (of_today := dataset.on(self._today())) is not dataset:
            self._state = replace(self._state, dataset=of_today)

    def _read_again(self, reading: Reading) -> None:
        place = Place(self._where) if isinstance(self._where, Path) else self._where()
        stamped = (place, stamp(place.folder, schema.FILES) if place.folder else ())
        waiting = self._again_at is None or time.monotonic() < self._again_at
        if stamped == self._stamp and waiting:
            return
        with reading():
            dataset, errors = self._read(place)
        since = None
        if errors:
            since = self._state.since if self._state.errors else datetime.now().astimezone()
        self._state = State(dataset or self._state.dataset, errors, since)
        self._stamp = stamped
        passing = any(problem.rule in _PASSING for problem in errors)
        self._again_at = time.monotonic() + _AGAIN_AFTER_S if passing else None

    def _read(self, place: Place) -> tuple[Dataset | None, tuple[Problem, ...]]:
        if place.folder is None:
            return None, place.problems
        report = against(checked(place.folder), place.earlier)
        return report.dataset, (*place.problems, *report.errors)


def _not_later_than_now(state: State) -> State:
    """The same, or with a `since` of now: the clock was set back after it was noted."""
    now = datetime.now().astimezone()
    return replace(state, since=now) if state.since is not None and state.since > now else state


def stamp(folder: Path, names: Iterable[str]) -> Stamp:
    """What changes whenever one of these files does: its name, size and time of change."""
    result = []
    for name in names:
        try:
            status = (folder / name).stat()
        except OSError:
            result.append((name, -1, 0))
        else:
            result.append((name, status.st_size, status.st_mtime_ns))
    return tuple(result)
