"""Streamlit's addresses: what it serves, what of that is not needed, what is a page."""

from __future__ import annotations

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from starlette.datastructures import Headers
from starlette.types import Message, Scope

STREAM = "/_stcore/stream"
UPLOAD = "/_stcore/upload_file/"
MEDIA = "/media/"
# The scripts of the front end, whose names carry a hash, and the files of this project.
STATIC, APP_STATIC = "/static/", "/app/static/"
OWN = "/_stcore"
# For other programs: figures of the process, and a way to work the pages without a browser. Streamlit's own
# way of signing in, too, which is never set up here.
SHUT = (
    "/_stcore/metrics",
    "/_stcore/agent",
    "/_stcore/script-health-check",
    "/auth",
    "/oauth2callback",
)
# Paths below these are files and messages of the pages, not pages.
_NO_PAGES = (f"{OWN}/", STATIC, MEDIA, "/component/", APP_STATIC)


def is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page."""
    path = scope["path"]
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or path.startswith(_NO_PAGES):
        return False
    accepted = b",".join(value for name, value in scope["headers"] if name == b"accept")
    return b"text/html" in accepted or ((b"*/*" in accepted or not accepted) and "." not in path)


def begins_page(message: Message) -> bool:
    """Whether a message begins the answer with a page."""
    if message["type"] != "http.response.start" or message["status"] != 200:
        return False
    return Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")


@cache
def static_folder() -> Path:
    """Where the installed Streamlit keeps its front end; found without loading Streamlit."""
    spec = find_spec("streamlit")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("streamlit")
    return Path(spec.origin).parent / "static"
