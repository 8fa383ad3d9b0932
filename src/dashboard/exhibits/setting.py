"""What stands around the finding of every exhibit: where, when, what was assumed, what its file is called."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property

from dashboard.dataset import Dataset, Selection, areas
from dashboard.exhibits import assumption
from dashboard.exhibits.names import area_names
from dashboard.text import Text, slug

# More communes than this are counted in a file name, not named.
_IN_FILE_NAME = 2


@dataclass(frozen=True)
class Setting:
    """That of the exhibit `name`, `of` one goal or village, or of none (""); `place`, `period` and `source`
    only where they are not those of the selection and the data set."""

    dataset: Dataset
    selection: Selection
    name: str
    of: str = ""
    place: str = ""
    period: str = ""
    source: str = ""

    @property
    def text(self) -> Text:
        """The words of the chosen language."""
        return self.selection.text

    @cached_property
    def assumes(self) -> str:
        """With how many changes of a what-if the figures are counted; "" where they are as reported."""
        applies = assumption.applies(self.dataset, self.selection, self.name, self.of)
        return assumption.sentence(self.selection) if applies else ""

    @cached_property
    def where(self) -> str:
        """The place that the figures are of."""
        return self.place or self.selection.place(self.dataset)

    @property
    def since(self) -> str:
        """The earlier date that is chosen; "" for exhibits that tell from the date before."""
        return self.selection.since if self.name.startswith("changes.") else ""

    def subtitle(self, measure: str, *further: str) -> str:
        """Measure, place and period in a line, and what else is to be known."""
        line = (measure, self.where, self._when, *self._boundaries, *self._hypothetical, *further)
        return " · ".join(said for said in line if said)

    def chosen(self) -> str:
        """The filter in a line."""
        return " · ".join((self.where, self._when, *self._boundaries, *self._hypothetical))

    def filters(self) -> tuple[tuple[str, str], ...]:
        """The filter value by value, each with its label; the communes by name."""
        text, selection = self.text, self.selection
        place = self.where
        if not self.place and not selection.everything:
            names = area_names(self.dataset, selection)
            place = ", ".join(names[commune] for commune in selection.communes)
        found = [
            ("communes", place),
            ("as_of", text.date(selection.as_of) or text("card.no_period")),
            *([("since", text.date(self.since))] if self.since else []),
            ("boundaries", text(f"selection.boundaries.{selection.boundaries}")),
            ("version", self.dataset.about.version),
        ]
        assumed = assumption.filters(self.dataset, selection) if self.assumes else ()
        return (*((text(f"filter.{label}"), value) for label, value in found), *assumed)

    def source_line(self) -> str:
        """Where the figures are from, with the version of the data set."""
        version = self.dataset.about.version
        return self.source or self.text("card.source", publisher=self._publisher, version=version)

    def foot(self) -> str:
        """Place, date and publisher in a line."""
        text, selection = self.text, self.selection
        if self.since:
            now = text.date(selection.as_of)
            dated = text("changes.then_now", then=text.date(self.since), now=now)
        else:
            dated = self.period or text.date(selection.as_of) or text("card.no_period")
        source = self.source or text("card.publisher", publisher=self._publisher)
        line = (self.where, dated, *self._boundaries, *self._hypothetical, source)
        return " · ".join(line)

    def stem(self, *, sample: bool, part: int) -> str:
        """The name of a file, without its ending: of a chart in parts the first has no number."""
        text = self.text
        named = (
            text(f"file.{self.name}"),
            slug(self.of),
            "" if self.place else _place_in_file(self.dataset, self.selection),
            self.since,
            self.selection.as_of,
            text("file.sample") if sample else "",
            text("file.hypothetical") if self.assumes else "",
            str(part) if part > 1 else "",
        )
        return "_".join(said for said in named if said)

    @property
    def _when(self) -> str:
        if self.period:
            return self.period
        as_of = self.text.date(self.selection.as_of)
        return self.text("card.period", date=as_of) if as_of else self.text("card.no_period")

    @property
    def _publisher(self) -> str:
        return self.dataset.about.said("publisher", self.text.lang)

    @property
    def _boundaries(self) -> Iterator[str]:
        """Said only where they are not those of the date."""
        if self.selection.boundaries != areas.BOUNDARIES[0]:
            yield self.text(f"selection.boundaries.{self.selection.boundaries}")

    @property
    def _hypothetical(self) -> Iterator[str]:
        if self.assumes:
            yield self.selection.scenario_says()


def _place_in_file(dataset: Dataset, selection: Selection) -> str:
    text = selection.text
    if selection.everything:
        said = text("file.everything")
    else:
        names = area_names(dataset, replace(selection, by_region=True))
        found = areas.gathered(dataset, selection.communes, selection.as_of, selection.boundaries)
        many = text("file.communes", n=len(selection.communes))
        said = many if len(found) > _IN_FILE_NAME else " ".join(names[area] for area in found)
    now = "" if selection.boundaries == areas.BOUNDARIES[0] else f"_{text('file.boundaries_now')}"
    return slug(said)[:60] + now
