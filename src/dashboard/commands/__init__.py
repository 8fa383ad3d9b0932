"""The commands of the command line: each module adds its arguments and runs."""

from __future__ import annotations

import sys

DONE, WRONG_DATA, WRONG_USAGE = 0, 1, 2


class RefusedError(Exception):
    """A command cannot go on: what to say, and with which exit code."""

    def __init__(self, code: int, *lines: str) -> None:
        super().__init__(*lines)
        self.code = code
        self.lines = lines

    def said(self) -> int:
        """Say it on stderr and give the exit code."""
        for line in self.lines:
            print(line, file=sys.stderr)
        return self.code
