"""Posts of villages as the rows of a table."""

from __future__ import annotations

import pandas as pd

from dashboard.dataset import Dataset, Selection
from dashboard.exhibits import assumption
from dashboard.exhibits.goals import wording
from dashboard.exhibits.names import area_names
from dashboard.text import Text

# Rows of such a table: more is a list for a file, not for a reader.
MOST_ROWS = 500


def where(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> dict[str, list[str]]:
    """The columns that say where: the commune, unless it alone is chosen, and the village."""
    text, names = selection.text, area_names(dataset, selection)
    communes = {text("column_short.commune"): [names[area] for area in rows["area"]]}
    return {**({} if selection.only else communes), text("column_short.village"): list(rows["name"])}


def says(row: wording.Record, text: Text) -> str:
    """The posts of one holder; the head of a village is called by its kind."""
    said = text.series([assumption.post(position, row["kind"], text) for position in row["positions"]])
    return said[:1].upper() + said[1:]
