"""A file being made in the background: its reader may go on and come back."""

from __future__ import annotations

import logging
import tempfile
import threading
import time
import weakref
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO

_LOG = logging.getLogger("dashboard")
# Files being made at once, for all and for one reader; each holds its figures in memory while workers draw.
AT_ONCE, OF_ONE = 12, 2
# So many of one reader are on the way: the others wait for their turn.
MOST_OF_ONE = 12
# So long a file goes on being made for nobody: a tab that lost its connection comes back sooner.
PATIENCE_S = 30.0
_LOOKS_S = 5.0
_turn = threading.Condition()
_running: Counter[str] = Counter()
_unfinished: Counter[str] = Counter()

# Is told how many steps of how many are done.
Told = Callable[[int, int], None]


class BusyError(Exception):
    """This reader has so many files on the way that one more has to wait for one to be ready."""


class _GivenUpError(Exception):
    """Nobody waits for the file any more."""


def unfinished(owner: str) -> int:
    """How many files of a reader are being made or wait for their turn."""
    return _unfinished[owner]


@dataclass(eq=False)
class _State:
    """What the thread and the job share; the thread does not hold the job, whose end is how it learns that
    nobody waits."""

    waited: Callable[[], bool]
    waiting: bool = True
    done: int = 0
    total: int = 0
    size: int | None = None
    failed: bool = False
    file: IO[bytes] | None = None
    given_up: threading.Event = field(default_factory=threading.Event)
    reading: threading.Lock = field(default_factory=threading.Lock)
    seen: float = field(default_factory=time.monotonic)

    def told(self, done: int, total: int) -> None:
        if self.is_for_nobody():
            raise _GivenUpError
        self.done, self.total = done, total

    def is_for_nobody(self) -> bool:
        if self.waited():
            self.seen = time.monotonic()
        return self.given_up.is_set() or time.monotonic() - self.seen > PATIENCE_S

    def give_up(self) -> None:
        self.given_up.set()
        with _turn:
            _turn.notify_all()


class Job:
    """A file for `owner`, begun when it is its turn; `done` of `total` steps tell how far it is, `total` is 0
    before the first.

    In the end either `size` (bytes) is known and `content` can be read, or `failed` is True and the log has
    the reason. The file waits on the disk, not in memory, and goes with the job. A job makes no further step
    once it is cancelled or dropped, or when `waited` has said for a while that nobody is there. Raises
    `BusyError` where MOST_OF_ONE are on the way for this owner.
    """

    def __init__(
        self, name: str, make: Callable[[Told], bytes], owner: str, waited: Callable[[], bool]
    ) -> None:
        self.name = name
        with _turn:
            if _unfinished[owner] >= MOST_OF_ONE:
                raise BusyError(name)
            _unfinished[owner] += 1
        self._state = _State(waited)
        weakref.finalize(self, self._state.give_up).atexit = False
        work = (name, make, owner, self._state)
        self._thread = threading.Thread(target=_run, args=work, name=f"job {name}", daemon=True)
        try:
            self._thread.start()
        except RuntimeError as error:  # the system gives no more threads
            _ended(owner)
            raise BusyError(name) from error

    def cancel(self) -> None:
        """Make no further step."""
        self._state.give_up()

    @property
    def waiting(self) -> bool:
        """Whether others of the same owner come first."""
        return self._state.waiting

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


def _run(name: str, make: Callable[[Told], bytes], owner: str, state: _State) -> None:
    try:
        _wait(owner, state)
        try:
            made = make(state.told)
        finally:
            with _turn:
                _running[owner] -= 1
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
        _ended(owner)


def _wait(owner: str, state: _State) -> None:
    """Wait for the turn of one more file of this owner, and take it."""
    with _turn:
        while _running[owner] >= OF_ONE or _running.total() >= AT_ONCE:
            if state.is_for_nobody():
                raise _GivenUpError
            _turn.wait(_LOOKS_S)
        _running[owner] += 1
        state.waiting = False


def _ended(owner: str) -> None:
    with _turn:
        _unfinished[owner] -= 1
        _turn.notify_all()
