"""The audit log: one JSON line for each sign-in, refusal, publish and export. Refusals are there once in a
while only, so that a flood of them does not fill the disk."""

from __future__ import annotations

import errno
import gzip
import json
import logging
import os
import threading
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

from filelock import FileLock

from dashboard.settings import current

_LOG = logging.getLogger("dashboard")
FILE = "audit.log"
_TIMEOUT_S, _LOOKS_S = 1.0, 0.005
_THREADS = threading.Lock()  # the file's lock is polled: of many threads, some would miss it for too long
EVERY_S = 10
# More addresses than that in the same seconds are no longer told apart.
_MOST = 500
Event = Literal[
    "sign_in",
    "sign_in_failed",
    "sign_out",
    "session_ended",
    "password_changed",
    "totp_on",
    "totp_off",
    "refused",
    "publish",
    "restore",
    "export",
]


def record(event: Event, *, who: str, address: str = "", **facts: str | int) -> None:
    """Append one line to `state/audit.log`; nothing in mode local without a folder of state.

    One writer at a time, of all threads and processes: the lines never mix. A full disk must not keep readers
    from reading: the line goes to the server's log then, with the reason.
    """
    folder = current().state
    if folder is None:
        return
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    line = _line({"time": moment, "event": event, "who": who, "address": address, **facts})
    try:
        with _THREADS, FileLock(folder / f"{FILE}.lock", _TIMEOUT_S, poll_interval=_LOOKS_S):
            file = os.open(folder / FILE, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
            try:
                _append(file, f"{line}\n".encode())
            finally:
                os.close(file)
    except OSError as error:  # the lock that stays taken is one, too
        _LOG.error("audit log: %s: %s", error, line)


def read(folder: Path) -> tuple[list[dict[str, Any]], int]:
    """Every line in the order in which it was written, with those of rotated files (``audit.log-DATE``, also
    packed); and how many a full disk has torn. OSError where a file cannot be read."""
    lines: list[dict[str, Any]] = []
    torn = 0
    for file in (*sorted(folder.glob(f"{FILE}-*")), folder / FILE):
        if file.exists():
            content = gzip.decompress(file.read_bytes()) if file.suffix == ".gz" else file.read_bytes()
            for line in content.decode("utf-8", "replace").splitlines():
                try:
                    entry = json.loads(line)
                    datetime.fromisoformat(entry["time"])
                    lines.append({"event": "", "who": "", **entry})
                except (ValueError, KeyError, TypeError):
                    torn += bool(line)
    return lines, torn


def _line(entry: dict[str, str | int]) -> str:
    """JSON in which nothing ends the line, or changes how a terminal shows it, whatever was sent to us."""
    text = json.dumps(entry, ensure_ascii=False)
    return "".join(sign if sign.isprintable() else json.dumps(sign)[1:-1] for sign in text)


def _append(file: int, line: bytes) -> None:
    """Append a line, behind one that a full disk has torn too; OSError where it is torn itself."""
    end = os.fstat(file).st_size
    if end and os.pread(file, 1, end - 1) != b"\n":
        line = b"\n" + line
    if os.write(file, line) < len(line):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


class DenialLog:
    """At most one line for each address and reason in EVERY_S seconds."""

    def __init__(self) -> None:
        self._noted: dict[tuple[str, str], float] = {}

    def note(self, *, who: str, address: str, reason: str, path: str) -> None:
        """Write a refusal down, unless its like was written down just now."""
        now = time.monotonic()
        if len(self._noted) >= _MOST:
            self._noted = {key: at for key, at in self._noted.items() if now - at < EVERY_S}
        if len(self._noted) >= _MOST:
            address = "…"
        if now - self._noted.get((address, reason), -EVERY_S) < EVERY_S:
            return
        self._noted[address, reason] = now
        record("refused", who=who, address=address, reason=reason, path=path[:200])
