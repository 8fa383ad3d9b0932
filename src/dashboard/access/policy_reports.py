"""What a browser refused to load or run, as it reports it (`report-uri` of the content policy): a line of the
server's log."""

from __future__ import annotations

import json
import logging
import time
from urllib.parse import urlsplit

from starlette.requests import Request
from starlette.responses import Response

_LOG = logging.getLogger("dashboard")
PATH = "/policy-report"
_MAX_BYTES = 8_000
# From one line to the next: anyone may send reports, and a page sends many of one kind.
_EVERY_S = 10
_MAX_LETTERS = 200


class PolicyReports:
    """Takes reports; those that come right after one that was written down are counted."""

    def __init__(self) -> None:
        self._written = -float(_EVERY_S)
        self._passed_over = 0

    async def take(self, request: Request) -> Response:
        """Write a report down; the answer is empty, or 413 for one that is longer than a browser's."""
        body = b""
        async for part in request.stream():
            body += part
            if len(body) > _MAX_BYTES:
                return Response(status_code=413)
        now = time.monotonic()
        if now - self._written < _EVERY_S:
            self._passed_over += 1
        else:
            _LOG.warning("content policy: %s (reports before it: %d)", _line(body), self._passed_over)
            self._written, self._passed_over = now, 0
        return Response(status_code=204)


def _line(body: bytes) -> str:
    """What was refused by which rule on which page, without the query of the page: it names a selection."""
    try:
        report = json.loads(body)["csp-report"]
        page = urlsplit(str(report.get("document-uri", ""))).path
        facts = (
            report.get("effective-directive") or report.get("violated-directive"),
            report.get("blocked-uri"),
        )
    except (ValueError, KeyError, TypeError, AttributeError):
        return "a report that cannot be read"
    return " ".join(ascii(str(fact)[:_MAX_LETTERS]) for fact in (*facts, page))
