"""Areas by name, and the pages that a click on them opens."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas

# Opens the page that is shown, of a commune or region.
AREA = "area"


def area_names(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """Every area of the filter list by its name in the reader's language, the regions too where they are the
    rows of its lists."""
    choice = (selection.as_of, selection.boundaries, selection.text)
    names = areas.labels(dataset, *choice)
    return {**names, **areas.region_names(dataset, *choice)} if selection.by_region else names


def opening(page: str, ids: Iterable[str]) -> list[str]:
    """What a click on each row opens: the page of a "commune" or a "village" of that id, or with "area" the
    same page of that commune. A region opens the same page of it, whatever is asked. The district bodies and
    communes without a region have none: ""."""
    return [
        ""
        if one in (schema.OUTSIDE, schema.REGION)
        else f"{AREA if one.startswith(schema.REGION) else page}:{one}"
        for one in ids
    ]
