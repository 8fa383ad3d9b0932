"""Reports of what the content policy forbids: one line of the log at a time, whatever is sent."""

import json
import logging

import pytest
from starlette.applications import Starlette
from starlette.routing import Route
from starlette.testclient import TestClient

from dashboard.access import headers
from dashboard.access.policy_reports import PATH, PolicyReports

REPORT = {
    "document-uri": "https://dashboard.example/kiem-nhiem?xa=huong-son",
    "effective-directive": "img-src",
    "blocked-uri": "https://elsewhere.example/x.png",
}


@pytest.fixture
def client():
    reports = PolicyReports()

    async def take(request):
        return await reports.take(request)

    return TestClient(Starlette(routes=[Route(PATH, take, methods=["POST"])]))


def lines(caplog):
    return [record.getMessage() for record in caplog.records if record.name == "dashboard"]


def sent(report):
    return json.dumps({"csp-report": report}).encode()


def test_every_answer_tells_the_browser_where_to_report():
    assert f"report-uri {PATH}" in headers.policy(secure=True)["Content-Security-Policy"]


def test_a_report_says_what_was_refused_on_which_page_but_not_which_selection(client, caplog):
    assert client.post(PATH, content=sent(REPORT)).status_code == 204
    (line,) = lines(caplog)
    assert line.startswith("content policy: 'img-src' 'https://elsewhere.example/x.png' '/kiem-nhiem' (")


def test_reports_that_follow_at_once_are_counted_not_written(client, caplog, monkeypatch):
    now = 1000.0
    monkeypatch.setattr("dashboard.access.policy_reports.time.monotonic", lambda: now)
    for _ in range(30):
        client.post(PATH, content=sent(REPORT))
    now += 11
    client.post(PATH, content=sent(REPORT))
    first, second = lines(caplog)
    assert first.endswith("(reports before it: 0)")
    assert second.endswith("(reports before it: 29)")


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"[]", b'{"csp-report": 1}', b"\xff", sent({"document-uri": 3})]
)
def test_what_is_no_report_is_one_line_without_its_text(client, caplog, body):
    with caplog.at_level(logging.WARNING):
        assert client.post(PATH, content=body).status_code == 204
    assert len(lines(caplog)) == 1


def test_a_report_cannot_write_lines_of_its_own(client, caplog):
    client.post(PATH, content=sent({**REPORT, "blocked-uri": "x\nERROR \x1b[31mforged" + "y" * 5000}))
    (line,) = lines(caplog)
    assert line.isprintable()
    assert len(line) < 500


def test_what_is_longer_than_a_report_is_not_read(client, caplog):
    assert client.post(PATH, content=b"x" * 9_000).status_code == 413
    assert lines(caplog) == []
