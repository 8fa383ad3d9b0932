"""The rows of a chart by commune: what is chosen among its peers, regions, parts of many rows, and orders."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from dashboard import schema
from dashboard.charts.model import Orders
from dashboard.dataset import Dataset, Selection, areas, memoize, select
from dashboard.text import Text

# Rows of one chart; the table behind it has all.
LONGEST = 60
# Fewer rows are seen at a glance: they need no sorting.
_FEWEST = 3


@memoize(size=256)
def among(dataset: Dataset, selection: Selection) -> Selection:
    """The selection whose lists show what is chosen among the other communes: all of them, or where they are
    too many for a chart those of its region. Where nothing is chosen, or too many, its regions if it lies in
    several; else as it is."""
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    if len(listed) <= LONGEST:
        return everything(dataset, selection) if selection.communes else selection
    region = areas.region_of(dataset, selection.as_of, selection.boundaries)
    communes = [commune for commune in selection.communes or listed if commune != schema.OUTSIDE]
    regions = {region.get(commune) for commune in communes}
    if selection.communes and len(regions) == 1:
        inside = areas.regions(dataset, selection.as_of, selection.boundaries)
        beside = inside.get(regions.pop() or "", ())
        if 1 < len(beside) <= LONGEST:
            return replace(everything(dataset, selection), communes=tuple(beside))
        return selection
    many = len(selection.communes or listed) > LONGEST
    return replace(selection, by_region=True) if many and len(regions) > 1 else selection


def of_squares(dataset: Dataset, selection: Selection) -> Selection:
    """The same for rows of one square per village: of one commune its regions, where it has several."""
    regions = areas.regions(dataset, selection.as_of, selection.boundaries)
    if dataset.by_village and len(regions) > 1:
        return replace(everything(dataset, selection), by_region=True)
    return among(dataset, selection)


def everything(dataset: Dataset, selection: Selection) -> Selection:
    """The same choice of all communes and the district bodies."""
    as_of = selection.as_of or None
    whole = select(dataset, (), as_of, selection.boundaries, selection.lang, scenario=selection.scenario)
    return replace(whole, since=selection.since)


def marked(drawn: Selection, selection: Selection) -> set[str]:
    """The areas to be marked in a list of what is `drawn`; none where that is just what is chosen."""
    return set() if drawn.communes == selection.communes else set(selection.communes)


def whole_name(dataset: Dataset, selection: Selection) -> str:
    """What the row of all together is called: of a reader of some communes it is those."""
    return selection.text("chart.whole" if dataset.scope is None else "scope.everything")


class Part(NamedTuple):
    """The rows that one chart draws: part `number` (from 1) `of` so many, and the `note` that says so."""

    rows: pd.DataFrame
    note: str = ""
    number: int = 1
    of: int = 1


def part_of(frame: pd.DataFrame, text: Text, number: int = 1) -> Part:
    """As many rows as a reader will scroll through: the part of that number, or the nearest."""
    rows, number, of = bounds(len(frame), number)
    note = ""
    if of > 1:
        key = "card.bounded" if number == 1 else "card.bounded_part"
        note = text(key, n=rows.stop, first=rows.start + 1, last=rows.stop, all=len(frame))
    return Part(frame.iloc[rows], note, number, of)


def bounds(rows: int, number: int) -> tuple[slice, int, int]:
    """The rows of a part of so many, its number (or the nearest), and how many parts there are."""
    of = max(1, -(-rows // LONGEST))
    number = min(max(number, 1), of)
    return slice(LONGEST * (number - 1), min(LONGEST * number, rows)), number, of


def orders(text: Text, stand: str, **by: Sequence[float]) -> Orders | None:
    """The order in which the rows `stand`, and further ones by a value for each row, the smallest first; each
    by its name in `text`. None for a few rows."""
    rows = len(next(iter(by.values()), ()))
    if rows < _FEWEST:
        return None
    places = {stand: tuple(range(rows))}
    places |= {name: tuple(sorted(range(rows), key=values.__getitem__)) for name, values in by.items()}
    return Orders(text("order.label"), tuple((text(f"order.{name}"), rank) for name, rank in places.items()))


def ranks(dataset: Dataset, selection: Selection, shown: Sequence[str]) -> list[int]:
    """The place of each area in the official order; regions and what is not listed keep their order."""
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    place = {area: n for n, area in enumerate(listed)}
    return [place.get(area, len(place)) for area in shown]
