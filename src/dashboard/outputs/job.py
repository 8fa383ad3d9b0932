"""A file being made in the background: its reader may go on and come back."""

from __future__ import annotations

import logging
import tempfile
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable
from typing import IO

_LOG = logging.getLogger("dashboard")
# Files being made at once, for all and for one reader; each holds its figures in memory while workers draw.
TOTAL_PLACES, PLACES_PER_OWNER = 12, 2
# So many of one reader are on the way: the others wait for their turn.
LIMIT_PER_OWNER = 12
# So long a file goes on being made for no reader: a tab that lost its connection comes back sooner.
TIMEOUT_S = 30.0
_CHECK_S = 5.0
_turn = threading.Condition()
_running: Counter[str] = Counter()
_waiting: Counter[str] = Counter()
_unfinished: Counter[str] = Counter()

# Receives how many steps of how many are done.
Progress = Callable[[int, int], None]


class BusyError(Exception):
    """This reader has so many files on the way that one more has to wait for one to be ready."""


class _CancelledError(Exception):
    """No reader waits for the file any more."""


def unfinished(owner: str) -> int:
    """How many files of a reader are being made or wait for their turn."""
    return _unfinished[owner]


class Job:
    """A file for `owner`, begun when it is its turn; `done` of `total` steps tell how far it is, `total` is 0
    before the first; `waiting` while others of the same owner come first.

    In the end either `size` (bytes) is known and `content` can be read, or `failed` is True and the log has
    the reason. The file waits on the disk, not in memory, and goes with the job. A job makes no further step
    once it is cancelled or dropped, or when `waited` has said for a while that no reader is there. Raises
    `BusyError` where LIMIT_PER_OWNER are on the way for this owner.
    """

    def __init__(
        self, name: str, make: Callable[[Progress], bytes], owner: str, waited: Callable[[], bool]
    ) -> None:
        self.name = name
        self.waiting, self.failed = True, False
        self.done = self.total = 0
        self.size: int | None = None
        self._waited = waited
        self._seen = time.monotonic()
        self._cancelled = False
        self._file: IO[bytes] | None = None
        self._reading = threading.Lock()
        with _turn:
            if _unfinished[owner] >= LIMIT_PER_OWNER:
                raise BusyError(name)
            _unfinished[owner] += 1
        # The thread does not hold the job, whose end is how it learns that no reader waits.
        work = (weakref.ref(self), name, make, owner)
        self._thread = threading.Thread(target=_run, args=work, name=f"job {name}", daemon=True)
        try:
            self._thread.start()
        except RuntimeError as error:  # the system gives no more threads
            _ended(owner)
            raise BusyError(name) from error

    @property
    def running(self) -> bool:
        """Whether there is neither a file nor a failure yet."""
        return self.size is None and not self.failed

    def cancel(self) -> None:
        """Make no further step."""
        self._cancelled = True
        with _turn:
            _turn.notify_all()

    def content(self) -> bytes:
        """The file; a ValueError before there is one."""
        with self._reading:
            if self._file is None:
                raise ValueError(f"there is no file yet: {self.name}")
            self._file.seek(0)
            return self._file.read()

    def wait(self, timeout_s: float) -> None:
        """Wait until it has ended, so long at most."""
        self._thread.join(timeout_s)

    def _is_waited_for(self) -> bool:
        if self._waited():
            self._seen = time.monotonic()
        return not self._cancelled and time.monotonic() - self._seen <= TIMEOUT_S

    def _keep(self, content: bytes) -> None:
        # Here and not at the download: a full disk is then a failed file, not a broken page.
        self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the job is kept
        self._file.write(content)
        self._file.flush()  # a small file would else meet the full disk only when it is downloaded
        self.size = len(content)


def _alive(reference: weakref.ref[Job]) -> Job:
    """The job, as long as a reader waits for it."""
    job = reference()
    if job is None or not job._is_waited_for():
        raise _CancelledError
    return job


def _run(reference: weakref.ref[Job], name: str, make: Callable[[Progress], bytes], owner: str) -> None:
    def progress(done: int, total: int) -> None:
        job = _alive(reference)
        job.done, job.total = done, total

    failed = True
    try:
        _take_turn(reference, owner)
        try:
            content = make(progress)
        finally:
            with _turn:
                _running[owner] -= 1
        if job := reference():
            job._keep(content)
        failed = False
    except _CancelledError:
        pass
    except Exception:
        _LOG.exception("a file could not be made: %s", name)
    finally:
        if job := reference():
            job.failed = failed
        del job
        _ended(owner)


def _take_turn(reference: weakref.ref[Job], owner: str) -> None:
    """Wait for the turn of one more file of this owner, and take it."""
    with _turn:
        _waiting[owner] += 1
        try:
            while not _has_turn(owner):
                _alive(reference)
                _turn.wait(_CHECK_S)
        finally:
            _waiting[owner] -= 1
        _running[owner] += 1
        if job := reference():
            job.waiting = False


def _has_turn(owner: str) -> bool:
    """Whether one more file of this owner may be made: a second where no other owner waits for a first."""
    another_waits = any(
        count and not _running[waiting] for waiting, count in _waiting.items() if waiting != owner
    )
    return _running[owner] < (1 if another_waits else PLACES_PER_OWNER) and _running.total() < TOTAL_PLACES


def _ended(owner: str) -> None:
    with _turn:
        _unfinished[owner] -= 1
        _turn.notify_all()
