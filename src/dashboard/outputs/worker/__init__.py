"""Heavy work in processes of its own: drawing holds the interpreter's lock, and a server would stand still.

Two workers, so that two readers do not wait for each other. A worker starts when it is first asked for, runs
at low priority beside a server, and is replaced when it dies or hangs.

Not `multiprocessing`: it runs the main script again in the new process, and under Streamlit that is the page.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import queue
import subprocess
import sys
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, ParamSpec, TypeVar, cast

P = ParamSpec("P")
R = TypeVar("R")

WORKERS = 2
# The longest piece of work (slides of ten thousand rows) takes a few seconds on one slow core; but on a
# machine that is busy with something else, low priority may get a fiftieth of one.
TIMEOUT_S = 600
# What glibc is told: to give memory back as soon as it is free, for drawing takes much for a moment.
_MEMORY = {"MALLOC_ARENA_MAX": "1", "MALLOC_TRIM_THRESHOLD_": "100000", "MALLOC_MMAP_THRESHOLD_": "200000"}
_NICE = 10  # steps of priority (`nice`) that readers who click go before the workers


class WorkError(Exception):
    """The work failed in its process, or the process died or hung; says how."""


class _Worker:
    """One process that does one piece of work at a time (`__main__.py` is what runs there)."""

    def __init__(self, nice: int) -> None:
        command = [sys.executable, "-m", __name__, str(nice)]
        self._process = subprocess.Popen(  # nosec B603 # a fixed command, no shell
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=os.environ | _MEMORY
        )
        # (done, result) of each piece of work; None once the process has ended.
        self._answers: queue.SimpleQueue[tuple[bool, Any] | None] = queue.SimpleQueue()
        threading.Thread(target=self._listen, daemon=True, name="worker answers").start()

    def run(self, work: bytes, timeout_s: float) -> tuple[bool, Any]:
        """Whether the work was done, and its result or the trace.

        Raises EOFError where the process died, TimeoutError where it hung.
        """
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(work)
            self._process.stdin.flush()
        except OSError as error:
            raise EOFError("it takes no work") from error
        try:
            answer = self._answers.get(timeout=timeout_s)
        except queue.Empty as error:
            raise TimeoutError(f"no answer within {timeout_s} s") from error
        if answer is None:
            raise EOFError("it gave no answer")
        return answer

    def end(self) -> None:
        """Stop the process, whatever it does."""
        self._process.kill()
        assert self._process.stdin is not None
        with contextlib.suppress(OSError):
            self._process.stdin.close()
        self._process.wait()

    def _listen(self) -> None:
        assert self._process.stdout is not None
        with self._process.stdout as answers:
            try:
                while True:
                    self._answers.put(pickle.load(answers))  # nosec B301 # from our own process
            except Exception:
                # The end of the process, or half an answer of one that was killed: there will be no other.
                self._answers.put(None)


class Workers:
    """So many workers; a caller that comes when all are busy waits, and is served in turn: first readers who
    click, then those who have asked for the least.

    `low_priority` ones leave the processor to the server; on the command line no other reader waits for it.
    """

    def __init__(
        self, count: int = WORKERS, timeout_s: float = TIMEOUT_S, *, low_priority: bool = True
    ) -> None:
        self._timeout_s = timeout_s
        self._nice = _NICE if low_priority else 0
        self._lock = threading.Lock()
        # None means a worker that has not been started.
        self._idle: list[_Worker | None] = [None] * count
        # How much each waiting caller has asked for when a worker is free, and where it gets the worker.
        self._waiting: list[tuple[Callable[[], int], queue.SimpleQueue[_Worker | None]]] = []

    def run(self, function: Callable[P, R], *args: P.args, **kwargs: P.kwargs) -> R:
        """`function(*args)` in another process; function, arguments and result must be picklable.

        Raises `WorkError` where the function raises, or where its process dies twice or hangs.
        """
        return self._run(lambda: 0, function, *args, **kwargs)

    def behind(self, demand: Callable[[], int]) -> Callable[..., Any]:
        """`run` for work in the background: it lets those go first whose `demand` is less."""
        return partial(self._run, demand)

    def _run(
        self, demand: Callable[[], int], function: Callable[P, R], *args: P.args, **kwargs: P.kwargs
    ) -> R:
        work = pickle.dumps((function, args, kwargs))
        for last in (False, True):
            worker = self._take(demand)
            usable = None
            try:
                worker = worker or _Worker(self._nice)
                done, result = worker.run(work, self._timeout_s)
                usable = worker
            except EOFError as error:
                # It was killed, by the system for want of memory perhaps: another process tries once more.
                if last:
                    raise WorkError(f"the process of {function.__name__} died: {error}") from error
                continue
            except TimeoutError as error:
                raise WorkError(f"the process of {function.__name__} hung: {error}") from error
            finally:
                if worker is not None and usable is None:
                    worker.end()
                self._give_back(usable)
            if not done:
                raise WorkError(result)
            return cast(R, result)
        raise AssertionError("the last attempt returns or raises")

    def end(self) -> None:
        """Stop every idle worker."""
        with self._lock:
            for worker in self._idle:
                if worker is not None:
                    worker.end()
            self._idle = [None] * len(self._idle)

    def _take(self, demand: Callable[[], int]) -> _Worker | None:
        with self._lock:
            if self._idle:
                return self._idle.pop()
            turn: queue.SimpleQueue[_Worker | None] = queue.SimpleQueue()
            self._waiting.append((demand, turn))
        return turn.get()

    def _give_back(self, worker: _Worker | None) -> None:
        """Hand a worker straight to the caller that asked for the least, of equals to the one that has waited
        longest: else a long job would take it again and again."""
        with self._lock:
            if self._waiting:
                first = min(self._waiting, key=lambda waiting: waiting[0]())
                self._waiting.remove(first)
                first[1].put(worker)
            else:
                self._idle.append(worker)


_WORKERS = Workers()


def workers() -> Workers:
    """The workers of this process, shared by all sessions; none is started before it is asked for."""
    return _WORKERS
