"""Where a reader goes after signing in: the page and filters of the link that was opened."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from dashboard import text
from dashboard.access.user import SIGN_IN, SIGN_OUT
from dashboard.streamlit_host import paths
from dashboard.text import Text

# Longer links are not led back to; browsers and proxies have a limit of their own.
_LONGEST = 6000
_NO_PAGES = (SIGN_IN, SIGN_OUT, paths.OWN)
_START = "/"


def local(link: str) -> str:
    """The link, if it leads to a page of this server; else the start page.

    Browsers take a backslash for a slash, leave out tabs and line ends, and read two slashes as a host.
    """
    odd = any(ord(letter) <= 32 or ord(letter) == 127 or letter == "\\" for letter in link)
    if odd or len(link) > _LONGEST or not link.startswith("/") or link.startswith("//"):
        return _START
    path = urlsplit(link).path
    if "//" in path or any(path == page or path.startswith(f"{page}/") for page in _NO_PAGES):
        return _START
    return link


def language(target: str) -> Text:
    """The words of the language that the link names, else Vietnamese."""
    lang = parse_qs(urlsplit(target).query).get("lang", [""])[0]
    return text.get(lang if lang in text.LANGUAGES else text.LANGUAGES[0])


def in_language(target: str, lang: str) -> str:
    """The same link in a language; everything else in it stays as it is written."""
    path, _, query = target.partition("#")[0].partition("?")
    parts = [part for part in query.split("&") if part and part.partition("=")[0] != "lang"]
    if lang != text.LANGUAGES[0]:
        parts.append(f"lang={lang}")
    return f"{path}?{'&'.join(parts)}" if parts else path
