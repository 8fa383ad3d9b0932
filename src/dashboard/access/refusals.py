"""Refusals in the audit log: each once in a while, so that a flood of them does not fill the disk."""

from __future__ import annotations

import time

from dashboard.access.audit import record

EVERY_S = 10
# More addresses than that in the same seconds are no longer told apart.
_MOST = 500


class Refusals:
    """At most one line for each address and reason in EVERY_S seconds."""

    def __init__(self) -> None:
        self._noted: dict[tuple[str, str], float] = {}

    def note(self, *, who: str, address: str, reason: str, path: str) -> None:
        """Write a refusal down, unless its like was written down just now."""
        now = time.monotonic()
        if len(self._noted) >= _MOST:
            self._noted = {one: at for one, at in self._noted.items() if now - at < EVERY_S}
        if len(self._noted) >= _MOST:
            address = "…"
        if now - self._noted.get((address, reason), -EVERY_S) < EVERY_S:
            return
        self._noted[address, reason] = now
        record("refused", who=who, address=address, reason=reason, path=path[:200])
