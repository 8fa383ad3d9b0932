"""The note on communes that were divided: where their villages and their organisations count."""

from __future__ import annotations

from dashboard.dataset import Dataset, Selection, areas, villages
from dashboard.exhibits import reported

# More communes than these are counted, not named.
_NAMED = 5
# Exhibits of a village or of the data set show no commune; these show earlier dates too.
_NOT_OF_COMMUNES = ("village.", "data.", "reconciliation.")
_OF_EARLIER = ("changes.", "overview.", "goals.path", "over_time")


def note(dataset: Dataset, selection: Selection, name: str) -> str:
    """A sentence or two on the divided communes whose villages an exhibit counts in the communes of a later
    day; "" for none."""
    if name.startswith(_NOT_OF_COMMUNES):
        return ""
    dates = [selection.as_of]
    if any(part in name for part in _OF_EARLIER):
        dates += [date for date in dataset.dates if date < selection.as_of]
    text = selection.text
    own: dict[str, tuple[str, str]] = {}
    into: dict[str, tuple[str, str]] = {}
    for date in dates:
        for commune, (label, area) in _divided(dataset, selection, date).items():
            (own if area == commune else into)[commune] = (label, area)
    names = areas.labels(dataset, selection.as_of, selection.boundaries, text)
    pairs = [text("divided.into", name=label, whole=names.get(area, label)) for label, area in into.values()]
    return " ".join(
        filter(
            None,
            (
                reported.named("divided.unstated", [label for label, _ in own.values()], _NAMED, text),
                reported.named("divided.stated", pairs, _NAMED, text),
                _not_shown(dataset, selection),
            ),
        )
    )


def _divided(dataset: Dataset, selection: Selection, date: str) -> dict[str, tuple[str, str]]:
    """The divided communes of a date that have to do with what is chosen: each by its name then, with the
    area where its organisations without a village count. Those that have none are left out."""
    later = selection.as_of if date != selection.as_of else ""
    names = areas.labels(dataset, date, areas.BOUNDARIES[0], selection.text)
    leads = areas.leads(dataset, selection.as_of, selection.boundaries)
    return {
        commune: (names[commune], area)
        for commune, area in areas.divided(dataset, date, selection.boundaries, later).items()
        if area and (selection.everything or not {area, *leads[commune]}.isdisjoint(selection.communes))
    }


def _not_shown(dataset: Dataset, selection: Selection) -> str:
    """That villages which lay elsewhere at the date are not shown to a reader of some communes."""
    if selection.boundaries == areas.BOUNDARIES[0]:
        return ""
    in_force = [villages.holds(*period, selection.as_of) for period in dataset.came]
    return selection.text.some("divided.not_shown", sum(in_force), date=selection.text.date(selection.as_of))
