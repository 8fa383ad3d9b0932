"""Rows of counts as the segments of stacked bars."""

from __future__ import annotations

import pandas as pd


def segments(rows: pd.DataFrame, parts: dict[str, str]) -> pd.DataFrame:
    """One row per segment of a stacked bar: for every row of `rows` its columns `parts` (as written), and
    its `key` where it has one."""
    # Plain lists: a few rows are put in order by pandas in twenty times as long.
    kept = [name for name in ("name", "says", "key") if name in rows]
    columns = {name: rows[name].tolist() for name in (*kept, *parts)}
    found = []
    for row in range(len(rows)):
        start = 0
        said = {name: columns[name][row] for name in kept}
        for part, written in parts.items():
            count = columns[part][row]
            if count > 0:
                end = start + count
                place = {
                    "part": written,
                    "count": count,
                    "start": start,
                    "middle": end - count / 2,
                    "end": end,
                }
                found.append({"row": row, **said, **place})
                # A bar is named once, at its first segment.
                said |= {"name": "", "says": ""}
                start = end
    names = ["row", *kept, "part", "count", "start", "middle", "end"]
    return pd.DataFrame({name: [segment[name] for segment in found] for name in names})
