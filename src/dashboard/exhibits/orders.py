"""The ways in which a reader may sort the rows of a chart."""

from __future__ import annotations

from collections.abc import Sequence

from dashboard.charts.model import Orders
from dashboard.dataset import Dataset, Selection, areas
from dashboard.text import Text

# Fewer rows are seen at a glance.
_FEWEST = 3


def orders(text: Text, stand: str, **by: Sequence[float]) -> Orders | None:
    """The order in which the rows `stand`, and further ones by a value for each row, the smallest first; each
    by its name in `text`. None for a few rows."""
    rows = len(next(iter(by.values()), ()))
    if rows < _FEWEST:
        return None
    places = {stand: tuple(range(rows))}
    places |= {name: tuple(sorted(range(rows), key=values.__getitem__)) for name, values in by.items()}
    return Orders(
        text("order.label"), tuple((text(f"order.{name}"), found) for name, found in places.items())
    )


def ranks(dataset: Dataset, selection: Selection, found: Sequence[str]) -> list[int]:
    """The place of each area in the official order; regions and what is not listed stand as they do."""
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    place = {area: n for n, area in enumerate(listed)}
    return [place.get(area, len(place)) for area in found]
