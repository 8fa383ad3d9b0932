"""What the server does around the pages: warm-up, errors, links made by hand, names shown as text."""

from __future__ import annotations

import asyncio
import gc
import logging
import re
import threading
import time
from typing import Any

import pytest
from starlette.responses import HTMLResponse, Response
from streamlit.testing.v1 import AppTest

from dashboard import ui
from dashboard.dataset import Source, State, areas, default_folder
from dashboard.ui import data_source, links
from dashboard.ui.markdown import escape_markdown
from own_loop import finished


def frozen() -> int:
    """Start, and count what the collector is spared once the warm-up has ended."""

    async def start() -> int:
        async with ui.warm_up(None):
            for thread in threading.enumerate():
                if thread.name == "warm-up":
                    thread.join(60)
            return gc.get_freeze_count()

    try:
        return finished(start())
    finally:
        gc.unfreeze()


def test_the_warm_up_freezes_the_collector_when_all_is_drawn():
    assert frozen() > 0


def test_the_warm_up_ends_where_the_communes_of_the_villages_were_merged(tmp_path, monkeypatch):
    for file in default_folder().iterdir():
        content = file.read_text(encoding="utf-8-sig")
        if file.name != "communes.csv":
            content = re.sub(r"(202[1-4])(?=-12-31)", lambda year: str(int(year[0]) + 2), content)
        (tmp_path / file.name).write_text(content, encoding="utf-8")
    later = Source(tmp_path)
    dataset = later.current().dataset
    assert dataset is not None
    assert dataset.villages["commune_id"].iloc[0] not in areas.listed(dataset, dataset.dates[-1], "then")
    monkeypatch.setattr(data_source, "source", lambda: later)
    assert frozen() > 0


@pytest.mark.parametrize(
    ("lang", "words"), [("vi", "Có lỗi khi dựng trang này"), ("en", "could not be drawn")]
)
def test_a_failing_page_gives_a_sentence_and_the_log_the_trace(lang, words, caplog):
    def script() -> None:
        from dashboard import ui  # noqa: PLC0415 - the function is run as a script of its own

        try:
            raise ValueError("secret detail")
        except ValueError as error:
            ui.explain_failure(error)

    at = AppTest.from_function(script)
    at.session_state["lang"] = lang
    with caplog.at_level(logging.ERROR, logger="dashboard"):
        at.run()
    message = at.error[0].value
    assert words in message
    assert "secret detail" not in message
    error_id = re.search(r"[0-9a-f]{8}", message)
    assert error_id is not None
    logged = next(record for record in caplog.records if record.name == "dashboard")
    assert error_id[0] in logged.getMessage()
    assert logged.exc_info is not None


async def answered(path: str, query: str, answer: Response | None = None) -> list[dict[str, Any]]:
    """What a request is answered with, where `answer` (a page) is behind."""
    sent: list[dict[str, Any]] = []

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(), "headers": []}
    app = ui.CanonicalLinks(answer or HTMLResponse("<html>"))
    await app(scope, None, send)  # type: ignore[arg-type]
    return sent


def redirect(path: str, query: str, answer: Response | None = None) -> str | None:
    """Where a request is sent on to; None where it is answered, by a page or by `answer`, as it is."""
    sent = finished(answered(path, query, answer))
    assert [message["type"] for message in sent] == ["http.response.start", "http.response.body"]
    if sent[0]["status"] != 307:
        return None
    return dict(sent[0]["headers"])[b"location"].decode()


HUONG_SON = "xa=X%C3%A3+H%C6%B0%C6%A1ng+S%C6%A1n"


class SlowSource:
    """A source whose files were changed, and take long to read."""

    def __init__(self, seconds: float) -> None:
        self.latest, self._seconds = ui.source().current(), seconds

    def current(self) -> State:
        time.sleep(self._seconds)
        return self.latest


@pytest.mark.parametrize("version", ["", "&phienban=1"])
def test_while_changed_data_are_read_for_a_link_the_server_answers_others(monkeypatch, version):
    slow = SlowSource(1.5)
    monkeypatch.setattr(links, "source", lambda: slow)

    async def longest_wait() -> float:
        opened = asyncio.create_task(answered("/kiem-nhiem", f"xa=huong-son{version}"))
        waits = []
        while not opened.done():
            begun = time.monotonic()
            await asyncio.sleep(0.01)
            waits.append(time.monotonic() - begun)
        # With the data of before; a version that is not read yet is left to the page.
        assert [message["type"] for message in await opened] == ["http.response.start", "http.response.body"]
        assert (opened.result()[0]["status"] == 307) == (not version)
        return max(waits)

    assert finished(longest_wait()) < 1


@pytest.mark.parametrize(
    ("path", "query", "page"),
    [
        ("/kiem-nhiem", "xa=huong-son", f"/kiem-nhiem?{HUONG_SON}"),
        ("//elsewhere.example/", "xa=huong-son", f"/elsewhere.example/?{HUONG_SON}"),
        ("/co-cau/x", "", "/co-cau"),
        ("/xa/huong-son/", "lang=en", "/xa?lang=en"),
        ("//elsewhere.example/x", "", "/elsewhere.example"),
        ("/\\elsewhere.example/x", "", "/%5Celsewhere.example"),
    ],
)
def test_ids_become_names_and_what_is_written_below_a_page_leads_to_it(path, query, page):
    assert redirect(path, query) == page


@pytest.mark.parametrize(
    ("path", "query", "answer"),
    [
        *((path, "", None) for path in ("/", "/co-cau", "/co-cau/")),
        *(("/kiem-nhiem", query, None) for query in ("lang=en", HUONG_SON, "xa=nowhere")),
        ("/static/js/x.js", "", Response("x", media_type="text/javascript")),
        ("/static/js/x.js", "", HTMLResponse("no", status_code=404)),
    ],
)
def test_what_is_written_well_and_what_is_no_page_is_answered_as_it_is(path, query, answer):
    assert redirect(path, query, answer) is None


@pytest.mark.parametrize(
    "name", ["a*b*c", "[x](http://x)", ":smile:", "$x$", "<b>x</b>", "# x", "1. x", "- x", "a_b_c"]
)
def test_a_name_is_escaped_wherever_markdown_would_change_it(name):
    assert re.sub(r"\\(.)", r"\1", escape_markdown(name)).replace("\u2060", "") == name
    assert re.search(r"(?<!\\)[*\[\]$<>#_`]|(?<!\\):", escape_markdown(name)) is None


def test_a_name_stays_on_one_line():
    assert escape_markdown("a\n\n# b") == r"a \# b"


@pytest.mark.parametrize("name", ["http://x.example", "www.x.example", ":material/home:", "a@x.example"])
def test_no_name_becomes_a_link_or_an_icon(name):
    assert re.search(r"://|www\.|:material/|[^\u2060]@", escape_markdown(name).replace("\\", "")) is None


@pytest.mark.parametrize("sign", ["->", "<-", "<->", "--", ">=", "<=", "~="])
@pytest.mark.parametrize("name", ["%s", "a %s b", "%s b", "a %s"])
def test_no_sign_becomes_another(name, sign):
    escaped = escape_markdown(name % sign).replace("\\", "")
    assert escaped.replace("\u2060", "") == name % sign
    assert not set(escaped.split()) & {"->", "<-", "<->", "--", ">=", "<=", "~="}
