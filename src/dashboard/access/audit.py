"""The audit log: one JSON line for each sign-in, refusal, publish and export."""

from __future__ import annotations

import json
import logging
import os
from datetime import UTC, datetime
from typing import Literal

from dashboard.settings import current

_LOG = logging.getLogger("dashboard")
FILE = "audit.log"
Event = Literal["sign_in", "sign_in_failed", "sign_out", "refused", "publish", "restore", "export"]


def record(event: Event, *, who: str, address: str = "", **facts: str | int) -> None:
    """Append one line to `state/audit.log`; nothing in mode local without a folder of state.

    One write to a file opened for appending: the lines of two processes never mix. A full disk must not keep
    readers from reading: the line goes to the server's log then, with the reason.
    """
    folder = current().state
    if folder is None:
        return
    moment = datetime.now(UTC).isoformat(timespec="milliseconds")
    entry = {"time": moment, "event": event, "who": who, "address": address, **facts}
    line = json.dumps(entry, ensure_ascii=False) + "\n"
    try:
        file = os.open(folder / FILE, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        try:
            os.write(file, line.encode())
        finally:
            os.close(file)
    except OSError as error:
        _LOG.error("audit log: %s: %s", error, line.strip())
