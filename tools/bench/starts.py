"""Reading and checking, starting and starting again: seconds and CPU, at each size."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence

import servers

from bench import samples
from bench.table import Row
from dashboard.dataset import cache

# Seconds for the 60 villages, and for 90,000; a restart.
CHECK = {60: 1.0, 90_000: 15.0}
RESTART_S = 3.0
# In a process of its own: what it holds is given back.
_CHECK = """
import resource, sys
from dashboard.dataset import check
assert check(sys.argv[1]).dataset is not None
used = resource.getrusage(resource.RUSAGE_SELF)
print(used.ru_utime + used.ru_stime)
"""
_NOTHING = _CHECK.replace("assert check(sys.argv[1]).dataset is not None", "")


def measure(sizes: Sequence[int]) -> Iterator[Row]:
    """Check, first start (which checks and keeps a copy) and restart of each size."""
    for villages in sizes:
        folder = samples.folder(villages)
        (folder / cache.COPY).unlink(missing_ok=True)
        imports_cpu, imports = _timed(_NOTHING, str(folder))
        cpu, seconds = _timed(_CHECK, str(folder))
        size = f"{villages:,} villages"
        yield Row("starts", f"load and check, {size}", seconds - imports, "s", CHECK.get(villages))
        yield Row("starts", f"load and check, CPU, {size}", cpu - imports_cpu, "s")
        for name, budget in (("first start until ready", None), ("restart until ready", RESTART_S)):
            with servers.dashboard(folder) as server:
                yield Row("starts", f"{name}, {size}", server.ready_s, "s", budget)


def _timed(code: str, folder: str) -> tuple[float, float]:
    """CPU seconds and seconds of a program."""
    begun = time.monotonic()
    result = subprocess.run([sys.executable, "-c", code, folder], check=True, capture_output=True, text=True)
    return float(result.stdout), time.monotonic() - begun
