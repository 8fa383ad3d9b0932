"""What became of villages, in words."""

from __future__ import annotations

from collections.abc import Iterable

from dashboard.dataset import Dataset
from dashboard.measures.periods import Event
from dashboard.text import Text


def says(dataset: Dataset, events: Iterable[Event], text: Text, only: str | None = None) -> list[str]:
    """A sentence for each event. Villages are named with their commune, unless it is `only`."""
    return [_says(dataset, event, text, only) for event in events]


def _says(dataset: Dataset, event: Event, text: Text, only: str | None) -> str:
    own = str(dataset.villages["commune_id"].array[event.row])
    lies_in = event.others[0] if event.kind == "moved" else event.row
    return text(
        f"village.period.{event.kind}",
        name=_name(dataset, event.row, text, only),
        others=text.series([_name(dataset, row, text, own) for row in event.others]),
        commune=commune(dataset, lies_in, text),
        date=text.date(event.day),
    )


def _name(dataset: Dataset, row: int, text: Text, only: str | None) -> str:
    name = str(dataset.villages["name"].array[row])
    if dataset.villages["commune_id"].array[row] == only:
        return name
    return text("takeaway.in_commune", name=name, commune=commune(dataset, row, text))


def commune(dataset: Dataset, row: int, text: Text) -> str:
    """The commune of a row as it was called then, whatever became of it."""
    own = dataset.villages["commune_id"].array[row]
    place = dataset.communes["commune_id"].to_list().index(own)
    kind, name = (dataset.communes[column].array[place] for column in ("kind", "name"))
    return text(f"code.commune_kind.{kind}", name=name)
