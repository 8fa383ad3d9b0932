"""`/healthz`: the process is alive. `/readyz`: it has data and can draw a page. Strangers learn no more."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from starlette.concurrency import run_in_threadpool
from starlette.responses import JSONResponse, Response

ALIVE, READY = "/healthz", "/readyz"
PATHS = (ALIVE, READY)


@dataclass(frozen=True)
class Readiness:
    """Whether readers can be sent here, the version of the data, and how many seconds ago this process read
    it (None where there is none)."""

    status: Literal["ready", "starting", "no data", "no page"]
    version: str | None = None
    age_s: int | None = None


async def answer(path: str, ready: Callable[[], Readiness], *, known: bool) -> Response:
    """The answer on one of PATHS; `known` readers are told the data's version and age, too."""
    if path == ALIVE:
        return JSONResponse({"status": "ok"})
    readiness = await run_in_threadpool(ready)
    content: dict[str, str | int | None] = {"status": readiness.status}
    if known:
        content |= {"version": readiness.version, "age_s": readiness.age_s}
    return JSONResponse(content, status_code=200 if readiness.status == "ready" else 503)
