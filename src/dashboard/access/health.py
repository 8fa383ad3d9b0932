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
    found = await run_in_threadpool(ready)
    said: dict[str, str | int | None] = {"status": found.status}
    if known:
        said |= {"version": found.version, "age_s": found.age_s}
    return JSONResponse(said, status_code=200 if found.status == "ready" else 503)
