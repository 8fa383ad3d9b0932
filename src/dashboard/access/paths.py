"""Which paths and methods there are at all, whoever asks."""

from __future__ import annotations

from starlette.types import Scope

UPLOAD = "/_stcore/upload_file/"
# Of Streamlit, for other programs: figures of the process, and a way to work the pages without a browser. Its
# own way of signing in, too, which is never set up here.
_SHUT = (
    "/_stcore/metrics",
    "/_stcore/agent",
    "/_stcore/script-health-check",
    "/auth",
    "/oauth2callback",
)
_SOCKET = "/_stcore/stream"


def refused(scope: Scope) -> str | None:
    """ "path" for one that is written to mean another, "method" for one that nothing here takes, "shut" for a
    part of Streamlit that nobody needs; None = go on."""
    path = scope["path"]
    if _tricky(path):
        return "path"
    folded = path.lower()
    if any(folded == shut or folded.startswith(f"{shut}/") for shut in _SHUT):
        return "shut"
    if scope["type"] == "websocket":
        return None if path == _SOCKET else "shut"
    allowed = ("GET", "HEAD", "PUT", "DELETE") if is_upload(path) else ("GET", "HEAD", "POST")
    return None if scope["method"] in allowed else "method"


def is_upload(path: str) -> bool:
    """Whether files are handed in or taken back there."""
    return path.startswith(UPLOAD)


def _tricky(path: str) -> bool:
    """Two slashes, steps up, a backslash, a control character, or a second layer of percent signs."""
    return (
        not path.startswith("/")
        or "//" in path
        or "\\" in path
        or "%" in path
        or any(part in (".", "..") for part in path.split("/"))
        or any(ord(letter) < 32 or ord(letter) == 127 for letter in path)
    )
