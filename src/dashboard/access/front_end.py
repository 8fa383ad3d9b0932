"""Streamlit's front end as it is handed out: `index.html`, the shell of every page, in the reader's language
and with what it asks for at once; the files that every page begins with, out of memory and packed.

The front end learns only from the content of a page which of its scripts it needs, and guesses where its
server is. A browser that opens the dashboard for the first time asks for some 120 files at once; Streamlit
reads each from the disk and sends it unpacked: four times the bytes, and several times the work of the
server, while other readers wait.
"""

from __future__ import annotations

import gzip
import hashlib
import re
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.util import find_spec
from pathlib import Path

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import Message, Scope, Send

from dashboard import text
from dashboard.text import Text

# Paths below these are files and talk of the pages, not pages.
_FILES = ("/_stcore/", "/static/", "/media/", "/component/", "/app/static/")
# A part of the file may not be asked for, nor "only if it changed": it is written anew for each language.
_WHOLE = (b"accept-encoding", b"if-none-match", b"if-modified-since", b"range", b"if-range")
_OWN = {b"content-length", b"etag", b"last-modified", b"accept-ranges", b"content-encoding"}
# The scripts of what stands on nearly every page, as Streamlit names them before their hash. One that it no
# longer has is left out.
_PARTS = (
    *("ArrowVegaLiteChart", "embed", "Multiselect", "Selectbox", "ButtonGroup", "Button", "BidiComponent"),
    *("Html", "Metric"),
)
_NEEDED = re.compile(r"""\bimport\s*(?:[\w$*{][^"'`;()]*from\s*)?["']\./([^"']+\.js)["']""")
# The pages are one folder down, where the front end would look for its server first, in vain.
SERVER = 'window.__streamlit = { BACKEND_BASE_URL: location.origin + "/" }'
_NAMED = re.compile(r'"\./(static/[^"]+)"')
# Fixed, since systems differ in what they say of a script, and a browser runs nothing of another type.
_KINDS = {"js": "text/javascript", "css": "text/css", "woff2": "font/woff2"}
# Is packed in itself.
_NEVER_PACKED = "woff2"


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
    html = html.replace("</head>", f"{head()}</head>", 1)
    said = f"<noscript><p>{sentence}</p></noscript>"
    return re.sub(r"<noscript>.*?</noscript>", lambda _: said, html, count=1, flags=re.DOTALL)


@cache
def inline_scripts() -> tuple[str, ...]:
    """The content policy's hash of each script that stands in the shell itself."""
    html = (streamlit_files() / "index.html").read_text("utf-8")
    scripts = [*re.findall(r"<script>(.*?)</script>", html, re.DOTALL), SERVER]
    return tuple(b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)


def _is_html(message: Message) -> bool:
    sent = {name.lower(): value for name, value in message["headers"]}
    return message["status"] == 200 and sent.get(b"content-type", b"").startswith(b"text/html")


@cache
def head() -> str:
    """What is put at the end of the shell's head."""
    links = (f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in _wanted())
    return "\n".join([f"<script>{SERVER}</script>", *links, ""])


def _wanted() -> list[str]:
    """The scripts of `_PARTS` and those that they need, but for those that the shell names already."""
    folder = streamlit_files() / "static" / "js"
    shell = (streamlit_files() / "index.html").read_text("utf-8")
    wanted: dict[str, None] = {}
    left = [path.name for part in reversed(_PARTS) for path in sorted(folder.glob(f"{part}.*.js"))]
    while left:
        name = left.pop()
        if name not in wanted and name not in shell:
            wanted[name] = None
            left += _NEEDED.findall((folder / name).read_text("utf-8"))
    return list(wanted)


def streamlit_files() -> Path:
    """The folder of Streamlit's front end."""
    found = find_spec("streamlit")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / "static"


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
    folder = streamlit_files()
    shell = (folder / "index.html").read_text("utf-8") + head()
    found = {}
    for name in dict.fromkeys(_NAMED.findall(shell)):
        end = name.rpartition(".")[2]
        if end in _KINDS and (folder / name).is_file():
            plain = (folder / name).read_bytes()
            packed = None if end == _NEVER_PACKED else gzip.compress(plain, mtime=0)
            found[f"/{name}"] = File(plain, packed, _KINDS[end])
    return found
