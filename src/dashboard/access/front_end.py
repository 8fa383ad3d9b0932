"""The files that every page begins with, out of memory and packed.

A browser that opens the dashboard for the first time asks for some 120 files of Streamlit's front end at
once. Streamlit reads each from the disk and sends it unpacked: four times the bytes, and several times the
work of the server, while other readers wait.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache

from starlette.responses import Response
from starlette.types import Scope

from dashboard.access import early

_NAMED = re.compile(r'"\./(static/[^"]+)"')
# Fixed, since systems differ in what they say of a script, and a browser runs nothing of another type.
_KINDS = {"js": "text/javascript", "css": "text/css", "woff2": "font/woff2"}
# Is packed in itself.
_WHOLE = "woff2"


@dataclass(frozen=True)
class File:
    """A file as it is, packed with gzip (None where that saves nothing), and its media type."""

    plain: bytes
    packed: bytes | None
    kind: str


def answer(scope: Scope) -> Response | None:
    """The answer to a request for one of these files; None for any other, which is Streamlit's to answer."""
    found = files().get(scope["path"]) if scope["method"] == "GET" else None
    asked = {name: value for name, value in scope["headers"] if name in (b"accept-encoding", b"range")}
    if found is None or b"range" in asked:
        return None
    if found.packed is None:
        return Response(found.plain, media_type=found.kind)
    said = {"Vary": "Accept-Encoding"}
    if b"gzip" in asked.get(b"accept-encoding", b""):
        return Response(found.packed, media_type=found.kind, headers={**said, "Content-Encoding": "gzip"})
    return Response(found.plain, media_type=found.kind, headers=said)


@cache
def files() -> dict[str, File]:
    """The files that the shell names, by their path; they stay as they are as long as the process runs."""
    folder = early.streamlit_files()
    shell = (folder / "index.html").read_text("utf-8") + early.head()
    found = {}
    for name in dict.fromkeys(_NAMED.findall(shell)):
        end = name.rpartition(".")[2]
        if end in _KINDS and (folder / name).is_file():
            plain = (folder / name).read_bytes()
            packed = None if end == _WHOLE else gzip.compress(plain, mtime=0)
            found[f"/{name}"] = File(plain, packed, _KINDS[end])
    return found
