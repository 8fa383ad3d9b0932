"""Areas and villages by name, what became of villages, and the pages that a click on a name opens."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas
from dashboard.measures.periods import Event
from dashboard.text import Text

# Opens the page that is shown, of a commune or region.
AREA = "area"


def area_names(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """Every area of the filter list by its name, the regions too where they are the rows of its lists."""
    choice = (selection.as_of, selection.boundaries, selection.text)
    names = areas.labels(dataset, *choice)
    return {**names, **areas.region_names(dataset, *choice)} if selection.by_region else names


def row_names(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """The same for the rows of a list, where the district bodies are named in short."""
    return area_names(dataset, selection) | {schema.OUTSIDE: selection.text("code.outside_short")}


def then_names(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """The communes of the chosen date by name, under any boundaries: they tell villages apart."""
    return areas.labels(dataset, selection.as_of, areas.BOUNDARIES[0], selection.text)


def opening(page: str, ids: Iterable[str]) -> list[str]:
    """What a click on each row opens (see `link`)."""
    return [link(page, one) for one in ids]


def link(page: str, one: str) -> str:
    """What a click opens: the page of a "commune" or a "village" of that id, or with "area" the same page of
    that commune. A region opens the same page of it, whatever is asked. The district bodies, communes without
    a region, and no id have none: ""."""
    if one in ("", schema.OUTSIDE, schema.REGION):
        return ""
    return f"{AREA if one.startswith(schema.REGION) else page}:{one}"


def became(dataset: Dataset, events: Iterable[Event], text: Text, only: str | None = None) -> list[str]:
    """A sentence for each event in the life of villages, named with their commune, unless it is `only`."""
    return [_became(dataset, event, text, only) for event in events]


def _became(dataset: Dataset, event: Event, text: Text, only: str | None) -> str:
    own = str(dataset.villages["commune_id"].array[event.row])
    lies_in = event.others[0] if event.kind == "moved" else event.row
    return text(
        f"village.period.{event.kind}",
        name=_village(dataset, event.row, text, only),
        others=text.series([_village(dataset, row, text, own) for row in event.others]),
        commune=commune_of(dataset, lies_in, text),
        date=text.date(event.day),
    )


def _village(dataset: Dataset, row: int, text: Text, only: str | None) -> str:
    name = str(dataset.villages["name"].array[row])
    if dataset.villages["commune_id"].array[row] == only:
        return name
    return text("takeaway.in_commune", name=name, commune=commune_of(dataset, row, text))


def commune_of(dataset: Dataset, row: int, text: Text) -> str:
    """The commune of a row of `dataset.villages` as it was called then, whatever became of it."""
    own = dataset.villages["commune_id"].array[row]
    place = dataset.communes["commune_id"].to_list().index(own)
    kind, name = (dataset.communes[column].array[place] for column in ("kind", "name"))
    return text(f"code.commune_kind.{kind}", name=name)
