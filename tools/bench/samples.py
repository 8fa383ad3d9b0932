"""Invented data sets of the sizes that are compared, made once, and what can be asked of them."""

from __future__ import annotations

import csv
import itertools
import subprocess
import sys
from collections import Counter
from pathlib import Path

import servers
from screens import PAGES
from session_client import Session

from dashboard.registry import VILLAGE

SAMPLES = servers.ROOT / "build" / "bench"
SIZES = (60, 600, 6_000, 90_000)
_LAST_DATE = "2024-12-31"
_A_DOZEN = 12


def folder(villages: int) -> Path:
    """The data set of that size: `sample` with its usual seed."""
    target = SAMPLES / str(villages)
    if not target.exists():
        command = [sys.executable, "-m", "dashboard", "sample", "--villages", str(villages), "--out"]
        subprocess.run([*command, str(target)], cwd=servers.ROOT, check=True, stdout=subprocess.DEVNULL)
    return target


def rows(villages: int, table: str) -> list[dict[str, str]]:
    """The rows of a table of that data set."""
    with (folder(villages) / f"{table}.csv").open(encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def link_query(villages: int, page: str) -> dict[str, list[str]]:
    """What the link of a page names: a village on the page of one."""
    return {VILLAGE.key: [rows(villages, "villages")[0]["village_id"]]} if page == PAGES["village"] else {}


def page(server: servers.Server, path: str, villages: int) -> Session:
    """A page, not open yet, of a reader with more patience than a browser: a busy machine is no fault."""
    timeouts = {"run_s": servers.TIMEOUT_S, "ping_s": servers.TIMEOUT_S}
    return Session(server.address, f"/{path}", choices=link_query(villages, path), **timeouts)


def commune(villages: int) -> str:
    """The id of a commune of about a dozen villages, so that sizes compare like with like as far as they can:
    of 60 villages no commune has more than 8, of 90,000 none fewer than 17."""
    sizes = _villages_of_communes(villages)
    return min(sizes, key=lambda commune: abs(sizes[commune] - _A_DOZEN))


def some_communes(villages: int, together: int) -> list[str]:
    """The ids of the first communes that hold about so many villages `together`: as much at every size."""
    sizes = _villages_of_communes(villages)
    totals = list(itertools.accumulate(sizes.values()))
    return list(sizes)[: 1 + min(range(len(totals)), key=lambda place: abs(totals[place] - together))]


def _villages_of_communes(villages: int) -> Counter[str]:
    """How many villages each commune has, in the order of the file."""
    return Counter(row["commune_id"] for row in rows(villages, "villages"))


def communes(villages: int) -> tuple[str, ...]:
    """The names of the communes of the last date, without what kind they are."""
    return tuple(
        row["name"]
        for row in rows(villages, "communes")
        if row["valid_from"] <= _LAST_DATE <= (row["valid_to"] or _LAST_DATE)
    )
