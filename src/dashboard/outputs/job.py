"""A file being made in the background: its reader may go on and come back."""

from __future__ import annotations

import logging
import tempfile
import threading
from collections.abc import Callable
from typing import IO

from dashboard.outputs.pack import Told

_LOG = logging.getLogger("dashboard")


class Job:
    """Starts at once; `done` of `total` steps tell how far it is, `total` is 0 before the first.

    In the end either `size` (bytes) is known and `content` can be read, or `failed` is True and the log has
    the reason. The file waits on the disk, not in memory, and goes with the job.
    """

    def __init__(self, name: str, make: Callable[[Told], bytes]) -> None:
        self.name = name
        self.done = 0
        self.total = 0
        self.size: int | None = None
        self.failed = False
        self._file: IO[bytes] | None = None
        self._reading = threading.Lock()
        self._thread = threading.Thread(target=self._run, args=(make,), name=f"job {name}", daemon=True)
        self._thread.start()

    @property
    def running(self) -> bool:
        """Whether there is neither a file nor a failure yet."""
        return self.size is None and not self.failed

    def content(self) -> bytes:
        """The file that was made; a ValueError before there is one."""
        with self._reading:
            if self._file is None:
                raise ValueError(f"there is no file yet: {self.name}")
            self._file.seek(0)
            return self._file.read()

    def wait(self, patience_s: float) -> None:
        """Wait until it has ended, so long at most."""
        self._thread.join(patience_s)

    def _run(self, make: Callable[[Told], bytes]) -> None:
        try:
            made = make(self._told)
            # Here and not with the job: a full disk is then a failed file, not a broken page.
            self._file = tempfile.TemporaryFile()  # noqa: SIM115 - open as long as the job is kept
            self._file.write(made)
            self._file.flush()  # a small file would else meet the full disk only when it is downloaded
            self.size = len(made)
        except Exception:
            _LOG.exception("a file could not be made: %s", self.name)
            self.failed = True

    def _told(self, done: int, total: int) -> None:
        self.done, self.total = done, total
