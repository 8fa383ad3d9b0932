"""Files made for a reader: nobody else is given them, not even with the address in hand.

Streamlit serves a file to whoever names it. A reader learns of a file on the websocket alone, so what was
said there is what may be fetched.
"""

from __future__ import annotations

import re
from collections import OrderedDict, defaultdict
from dataclasses import replace

from dashboard.access.reader import Reader

FOLDER = "/media/"
# Streamlit names a file by a hash of what it holds, and its kind.
_FILE = re.compile(rb"/media/([0-9a-f]+\.)")
# Of one reader; who took so many along since does not fetch the first one again.
KEPT = 2_000


class HandedOut:
    """The files that this process has told each reader of."""

    def __init__(self) -> None:
        self._of: defaultdict[Reader, OrderedDict[bytes, None]] = defaultdict(OrderedDict)

    def note(self, reader: Reader, message: bytes) -> None:
        """Remember the files that a message on the reader's websocket names."""
        for file in _FILE.findall(message):
            kept = self._of[_person(reader)]
            kept[file] = None
            kept.move_to_end(file)
            if len(kept) > KEPT:
                kept.popitem(last=False)

    def has(self, reader: Reader, path: str) -> bool:
        """Whether the reader was told of the file at this path."""
        file = _FILE.match(path.encode())
        return file is not None and file[1] in self._of.get(_person(reader), ())


def _person(reader: Reader) -> Reader:
    """The same for all sign-ins of a reader; another one when the rights change."""
    return replace(reader, session="")
