"""The bytes of a file that came in → its cells as text, or why it is refused."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from pathlib import Path
from typing import Any

from dashboard.intake.read import bounds, separated
from dashboard.intake.read.grid import Book, Grid, RefusedError

__all__ = ["Book", "Grid", "RefusedError", "book", "in_child"]

_CHILD = Path(__file__).with_name("child.py")
# Parsing stops after so long; a workbook of all Vietnamese villages would take a third of it.
PATIENCE_S = 9
# What a process that used up its processor time ends with; Windows knows no such end.
_OUT_OF_TIME = -signal.SIGXCPU if hasattr(signal, "SIGXCPU") else None


def book(data: bytes, name: str) -> Book:
    """The cells of a workbook (xlsx, xls, ods) or a CSV file; `RefusedError` where it cannot be read.

    What kind of file it is, its bytes say, not its name. Workbooks are parsed in a process of their own,
    with limits on memory and time: a few bytes can ask for a grid of 17 thousand million cells.
    """
    kind = bounds.kind(data)
    if kind == "csv":
        return separated.book(data, name)
    found = json.loads(in_child({"work": "read", "kind": kind}, data))
    if "refused" in found:
        raise RefusedError(found["refused"], **found["values"])
    grids = tuple(_grid(sheet) for sheet in found["sheets"])
    return Book(kind, grids, tuple(found["notices"]))


def _grid(sheet: dict[str, Any]) -> Grid:
    rows = tuple(tuple(row) for row in sheet["rows"])
    return Grid(sheet["name"], rows, {(row, column): rule for row, column, rule in sheet["faults"]})


def in_child(order: dict[str, Any], data: bytes) -> bytes:
    """What the child answers to an order; `RefusedError` where it dies or takes too long."""
    asked = json.dumps(order).encode() + b"\n" + data
    try:
        # By its file, not as a module: the child then imports nothing of the dashboard and starts at once.
        done = subprocess.run(  # nosec B603 # a fixed command, no shell
            [sys.executable, "-P", str(_CHILD)],
            input=asked,
            capture_output=True,
            timeout=PATIENCE_S,
            check=False,
        )
    except subprocess.TimeoutExpired:
        raise RefusedError("too_slow") from None
    if done.returncode == _OUT_OF_TIME:
        raise RefusedError("too_slow")
    if done.returncode != 0:
        raise RefusedError("too_heavy")
    return done.stdout
