"""Streamlit's front end as it is served."""

from __future__ import annotations

import re

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard import text
from dashboard.charts import theme
from dashboard.streamlit_host import index_html, paths, static_cache

SCRIPT = next(path for path in static_cache.files() if path.startswith("/static/js/index."))
FONT = next(path for path in static_cache.files() if path.endswith(".woff2"))
STREAMLIT = "Streamlit's own answer"


def answer(request):
    page = "." not in request.url.path
    return (
        HTMLResponse(index_html.original(), headers={"ETag": "x"}) if page else PlainTextResponse(STREAMLIT)
    )


@pytest.fixture
def browser() -> TestClient:
    """A browser in front of a server that answers as Streamlit does."""
    behind = Route("/{path:path}", answer, methods=["GET", "HEAD"])
    return TestClient(Starlette(routes=[behind], middleware=[Middleware(static_cache.StaticCache)]))


def on_disk(path: str) -> bytes:
    return (paths.static_folder() / path.lstrip("/")).read_bytes()


@pytest.mark.parametrize(("accepted", "encoding"), [("gzip, deflate, br", "gzip"), ("identity", None)])
def test_a_script_is_what_streamlit_has_compressed_for_who_can_unpack(browser, accepted, encoding):
    response = browser.get(SCRIPT, headers={"accept-encoding": accepted})
    assert response.content == on_disk(SCRIPT)
    assert response.headers.get("content-encoding") == encoding
    assert response.headers["vary"] == "Accept-Encoding"
    assert response.headers["content-type"].startswith("text/javascript")
    if encoding:
        assert int(response.headers["content-length"]) * 3 < len(response.content)


def test_a_font_goes_as_it_is(browser):
    response = browser.get(FONT)
    assert response.content == on_disk(FONT)
    assert "content-encoding" not in response.headers


@pytest.mark.parametrize(
    ("method", "path", "sent"),
    [
        ("GET", "/static/js/unknown.js", {}),
        ("GET", "/static/index.html", {}),
        ("GET", SCRIPT, {"range": "bytes=0-9"}),
        ("HEAD", SCRIPT, {}),
    ],
)
def test_anything_else_is_streamlits_to_answer(browser, method, path, sent):
    response = browser.request(method, path, headers=sent)
    assert response.headers["content-length"] == str(len(STREAMLIT))


@pytest.mark.parametrize(("query", "lang"), [("", "vi"), ("?lang=en", "en"), ("?lang=x", "vi")])
def test_a_page_begins_in_the_readers_language(browser, query, lang):
    words = text.get(lang)
    response = browser.get(f"/kiem-nhiem{query}", headers={"if-none-match": "x"})
    # A browser's own translation would mix old names with new figures.
    assert f'<html lang="{lang}" translate="no" data-release="{index_html.release()}">' in response.text
    assert f"<title>{words('page.app')}</title>" in response.text
    assert f"<noscript><p>{words('gate.noscript')}</p></noscript>" in response.text
    assert "service-desc" not in response.text
    # Behind Streamlit's own rules in the head, and once: no run of a page sends it again.
    style = response.text.rpartition("</style></body>")[0].rpartition("<style>")[2]
    assert style.startswith(f":root {{ {theme.css()} }}")
    assert ".st-key-filters" in style
    assert response.headers["content-language"] == lang
    assert "etag" not in response.headers
    assert browser.head(f"/kiem-nhiem{query}").content == b""


def test_what_every_page_draws_is_asked_for_at_once_and_all_once(browser):
    link = r'<link rel="modulepreload" crossorigin href="\.(/static/js/([^"]+))">'
    scripts = re.findall(link, browser.get("/").text)
    assert set(index_html.CHUNKS) <= {name.split(".")[0] for _, name in scripts}
    assert len(scripts) == len(set(scripts))
    assert {path for path, _ in scripts} <= static_cache.files().keys()
