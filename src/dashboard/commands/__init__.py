"""The commands of the command line: each module adds its arguments and runs."""

from __future__ import annotations

DONE, WRONG_DATA, WRONG_USAGE = 0, 1, 2


class RefusedError(Exception):
    """A command cannot go on: the lines for stderr, and the exit code."""

    def __init__(self, code: int, *lines: str) -> None:
        super().__init__(*lines)
        self.code = code
        self.lines = lines
