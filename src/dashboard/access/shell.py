"""Streamlit's `index.html`, the shell of every page: its language, what it asks for at once, and the hashes
of its scripts."""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import cache
from html import escape

from starlette.requests import HTTPConnection
from starlette.types import Message, Scope, Send

from dashboard import text
from dashboard.access import early
from dashboard.text import Text

# Paths below these are files and talk of the pages, not pages.
_FILES = ("/_stcore/", "/static/", "/media/", "/component/", "/app/static/")
# A part of the file may not be asked for, nor "only if it changed": it is written anew for each language.
_WHOLE = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range")
_OWN = {b"content-length", b"etag", b"last-modified", b"accept-ranges", b"content-encoding"}


def is_page(scope: Scope) -> bool:
    """Whether a browser asks for a page."""
    if scope["type"] != "http" or scope["method"] not in ("GET", "HEAD") or scope["path"].startswith(_FILES):
        return False
    accepted = b",".join(value for name, value in scope["headers"] if name == b"accept")
    return b"text/html" in accepted or ((b"*/*" in accepted or not accepted) and "." not in scope["path"])


def language(connection: HTTPConnection) -> Text:
    """The words of the language that the link names, else Vietnamese."""
    named = connection.query_params.get("lang", "")
    return text.get(named if named in text.LANGUAGES else text.LANGUAGES[0])


def whole(scope: Scope) -> Scope:
    """The request for a page such that its answer is the whole file, uncompressed."""
    return {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in _WHOLE]}


class Rewritten:
    """Passes an answer on; the shell goes with `lang`, title and the sentence for who has no scripts in the
    reader's language."""

    def __init__(self, send: Send, connection: HTTPConnection) -> None:
        self._send, self._words = send, language(connection)
        self._empty = connection.scope["method"] == "HEAD"
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        """Hold a page of HTML back until it is whole, rewrite it, send it."""
        if message["type"] == "http.response.start" and _is_html(message):
            self._start = message
            return
        if self._start is None or message["type"] != "http.response.body":
            await self._send(message)
            return
        self._body += message.get("body", b"")
        if message.get("more_body", False):
            return
        start, self._start = self._start, None
        body = translated(self._body.decode("utf-8", "replace"), self._words).encode()
        kept = [(name, value) for name, value in start["headers"] if name.lower() not in _OWN]
        length = [] if self._empty else [(b"content-length", str(len(body)).encode())]
        spoken = (b"content-language", self._words.lang.encode())
        await self._send({**start, "headers": [*kept, *length, spoken]})
        await self._send({"type": "http.response.body", "body": b"" if self._empty else body})


def translated(html: str, words: Text) -> str:
    """The shell in a language."""
    # A browser's translation replaces words that React keeps: one commune's name above another's figures.
    html = html.replace('<html lang="en">', f'<html lang="{words.lang}" translate="no">', 1)
    title, sentence = escape(words("page.app")), escape(words("gate.noscript"))
    html = re.sub(r"<title>.*?</title>", lambda _: f"<title>{title}</title>", html, count=1, flags=re.DOTALL)
    html = re.sub(r"\s*<link rel=\"service-desc\"[^>]*>", "", html)
    html = html.replace("</head>", f"{early.head()}</head>", 1)
    said = f"<noscript><p>{sentence}</p></noscript>"
    return re.sub(r"<noscript>.*?</noscript>", lambda _: said, html, count=1, flags=re.DOTALL)


@cache
def inline_scripts() -> tuple[str, ...]:
    """The content policy's hash of each script that stands in the shell itself."""
    html = (early.streamlit_files() / "index.html").read_text("utf-8")
    scripts = [*re.findall(r"<script>(.*?)</script>", html, re.DOTALL), early.SERVER]
    return tuple(b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)


def _is_html(message: Message) -> bool:
    sent = {name.lower(): value for name, value in message["headers"]}
    return message["status"] == 200 and sent.get(b"content-type", b"").startswith(b"text/html")
