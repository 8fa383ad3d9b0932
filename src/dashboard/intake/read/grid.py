"""The cells of a file as text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

# What one sheet may hold: three times the villages of the largest province, and every column of a form.
MOST_ROWS = 20_000
MOST_COLUMNS = 100


class RefusedError(Exception):
    """A file cannot be read at all; `rule` names the sentence ``intake.rule.NAME``, `values` fill it."""

    def __init__(self, rule: str, **values: object) -> None:
        super().__init__(rule)
        self.rule = rule
        self.values = values


@dataclass(frozen=True)
class Grid:
    """One sheet: rows of text, counted from the first one of the sheet; `faults` names the cells without a
    value that can be used, by the rule they break."""

    name: str
    rows: tuple[tuple[str, ...], ...]
    faults: Mapping[tuple[int, int], str] = field(default_factory=dict)


@dataclass(frozen=True)
class Book:
    """A file: its kind ("xlsx", "xls", "ods", "csv"), its sheets, and what its reader should know."""

    kind: str
    grids: tuple[Grid, ...]
    notices: tuple[str, ...] = ()
