"""A file being made in the background: its reader may go on and come back."""

from __future__ import annotations

import logging
import tempfile
import threading
import weakref
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO

_LOG = logging.getLogger("dashboard")
# Files being made at once for all sessions together; each holds its figures in memory while the workers draw.
AT_ONCE = 12
_places = threading.BoundedSemaphore(AT_ONCE)

# Is told how many steps of how many are done.
Told = Callable[[int, int], None]


class BusyError(Exception):
    """So many files are being made that one more has to wait for one to be ready."""


class _GivenUpError(Exception):
    """Nobody waits for the file any more."""


@dataclass(eq=False)
class _State:
    """What the thread and the job share; the thread does not hold the job, whose end is how it learns that
    nobody waits."""

    done: int = 0
    total: int = 0
    size: int | None = None
    failed: bool = False
    file: IO[bytes] | None = None
    given_up: threading.Event = field(default_factory=threading.Event)
    reading: threading.Lock = field(default_factory=threading.Lock)

    def told(self, done: int, total: int) -> None:
        if self.given_up.is_set():
            raise _GivenUpError
        self.done, self.total = done, total


class Job:
    """Starts at once; `done` of `total` steps tell how far it is, `total` is 0 before the first.

    In the end either `size` (bytes) is known and `content` can be read, or `failed` is True and the log has
    the reason. The file waits on the disk, not in memory, and goes with the job; a job that is dropped, as
    with its session, makes no further step. Raises `BusyError` where AT_ONCE are being made.
    """

    def __init__(self, name: str, make: Callable[[Told], bytes]) -> None:
        if not _places.acquire(blocking=False):
            raise BusyError(name)
        self.name = name
        self._state = _State()
        weakref.finalize(self, self._state.given_up.set).atexit = False
        work = (name, make, self._state)
        self._thread = threading.Thread(target=_run, args=work, name=f"job {name}", daemon=True)
        try:
            self._thread.start()
        except RuntimeError as error:  # the system gives no more threads
            _places.release()
            raise BusyError(name) from error

    @property
    def done(self) -> int:
        """Steps that are done."""
        return self._state.done

    @property
    def total(self) -> int:
        """All steps."""
        return self._state.total

    @property
    def size(self) -> int | None:
        """Bytes of the file; None before there is one."""
        return self._state.size

    @property
    def failed(self) -> bool:
        """Whether there will be no file."""
        return self._state.failed

    @property
    def running(self) -> bool:
        """Whether there is neither a file nor a failure yet."""
        return self.size is None and not self.failed

    def content(self) -> bytes:
        """The file that was made; a ValueError before there is one."""
        with self._state.reading:
            if self._state.file is None:
                raise ValueError(f"there is no file yet: {self.name}")
            self._state.file.seek(0)
            return self._state.file.read()

    def wait(self, patience_s: float) -> None:
        """Wait until it has ended, so long at most."""
        self._thread.join(patience_s)


def _run(name: str, make: Callable[[Told], bytes], state: _State) -> None:
    try:
        made = make(state.told)
        # Here and not with the job: a full disk is then a failed file, not a broken page.
        state.file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the job is kept
        state.file.write(made)
        state.file.flush()  # a small file would else meet the full disk only when it is downloaded
        state.size = len(made)
    except _GivenUpError:
        state.failed = True
    except Exception:
        _LOG.exception("a file could not be made: %s", name)
        state.failed = True
    finally:
        _places.release()
