"""Keys that an installation makes for itself, each in a file that its owner alone can read."""

from __future__ import annotations

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

BYTES = 32


def own(state: Path | None, name: str) -> bytes:
    """The key of this name, made at the first use: in the state folder, or without one in that of the user.

    OSError, or RuntimeError where the user has no home, where it can be neither read nor written; ValueError
    where the file is damaged.
    """
    if state is None:
        home = os.environ.get("XDG_STATE_HOME") or Path.home() / ".local" / "state"
        state = Path(home) / "dashboard"
    file = state / name
    if not file.exists():
        state.mkdir(mode=0o700, parents=True, exist_ok=True)
        # Whole before it can be seen, and the first one stays: processes that start at once take the same.
        with tempfile.NamedTemporaryFile(dir=state) as part:
            part.write(secrets.token_bytes(BYTES))
            part.flush()
            with suppress(FileExistsError):
                os.link(part.name, file)
    key = file.read_bytes()
    if len(key) < BYTES:
        raise ValueError(f"{file} is no key; remove it")
    return key
