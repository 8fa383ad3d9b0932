"""The table of what was measured: each row with its budget, and whether that is kept."""

from __future__ import annotations

import os
import platform
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

BEGIN, END = "<!-- measured -->", "<!-- end of measured -->"


@dataclass(frozen=True)
class Row:
    """One figure: `part` is the part of the bench that measured it, `budget` the most that it may be (None =
    told, not held)."""

    part: str
    what: str
    value: float
    unit: str
    budget: float | None = None

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """As written, with whether the budget is kept."""
        value = written(self.value, self.unit)
        if self.budget is None:
            return self.part, self.what, value, "", ""
        verdict = "met" if self.value <= self.budget else "**not met**"
        return self.part, self.what, value, written(self.budget, self.unit), verdict


def written(value: float, unit: str) -> str:
    """A figure with so many digits as can be told apart."""
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f"{value:.{digits}f} {unit}".strip()


def markdown(rows: Iterable[Row], missing: Sequence[str]) -> str:
    """The table for a page of the documentation, with where and when; `missing` are parts that failed."""
    lines = [
        f"Measured {date.today():%d/%m/%Y}, {os.cpu_count()} cores, Python {platform.python_version()}; "
        f"load {os.getloadavg()[1]:.1f} at the end.",
        *(f"Not measured, it failed: `{part}`." for part in missing),
        "",
        "| part | what | measured | budget | |",
        "| --- | --- | ---: | ---: | --- |",
        *("| " + " | ".join(row.cells) + " |" for row in rows),
    ]
    return "\n".join(lines)


def write(file: Path, table: str) -> None:
    """Put a table between the two marks of a page."""
    page = file.read_text("utf-8")
    between = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.DOTALL)
    file.write_text(between.sub(lambda _: f"\n{table}\n\n", page), "utf-8")
