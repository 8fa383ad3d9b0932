"""An event loop for a test: one of its own, since a browser test may have left another in its thread."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

Result = TypeVar("Result")


def finished(work: Coroutine[Any, Any, Result], within_s: float = 60) -> Result:
    """What a coroutine gives; TimeoutError where it takes longer."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asyncio.wait_for(work, within_s)).result()
