"""The forms of the sign-in and account pages, as they are sent."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import parse_qs

from starlette.requests import Request

from dashboard.access import targets
from dashboard.access.pages import TARGET, Notice

_LARGEST, _FIELDS, _SENT_AS = 32 * 1024, 10, "application/x-www-form-urlencoded"
_MALFORMED, _TOO_LARGE = Notice("malformed", 400), Notice("malformed", 413)


async def read(request: Request, *fields: str) -> Mapping[str, str] | Notice:
    """The fields of the form, "" for one that is missing, and TARGET, a link of this server; a notice
    where it is no such form. Read no further than such a form can be."""
    if request.headers.get("content-type", "").partition(";")[0].strip() != _SENT_AS:
        return _MALFORMED
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LARGEST:
            return _TOO_LARGE
    try:
        sent = parse_qs(body.decode("ascii"), True, True, "utf-8", "strict", _FIELDS)
        values = {field: _only(sent, field) for field in (*fields, TARGET)}
    except ValueError:
        return _MALFORMED
    return {**values, TARGET: targets.local(values[TARGET])}


def _only(sent: dict[str, list[str]], name: str) -> str:
    """The one value of a field; ValueError where there are several."""
    (value,) = sent.get(name, [""])
    return value
