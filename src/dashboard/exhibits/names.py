"""Areas and villages by name, what became of villages, and the pages that a click on a name opens."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

import pandas as pd

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, village_names, villages
from dashboard.measures.periods import Event

# Opens the page that is shown, of a commune or region.
AREA = "area"


def area_names(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """Every area of the filter list by its name, the regions too where they are the rows of its lists or head
    lists of villages (see `heading`)."""
    choice = (selection.as_of, selection.boundaries, selection.text)
    names = areas.labels(dataset, *choice)
    if not selection.by_region and not dataset.by_village:
        return names
    return {**names, "": "", **areas.region_names(dataset, *choice)}


def heading(dataset: Dataset, selection: Selection, area: str) -> str:
    """What villages of an area are listed under: the area itself; of one commune, of which each village
    is an area, the region that they come from, "" where there is none."""
    if not dataset.by_village:
        return area
    return areas.region_of(dataset, selection.as_of, selection.boundaries).get(area, "")


def row_names(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """The same for the rows of a list, where the district bodies are named in short."""
    return area_names(dataset, selection) | {schema.OUTSIDE: selection.text("code.outside_short")}


def then_names(dataset: Dataset, selection: Selection) -> dict[str, str]:
    """The communes of the chosen date by name, under any boundaries: they tell villages apart."""
    text, day = selection.text, areas.day_of(dataset, selection.as_of, selection.boundaries)
    names = area_names(dataset, then(selection))
    former = areas.former_names(dataset, day, text)
    return names | former if former else names


def village(dataset: Dataset, selection: Selection, row: int) -> str:
    """The village in a row of `dataset.villages`, told apart from others of its name in the commune that it
    counts under."""
    (name,) = village_names.shown(dataset, selection.as_of, selection.boundaries, selection.text, [row])
    return name


def named_villages(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> pd.DataFrame:
    """Rows of villages in force (`village_id`) with that as their `name`, and as their `area` what they are
    listed under (see `heading`), whose name is not repeated."""
    row_of = villages.by_id(dataset, selection.as_of)
    shown = [row_of[village] for village in rows["village_id"]]
    names = village_names.shown(dataset, selection.as_of, selection.boundaries, selection.text, shown)
    if not dataset.by_village:
        return rows.assign(name=names)
    under = [heading(dataset, selection, area) for area in rows["village_id"]]
    labels = area_names(dataset, selection)
    names = [name.removesuffix(f" ({labels[area]})") for name, area in zip(names, under, strict=True)]
    return rows.assign(name=names, **dict.fromkeys({"area", "commune"} & {*rows.columns}, under))


def named_cells(dataset: Dataset, selection: Selection, rows: pd.DataFrame) -> pd.DataFrame:
    """Organisations, cells of one `name` with what tells their villages apart."""
    twice = rows["name"].duplicated(keep=False) & (rows["village_id"] != "")
    if not twice.any():
        return rows
    row_of, text = villages.by_id(dataset, selection.as_of), selection.text
    marks = village_names.marks(dataset, selection.as_of, selection.boundaries, text)
    names = [
        village_names.marked(name, marks[row_of[village]], text) if alike and village in row_of else name
        for name, village, alike in zip(rows["name"], rows["village_id"], twice, strict=True)
    ]
    return rows.assign(name=names)


def with_commune(dataset: Dataset, selection: Selection, row: int, commune: str) -> str:
    """ "Thôn 1 (Xã Hương Sơn)": the same with the commune that it counts under in words: the one place where
    the two are joined."""
    name = str(dataset.villages["name"].array[row])
    if dataset.by_village:
        return name
    mark = village_names.marks(dataset, selection.as_of, selection.boundaries, selection.text)[row]
    return village_names.marked(name, mark, selection.text, commune)


def link(page: str, place_id: str) -> str:
    """What a click opens: the page of a "commune" or a "village" of that id, or with "area" the same page of
    that commune. A region opens the same page of it, whatever `page`. The district bodies, communes without
    a region, and no id have none: ""."""
    if place_id in ("", schema.OUTSIDE, schema.REGION):
        return ""
    return f"{AREA if place_id.startswith(schema.REGION) else page}:{place_id}"


def then(selection: Selection) -> Selection:
    """The same choice under the boundaries of its date."""
    return replace(selection, boundaries=areas.BOUNDARIES[0])


def when(dataset: Dataset, selection: Selection, row: int) -> Selection:
    """The same on the day, nearest to its date, on which a row of `dataset.villages` is in force."""
    begun, ended = (str(dataset.villages[name].array[row]) for name in ("valid_from", "valid_to"))
    day = max(selection.as_of, begun)
    return replace(then(selection), as_of=min(day, ended) if ended else day)


def became(
    dataset: Dataset, events: Iterable[Event], selection: Selection, only: str | None = None
) -> list[str]:
    """A sentence for each event in the life of villages, named with their commune, unless it is `only`."""
    return [_became(dataset, event, replace(selection, as_of=event.day), only) for event in events]


def _became(dataset: Dataset, event: Event, on_the_day: Selection, only: str | None) -> str:
    text, (own, commune) = on_the_day.text, commune_of(dataset, on_the_day, event.row)
    if event.kind == "moved":
        _, commune = commune_of(dataset, on_the_day, event.others[0])
    return text(
        f"village.period.{event.kind}",
        name=village_of_then(dataset, on_the_day, event.row, only),
        others=text.series([village_of_then(dataset, on_the_day, row, own) for row in event.others]),
        commune=commune,
        date=text.date(event.day),
    )


def village_of_then(dataset: Dataset, selection: Selection, row: int, only: str | None = None) -> str:
    """A village as it is called at a date, or was or will be nearest to it, with its commune unless that is
    `only`."""
    day, (own, commune) = when(dataset, selection, row), commune_of(dataset, selection, row)
    return village(dataset, day, row) if own == only else with_commune(dataset, day, row, commune)


def commune_of(dataset: Dataset, selection: Selection, row: int) -> tuple[str, str]:
    """The commune that a row of `dataset.villages` counts under then, its id and what it is called."""
    day = when(dataset, selection, row)
    into = areas.successor(dataset, day.as_of, day.boundaries)
    commune = into[dataset.villages["commune_id"].array[row]]
    if former := areas.former_names(dataset, selection.as_of, selection.text).get(commune):
        return commune, former
    place = dataset.communes["commune_id"].to_list().index(commune)
    kind, name = (dataset.communes[column].array[place] for column in ("kind", "name"))
    return commune, selection.text(f"code.commune_kind.{kind}", name=name)
