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
    def verdict(self) -> str:
        """Whether the budget is kept; "" without one."""
        if self.budget is None:
            return ""
        return "met" if self.value <= self.budget else "**not met**"

    @property
    def cells(self) -> tuple[str, str, str, str, str]:
        """As written."""
        budget = "" if self.budget is None else written(self.budget, self.unit)
        return self.part, self.what, written(self.value, self.unit), budget, self.verdict


def written(value: float, unit: str) -> str:
    """A figure with so many digits as can be told apart."""
    digits = 2 if abs(value) < 10 else 1 if abs(value) < 100 else 0
    return f"{value:.{digits}f} {unit}".strip()


def said(rows: Sequence[Row]) -> str:
    """The table to read on a terminal."""
    lines = [("part", "what", "measured", "budget", ""), *(row.cells for row in rows)]
    widths = [max(len(line[column]) for line in lines) for column in range(5)]
    right = (2, 3)
    return "\n".join(
        "  ".join(
            cell.rjust(width) if column in right else cell.ljust(width)
            for column, (cell, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


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


def of_budgets(rows: Iterable[Row]) -> list[Row]:
    """The rows that a page of results tells: those with a budget."""
    return [row for row in rows if row.budget is not None]


def write(file: Path, table: str) -> None:
    """Put a table between the two marks of a page."""
    page = file.read_text("utf-8")
    between = re.compile(f"(?<={re.escape(BEGIN)}\n).*?(?={re.escape(END)})", re.DOTALL)
    file.write_text(between.sub(lambda _: f"\n{table}\n\n", page), "utf-8")
