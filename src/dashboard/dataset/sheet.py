"""A table between reading and checking: its values, its cells as written, and what is already known wrong."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType

import numpy as np
import pandas as pd

from dashboard import schema
from dashboard.dataset.problems import Problem, shown

Values = Mapping[str, object]
# How frames hold text. The many rows of a data set, in columns that are read: as Arrow does, in a fraction of
# the memory. Every other frame of this process, the few rows of a page: as Python does, since each look at a
# cell of Arrow's, and each small frame made of it, costs so much that a page takes half as long again.
TEXT = pd.StringDtype("pyarrow", na_value=np.nan)
pd.set_option("mode.string_storage", "python")


@dataclass(frozen=True, eq=False)
class Sheet:
    """One table as read.

    `frame` has the columns of the table as values, `raw` the same cells as text; both are indexed by row
    number as a spreadsheet shows it (the header is row 1). `invalid` holds, per column, the rows whose cell
    was already reported: such a cell is blank in `frame`. `rejected` rows could not be cut into cells and are
    in neither frame.
    """

    table: schema.Table
    frame: pd.DataFrame
    raw: pd.DataFrame
    rejected: int = 0
    invalid: Mapping[str, pd.Index[int]] = field(default_factory=dict)

    def valid(self, *columns: str) -> pd.DataFrame:
        """The rows in which none of these columns has an invalid cell."""
        bad = [self.invalid[column] for column in columns if column in self.invalid]
        return self.frame.drop(index=pd.Index(set().union(*bad))) if bad else self.frame

    def with_invalid(self, column: str, rows: pd.Index[int]) -> Sheet:
        """The same sheet after the cells of `rows` in `column` were reported."""
        if rows.empty:
            return self
        frame = self.frame.copy()
        blank = "" if frame[column].dtype == "str" else pd.NA
        frame[column] = frame[column].mask(frame.index.isin(rows), blank)
        invalid = self.invalid[column].union(rows) if column in self.invalid else rows
        return replace(self, frame=frame, invalid={**self.invalid, column: invalid})

    def unknown_keys(self, column: str) -> int:
        """How many values of a column are unknown, because the cell is invalid or the row rejected."""
        return self.rejected + len(self.invalid.get(column, ()))

    def problem(
        self, rule: str, column: str, row: Hashable, *, warning: bool = False, more: int = 0, **values: object
    ) -> Problem:
        """What is wrong with one cell."""
        number, cell = int(str(row)), shown(str(self.raw.at[row, column]))
        return Problem(rule, self.table.file, number, column, cell, warning, more, values)

    def problems(
        self,
        rule: str,
        column: str,
        rows: pd.Index[int],
        values: Values | Callable[[int], Values] = MappingProxyType({}),
        *,
        warning: bool = False,
    ) -> list[Problem]:
        """The same for many rows: one problem per text written, at its first row, which fills `values`."""
        return [
            self.problem(
                rule, column, row, warning=warning, more=more, **(values(row) if callable(values) else values)
            )
            for row, more in self.firsts(column, rows, warning=warning).items()
        ]

    def firsts(self, column: str, rows: pd.Index[int], *, warning: bool) -> dict[int, int]:
        """The rows that are reported, each with how many others have the same text."""
        if rows.empty:
            return {}
        cells = self.raw.loc[rows, column].str.strip()
        more = cells.value_counts(sort=False) - 1
        return {row: int(more[cells[row]]) for row in cells.index[~cells.duplicated()]}


def as_text(table: schema.Table, frame: pd.DataFrame) -> pd.DataFrame:
    """The cells of a checked table as its CSV file writes them, whatever form they came in."""
    return pd.DataFrame({column.name: _cells_as_text(column, frame[column.name]) for column in table.columns})


def _cells_as_text(column: schema.Column, values: pd.Series) -> pd.Series:
    cells = values.astype("str").where(values.notna(), "")
    if column.kind is schema.Kind.FLAG:
        return cells.str.lower()
    if column.kind is schema.Kind.NUMBER:
        return cells.str.removesuffix(".0")
    return cells
