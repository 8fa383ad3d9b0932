"""A choice among its peers: what is chosen is marked, not cut out."""

from __future__ import annotations

from dataclasses import replace

from dashboard import schema
from dashboard.dataset import Dataset, Selection, areas, remembered, select
from dashboard.exhibits.parts import LONGEST, drawn_by


@remembered(size=256)
def among(dataset: Dataset, selection: Selection) -> Selection:
    """The selection whose lists show what is chosen among the other communes: all of them, or where they are
    too many for a chart those of the chosen one's region. Where nothing is chosen, or the chosen ones are too
    many themselves, what a chart of it draws (`drawn_by`)."""
    if selection.everything:
        return drawn_by(dataset, selection)
    whole = everything(dataset, selection)
    listed = areas.listed(dataset, selection.as_of, selection.boundaries)
    if len(listed) <= LONGEST:
        return whole
    of = areas.region_of(dataset, selection.as_of, selection.boundaries)
    regions = {of.get(commune) for commune in selection.communes if commune != schema.OUTSIDE}
    inside = areas.regions(dataset, selection.as_of, selection.boundaries)
    beside = inside.get(next(iter(regions)) or "", ()) if len(regions) == 1 else ()
    if 1 < len(beside) <= LONGEST:
        return replace(whole, communes=tuple(beside))
    return drawn_by(dataset, selection)


def everything(dataset: Dataset, selection: Selection) -> Selection:
    """The same choice of all communes and the district bodies."""
    as_of = selection.as_of or None
    whole = select(dataset, (), as_of, selection.boundaries, selection.lang, scenario=selection.scenario)
    return replace(whole, since=selection.since)


def chosen(selection: Selection, area: str) -> bool:
    """Whether an area of a list is one of those that are chosen; never where everything is."""
    return area in selection.communes


def whole_name(dataset: Dataset, selection: Selection) -> str:
    """What the row of all together is called: of a reader of some communes it is those."""
    return selection.text("chart.whole" if dataset.scope is None else "scope.everything")
