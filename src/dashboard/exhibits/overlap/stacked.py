"""Rows of counts as the segments of stacked bars."""

from __future__ import annotations

import pandas as pd


def segments(rows: pd.DataFrame, parts: dict[str, str]) -> pd.DataFrame:
    """One row per segment of a stacked bar: for every row of `rows` its columns `parts` (as written), and
    its `key` where it has one."""
    kept = [name for name in ("row", "name", "says", "key") if name == "row" or name in rows]
    long = rows.assign(row=range(len(rows))).melt(kept, list(parts), "part", "count")
    long["place"] = long["part"].map({name: i for i, name in enumerate(parts)})
    long = long[long["count"] > 0].sort_values(["row", "place"])
    end = long.groupby("row")["count"].cumsum()
    again = long["row"].duplicated()
    long[["name", "says"]] = long[["name", "says"]].mask(again, "")
    return long.assign(
        part=long["part"].map(parts), start=end - long["count"], middle=end - long["count"] / 2, end=end
    ).drop(columns="place")
