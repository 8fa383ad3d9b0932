"""What differs between two data sets, row by row."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset
from dashboard.dataset.sheet import as_text
from dashboard.store.history import read
from dashboard.store.model import Store


@dataclass(frozen=True, eq=False)
class TableDifference:
    """One table of `schema`, its rows told apart by key; rows are in the order of the keys.

    `new` (only in the later data) and `missing` (only in the earlier) have the table's columns, one row per
    row, cells as text as a CSV writes them. `changed` has one row per changed cell: the key columns,
    `column`, `before`, `after`; a row with three changed cells is there three times.
    """

    table: schema.Table
    new: pd.DataFrame
    missing: pd.DataFrame
    changed: pd.DataFrame

    @property
    def changed_rows(self) -> int:
        """How many rows have a changed cell."""
        return len(self.changed[list(self.table.key)].drop_duplicates())

    def __bool__(self) -> bool:
        return bool(len(self.new) or len(self.missing) or len(self.changed))


@dataclass(frozen=True, eq=False)
class Difference:
    """What differs: `about` are the changed entries of dataset.toml as (entry, before, after); `tables` has
    every table of `schema` in its order, also those without a difference (they are false)."""

    about: tuple[tuple[str, str, str], ...]
    tables: tuple[TableDifference, ...]

    def __bool__(self) -> bool:
        return bool(self.about) or any(self.tables)


def compare(store: Store, before: int, after: int) -> Difference:
    """What differs between two versions of a store, by their numbers."""
    return difference(read(store, before), read(store, after))


def difference(before: Dataset, after: Dataset) -> Difference:
    """What differs between two data sets. The order of rows and the form of a cell are no difference."""
    entries = (*schema.ABOUT_REQUIRED, *schema.ABOUT_OPTIONAL, *schema.ABOUT_IN_ENGLISH)
    about = [(name, before.about.entry(name), after.about.entry(name)) for name in entries]
    tables = [
        _table(table, *(getattr(data, table.name) for data in (before, after))) for table in schema.TABLES
    ]
    return Difference(tuple(entry for entry in about if entry[1] != entry[2]), tuple(tables))


def _table(table: schema.Table, before: pd.DataFrame, after: pd.DataFrame) -> TableDifference:
    key = list(table.key)
    old, new = (as_text(table, frame).set_index(key, drop=False) for frame in (before, after))
    return TableDifference(
        table=table,
        new=new[~new.index.isin(old.index)].sort_index().reset_index(drop=True),
        missing=old[~old.index.isin(new.index)].sort_index().reset_index(drop=True),
        changed=_changed(table, old, new),
    )


def _changed(table: schema.Table, old: pd.DataFrame, new: pd.DataFrame) -> pd.DataFrame:
    both = old.index[old.index.isin(new.index)].sort_values()
    old, new = old.loc[both], new.loc[both]
    cells = []
    for column in table.column_names:
        differs = (old[column] != new[column]).to_numpy()
        if differs.any():
            cell = old.loc[differs, list(table.key)].reset_index(drop=True)
            cells.append(
                cell.assign(
                    column=column,
                    before=old.loc[differs, column].to_numpy(),
                    after=new.loc[differs, column].to_numpy(),
                )
            )
    columns = [*table.key, "column", "before", "after"]
    result = pd.concat(cells) if cells else pd.DataFrame(columns=columns, dtype="str")
    return result.sort_values(list(table.key), kind="stable").reset_index(drop=True)
