"""What the headers of an answer allow."""

from __future__ import annotations

import pytest

from dashboard.access import headers
from dashboard.streamlit_host import index_html
from own_loop import finished


def dressed(path: str, status: int = 200, *sent: tuple[bytes, bytes], secure: bool = False) -> dict[str, str]:
    """The headers with which an answer leaves."""
    messages: list[dict[str, object]] = []

    async def send(message):
        messages.append(message)

    start = {"type": "http.response.start", "status": status, "headers": list(sent)}
    finished(headers.SecureHeaders(send, secure=secure, path=path)(start))
    return {name.decode(): value.decode() for name, value in messages[0]["headers"]}  # type: ignore[attr-defined]


def test_scripts_come_from_this_server_or_are_the_shells_own():
    rules = dict(
        rule.strip().split(" ", 1)
        for rule in headers.policy(secure=False)["Content-Security-Policy"].split(";")
    )
    allowed = rules["script-src"].split()
    assert allowed == [
        "'self'",
        "'wasm-unsafe-eval'",
        *(f"'sha256-{digest}'" for digest in index_html.inline_scripts()),
    ]
    assert len(allowed) == 4  # Streamlit's own, and where its server is
    assert f"<script>{index_html.script()}</script>" in index_html.head()
    assert rules["connect-src"] == "'self'"


@pytest.mark.parametrize(
    ("path", "status", "caching"),
    [
        ("/", 200, "no-store"),
        ("/media/x.csv", 200, "no-store"),
        ("/static/js/index.x.js", 200, "private, immutable, max-age=31536000"),
        ("/static/js/gone.js", 404, "no-store"),
        ("/app/static/fonts/x.ttf", 200, "private, max-age=86400"),
    ],
)
def test_only_what_is_the_same_for_all_is_kept(path, status, caching):
    assert dressed(path, status, (b"cache-control", b"public"))["cache-control"] == caching


def test_what_opens_the_answer_to_others_is_taken_off():
    left = dressed("/", 200, (b"access-control-allow-origin", b"*"), (b"server", b"x"))
    assert not left.keys() & {"access-control-allow-origin", "server"}


@pytest.mark.parametrize("secure", [True, False])
def test_over_tls_the_browser_keeps_to_it(secure):
    assert ("strict-transport-security" in dressed("/", secure=secure)) == secure
