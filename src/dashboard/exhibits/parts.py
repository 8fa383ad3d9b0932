"""Charts that cannot hold all rows: regions in the place of communes, and further rows in parts."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas
from dashboard.text import Text

# Rows of one chart; the table behind it has all.
LONGEST = 60


def drawn_by(dataset: Dataset, selection: Selection) -> Selection:
    """The selection whose lists a chart draws: by region where there are more communes than it has rows for
    and they lie in several regions; else as it is."""
    communes = selection.communes or areas.listed(dataset, selection.as_of, selection.boundaries)
    if len(communes) <= LONGEST:
        return selection
    of = areas.region_of(dataset, selection.as_of, selection.boundaries)
    several = len({of.get(commune) for commune in communes if commune != schema.OUTSIDE}) > 1
    return replace(selection, by_region=True) if several else selection


class Part(NamedTuple):
    """The rows that one chart draws: part `number` (from 1) `of` so many, and the `note` that says so."""

    rows: pd.DataFrame
    note: str = ""
    number: int = 1
    of: int = 1


def part_of(frame: pd.DataFrame, text: Text, number: int = 1) -> Part:
    """As many rows as a reader will scroll through: the part of that number, the nearest where there is none
    of it."""
    of = max(1, -(-len(frame) // LONGEST))
    number = min(max(number, 1), of)
    first, last = LONGEST * (number - 1), min(LONGEST * number, len(frame))
    if of == 1:
        note = ""
    elif number == 1:
        note = text("card.bounded", n=last, all=len(frame))
    else:
        note = text("card.bounded_part", first=first + 1, last=last, all=len(frame))
    return Part(frame.iloc[first:last], note, number, of)
