"""Streamlit's `index.html`, which every page begins with, in the reader's language, with the scripts that the
page asks for later anyway, and the few rules of style that have no option in Streamlit.

The front end learns only from the content of a page which of its scripts it needs, and guesses where its
server is. Nor does it notice that its server has become another release: the file carries a mark by which
it does (reload.js).
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from functools import cache
from html import escape
from pathlib import Path

from starlette.requests import HTTPConnection

from dashboard import text
from dashboard.charts import theme
from dashboard.streamlit_host import paths
from dashboard.text import Text

# What is replaced in the file.
_HTML, _TITLE, _NOSCRIPT = '<html lang="en">', r"<title>.*?</title>", r"<noscript>.*?</noscript>"
_HEAD_END, _BODY_END, _SCRIPT = "</head>", "</body>", r"<script>(.*?)</script>"
_SERVICE = r"\s*<link rel=\"service-desc\"[^>]*>"
# The scripts of what nearly every page shows, as Streamlit names them before their hash.
CHUNKS = ("Selectbox", "ButtonGroup", "Button", "BidiComponent")
_IMPORT = re.compile(r"""\bimport\s*(?:[\w$*{][^"'`;()]*from\s*)?["']\./([^"']+\.js)["']""")
# The pages are one folder down, where the front end would look for its server first, in vain.
_SERVER = 'window.__streamlit = { BACKEND_BASE_URL: location.origin + "/" }'


def language(connection: HTTPConnection) -> Text:
    """The words of the language that the link names, else Vietnamese."""
    lang = connection.query_params.get("lang", "")
    return text.get(lang if lang in text.LANGUAGES else text.LANGUAGES[0])


def translate(html: str, words: Text) -> str:
    """`index.html` in a language."""
    # A browser's translation replaces words that React keeps: one commune's name above another's figures.
    attributes = f'lang="{words.lang}" translate="no" data-release="{release()}"'
    html = html.replace(_HTML, f"<html {attributes}>", 1)
    title = f"<title>{escape(words('page.app'))}</title>"
    noscript = f"<noscript><p>{escape(words('gate.noscript'))}</p></noscript>"
    html = re.sub(_TITLE, lambda _: title, html, count=1, flags=re.DOTALL)
    html = re.sub(_SERVICE, "", html).replace(_HEAD_END, f"{head()}{_HEAD_END}", 1)
    html = html.replace(_BODY_END, f"{_style()}{_BODY_END}", 1)
    return re.sub(_NOSCRIPT, lambda _: noscript, html, count=1, flags=re.DOTALL)


@cache
def original() -> str:
    """The file as Streamlit has it."""
    return (paths.static_folder() / "index.html").read_text("utf-8")


@cache
def inline_scripts() -> tuple[str, ...]:
    """The content policy's hash of each script that `index.html` itself holds."""
    scripts = [*re.findall(_SCRIPT, original(), re.DOTALL), script()]
    return tuple(b64encode(hashlib.sha256(script.encode()).digest()).decode() for script in scripts)


@cache
def release() -> str:
    """A mark of all scripts that a page may load, Streamlit's (by the names in the file) and this project's,
    and its style: a page with another one was opened before an update."""
    scripts = sorted(Path(__file__).parents[1].rglob("*.js"))
    parts = (original().encode(), _style().encode(), *(path.read_bytes() for path in scripts))
    total = hashlib.sha256(b"".join(parts))
    return total.hexdigest()[:12]


@cache
def script() -> str:
    """The script of the head: where the server is, and what to do when it has become another release."""
    return f"{_SERVER}\n{(Path(__file__).parent / 'reload.js').read_text('utf-8')}"


@cache
def head() -> str:
    """What is put at the end of the head: that script, and those of Streamlit to load at once."""
    links = (f'<link rel="modulepreload" crossorigin href="./static/js/{name}">' for name in _preloaded())
    return "\n".join([f"<script>{script()}</script>", *links, ""])


@cache
def _style() -> str:
    """The rules of style, at the end of the body: Streamlit puts its own into the head, and of rules alike
    the later one counts."""
    rules = (Path(__file__).parent / "style.css").read_text("utf-8")
    return f"<style>:root {{ {theme.css()} }}\n{rules}</style>"


def missing() -> list[str]:
    """What is relied on, and not in the front end of the installed Streamlit."""
    folder = paths.static_folder() / "static" / "js"
    patterns = (re.escape(_HTML), _TITLE, _NOSCRIPT, _HEAD_END, _BODY_END, _SCRIPT)
    names = [name for name in patterns if len(re.findall(name, original(), re.DOTALL)) != 1]
    return names + [f"{name}.*.js" for name in CHUNKS if not any(folder.glob(f"{name}.*.js"))]


def _preloaded() -> list[str]:
    """The scripts of `CHUNKS` and those that they import, but for those that the file names already."""
    folder = paths.static_folder() / "static" / "js"
    names: dict[str, None] = {}
    waiting = [path.name for chunk in reversed(CHUNKS) for path in sorted(folder.glob(f"{chunk}.*.js"))]
    while waiting:
        name = waiting.pop()
        if name not in names and name not in original():
            names[name] = None
            waiting += _IMPORT.findall((folder / name).read_text("utf-8"))
    return list(names)
