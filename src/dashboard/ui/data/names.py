"""Rows of a table by what a reader calls them: "31/12/2024 · Thôn 3, Hương Sơn · trưởng thôn"."""

from __future__ import annotations

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset
from dashboard.text import Text

# The table that names an id.
_NAMED = {"commune_id": "communes", "village_id": "villages", "org_id": "organizations"}


def rows(table: schema.Table, frame: pd.DataFrame, dataset: Dataset, text: Text) -> list[str]:
    """Each row of `frame` (which has the key columns of `table`) by its name; an id that the data do not
    name stands as it is, a blank part of the key is left out."""
    written = [_cells(key, frame[key].tolist(), dataset, text) for key in table.key]
    return [" · ".join(filter(None, parts)) for parts in zip(*written, strict=True)]


def _cells(key: str, values: list[str], dataset: Dataset, text: Text) -> list[str]:
    if key in ("as_of", "valid_from"):
        return [text.date(value) for value in values]
    if key == "position":
        return [text(f"code.position.{value}") for value in values]
    if key not in _NAMED:
        return values
    frame = getattr(dataset, _NAMED[key])
    frame = frame[frame[key].isin(values)]
    found = dict(zip(frame[key], frame["name"], strict=True))
    if key == "village_id":
        communes = dict(zip(dataset.communes["commune_id"], dataset.communes["name"], strict=True))
        where = zip(frame[key], frame["commune_id"], strict=True)
        found = {village: f"{found[village]}, {communes[commune]}" for village, commune in where}
    return [found.get(value, value) for value in values]
