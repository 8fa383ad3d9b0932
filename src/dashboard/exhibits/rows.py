"""Rows of frames as plain values."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pandas as pd

Record = dict[str, Any]


def records(frame: pd.DataFrame) -> list[Record]:
    """The rows of a frame as mappings by column."""
    # `to_dict` looks at the type of every cell.
    names = [str(name) for name in frame.columns]
    return [dict(zip(names, row, strict=True)) for row in columns(frame, *frame.columns)]


def columns(frame: pd.DataFrame, *names: str) -> Iterator[tuple[Any, ...]]:
    """The cells of these columns, row by row; several times as fast as `itertuples` for a few rows."""
    return zip(*(frame[name].tolist() for name in names), strict=True)


def or_none(value: object) -> int | None:
    """A count as a plain number; None for a missing one."""
    return None if pd.isna(value) else int(value)  # type: ignore[call-overload]
