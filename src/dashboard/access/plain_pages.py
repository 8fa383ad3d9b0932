"""The page of a refusal or an error: a sentence, no script, no detail of the server."""

from __future__ import annotations

from html import escape

from starlette.requests import HTTPConnection
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from dashboard import text
from dashboard.streamlit_host.index_html import language
from dashboard.text import Text

# HTTP's number for each reason of a refusal.
_STATUS = {
    **dict.fromkeys(("elsewhere", "host", "origin", "upload"), 403),
    **dict.fromkeys(("shut", "not_handed_out"), 404),
    **{
        "path": 400,
        "not_signed_in": 401,
        "no_key": 401,
        "method": 405,
        "no_length": 411,
        "too_large": 413,
        "too_many": 429,
    },
    "full": 503,
}
_STYLE = "body{font:1rem/1.5 sans-serif;max-width:40rem;margin:4rem auto;padding:0 1rem;color:#1f2430}"


def refused(connection: HTTPConnection, reason: str) -> Response:
    """The answer to a request that is refused. A reader from elsewhere, or without the key, reads it in both
    languages: the link may not say which one is read."""
    both = _STATUS[reason] == 403 or reason == "no_key"
    words = [text.get(lang) for lang in text.LANGUAGES] if both else [language(connection)]
    return _page(connection, words, [text(f"gate.{reason}") for text in words], _STATUS[reason])


def failed(connection: HTTPConnection, error_id: str) -> Response:
    """The answer where the server failed; the log has the details under the id."""
    words = language(connection)
    return _page(connection, [words], [words("data.failure", id=error_id)], 500)


def _page(connection: HTTPConnection, words: list[Text], sentences: list[str], status: int) -> Response:
    if "text/html" not in connection.headers.get("accept", ""):
        return PlainTextResponse("\n".join(sentences) + "\n", status)
    paragraphs = "".join(
        f'<p lang="{text.lang}">{escape(sentence)}</p>'
        for text, sentence in zip(words, sentences, strict=True)
    )
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    title = escape(words[0]("page.app"))
    return HTMLResponse(
        f'<!doctype html><html lang="{words[0].lang}"><head>{head}<title>{title}</title>'
        f"<style>{_STYLE}</style></head><body><h1>{title}</h1>{paragraphs}</body></html>",
        status,
    )
