"""Rows of a chart that is too long: which stand together in which column beside each other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

# Columns may be this much longer if no village is cut off from its commune.
_WORTH = 1.2


@dataclass(frozen=True)
class Rows:
    """Where the rows of a chart may be broken, by their place from 0.

    A column begins with one of `starts`; only if that makes it too long with one of `weak`, too. `head` are
    repeated on top of each further column, and of `groups` the last one above it.
    """

    n: int
    starts: tuple[int, ...]
    weak: tuple[int, ...] = ()
    head: tuple[int, ...] = ()
    groups: tuple[int, ...] = ()

    def repeated(self, start: int) -> tuple[int, ...]:
        """The rows repeated above a column that begins with row `start`."""
        if start == 0:
            return ()
        group = [row for row in self.groups if row < start][-1:] if start not in self.groups else []
        return (*self.head, *group)

    def columns(self, most: int) -> list[range]:
        """At most `most` runs of rows, about equally long, the longest of them as short as it can be."""
        strong = self._balanced(most, (0, *self.starts))
        if not self.weak:
            return strong
        weak = self._balanced(most, (0, *self.starts, *self.weak))
        return strong if self.longest(strong) <= _WORTH * self.longest(weak) else weak

    def longest(self, columns: Sequence[range]) -> int:
        """Rows of the longest column, repeated ones included."""
        return max(len(column) + len(self.repeated(column.start)) for column in columns)

    def _balanced(self, most: int, starts: Sequence[int]) -> list[range]:
        """Columns filled up to a length: the shortest length that does with `most` columns."""
        starts = sorted(set(starts))
        for length in range(-(-self.n // most), self.n + 1):
            columns = self._filled(length, starts)
            if len(columns) <= most and self.longest(columns) <= length:
                return columns
        return [range(self.n)]

    def _filled(self, length: int, starts: Sequence[int]) -> list[range]:
        """Each column as full as `length` allows."""
        columns = []
        begin = 0
        while begin < self.n:
            room = begin + length - len(self.repeated(begin))
            if self.n <= room:
                end = self.n
            else:
                end = max((start for start in starts if begin < start <= room), default=0)
                end = end or min((start for start in starts if start > begin), default=self.n)
            columns.append(range(begin, end))
            begin = end
        return columns


def rows_of(frame: pd.DataFrame) -> Rows:
    """Where the rows of a chart's frame may be broken: where a name begins; the matrix between communes."""
    first = frame.drop_duplicates("row").sort_values("row").reset_index(drop=True)
    every = tuple(range(len(first)))
    if "kind" not in first:
        return Rows(len(first), tuple(row for row in every if first["name"][row]))
    groups = tuple(row for row in every if first["kind"][row] == "commune")
    return Rows(
        len(first),
        groups,
        # Not below the name of a commune: it would stand alone at the foot of a column.
        weak=tuple(row for row in every if row - 1 not in groups and row > 1),
        head=tuple(row for row in every if first["kind"][row] == "heading"),
        groups=groups,
    )
