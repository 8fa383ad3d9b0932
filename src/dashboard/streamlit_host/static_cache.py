"""Streamlit's front end as it is served: `index.html` in the reader's language, and the files that every page
begins with, compressed and out of memory.

A browser that opens the dashboard for the first time asks for 91 files at once. Streamlit reads each from
the disk and sends it as it is: 2.7 MB in place of 0.8 MB, and more work while other readers wait.
"""

from __future__ import annotations

import gzip
import re
from dataclasses import dataclass
from functools import cache

from starlette.datastructures import Headers
from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard.streamlit_host import index_html, paths

# The whole file is needed, uncompressed, and again for each language.
_WHOLE = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range")
_OWN = {b"content-length", b"etag", b"last-modified", b"accept-ranges", b"content-encoding"}
_FILE = re.compile(r'"\./(static/[^"]+\.(js|css|woff2))"')
# Fixed, since systems differ in what they say of a script, and a browser runs nothing of another type.
_MEDIA_TYPES = {"js": "text/javascript", "css": "text/css", "woff2": "font/woff2"}


class StaticCache:
    """ASGI middleware: answers for Streamlit's scripts out of memory, and translates `index.html`."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        files()  # compressed now, not while the first reader waits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or answer it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif (response := _from_memory(scope)) is not None:
            await response(scope, receive, send)
        elif paths.is_page(scope):
            headers = [(name, value) for name, value in scope["headers"] if name not in _WHOLE]
            await self.app({**scope, "headers": headers}, receive, _Translated(send, HTTPConnection(scope)))
        else:
            await self.app(scope, receive, send)


class _Translated:
    """Passes a response on; a page of HTML is held back until it is whole, and translated."""

    def __init__(self, send: Send, connection: HTTPConnection) -> None:
        self._send, self._words = send, index_html.language(connection)
        self._empty = connection.scope["method"] == "HEAD"
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if paths.begins_page(message):
            self._start = message
            return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        start, self._start = self._start, None
        body = index_html.translate(self._body.decode("utf-8", "replace"), self._words).encode()
        headers = [(name, value) for name, value in start["headers"] if name.lower() not in _OWN]
        if not self._empty:
            headers.append((b"content-length", str(len(body)).encode()))
        headers.append((b"content-language", self._words.lang.encode()))
        await self._send({**start, "headers": headers})
        await self._send({"type": "http.response.body", "body": b"" if self._empty else body})


@dataclass(frozen=True)
class StaticFile:
    """A file as it is, compressed with gzip (None where that saves nothing), and its media type."""

    plain: bytes
    packed: bytes | None
    media_type: str


@cache
def files() -> dict[str, StaticFile]:
    """The files that `index.html` names, by their path; they stay as they are as long as the process runs."""
    files = {}
    for name, kind in _FILE.findall(index_html.original() + index_html.head()):
        plain = (paths.static_folder() / name).read_bytes()
        packed = None if kind == "woff2" else gzip.compress(plain, mtime=0)
        files[f"/{name}"] = StaticFile(plain, packed, _MEDIA_TYPES[kind])
    return files


def _from_memory(scope: Scope) -> Response | None:
    """The response to a request for one of `files`; None for any other, which is Streamlit's to answer."""
    file, headers = files().get(scope["path"]), Headers(scope=scope)
    if file is None or scope["method"] != "GET" or "range" in headers:
        return None
    vary = {"Vary": "Accept-Encoding"}
    if file.packed is not None and "gzip" in headers.get("accept-encoding", ""):
        return Response(file.packed, media_type=file.media_type, headers={**vary, "Content-Encoding": "gzip"})
    return Response(file.plain, media_type=file.media_type, headers=vary)
