"""Turns of script runs: so many at once in this process, readers one after the other.

Runs share the interpreter's lock with the event loop: a hundred of them leave it no time, not even for the
question whether the process is alive, and end no sooner than one after the other.
"""

from __future__ import annotations

import asyncio
from collections import Counter

AT_ONCE = 4
# First runs, of pages that are opened or come back, have places of their own: others go on in a storm.
FIRST_AT_ONCE = 2
# Of one reader, while there is no other and beside others.
ALONE, BESIDE_OTHERS = 2, 1
# So long a place is kept: for a run that never begins (its part of the page is gone), or one that waits long.
HOLD_S = 2.0


class RunQueue:
    """So many turns at once. Each open websocket waits for one at most: their number bounds the queue."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._held: dict[Runs, asyncio.TimerHandle] = {}
        # By reader, the next one first.
        self._waiting: dict[str, dict[Runs, asyncio.Future[None]]] = {}

    def ask(self, runs: Runs) -> asyncio.Future[None]:
        """A turn: done when it has come, at once for runs that have it already."""
        turn = asyncio.get_running_loop().create_future()
        if runs in self._held:
            turn.set_result(None)
        else:
            self._waiting.setdefault(runs.reader, {})[runs] = turn
            self._admit()
        return turn

    def hold(self, runs: Runs) -> None:
        """Count a run from now on, also one that did not wait."""
        if runs in self._held:
            self._held[runs].cancel()
        self._held[runs] = asyncio.get_running_loop().call_later(HOLD_S, self.leave, runs)

    def leave(self, runs: Runs) -> None:
        """Give back a turn, where there is one, to those who wait."""
        if timer := self._held.pop(runs, None):
            timer.cancel()
        self._admit()

    def forget(self, runs: Runs) -> None:
        """Neither wait nor run any more."""
        waiting = self._waiting.get(runs.reader, {})
        if waiting.pop(runs, None) and not waiting:
            del self._waiting[runs.reader]
        self.leave(runs)

    def _admit(self) -> None:
        while len(self._held) < self._at_once and (reader := self._next()) is not None:
            waiting = self._waiting.pop(reader)
            runs = next(iter(waiting))
            turn = waiting.pop(runs)
            if waiting:
                self._waiting[reader] = waiting  # behind the others
            if not turn.done():
                self.hold(runs)
                turn.set_result(None)

    def _next(self) -> str | None:
        """The reader whose turn it is, of those who may have one more."""
        running = Counter(runs.reader for runs in self._held)
        most = ALONE if len({*running, *self._waiting}) == 1 else BESIDE_OTHERS
        return next((reader for reader in self._waiting if running[reader] < most), None)


class Runs:
    """The runs of one websocket: the first waits in one queue, all later ones in another."""

    def __init__(self, reader: str, first: RunQueue, later: RunQueue) -> None:
        self.reader = reader
        self._queue, self._first, self._later = first, first, later

    def ask(self) -> asyncio.Future[None]:
        """A turn for the next run. While one goes on there is no need to wait: the next one ends it."""
        return self._queue.ask(self)

    def begun(self) -> None:
        """The server says that a run has begun: it counts, whether it was asked for here or not."""
        self._queue.hold(self)

    def ended(self) -> None:
        """The server says that the run has ended, and that no other follows at once."""
        self._queue.leave(self)
        self._queue = self._later

    def close(self) -> None:
        """The websocket is closed."""
        self._first.forget(self)
        self._later.forget(self)
