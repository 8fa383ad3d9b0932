"""Files made for a reader: no other reader gets them, even with the address or the id in hand.

Streamlit serves a file to all who name it, and makes one for all who know its id. A reader learns of a file
on the websocket alone, so what the server offered there is what the reader may have.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Iterable
from dataclasses import replace

from dashboard.access.user import User
from dashboard.streamlit_host.paths import MEDIA

# Of one reader; who was offered so many since does not get the first one again.
LIMIT = 2_000


class Grants:
    """The files that this process has offered to one reader."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, None] = OrderedDict()

    def note(self, files: Iterable[str]) -> None:
        """Remember the files that the server offers."""
        for file in map(_key, files):
            self._files[file] = None
            self._files.move_to_end(file)
            if len(self._files) > LIMIT:
                self._files.popitem(last=False)

    def allow(self, file: str) -> bool:
        """Whether the file at this path, or with this id, was offered."""
        return _key(file) in self._files


class MediaGrants:
    """The grants of all readers. All sign-ins of a reader have the same ones; other rights have their own."""

    def __init__(self) -> None:
        self._of: defaultdict[User, Grants] = defaultdict(Grants)

    def of(self, user: User) -> Grants:
        """The grants of one reader."""
        return self._of[replace(user, session="")]


def _key(file: str) -> str:
    """Streamlit names a file by a hash of its content, and a kind that does not count."""
    return file.partition(".")[0] if file.startswith(MEDIA) else file
